import { resolve } from "node:path";
import { render, type Message } from "../../engine/text/message";
import { followMessages } from "../../engine/upstream/follow/messages";
import type { FixReason, MissingFix } from "../../engine/upstream/types";
import { askedMap, computeMap } from "../../upstream/compute";
import { findMissing, provenKinds } from "../../upstream/missing";
import { markNotBuilt } from "../../upstream/not-built";
import { UsageError } from "../usage";
import { paint, printable, wrap } from "../terminal";
import { jsonLine, type AskRun } from "./ask";
import { computeSettings, mapOptions } from "./map";

export interface MissingFixesOptions {
  readonly repo: string | undefined;
  readonly mainline: string;
  readonly downstream: string;
  /** A kernel `.config`. */
  readonly config: string | undefined;
  /** A clone of the kernel's vulns repository. */
  readonly vulns: string | undefined;
  readonly subsystems: readonly string[];
  /** `fixes,reverts,cve,stable`, or some of them; those that prove a culprit unless told. */
  readonly reason: string | undefined;
  readonly format: "text" | "json" | "jsonl";
}

const kinds: readonly FixReason["kind"][] = ["fixes", "reverts", "cve", "stable"];

/** Throws {@link UsageError} for a word that is no reason. */
export function chosenKinds(value: string | undefined): ReadonlySet<FixReason["kind"]> {
  if (value === undefined) return provenKinds;
  const words = value.split(",").map((word) => word.trim()).filter((word) => word !== "");
  const chosen = words.map((word) => {
    const kind = kinds.find((entry) => entry === word);
    if (kind === undefined) throw new UsageError({ id: "cli.badValue", args: { option: "--reason", value: word, allowed: kinds.join(", ") } });
    return kind;
  });
  return new Set(chosen);
}

/** `keelson upstream missing-fixes`: mainline's later fixes of what downstream has, the riskiest first. */
export async function runMissingFixes(run: AskRun, options: MissingFixesOptions): Promise<number> {
  const wanted = chosenKinds(options.reason);
  const settings = await computeSettings(run, options.repo);
  const { mainline, downstream } = options;
  const map = await computeMap(settings, await askedMap(settings, await mapOptions(run, { repo: options.repo, mainline, downstream, ignoreTrailers: false, evidence: "all", exclude: undefined, format: "jsonl" })));
  const vulns = options.vulns === undefined ? "" : resolve(options.vulns);
  const found = await findMissing(settings, map, { vulns, config: "", subsystems: options.subsystems }, wanted);
  const { fixes, told } = options.config === undefined ? { fixes: found, told: [] } : await markNotBuilt(settings.repository, map, found, resolve(options.config), run.cancel);
  for (const message of told) run.log.warn(say(run, message));
  const byFix = new Map(fixes.map((fix) => [fix.fix, fix]));
  if (options.format === "text") printText(run, fixes);
  else run.terminal.out(fixes.map((fix) => jsonLine(jsonFix(fix, byFix))).join(""));
  return 0;
}

function say(run: AskRun, message: Message): string {
  return render(message, followMessages, run.words.locale);
}

/** From the fix down to the commit that downstream has: each mends the next. */
export function chainOf(fix: MissingFix, byFix: ReadonlyMap<string, MissingFix>): readonly FixReason[] {
  const chain: FixReason[] = [];
  const seen = new Set<string>();
  for (let at: MissingFix | undefined = fix; at !== undefined && !seen.has(at.fix); ) {
    seen.add(at.fix);
    const reason: FixReason | undefined = at.reasons.find(({ carriedBy }) => carriedBy.how !== "fix") ?? at.reasons[0];
    if (reason === undefined) break;
    chain.push(reason);
    at = reason.carriedBy.how === "fix" ? byFix.get(reason.carriedBy.commit) : undefined;
  }
  return chain;
}

/** `fixes` and `downstream` tell the first chain; `reasons` has all. For a culprit of the shared history, `downstream` is the culprit. */
function jsonFix(fix: MissingFix, byFix: ReadonlyMap<string, MissingFix>): unknown {
  const chain = chainOf(fix, byFix);
  const [first] = chain;
  const last = chain.at(-1);
  return {
    fix: fix.fix,
    subject: fix.subject,
    fixes: first?.culprit === "" ? null : (first?.culprit ?? null),
    downstream: last === undefined || last.culprit === "" ? null : last.carriedBy.how === "commit" ? last.carriedBy.commit : last.culprit,
    reason: first?.kind ?? null,
    date: isoDate(fix.time),
    risk: fix.risk,
    cves: fix.cves,
    chain: chain.map(({ culprit }) => culprit).filter((sha) => sha !== ""),
    reasons: fix.reasons.map(({ kind, culprit, carriedBy, by }) => ({ kind, culprit: culprit === "" ? null : culprit, how: carriedBy.how, commit: carriedBy.how === "base" ? null : carriedBy.commit, by: by ?? "sha" })),
    revertedBy: fix.revertedBy ?? null,
    maybeCarriedBy: fix.maybeCarriedBy ?? [],
    notBuilt: fix.notBuilt ?? null,
  };
}

/** Commits can hold any number as their date; one that no calendar has is null. */
function isoDate(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function short(sha: string): string {
  return sha.slice(0, 12);
}

function reasonText(run: AskRun, { kind, culprit, carriedBy, by }: FixReason): string {
  const what = say(run, { id: `upstream.missing.${kind}`, args: { culprit: short(culprit) } });
  if (kind === "stable") return what;
  const how = say(run, { id: `upstream.missing.${carriedBy.how}`, args: carriedBy.how === "base" ? {} : { commit: short(carriedBy.commit) } });
  return [what, ...(by === undefined ? [] : [say(run, { id: "upstream.missing.byTitle" })]), how].join(" ");
}

function printText(run: AskRun, fixes: readonly MissingFix[]): void {
  const { terminal } = run;
  for (const fix of fixes.filter(({ notBuilt }) => notBuilt === undefined)) printFix(run, fix);
  for (const fix of fixes.filter(({ notBuilt }) => notBuilt !== undefined)) printFix(run, fix);
  terminal.out(`${wrap(say(run, { id: "upstream.missing.summary", args: { count: fixes.length, hidden: fixes.filter(({ notBuilt }) => notBuilt !== undefined).length } }), terminal.width)}\n`);
}

function printFix(run: AskRun, fix: MissingFix): void {
  const { terminal } = run;
  const marks = [...fix.cves, ...fix.risk.filter((mark) => mark !== "cve" || fix.cves.length === 0)].join(", ");
  terminal.out(`${paint(terminal, "bold", printable(`${short(fix.fix)} ${fix.subject}`))}${marks === "" ? "" : ` ${paint(terminal, "red", `[${printable(marks)}]`)}`}\n`);
  const lines = [
    ...fix.reasons.slice(0, 3).map((reason) => reasonText(run, reason)),
    ...(fix.revertedBy === undefined ? [] : [say(run, { id: "upstream.missing.revertedBy", args: { commit: short(fix.revertedBy) } })]),
    ...(fix.maybeCarriedBy ?? []).slice(0, 2).map((commit) => say(run, { id: "upstream.missing.maybe", args: { commit: short(commit) } })),
    ...(fix.notBuilt === undefined ? [] : [say(run, { id: "upstream.missing.notBuilt", args: { symbol: fix.notBuilt.symbol, file: fix.notBuilt.file, line: fix.notBuilt.line } })]),
  ];
  for (const line of lines) terminal.out(`${paint(terminal, "dim", wrap(printable(line), terminal.width, "    "))}\n`);
}
