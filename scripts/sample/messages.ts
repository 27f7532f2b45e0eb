import { alice, bob, li, signed } from "./history";
import type { SamplePatch } from "./types";

/** Patches whose message is at fault: each a single mail to the stable branch or to main. */
export const messages: readonly SamplePatch[] = [
  {
    name: "leak",
    subject: "Fixed the leak of an inode when the disk can't be read.",
    author: bob,
    body: `The buffer is not released when the inode is empty. This fixes a leak that
came with commit {short:number} ("{subject:number}").

${signed(bob)}`,
    edits: [{ path: "fs/keelfs/super.c", from: "\tif (IS_ERR(root))\n\t\treturn PTR_ERR(root);\n", to: "\tif (IS_ERR(root))\n\t\treturn PTR_ERR(root);\n\tif (!root->flags)\n\t\treturn 0;\n" }],
    expected: [
      { check: "subject-form", at: "Fixed the leak" },
      { check: "fixes-missing", at: "came with commit" },
    ],
  },
  {
    name: "prefix",
    subject: "filesystems/inode: name the inode in errors",
    author: bob,
    body: `An error that does not say which inode it is about helps nobody.

${signed(bob)}`,
    edits: [{ path: "fs/keelfs/inode.c", from: "\tbh = sb_bread(sb, number);\n\tif (!bh) {\n", to: "\tbh = sb_bread(sb, number);\n\tif (!bh) {\n\t\tpr_err(\"keelfs: inode %lu cannot be read\\n\", number);\n" }],
    expected: [{ check: "subject-prefix", at: "filesystems/inode: name the inode" }],
  },
  {
    name: "tags",
    subject: "keel: read the frame counter once",
    author: li,
    body: `The compiler may read the counter twice.

Fixes: {short7:limit} (keel: reject a large ring)
Cc: <stable@kernel.org> 5.10

Reviewed-by: Alice Example <alice@example.com>
Signed-off-by: Chen Example <chen@example.org>`,
    edits: [{ path: "drivers/keel/ring.c", from: "\tkfree(ring->slots);\n\tring->slots = NULL;\n", to: "\tkfree(ring->slots);\n\tWRITE_ONCE(ring->slots, NULL);\n" }],
    expected: [
      { check: "fixes-form", at: "Fixes:" },
      { check: "fixes-known", at: "Fixes:" },
      { check: "cc-stable-form", at: "Cc: <stable@kernel.org>" },
      { check: "trailer-spacing", at: "Reviewed-by: Alice" },
      { check: "signoff-chain", at: "li@example.com" },
    ],
  },
  {
    name: "unknown",
    subject: "keel: zero the slots of a new ring",
    author: alice,
    body: `Old frames must not be seen by a new reader.

Fixes: 0123456789ab ("keel: allocate the ring")
${signed(alice)}`,
    edits: [{ path: "drivers/keel/ring.c", from: "\tring->head = 0;\n", to: "\tmemset(ring->slots, 0, size * sizeof(*ring->slots));\n\tring->head = 0;\n" }],
    expected: [{ check: "fixes-known", at: "0123456789ab" }],
  },
];
