import { basename, dirname, resolve } from "node:path";
import { createDecisions, undecided } from "../decisions";
import type { LoadedPatchSet, PatchSet } from "../engine/patch/types";
import { severities, type ApplyResult, type Finding, type MaintainerEntry, type Severity } from "../engine/review/types";
import { findPlainTree } from "../engine/review/facts/tree";
import { textFindings } from "../findings";
import { checkSettings } from "../lsp/settings";
import { createRepositories, type RepositoryPlace } from "../repositories";
import { joined, repositoryStage } from "../repository-stage";
import { URI } from "vscode-uri";
import { createWorkbench, userCacheFolder, type Workbench } from "../workbench";
import { UsageError } from "./usage";
import { loadInput } from "./load";
import type { Run } from "./main";
import { columns, paint, printable, printableJson, wrap } from "./terminal";

interface ReviewedPatch {
  readonly source: string;
  readonly subject: string;
  readonly findings: readonly Finding[];
  readonly applies: ApplyResult | undefined;
  readonly baseName: string;
  readonly maintainers: readonly MaintainerEntry[];
}

/** `keelson review`: prints what the checks say. 0 nothing at the threshold, 1 findings, 2 could not run. */
export async function runReview(run: Run): Promise<number> {
  const { options, terminal, words, log } = run;
  const workbench = createWorkbench({ trusted: () => true, gitPath: () => run.settings.git.path, log, storage: userCacheFolder(process.env) });
  const reviewed: ReviewedPatch[] = [];
  let noTree = false;
  for (const file of run.files) {
    const sources = await loadInput(file, run.cancel);
    const place = await placeFor(file, sources, run, workbench);
    noTree ||= place === undefined;
    reviewed.push(...(await reviewSources(sources, place, run, workbench)));
  }
  if (options.format === "json") terminal.out(`${printableJson(asJson(reviewed, run))}\n`);
  else printText(reviewed, run, noTree && options.repo === undefined);
  if (noTree && options.format === "json") log.warn(words.say({ id: "cli.textOnly" }));
  const limit = severities.indexOf(options.threshold);
  return reviewed.some(({ findings }) => findings.some((finding) => severities.indexOf(finding.severity) <= limit)) ? 1 : 0;
}

/** The tree that was named; else the one around the file, else around the working directory, whichever has the touched files. */
async function placeFor(file: string, sources: readonly LoadedPatchSet[], run: Run, workbench: Workbench): Promise<RepositoryPlace | undefined> {
  const { repo } = run.options;
  if (repo !== undefined) {
    const path = resolve(repo);
    if ((await workbench.files.stat(path)) === undefined) throw new UsageError({ id: "cli.noSuchFile", args: { path: repo } });
    return { kind: "path", path };
  }
  const repositories = createRepositories(() => workbench.git(), () => [process.cwd()], workbench.decode);
  const set = everything(sources);
  const own = file === "-" ? resolve("stdin.patch") : resolve(file);
  const repository = await repositories.of(URI.file(own).toString(), set, run.cancel);
  if (repository !== undefined) return { kind: "repository", repository };
  const root = await findPlainTree(workbench.files, process.cwd());
  return root === undefined ? undefined : { kind: "path", path: root };
}

function everything(sources: readonly LoadedPatchSet[]): PatchSet {
  const patches = sources.flatMap(({ set }) => set.patches);
  const like = sources.find(({ set }) => set.patches.length > 0)?.set ?? { format: "empty", source: { bytes: new Uint8Array(), lineStarts: new Uint32Array([0]), lineCount: 0 }, patches: [] };
  return joined(patches, like);
}

async function textOf(sources: readonly LoadedPatchSet[], run: Run, workbench: Workbench): Promise<ReadonlyMap<PatchSet, readonly Finding[]>> {
  const found = new Map<PatchSet, readonly Finding[]>();
  for (const { set } of sources) {
    const findings = await textFindings(set, {
      decode: workbench.decode,
      settings: checkSettings(run.settings),
      cancel: run.cancel,
      breathe: () => new Promise((done) => setImmediate(done)),
      onFailure: (check, error) => {
        run.log.error(`${check}: ${error instanceof Error ? error.message : String(error)}`);
      },
    });
    found.set(set, findings);
  }
  return found;
}

/** Reviews the files of one argument as one series. */
async function reviewSources(sources: readonly LoadedPatchSet[], place: RepositoryPlace | undefined, run: Run, workbench: Workbench): Promise<readonly ReviewedPatch[]> {
  const { settings, cancel, log, options } = run;
  const text = await textOf(sources, run, workbench);
  const own = sources.flatMap(({ path, set }) => set.patches.map((patch) => ({ path, set, patch })));
  const stage = { workbench, set: everything(sources), own: (ordinal: number) => own[ordinal], decode: workbench.decode, settings, cancel, onProgress: () => undefined };
  const facts = place === undefined ? undefined : await repositoryStage({ ...stage, place });
  if (place?.kind === "path" && facts === undefined) throw new UsageError({ id: "cli.noRepo", args: { path: place.path } });
  const decisions = await (await createDecisions(workbench.storage, log).of(facts?.repository)).all();
  return own.map(({ path, set, patch }, i) => {
    const found = facts?.patches.get(i);
    const all = [...(text.get(set) ?? []).filter((finding) => finding.patch === patch.ordinal), ...(found?.findings ?? [])].filter((finding) => options.checks?.includes(finding.check) !== false);
    return {
      source: path,
      subject: patch.subject || patch.rawSubject || patch.files[0]?.newPath || basename(path),
      findings: [...undecided(all, decisions, set)].sort((a, b) => a.line - b.line || (a.startColumn ?? 0) - (b.startColumn ?? 0)),
      applies: found?.applies,
      baseName: facts?.baseName ?? "",
      maintainers: found?.maintainers ?? [],
    };
  });
}

