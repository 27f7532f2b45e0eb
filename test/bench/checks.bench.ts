import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeDecode } from "../../language-server/adapters/decode";
import { sourceLineText } from "../../language-server/engine/patch/lines";
import { parsePatchSet } from "../../language-server/engine/patch/parse";
import type { PatchSet } from "../../language-server/engine/patch/types";
import { checks } from "../../language-server/engine/review/registry";
import { reviewText } from "../../language-server/engine/review/run";
import type { Finding, TextCheck } from "../../language-server/engine/review/types";
import { render } from "../../language-server/engine/text/message";
import type { BenchTable } from "./table";

export interface CheckBenchOptions {
  /** A git repository; its newest commits become patches. */
  readonly repo?: string;
  /** A folder of patches, or a mailbox. */
  readonly patches?: string;
  /** How many findings of each check to write out for reading. */
  readonly sample?: number;
  /** Where the sample goes. */
  readonly sampleFile?: string;
}

const commits = 2000;
const settings = { checks: {}, byPath: {} };
const textChecks = checks.filter((check): check is TextCheck => check.needs === "text");

interface Corpus {
  readonly name: string;
  readonly sets: readonly PatchSet[];
}

/** Hits of each text check on real patches, and what reviewing a patch of 10,000 lines takes. */
export function benchChecks(options: CheckBenchOptions = {}): Promise<BenchTable[]> {
  const corpora = corporaOf(options);
  const tables = corpora.map((corpus) => hitTable(corpus));
  if (options.sample !== undefined) {
    const text = corpora.map((corpus) => sampleOf(corpus, options.sample ?? 30)).join("\n");
    if (options.sampleFile === undefined) console.log(text);
    else writeFileSync(options.sampleFile, text);
  }
  return Promise.resolve([...tables, speedTable()]);
}

function corporaOf(options: CheckBenchOptions): readonly Corpus[] {
  const data = join(process.env["KEELSON_DATA"] ?? join(import.meta.dirname, "../../../shared"), "data/patches/mana");
  const patches = options.patches ?? (existsSync(data) ? data : undefined);
  const corpora: Corpus[] = [];
  if (patches === undefined) console.log(`skipped: ${data} absent`);
  else corpora.push({ name: patches.split("/").at(-1) ?? patches, sets: readPatches(patches) });
  if (options.repo !== undefined) corpora.push({ name: `newest ${commits} commits`, sets: [newestCommits(options.repo)] });
  return corpora;
}

function readPatches(path: string): readonly PatchSet[] {
  const files = path.endsWith(".mbox") ? [path] : readdirSync(path).filter((name) => /\.(?:patch|mbox)$/.test(name)).map((name) => join(path, name));
  return files.map((file) => parsePatchSet(readFileSync(file), nodeDecode).value);
}

function newestCommits(repo: string): PatchSet {
  const result = spawnSync("git", ["-C", repo, "format-patch", "--no-merges", "--stdout", `-${commits}`], { maxBuffer: 1 << 30, env: { ...process.env, GIT_NO_LAZY_FETCH: "1" } });
  return parsePatchSet(result.stdout, nodeDecode).value;
}

function findingsOf(corpus: Corpus, check: TextCheck): readonly { readonly set: PatchSet; readonly finding: Finding }[] {
  return corpus.sets.flatMap((set) => reviewText(set, nodeDecode, settings, undefined, [check]).map((finding) => ({ set, finding })));
}

function hitTable(corpus: Corpus): BenchTable {
  const patches = corpus.sets.reduce((sum, set) => sum + set.patches.length, 0);
  const rows = textChecks.map((check) => {
    const found = findingsOf(corpus, check);
    const hit = new Set(found.map(({ set, finding }) => set.patches[finding.patch])).size;
    return [check.id, check.severity, found.length, hit];
  });
  return { title: `Checks on ${corpus.name}: ${patches} patches`, columns: ["check", "severity", "findings", "patches with one"], rows };
}

/** Evenly spread findings of each check with the lines around them. */
function sampleOf(corpus: Corpus, size: number): string {
  const parts: string[] = [];
  for (const check of textChecks) {
    const found = findingsOf(corpus, check);
    const step = Math.max(1, Math.ceil(found.length / size));
    for (const { set, finding } of found.filter((_, i) => i % step === 0)) {
      const subject = set.patches[finding.patch]?.subject ?? "";
      const from = Math.max(1, Math.min(finding.line, ...(finding.related ?? []).map((one) => one.line ?? finding.line)) - 4);
      const to = Math.min(from + 60, Math.max(finding.line, ...(finding.related ?? []).map((one) => one.line ?? finding.line)) + 4);
      const lines: string[] = [];
      for (let line = from; line <= to; line += 1) lines.push(`${line === finding.line ? ">" : " "} ${sourceLineText(set, line, nodeDecode)}`);
      parts.push(`=== ${corpus.name} ${finding.message.id} ${finding.severity} | ${subject} | ${finding.file ?? ""}\n    ${render(finding.message, check.messages, "en")}\n${lines.join("\n")}`);
    }
  }
  return parts.join("\n\n");
}

const codeLine = (i: number): string => {
  const turn = i % 8;
  const lines = ["static int sample_%(struct sample *dev)", "{", "\tstruct slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL); /* a slot */", "\tif (!slot)", "\t\treturn -ENOMEM;", '\tdev_info(dev->parent, "slot %d of %s\\n", slot->id, dev->name);', "\treturn sample_add(dev, slot);", "}"];
  return (lines[turn] ?? "").replace("_%", `_${i}`);
};

/** A new file of 10,000 lines of C, read afresh each time. */
function speedTable(): BenchTable {
  const size = 10_000;
  const body = Array.from({ length: size }, (_, i) => `+${codeLine(i)}`).join("\n");
  const text = `From: Alice Example <alice@example.com>\nSubject: [PATCH] net: sample: add a driver\n\nAdd it.\n\nSigned-off-by: Alice Example <alice@example.com>\n---\n\ndiff --git a/drivers/net/sample.c b/drivers/net/sample.c\nnew file mode 100644\n--- /dev/null\n+++ b/drivers/net/sample.c\n@@ -0,0 +1,${size} @@\n${body}\n`;
  const bytes = nodeDecode.bytes(text);
  const times: number[] = [];
  for (let i = 0; i < 30; i += 1) {
    const set = parsePatchSet(bytes, nodeDecode).value;
    const start = performance.now();
    reviewText(set, nodeDecode, settings);
    times.push(performance.now() - start);
  }
  const first = times[0] ?? 0;
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
  return { title: "All text checks on a patch of 10,000 lines", columns: ["median ms", "p95 ms", "first run ms"], rows: [[at(0.5), at(0.95), Math.round(first * 10) / 10]] };
}
