import type { CommitCard, TwinFile, TwinFileParams, TwinFileView, TwinFix, TwinView } from "../../../language-server/protocol/upstream-panels";

const sha = (digit: string): string => digit.repeat(40);

export const request = { folder: "/src/keel-linux", pair: "mainline", commit: sha("d") } as const;

function card(digit: string, subject: string, author = "Alice Example <alice@example.com>", time = 1_740_000_000): CommitCard {
  return { sha: sha(digit), subject, author, time };
}

const ring: TwinFile = {
  upPath: "drivers/net/keel/ring.c",
  downPath: "drivers/net/keel/ring.c",
  hunks: [
    { state: "same", up: { line: 41, count: 8 }, down: { line: 38, count: 8 } },
    { state: "adapted", up: { line: 97, count: 10 }, down: { line: 91, count: 9 } },
    { state: "dropped", up: { line: 140, count: 7 }, down: undefined },
  ],
  binary: false,
  missing: [],
};
const header: TwinFile = { upPath: "include/linux/keel.h", downPath: "include/linux/keel.h", hunks: [{ state: "same", up: { line: 12, count: 7 }, down: { line: 12, count: 7 } }], binary: false, missing: [] };
const compat: TwinFile = { upPath: undefined, downPath: "drivers/net/keel/compat.h", hunks: [{ state: "extra", up: undefined, down: { line: 1, count: 9 } }], binary: false, missing: [] };
const firmware: TwinFile = { upPath: "drivers/net/keel/boot.bin", downPath: "drivers/net/keel/boot.bin", hunks: [], binary: true, missing: [] };

export const adapted: TwinView = {
  sides: { mainline: "linux/master", downstream: "keel-6.6" },
  commit: card("d", "net: keel: free the ring when probing fails", "Bob Example <bob@example.com>", 1_745_000_000),
  upstream: card("a", "net: keel: free the ring when probing fails"),
  answer: [card("a", "net: keel: free the ring when probing fails")],
  alternatives: [{ card: card("b", "net: keel: free the ring when probing fails, again"), score: 0.41 }, { card: card("c", "net: keel: rework the ring"), score: 0.18 }],
  verdict: "adapted",
  score: 0.97,
  method: "claim",
  claims: [
    { claimed: sha("a"), line: `[ Upstream commit ${sha("a")} ]`, dialect: "stable", origin: "mainline", state: "verified", commit: sha("a"), via: [], likely: undefined },
  ],
  files: [ring, header, compat, firmware],
  notes: [],
};

export const wrongClaim: TwinView = {
  ...adapted,
  method: "lines",
  score: 0.93,
  claims: [
    { claimed: "e".repeat(12), line: `(cherry picked from commit ${"e".repeat(12)})`, dialect: "cherry-pick", origin: "mainline", state: "wrong", commit: sha("e"), via: [], likely: card("a", "net: keel: free the ring when probing fails") },
    { claimed: sha("f"), line: `commit ${sha("f")} upstream.`, dialect: "stable", origin: "mainline", state: "unknown-commit", commit: undefined, via: [], likely: undefined },
  ],
};

export const alone: TwinView = { ...adapted, commit: card("d", "keel: carry the board file of the lab", "Bob Example <bob@example.com>", 1_745_000_000), upstream: undefined, answer: [], alternatives: [], verdict: "downstream-only", score: 0.99, method: "lines", claims: [], files: [{ ...compat }] };

export const fixes: readonly TwinFix[] = [
  { card: card("1", "net: keel: do not free the ring twice"), state: "missing", relation: "fixes", risk: ["cve", "stable", "syzbot"], cves: ["CVE-2026-10001"], carriedBy: undefined },
  { card: card("2", "net: keel: lock the ring while freeing it"), state: "present", relation: "fixes", risk: [], cves: [], carriedBy: card("9", "net: keel: lock the ring while freeing it") },
  { card: card("3", "Revert \"net: keel: free the ring when probing fails\""), state: "other", relation: "reverts", risk: ["revert"], cves: [], carriedBy: undefined },
];

const upPatch = `diff --git a/drivers/net/keel/ring.c b/drivers/net/keel/ring.c
index 1111111111..2222222222 100644
--- a/drivers/net/keel/ring.c
+++ b/drivers/net/keel/ring.c
@@ -41,6 +41,8 @@ static int keel_ring_init(struct keel_ring *ring)
 \tring->head = 0;
 \tring->tail = 0;
 \tring->size = KEEL_RING_SIZE;
+\tring->users = 1;
+\tspin_lock_init(&ring->lock);
 
 \treturn 0;
 }
@@ -95,9 +97,10 @@ static int keel_probe(struct pci_dev *pdev)
 \terr = keel_register(dev);
 \tif (err) {
 \t\tdev_err(&pdev->dev, "cannot register: %d\\n", err);
-\t\treturn err;
+\t\tgoto free_ring;
 \t}
 
 \tkeel_debugfs_add(dev);
+\tkeel_devlink_register(dev);
 \treturn 0;
 
@@ -136,6 +140,7 @@ static void keel_remove(struct pci_dev *pdev)
 \tstruct keel_dev *dev = pci_get_drvdata(pdev);
 
 \tkeel_unregister(dev);
+\tkeel_devlink_unregister(dev);
 \tkeel_ring_free(dev->ring);
 }
`;
const downPatch = `diff --git a/drivers/net/keel/ring.c b/drivers/net/keel/ring.c
index 3333333333..4444444444 100644
--- a/drivers/net/keel/ring.c
+++ b/drivers/net/keel/ring.c
@@ -38,6 +38,8 @@ static int keel_ring_init(struct keel_ring *ring)
 \tring->head = 0;
 \tring->tail = 0;
 \tring->size = KEEL_RING_SIZE;
+\tring->users = 1;
+\tspin_lock_init(&ring->lock);
 
 \treturn 0;
 }
@@ -89,9 +91,9 @@ static int keel_probe(struct pci_dev *pdev)
 \terr = keel_register(dev);
 \tif (err) {
 \t\tpr_err("keel: cannot register: %d\\n", err);
-\t\treturn err;
+\t\tgoto err_ring;
 \t}
 
 \tkeel_debugfs_add(dev);
 \treturn 0;
 
`;

/** A file of `lines` lines whose functions differ a little between the sides. */
function source(lines: number, side: "up" | "down"): string {
  const body = Array.from({ length: lines }, (_, index) => (index % 12 === 0 ? `static int keel_step_${String(index)}(struct keel_ring *ring)` : index % 12 === 1 ? "{" : index % 12 === 11 ? "}" : `\tring->slot[${String(index)}] = ${side === "down" && index === 94 ? "KEEL_OLD" : "KEEL_NEW"}; /* ${String(index)} */`));
  return `${body.join("\n")}\n`;
}

/** What the server would answer about a file of the sample. */
export function fileView(params: TwinFileParams): TwinFileView {
  if (params.downPath?.endsWith(".bin") === true) return { up: { state: "binary" }, down: { state: "binary" } };
  if (params.view === "file") return { up: params.upPath === undefined && params.upstream !== undefined ? { state: "absent" } : { state: "text", text: source(180, "up") }, down: { state: "text", text: source(180, "down") } };
  if (params.downPath?.endsWith("ring.c") === true) return { up: { state: "text", text: upPatch }, down: { state: "text", text: downPatch } };
  return { up: { state: params.upPath === undefined ? "absent" : "text", text: "" }, down: { state: "text", text: "@@ -0,0 +1,3 @@\n+#ifndef KEEL_COMPAT_H\n+#define KEEL_COMPAT_H\n+#endif\n" } };
}