function asJson(reviewed: readonly ReviewedPatch[], { words }: Run): unknown {
  return {
    patches: reviewed.map(({ subject, findings, applies, maintainers }) => ({
      subject,
      findings: findings.map((finding) => ({
        check: finding.check,
        severity: finding.severity,
        file: finding.file ?? null,
        side: finding.side,
        line: finding.line,
        quote: finding.quote,
        message: words.say(finding.message),
      })),
      applies: applies === undefined ? { state: "no-tree", steps: [] } : { state: applies.state, steps: applies.steps.map(({ how, ok, error }) => ({ how, ok, error })) },
      maintainers: maintainers.map(({ name, email, role, section }) => ({ name, email, role, section })),
    })),
  };
}

const marks: Readonly<Record<Severity, readonly ["red" | "yellow" | "blue" | "dim", string]>> = { error: ["red", "error"], warning: ["yellow", "warning"], information: ["blue", "note"], hint: ["dim", "hint"] };

function printText(reviewed: readonly ReviewedPatch[], run: Run, textOnly: boolean): void {
  const { terminal, words } = run;
  let source = "";
  for (const patch of reviewed) {
    if (patch.source !== source && new Set(reviewed.map((entry) => entry.source)).size > 1) terminal.out(`${paint(terminal, "dim", printable(`${dirname(patch.source) === "." ? "" : `${dirname(patch.source)}/`}${basename(patch.source)}`))}\n`);
    source = patch.source;
    printPatch(patch, run);
  }
  const count = (severity: Severity): number => reviewed.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0);
  if (textOnly) terminal.out(`${wrap(words.say({ id: "cli.textOnly" }), terminal.width)}\n`);
  terminal.out(`${words.say({ id: "cli.summary", args: { patches: reviewed.length, errors: count("error"), warnings: count("warning"), notes: count("information"), hints: count("hint") } })}\n`);
}

function printPatch({ subject, findings, applies, baseName, maintainers }: ReviewedPatch, run: Run): void {
  const { terminal, words } = run;
  // A series on a newer base has an offset hint for every hunk; they are counted unless they were asked for.
  const shown = run.options.threshold === "hint" ? findings : findings.filter((finding) => finding.severity !== "hint");
  terminal.out(`${paint(terminal, "bold", wrap(printable(subject), terminal.width))}\n`);
  if (applies !== undefined) {
    terminal.out(`${wrap(printable(words.say({ id: `server.applies.${applies.state}`, args: { branch: baseName } })), terminal.width, "  ")}\n`);
    for (const step of applies.steps.filter((entry) => !entry.ok && applies.state !== "clean")) terminal.out(`${paint(terminal, "dim", wrap(`${words.say({ id: `server.step.${step.how}` })}: ${printable(step.error.trim().split("\n")[0] ?? "")}`, terminal.width, "    "))}\n`);
  }
  for (const finding of shown) printFinding(finding, run);
  if (shown.length < findings.length) terminal.out(`${paint(terminal, "dim", wrap(words.say({ id: "cli.hints", args: { count: findings.length - shown.length } }), terminal.width, "  "))}\n`);
  if (findings.length === 0) terminal.out(`  ${words.say({ id: "cli.noFindings" })}\n`);
  if (maintainers.length > 0) {
    const people = maintainers.slice(0, 6).map((entry) => printable(entry.email));
    const more = maintainers.length > 6 ? `, ${words.say({ id: "cli.more", args: { count: maintainers.length - 6 } })}` : "";
    terminal.out(`${paint(terminal, "dim", wrap(`${words.say({ id: "cli.maintainers" })}: ${people.join(", ")}${more}`, terminal.width, "  "))}\n`);
  }
  terminal.out("\n");
}

function printFinding(finding: Finding, { terminal, words }: Run): void {
  const [style, label] = marks[finding.severity];
  const place = words.say({ id: "cli.line", args: { line: finding.line } });
  const where = finding.file === undefined ? place : `${place}, ${printable(finding.file)}`;
  terminal.out(`  ${paint(terminal, style, label)} ${where} ${paint(terminal, "dim", `[${finding.check}]`)}\n`);
  terminal.out(`${wrap(printable(words.say(finding.message)), terminal.width, "    ")}\n`);
  const quote = printable(finding.quote.split("\n")[0] ?? "").trim();
  if (quote !== "") terminal.out(`    ${paint(terminal, "dim", `> ${shortened(quote, terminal.width - 6)}`)}\n`);
}

function shortened(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let out = "";
  for (const char of text) {
    if (columns(out + char) > width - 1) break;
    out += char;
  }
  return `${out}…`;
}
