import { alice, bob, chen, li, signed } from "./history";
import type { SamplePatch } from "./types";

const ring = "drivers/keel/ring.c";
const core = "drivers/keel/core.c";

/** A second version whose mails did not all arrive. */
export const resent: readonly SamplePatch[] = [
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

/** A second version that does not say what changed. */
export const again: readonly SamplePatch[] = [
  {
    name: "again",
    subject: "keel: name the default size of a ring",
    author: alice,
    body: `Say where the number comes from.

${signed(alice)}`,
    edits: [{ path: "drivers/keel/keel.h", from: "#define KEEL_RING_DEFAULT\t256\n", to: "/* One page of descriptors on most machines. */\n#define KEEL_RING_DEFAULT\t256\n" }],
    damage: (mail) => mail.replace("\nSubject: ", "\nTo: linux-sample@lists.example.org\nSubject: "),
    expected: [
      { check: "version-changelog", at: "[PATCH v2] keel: name" },
      { check: "maintainers", at: "Signed-off-by: Alice" },
    ],
  },
];

/** Backports as they arrive for review. */
export const stable: readonly SamplePatch[] = [
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
    expected: [
      { check: "backport-marker", at: "Upstream commit" },
      { check: "base-guess", at: "+++ b/fs/keelfs/inode.c" },
    ],
  },
  {
    name: "carried",
    subject: "keel: count lost frames under the lock",
    author: li,
    body: `Two writers that lose a frame at the same time count it once, since the
counter is raised after the lock was dropped. Raise it before.

Fixes: {short:lost} ("{subject:lost}")
${signed(li)}
${signed(alice)}`,
    edits: [
      {
        path: ring,
        from: "\t\tspin_unlock_irqrestore(&keel->lock, flags);\n\t\tkeel->errors++;\n\t\treturn -ENOSPC;\n",
        to: "\t\tkeel->errors++;\n\t\tspin_unlock_irqrestore(&keel->lock, flags);\n\t\treturn -ENOSPC;\n",
      },
    ],
    // Some mail archives lose the index lines, and with them the file versions.
    damage: (mail) => mail.replace(/^index .*\n/gm, ""),
    expected: [{ check: "already-applied", at: "Subject: [PATCH] keel: count lost frames" }],
  },
];

/** Nothing to object to: what a check says here is wrong. */
export const good: readonly SamplePatch[] = [
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
