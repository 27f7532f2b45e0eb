import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { createGit } from "../../adapters/git";
import { createProcess } from "../../adapters/process";
import type { KnowledgeStore } from "../../engine/tuning/store/types";
import { indexDocuments } from "../../knowledge/index-documents";
import type { IndexReport } from "../../knowledge/index-report";
import { indexRunning } from "../../knowledge/index-running";
import { indexTree } from "../../knowledge/index-tree";
import { indexVersions } from "../../knowledge/versions/index-versions";
import { folderVersion, gitVersion, type TreeVersion } from "../../knowledge/versions/tree-version";
import { UsageError } from "../usage";
import { printable, printableJson } from "../terminal";
import { progressLine } from "../upstream/ask";
import type { KnowledgeArguments } from "./arguments";
import type { KnowledgeRun } from "./main";

/** Reads every origin that was named, one after the other; each is one step of the store. */
export async function runIndex(run: KnowledgeRun, store: KnowledgeStore, path: string, asked: KnowledgeArguments): Promise<number> {
  const { trees, versions, folders, running, databases, components, format } = asked;
  if (trees.length + folders.length === 0 && !running) throw new UsageError({ id: "knowledge.needsOrigin" });
  // All are looked at before the first is read, so that a slip of the pen costs no time.
  for (const tree of trees) await needFolder(tree, "knowledge.noTree");
  for (const folder of folders) await needFolder(folder, "knowledge.noFolder");
  const compared = versions === undefined ? undefined : await versionsOf(run, trees, versions);
  const settings = { store, now: Date.now(), cancel: run.cancel, onProgress: progressLine(run, "files") };
  const reports: IndexReport[] = [];
  const add = (report: IndexReport, named: string, id: string): void => {
    if (report.files === 0 && report.gone === 0) throw new UsageError({ id, args: { path: named } });
    reports.push(report);
    if (format === "text") tell(run, report);
  };
  if (compared !== undefined) {
    const report = await indexVersions({ ...settings, ...compared });
    if ("problem" in report) throw new UsageError({ id: `knowledge.versions.${report.problem}`, args: { label: report.label, detail: report.detail } });
    add(report, compared.places.join(", "), "knowledge.noTree");
  }
  for (const tree of versions === undefined ? trees : []) add(await indexTree({ ...settings, tree: resolve(tree) }), tree, "knowledge.noTree");
  for (const folder of folders) add(await indexDocuments({ ...settings, folder: resolve(folder), component: components?.[0] }), folder, "knowledge.noFolder");
  if (running) add(await indexRunning({ ...settings, databases, process: createProcess({ trusted: () => true, log: run.log }) }), "/proc/sys", "knowledge.noFolder");
  if (format === "text") run.terminal.out(`${printable(run.words.say({ id: "knowledge.stored", args: { path } }))}\n`);
  else run.terminal.out(`${printableJson({ path, ...totals(reports), unread: reports.flatMap(({ unread }) => unread), origins: reports })}\n`);
  return 0;
}

/** Every version is found before the first is read. */
async function versionsOf(run: KnowledgeRun, trees: readonly string[], tags: readonly string[]): Promise<{ readonly places: readonly string[]; readonly versions: readonly TreeVersion[] }> {
  const places = [...new Set(trees.map((tree) => resolve(tree)))];
  if (tags.length === 0) return { places, versions: places.map((place) => folderVersion(place, places)) };
  const [place = ""] = places;
  const repository = await createGit({ gitPath: run.settings.git.path, log: run.log, trusted: () => true }).open(place);
  if (repository === undefined) throw new UsageError({ id: "knowledge.versions.noRepository", args: { path: place } });
  const versions: TreeVersion[] = [];
  for (const label of tags) {
    const version = await gitVersion(repository, label, run.cancel);
    if (version === undefined) throw new UsageError({ id: "knowledge.versions.noTag", args: { path: place, label } });
    versions.push(version);
  }
  return { places: [repository.root], versions };
}

async function needFolder(folder: string, id: string): Promise<void> {
  const found = await stat(resolve(folder)).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new UsageError({ id, args: { path: folder } });
}

function totals(reports: readonly IndexReport[]): Readonly<Record<"files" | "changed" | "gone" | "records", number>> {
  const sum = (key: "files" | "changed" | "gone" | "records"): number => reports.reduce((all, report) => all + report[key], 0);
  return { files: sum("files"), changed: sum("changed"), gone: sum("gone"), records: sum("records") };
}

function tell(run: KnowledgeRun, report: IndexReport): void {
  const { origin, files, changed, gone, records, unread, conflicts, importers, compared } = report;
  const lines = run.words.say({ id: "knowledge.indexed", args: { origin, files, changed, gone, records, unread: unread.length, conflicts: conflicts.length } }).split("\n");
  for (const one of importers) lines.push(`  ${run.words.say({ id: "knowledge.importer", args: { ...one } })}`);
  if (compared !== undefined) lines.push(`  ${run.words.say({ id: "knowledge.compared", args: { ...compared, versions: compared.versions.join(", ") } })}`);
  run.terminal.out(lines.map((line) => `${printable(line)}\n`).join(""));
  for (const { file, line, reason } of unread) run.log.debug(`${file}:${line}: ${reason}`);
  for (const { name, field, statements } of conflicts) run.log.debug(`${name}: ${field}: ${statements.map(({ value, source }) => `${value} (${source.file}:${source.line})`).join(", ")}`);
}
