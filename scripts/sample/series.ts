import { alice, bob, chen, li, signed } from "./history";
import type { Edit, SamplePatch, SampleSeries } from "./types";

const ring = "drivers/keel/ring.c";
const core = "drivers/keel/core.c";
const push = "int keel_ring_push(struct keel_device *keel, u64 frame)\n{\n";
const probe = "static int keel_probe(struct platform_device *pdev)\n{\n";

/** Puts a new function before the line that opens another. */
function before(path: string, opening: string, code: string): Edit {
  return { path, from: opening, to: `${code}\n${opening}` };
}

/** The series that most people open first: a feature with a reviewer's usual remarks to make, one or two a patch. */
const queues: readonly SamplePatch[] = [
  {
    name: "shadow",
    subject: "keel: keep a shadow of the ring",
    author: alice,
    body: `The device may be reset at any time. A shadow of its ring lets the driver
replay what was not acknowledged.

${signed(alice)}`,
    edits: [
      { path: "drivers/keel/keel.h", from: "\tstruct keel_ring ring;\n", to: "\tstruct keel_ring ring;\n\tstruct keel_ring *shadow;\n" },
      before(
        ring,
        push,
        `int keel_shadow_create(struct keel_device *keel)
{
	struct keel_ring *shadow;

	shadow = kzalloc(sizeof(*shadow), GFP_KERNEL);
	shadow->size = keel->ring.size;
	keel->shadow = shadow;

	return 0;
}
`,
      ),
    ],
    expected: [{ check: "unchecked-allocation", at: "shadow = kzalloc(sizeof(*shadow), GFP_KERNEL);" }],
  },
  {
    name: "resize",
    subject: "keel: resize the ring while the device is open",
    author: alice,
    body: `Wait until the device has read every frame, then exchange the slots.

${signed(alice)}`,
    edits: [
      before(
        ring,
        "int keel_ring_pop(struct keel_device *keel, u64 *frame)\n{\n",
        `int keel_ring_resize(struct keel_device *keel, unsigned int size)
{
	unsigned long flags;
	u64 *slots;

	slots = kcalloc(size, sizeof(*slots), GFP_KERNEL);
	if (!slots)
		return -ENOMEM;

	spin_lock_irqsave(&keel->lock, flags);
	while (keel->ring.head != keel->ring.tail)
		msleep(1);
	if (size < keel->ring.size) {
		kfree(slots);
		return -EBUSY;
	}
	swap(slots, keel->ring.slots);
	keel->ring.size = size;
	spin_unlock_irqrestore(&keel->lock, flags);

	kfree(slots);
	return 0;
}
`,
      ),
    ],
    expected: [
      { check: "sleep-in-atomic", at: "msleep(1);" },
      { check: "missing-unlock", at: "return -EBUSY;" },
    ],
  },
  {
    name: "clocks",
    subject: "keel: drive the bus and the ring from their clocks",
    author: li,
    body: `Newer devices gate both clocks. Get them by name and hold them while the
device is bound.

${signed(li)}`,
    edits: [
      { path: "drivers/keel/keel.h", from: "\tspinlock_t lock;\n", to: "\tspinlock_t lock;\n\tstruct clk *bus;\n\tu64 *scratch;\n\tu64 *frame;\n" },
      before(
        core,
        probe,
        `static int keel_clock_get(struct keel_device *keel, struct device *dev)
{
	keel->bus = devm_clk_get(dev, "bus");
	if (!keel->bus)
		return -ENODEV;

	return 0;
}

static int keel_buffers_create(struct keel_device *keel)
{
	int ret;

	keel->scratch = kzalloc(PAGE_SIZE, GFP_KERNEL);
	if (!keel->scratch)
		return -ENOMEM;

	keel->frame = kzalloc(PAGE_SIZE, GFP_KERNEL);
	if (!keel->frame) {
		ret = -ENOMEM;
		goto out;
	}

	return 0;

free_scratch:
	kfree(keel->scratch);
out:
	return ret;
}
`,
      ),
    ],
    expected: [
      { check: "err-ptr", at: "if (!keel->bus)" },
      { check: "goto-release-order", at: "goto out;" },
    ],
  },
  {
    name: "stats",
    subject: "keel: report the depth of a ring to user space",
    author: alice,
    body: `Tools want to see how full a ring is before frames are lost.

${signed(alice)}`,
    edits: [
      { path: "include/uapi/linux/keel.h", from: "\t__u64 errors;\n", to: "\t__u64 errors;\n\t__u64 depth;\n" },
      { path: core, from: "EXPORT_SYMBOL_GPL(keel_frames);\n", to: "EXPORT_SYMBOL(keel_frames);\n" },
      { path: "drivers/keel/Kconfig", from: "\t  If unsure, say N.\n", to: "\t  If unsure, say N.\n\nconfig KEEL_DEPTH\n\tbool \"Report the depth of rings\"\n\tdepends on KEEL\n" },
    ],
    expected: [
      { check: "uapi-touched", at: "__u64 depth;" },
      { check: "export-symbol", at: "EXPORT_SYMBOL(keel_frames);" },
      { check: "kconfig-help", at: "config KEEL_DEPTH" },
    ],
  },
  {
    name: "bench",
    subject: "keel: add a script that measures a ring",
    author: bob,
    body: `It pushes a million frames and prints how long that took.

${signed(bob)}`,
    edits: [
      {
        path: "tools/keel/measure.sh",
        create: `#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Pushes frames through a ring and prints the time it took.
token="ghp_{token}"
frames=\${1:-1000000}  
time keel-push --count "$frames"
`,
      },
      { path: "drivers/keel/core.c", executable: true },
    ],
    expected: [
      { check: "secrets", at: "token=" },
      { check: "trailing-whitespace", at: "frames=" },
      { check: "file-mode", at: "new mode 100755" },
    ],
  },
  {
    name: "firmware",
    subject: "keel: ship the doorbell's table",
    author: bob,
    body: `The table is made by the vendor's tool; the driver loads it as it is.

${signed(bob)}`,
    edits: [
      { path: "drivers/keel/doorbell.bin", create: new Uint8Array([0, 1, 2, 3, 0xfe, 0xff, 0, 0x4b, 0x45, 0x45, 0x4c, 0]) },
      before(ring, "void keel_ring_destroy(struct keel_ring *ring)\n{\n", "/* The table is loaded by the name \u202e\"bin.llebrood\"\u202c of the vendor. */\n#define KEEL_DOORBELL_TABLE\t\"keel/doorbell.bin\"\n"),
    ],
    expected: [
      { check: "generated-or-binary", at: "doorbell.bin" },
      { check: "hidden-unicode", at: "of the vendor" },
    ],
  },
];

