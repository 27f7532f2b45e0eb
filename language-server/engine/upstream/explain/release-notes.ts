import * as z from "zod";
import { checkCancel, type Cancel } from "../../ports";
import { anyText, oneOfTexts, statementsAnswer } from "../../text/answer-schema";
import type { Locale } from "../../text/message";
import { cleanStatement, findQuote, quoteRow } from "../../text/quotes";
import { createRedactor } from "../../text/redact";
import { shownLine } from "../../text/shown";
import { estimateText } from "../../text/tokens";
import type { CommitFacts, MapRow } from "../types";
import { ask, noModel, type Question } from "./ask";
import { dataRule, delimited, languages, roomFor } from "./prompt-room";
import { noteSections, type Explained, type ExplainPorts, type NoteSection, type NoteStatement } from "./types";

const version = "notes-1";

/** A commit of the range, with what its twin in mainline is known by. */
export interface NoteCommit {
  readonly facts: CommitFacts;
  readonly row: MapRow | undefined;
  readonly twins: readonly CommitFacts[];
}

export interface NotesInput {
  /** Newest first or last: notes keep this order. */
  readonly commits: readonly NoteCommit[];
  readonly locale: Locale;
  readonly again?: boolean;
}

export type NoteGroup = Extract<NoteSection, "security" | "fixes" | "other"> | "reverts";

export interface NoteLine {
  readonly commit: string;
  readonly subject: string;
  readonly upstream: readonly string[];
  readonly cves: readonly string[];
}

/** What the commits themselves say, grouped. */
export interface NoteFacts {
  readonly counts: { readonly commits: number; readonly mainline: number; readonly ours: number; readonly unsure: number };
  readonly groups: readonly { readonly group: NoteGroup; readonly lines: readonly NoteLine[] }[];
}

function cvesOf({ facts, twins }: NoteCommit): readonly string[] {
  return [...new Set([facts, ...twins].flatMap(({ marks }) => marks.filter((mark) => mark.startsWith("CVE-"))))];
}

function groupOf(commit: NoteCommit): NoteGroup {
  const { facts, row, twins } = commit;
  if (row?.verdict === "revert" || /^revert\b/iu.test(facts.subject)) return "reverts";
  if (cvesOf(commit).length > 0) return "security";
  return [facts, ...twins].some(({ fixes, subject }) => fixes.length > 0 || /\bfix(?:es|ed)?\b/iu.test(subject)) ? "fixes" : "other";
}

const groups: readonly NoteGroup[] = ["security", "fixes", "other", "reverts"];

/** Release notes without a model: commits by what they are, with their twins and CVEs. */
export function noteFacts({ commits }: NotesInput): NoteFacts {
  const by = new Map<NoteGroup, NoteLine[]>();
  for (const commit of commits) {
    const group = groupOf(commit);
    const lines = by.get(group) ?? [];
    by.set(group, lines);
    lines.push({ commit: commit.facts.sha, subject: commit.facts.subject, upstream: commit.row?.upstream ?? [], cves: cvesOf(commit) });
  }
  const carried = commits.filter(({ row }) => (row?.upstream.length ?? 0) > 0).length;
  const ours = commits.filter(({ row }) => row?.verdict === "downstream-only").length;
  return { counts: { commits: commits.length, mainline: carried, ours, unsure: commits.length - carried - ours }, groups: groups.flatMap((group) => (by.has(group) ? [{ group, lines: by.get(group) ?? [] }] : [])) };
}

const rawSchema = z.object({
  section: z.enum(noteSections),
  text: z.string().min(1).max(500),
  evidence: z.array(z.object({ commit: z.string().regex(/^[0-9a-f]{7,64}$/iu), quote: z.string().min(1).max(400) })).min(1).max(6),
});

type Raw = z.infer<typeof rawSchema>;

const answer = statementsAnswer({
  name: "release_notes",
  most: 24,
  statement: { section: oneOfTexts(noteSections), text: anyText },
  evidence: { commit: anyText, quote: anyText },
  mostEvidence: 6,
});

