import { alice, bob, li, signed } from "./history";
import type { SamplePatch } from "./types";

const core = "drivers/keel/core.c";

/** Mails that a program or a hand has damaged. */
export const damaged: readonly SamplePatch[] = [
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
      { check: "applies", at: "+++ b/fs/keelfs/super.c" },
    ],
  },
  {
    name: "tabs",
    subject: "keel: say which device was probed",
    author: alice,
    body: `Two devices look the same in the log.

${signed(alice)}`,
    edits: [
      { path: core, from: "\tplatform_set_drvdata(pdev, keel);\n", to: "\tplatform_set_drvdata(pdev, keel);\n\tif (keel->ring.size < KEEL_RING_DEFAULT)\n\t\tdev_info(&pdev->dev, \"probed with a small ring\\n\");\n\telse\n\t\tdev_info(&pdev->dev, \"probed\\n\");\n" },
      { path: core, from: "\tkeel_ring_destroy(&keel->ring);\n}\n", to: "\tkeel_ring_destroy(&keel->ring);\n\tdev_info(&pdev->dev, \"gone\\n\");\n}\n" },
    ],
    damage: (mail) => mail.replaceAll("\t", "        "),
    expected: [
      { check: "whitespace-damage", at: "return ret;" },
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
    damage: (mail) => mail.replace(/\w+_RING_DEFAULT\);/, "default_size());").replace(/^index .*\n/m, ""),
    expected: [{ check: "applies", at: "@@ -" }],
  },
];
