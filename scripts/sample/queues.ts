import { alice, bob, li, signed } from "./history";
import type { Edit, SamplePatch } from "./types";

const ring = "drivers/keel/ring.c";
const core = "drivers/keel/core.c";
const push = "int keel_ring_push(struct keel_device *keel, u64 frame)\n{\n";
const probe = "static int keel_probe(struct platform_device *pdev)\n{\n";

/** Puts a new function before the line that opens another. */
function before(path: string, opening: string, code: string): Edit {
  return { path, from: opening, to: `${code}\n${opening}` };
}

/** The series that most people open first: a feature with a reviewer's usual remarks to make, one or two a patch. */
export const queues: readonly SamplePatch[] = [
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
      { path: "drivers/keel/keel.h", from: "struct keel_ring {\n", to: "#define KEEL_FRAME_FIRST\t1ULL\n#define KEEL_FRAME_LAST\t\t2ULL\n\nstruct keel_ring {\n" },
      { path: "drivers/keel/keel.h", from: "\tspinlock_t lock;\n", to: "\tspinlock_t lock;\n\tstruct clk *bus;\n\tstruct workqueue_struct *work;\n\tu64 *scratch;\n" },
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

	keel->work = alloc_workqueue("keel", 0, 0);
	if (!keel->work) {
		ret = -ENOMEM;
		goto free_scratch;
	}

	ret = keel_ring_push(keel, KEEL_FRAME_FIRST);
	if (ret)
		goto free_scratch;

	ret = keel_ring_push(keel, KEEL_FRAME_LAST);
	if (ret)
		goto destroy_work;

	return 0;

destroy_work:
	destroy_workqueue(keel->work);
free_scratch:
	kfree(keel->scratch);
	return ret;
}
`,
      ),
    ],
    expected: [
      { check: "err-ptr", at: "if (!keel->bus)" },
      { check: "goto-release-order", at: "goto free_scratch;" },
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
      { path: "drivers/keel/Kconfig", from: "config KEEL\n", to: "config KEEL_DEPTH\n\tbool \"Report the depth of rings\"\n\tdepends on KEEL\n\nconfig KEEL\n" },
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