function systemPrompt(locale: Locale): string {
  return `You write release notes of a downstream Linux tree for its users from the commits that went in. Write in ${languages[locale]}, in plain sentences; keep identifiers as they are.

${dataRule}

Each line of the data is one commit: its id, what it was found to be, and its subject.

Give between 3 and 16 statements, the most important first, each one sentence about what changed for a user, several commits in one where they belong together, in a section: security, fixes, features, hardware, performance or other.
Each statement carries its evidence: one to six commits, each with commit (the id as given) and quote (part of its subject, copied character by character). A statement whose quote is not found in that commit's subject is not shown. Say nothing that no subject supports. Give no ids, CVE numbers or addresses that the data does not contain.

Answer with one JSON object: {"statements":[{"section":"fixes","text":"…","evidence":[{"commit":"…","quote":"…"}]}]}`;
}

function short(sha: string): string {
  return sha.slice(0, 12);
}

/** The commits that fit, those with a CVE and fixes first where not all do. */
function show(commits: readonly NoteCommit[], room: number): { readonly data: string; readonly leftOut: number; readonly redacted: number } {
  const redactor = createRedactor();
  const weight = (commit: NoteCommit): number => groups.indexOf(groupOf(commit));
  const ranked = commits.map((commit, i) => ({ commit, i })).sort((a, b) => weight(a.commit) - weight(b.commit) || a.i - b.i);
  const taken = new Map<number, string>();
  let used = 0;
  for (const { commit, i } of ranked) {
    const text = `${short(commit.facts.sha)} (${[groupOf(commit), commit.row?.verdict ?? "unknown", ...cvesOf(commit)].join(", ")}) ${redactor.line(shownLine(commit.facts.subject))}`;
    const cost = estimateText(text) + 1;
    if (used + cost > room) break;
    taken.set(i, text);
    used += cost;
  }
  return { data: [...taken].sort(([a], [b]) => a - b).map(([, text]) => text).join("\n"), leftOut: commits.length - taken.size, redacted: redactor.count };
}

function verifier(commits: readonly NoteCommit[]): (raw: Raw) => NoteStatement | undefined {
  const whole = commits.flatMap((commit) => [commit.facts.sha, commit.facts.subject, ...cvesOf(commit)]).join("\n").toLowerCase();
  return (raw) => {
    const text = cleanStatement(raw.text, whole);
    if (text === undefined) return undefined;
    const evidence: { readonly commit: string; readonly quote: string }[] = [];
    for (const { commit, quote } of raw.evidence) {
      const named = commits.filter(({ facts }) => facts.sha.startsWith(commit.toLowerCase()));
      const [only] = named;
      const found = only === undefined || named.length > 1 ? undefined : findQuote([quoteRow(only.facts.subject, 1, 1, 0)], quote, undefined);
      if (only === undefined || found === undefined) return undefined;
      evidence.push({ commit: only.facts.sha, quote: found.quote });
    }
    return { section: raw.section, text, evidence };
  };
}

export interface ReleaseNotes {
  readonly facts: NoteFacts;
  readonly model: Explained<NoteStatement>;
}

/** Release notes of a range: the commits grouped always, a model's summary above them when one is set. Throws only `Cancelled`. */
export async function releaseNotes(input: NotesInput, ports: ExplainPorts, cancel: Cancel): Promise<ReleaseNotes> {
  checkCancel(cancel);
  const facts = noteFacts(input);
  const about = ports.model.describe("explain");
  if (about === undefined || input.commits.length === 0) return { facts, model: noModel() };
  const system = systemPrompt(input.locale);
  const { data, leftOut, redacted } = show(input.commits, roomFor(system, about));
  const task = `Write the release notes of these ${input.commits.length} commits.`;
  const question: Question<Raw, NoteStatement> = {
    version,
    locale: input.locale,
    messages: delimited(system, task, data, ports.random),
    data: `${task}\n${data}`,
    answer,
    raw: rawSchema,
    textOf: ({ text }) => text,
    verify: verifier(input.commits),
    warnings: [...(redacted > 0 ? [{ id: "explain.warning.redacted", args: { count: redacted } }] : []), ...(leftOut > 0 ? [{ id: "upstream.explain.trimmed", args: { left: leftOut, all: input.commits.length } }] : [])],
    again: input.again === true,
  };
  return { facts, model: await ask(question, ports, cancel) };
}