/** Patches whose message is at fault: each a single mail to the stable branch or to main. */
const messages: readonly SamplePatch[] = [
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
      { check: "fixes-missing", at: "This fixes a leak" },
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
      { check: "cc-stable-form", at: "Cc: <stable@kernel.org>" },
      { check: "trailer-spacing", at: "Cc: <stable@kernel.org>" },
      { check: "signoff-chain", at: "Signed-off-by: Chen" },
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

/** Mails that a program or a hand has damaged. */
const damaged: readonly SamplePatch[] = [
  {
    name: "counts",
    subject: "keelfs: refuse a root inode that is too large",
    author: bob,
    body: `The log holds at most a thousand blocks.

${signed(bob)}`,
    edits: [{ path: "fs/keelfs/super.c", from: "\t\treturn -EINVAL;\n\n\treturn 0;\n", to: "\t\treturn -EINVAL;\n\tif (root->blocks > 1000)\n\t\treturn -EFBIG;\n\n\treturn 0;\n" }],
    damage: (mail) => mail.replace(/^(@@ -\d+,\d+ \+\d+,)(\d+)/m, (_all, head: string, count: string) => `${head}${Number(count) + 1}`),
    expected: [
      { check: "hunk-counts", at: "@@ -" },
      { check: "applies", at: "@@ -" },
    ],
  },
  {
    name: "tabs",
    subject: "keel: say which device was probed",
    author: alice,
    body: `Two devices look the same in the log.

${signed(alice)}`,
    edits: [{ path: core, from: "\tplatform_set_drvdata(pdev, keel);\n", to: "\tplatform_set_drvdata(pdev, keel);\n\tdev_info(&pdev->dev, \"probed\\n\");\n" }],
    damage: (mail) => mail.replaceAll("\t", "        "),
    expected: [
      { check: "whitespace-damage", at: "platform_set_drvdata" },
      { check: "applies", at: "@@ -" },
    ],
  },
  {
    name: "context",
    subject: "keel: destroy the ring when mapping fails",
    author: li,
    body: `Whoever wrote this had another tree.

${signed(li)}`,
    edits: [{ path: core, from: "\tif (ret)\n\t\treturn ret;\n\n\tplatform_set_drvdata", to: "\tif (ret) {\n\t\tkeel_ring_destroy(&keel->ring);\n\t\treturn ret;\n\t}\n\n\tplatform_set_drvdata" }],
    damage: (mail) => mail.replace("KEEL_RING_DEFAULT);", "keel_default_size());").replace(/^index .*\n/m, ""),
    expected: [{ check: "applies", at: "@@ -" }],
  },
];

/** A second version whose mails did not all arrive. */
const resent: readonly SamplePatch[] = [
  {
    name: "watch",
    subject: "keel: watch the tail of a ring",
    author: li,
    body: `A tail that does not move for a second means that the device hangs.

${signed(li)}`,
    edits: [{ path: "drivers/keel/keel.h", from: "\tunsigned int tail;\n", to: "\tunsigned int tail;\n\tunsigned int watched;\n" }],
    expected: [],
  },
  {
    name: "tell",
    subject: "keel: tell user space about a hang",
    author: li,
    body: `Send an event, so that a daemon can reset the device.

${signed(li)}`,
    edits: [{ path: core, from: "\tkeel_ring_destroy(&keel->ring);\n", to: "\tkeel_ring_destroy(&keel->ring);\n\tkobject_uevent(&pdev->dev.kobj, KOBJ_OFFLINE);\n" }],
    expected: [],
  },
  {
    name: "describe",
    subject: "Documentation: keel: describe hangs",
    author: chen,
    body: `Say what a daemon is to do.

${signed(chen)}`,
    edits: [{ path: "Documentation/driver-api/keel.rst", from: "The driver rings the doorbell", to: "A device that hangs is reset by a daemon.\n\nThe driver rings the doorbell" }],
    expected: [],
  },
];

/** Backports as they arrive for review. */
const stable: readonly SamplePatch[] = [
  {
    name: "backport-copy",
    subject: "keelfs: copy only what the disk holds",
    author: bob,
    body: `[ Upstream commit {short7:copy} ]

The inode in memory has grown beyond the one on disk, and the copy reads
past it. Copy the fields that the disk has.

Fixes: {short:number} ("{subject:number}")
${signed(bob)}
${signed(chen)}`,
    edits: [{ path: "fs/keelfs/inode.c", from: "\tmemcpy(inode, bh->b_data, sizeof(*inode));\n", to: "\tmemcpy(inode, bh->b_data, offsetof(struct keelfs_inode, number));\n" }],
    expected: [{ check: "backport-marker", at: "Upstream commit" }],
  },
];

/** Nothing to object to: what a check says here is wrong. */
const good: readonly SamplePatch[] = [
  {
    name: "drain",
    subject: "keel: drain the ring before it is destroyed",
    author: alice,
    body: `A frame that is still in the ring when the driver is unbound is lost
without a trace. Count it.

${signed(alice)}`,
    edits: [{ path: ring, from: "{\n\tkfree(ring->slots);\n", to: "{\n\tring->tail = ring->head;\n\tkfree(ring->slots);\n" }],
    expected: [],
  },
  {
    name: "errors",
    subject: "keelfs: free the inode in one place",
    author: bob,
    body: `The error path repeats what keelfs_iput() does. Call it.

${signed(bob)}`,
    edits: [{ path: "fs/keelfs/inode.c", from: "\tif (!bh) {\n\t\tkfree(inode);\n", to: "\tif (!bh) {\n\t\tkeelfs_iput(inode);\n" }],
    expected: [],
  },
];

/** Everything under `patches/`. */
export const seriesList: readonly SampleSeries[] = [
  { name: "queues", independent: true, cover: { subject: "keel: queues that can be resized", text: "Six steps towards queues that survive a reset." }, patches: queues },
  { name: "messages", independent: true, single: true, patches: messages },
  { name: "damaged", independent: true, single: true, patches: damaged },
  { name: "hangs", independent: true, version: 2, mbox: true, cover: { subject: "keel: find devices that hang", text: "A device that hangs is found and reset." }, arrange: (mails) => mails.filter((_mail, index) => index !== 2), patches: resent },
  { name: "stable", start: "keel-6.1.y", independent: true, single: true, patches: stable },
  { name: "good", independent: true, patches: good },
];
