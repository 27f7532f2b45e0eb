import type { Author, Commit } from "./types";

export const alice: Author = { name: "Alice Example", email: "alice@example.com" };
export const bob: Author = { name: "Bob Sample", email: "bob@example.org" };
export const chen: Author = { name: "Chen Example", email: "chen@example.org" };
export const li: Author = { name: "李示例", email: "li@example.com" };

/** A sign-off line. */
export function signed({ name, email }: Author): string {
  return `Signed-off-by: ${name} <${email}>`;
}

/** The sample's history on `main`, oldest first, on top of the tree. The branch for 6.1 leaves it at `index`. */
export const history: readonly Commit[] = [
  {
    name: "limit",
    subject: "keel: reject a ring that is too large",
    author: alice,
    body: `The device has sixteen address bits for descriptors. A larger ring wraps
inside the device and overwrites frames that were not read yet.

${signed(alice)}`,
    edits: [
      { path: "drivers/keel/keel.h", from: "#define KEEL_RING_DEFAULT\t256\n", to: "#define KEEL_RING_DEFAULT\t256\n#define KEEL_RING_MAX\t\t65536\n" },
      { path: "drivers/keel/ring.c", from: "\tif (!is_power_of_2(size))\n", to: "\tif (!is_power_of_2(size) || size > KEEL_RING_MAX)\n" },
    ],
  },
  {
    name: "indices",
    subject: "keel: clear the ring's indices when it is created",
    author: li,
    body: `A device that is probed again keeps its memory. Start from empty rings.

${signed(li)}`,
    edits: [{ path: "drivers/keel/ring.c", from: "\tring->size = size;\n\treturn 0;\n", to: "\tring->size = size;\n\tring->head = 0;\n\tring->tail = 0;\n\treturn 0;\n" }],
  },
  {
    name: "root",
    subject: "keelfs: refuse a root inode without a block",
    author: bob,
    body: `Block 0 holds the super block, so that no inode can start there.

${signed(bob)}`,
    edits: [{ path: "fs/keelfs/super.c", from: "\tif (!root->blocks)\n", to: "\tif (!root->block || !root->blocks)\n" }],
  },
  {
    name: "lost",
    subject: "keel: count the frames that were lost",
    author: alice,
    body: `A full ring drops the frame. Count it, so that the loss can be seen.

${signed(alice)}`,
    edits: [
      { path: "drivers/keel/keel.h", from: "\tu64 frames;\n", to: "\tu64 frames;\n\tu64 errors;\n" },
      { path: "drivers/keel/ring.c", from: "\t\tspin_unlock_irqrestore(&keel->lock, flags);\n\t\treturn -ENOSPC;\n", to: "\t\tspin_unlock_irqrestore(&keel->lock, flags);\n\t\tkeel->errors++;\n\t\treturn -ENOSPC;\n" },
    ],
  },
  {
    name: "number",
    subject: "keelfs: remember the inode's number",
    author: bob,
    body: `The log needs it to name the inode that it writes about.

${signed(bob)}`,
    edits: [
      { path: "fs/keelfs/keelfs.h", from: "\tu32 flags;\n", to: "\tu32 flags;\n\tunsigned long number;\n" },
      { path: "fs/keelfs/inode.c", from: "\tbrelse(bh);\n\treturn inode;\n", to: "\tbrelse(bh);\n\tinode->number = number;\n\treturn inode;\n" },
    ],
  },
  {
    name: "locked",
    subject: "keel: count lost frames under the lock",
    author: li,
    body: `Two writers that lose a frame at the same time count it once, since the
counter is raised after the lock was dropped. Raise it before.

Fixes: {short:lost} ("{subject:lost}")
${signed(li)}
${signed(alice)}`,
    edits: [
      {
        path: "drivers/keel/ring.c",
        from: "\t\tspin_unlock_irqrestore(&keel->lock, flags);\n\t\tkeel->errors++;\n\t\treturn -ENOSPC;\n",
        to: "\t\tkeel->errors++;\n\t\tspin_unlock_irqrestore(&keel->lock, flags);\n\t\treturn -ENOSPC;\n",
      },
    ],
  },
  {
    name: "copy",
    subject: "keelfs: copy only what the disk holds",
    author: bob,
    body: `The inode in memory has grown beyond the one on disk, and the copy reads
past it. Copy the fields that the disk has.

Fixes: {short:number} ("{subject:number}")
${signed(bob)}`,
    edits: [{ path: "fs/keelfs/inode.c", from: "\tmemcpy(inode, bh->b_data, sizeof(*inode));\n", to: "\tmemcpy(inode, bh->b_data, offsetof(struct keelfs_inode, number));\n" }],
  },
  {
    name: "doorbell",
    subject: "Documentation: keel: describe the doorbell",
    author: chen,
    body: `Say who rings it and when.

${signed(chen)}`,
    edits: [
      {
        path: "Documentation/driver-api/keel.rst",
        from: "tail by the device.\n",
        to: "tail by the device.\n\nDoorbell\n========\n\nThe driver rings the doorbell after it has written the head of any ring.\n",
      },
    ],
  },
  ...inodeHistory(),
];

/** Where the stable branch leaves `main`. */
export const stableFrom = "number";

/** What the stable branch carries, by the kernel's own marker. */
export const backports: readonly { readonly of: string; readonly marker: string; readonly by: Author }[] = [{ of: "locked", marker: "commit {sha:locked} upstream.", by: chen }];

/** The many small changes that a file sees; they make its subjects' prefix a habit. */
function inodeHistory(): readonly Commit[] {
  const path = "fs/keelfs/inode.c";
  const iget = "struct keelfs_inode *keelfs_iget(struct super_block *sb, unsigned long number)\n{\n";
  const iput = "void keelfs_iput(struct keelfs_inode *inode)\n{\n";
  const changes: readonly (readonly [name: string, subject: string, body: string, from: string, to: string])[] = [
    ["iget-doc", "keelfs: describe keelfs_iget()", "Say what it returns.", iget, `/* Returns the inode, or an error pointer. */\n${iget}`],
    ["iput-doc", "keelfs: describe keelfs_iput()", "Say who may call it.", iput, `/* For the caller of keelfs_iget() only. */\n${iput}`],
    ["include", "keelfs: include what inode.c uses", "memcpy() is declared in string.h.", "#include <linux/slab.h>\n", "#include <linux/slab.h>\n#include <linux/string.h>\n"],
    ["null", "keelfs: accept NULL in keelfs_iput()", "Error paths become simpler.", iput, `${iput}\tif (!inode)\n\t\treturn;\n\n`],
    ["empty", "keelfs: tell about an empty inode", "It is legal, but rare enough to be a mistake.", "\tinode->number = number;\n", '\tinode->number = number;\n\tif (!inode->blocks)\n\t\tpr_debug("inode %lu is empty\\n", number);\n'],
    ["format", "keelfs: name the file system in its messages", "A bare number helps nobody.", "#include <linux/buffer_head.h>\n", '#define pr_fmt(fmt) "keelfs: " fmt\n\n#include <linux/buffer_head.h>\n'],
  ];
  return changes.map(([name, subject, body, from, to]) => ({ name, subject, author: bob, body: `${body}\n\n${signed(bob)}`, edits: [{ path, from, to }] }));
}
