import * as z from "zod";
import { hunkLines } from "../../patch/lines";
import type { FileDiff, Hunk, Patch, PatchLine } from "../../patch/types";
import { checkCancel, type Cancel, type Decode, type ModelRequest } from "../../ports";
import { anyInteger, anyText, oneOfTexts, statementsAnswer } from "../../text/answer-schema";
import { cleanStatement, findQuote, quoteRow, type QuoteRow } from "../../text/quotes";
import { createRedactor } from "../../text/redact";
import { shownLine, shownPath } from "../../text/shown";
import { estimateText } from "../../text/tokens";
import { ask, firstRequest, noModel, type Question } from "./ask";
import { differenceFacts, hunkAt, messageLine, placeOf } from "./difference-facts";
import { dataRule, delimited, languages, roomFor } from "./prompt-room";
import type { DifferenceFact, DifferenceInput, DifferenceStatement, Explained, ExplainPorts, LinePlace, Side } from "./types";

const version = "difference-1";

/** A line that may be quoted, and where it is. */
interface Source {
  readonly place: LinePlace;
  readonly row: QuoteRow;
  readonly tag: string;
}

interface Part {
  readonly side: Side;
  readonly file: FileDiff | undefined;
  readonly hunk: Hunk | undefined;
  readonly sources: readonly Source[];
  /** It differs from the twin, so that it is shown first. */
  readonly odd: boolean;
}

/** Numbers the lines of one side from 1 on, message and hunks alike, so that a number means one line. */
function counter(): () => number {
  let n = 0;
  return () => ++n;
}

function messagePart(side: Side, patch: Patch, next: () => number): Part {
  const lines = [{ line: patch.subjectLine ?? 0, text: patch.subject }, ...patch.message.body].filter(({ text }) => text.trim() !== "").slice(0, 200);
  const sources = lines.map(({ text, line }): Source => {
    const number = next();
    return { place: { side, path: "", line: messageLine(patch, line), quote: text }, row: quoteRow(text, number, number, 0), tag: `[M ${number}]` };
  });
  return { side, file: undefined, hunk: undefined, sources, odd: true };
}

function tagOf(line: PatchLine, number: number): string {
  const sign = line.role === "added" ? "+" : line.role === "deleted" ? "-" : " ";
  return `[L${sign} ${number}]`;
}

function hunkPart(side: Side, patch: Patch, file: FileDiff, hunk: Hunk, group: number, odd: boolean, next: () => number, decode: Decode): Part {
  const sources = hunkLines(patch, hunk, decode).filter(({ role }) => role !== "eof").map((line): Source => {
    const number = next();
    return { place: placeOf(side, file, line), row: quoteRow(line.text, number, number, group), tag: tagOf(line, number) };
  });
  return { side, file, hunk, sources, odd };
}

function partsOf(side: Side, input: DifferenceInput, decode: Decode): readonly Part[] {
  const { patch } = input[side];
  const next = counter();
  const odd = new Set(input.row.hunks.filter(({ state }) => state !== "same").map((verdict) => hunkAt(patch, side === "mainline" ? verdict.up : verdict.down, decode)?.hunk));
  const parts = [messagePart(side, patch, next)];
  for (const file of patch.files) {
    if (file.binary || file.status === "combined") continue;
    for (const hunk of file.hunks) parts.push(hunkPart(side, patch, file, hunk, parts.length, odd.has(hunk) || odd.size === 0, next, decode));
  }
  return parts;
}

function partText({ side, file, hunk, sources }: Part, redact: (text: string) => string): string {
  const head = file === undefined || hunk === undefined ? `=== ${side}: message ===` : `=== ${side}: file ${shownPath(file.newPath)} ===\n@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`;
  return [head, ...sources.map(({ tag, row }) => `${tag} ${redact(shownLine(row.text))}`)].join("\n");
}

interface Shown {
  readonly data: string;
  readonly leftOut: number;
  readonly redacted: number;
}

/** What fits: messages and the hunks that differ first, then the others, each in its own order. */
function show(parts: readonly Part[], room: number): Shown {
  const redactor = createRedactor();
  const taken = new Map<Part, string>();
  let used = 0;
  for (const odd of [true, false]) {
    for (const part of parts) {
      if (part.odd !== odd) continue;
      const text = partText(part, (line) => redactor.line(line));
      const cost = estimateText(text) + 8;
      if (used + cost > room) continue;
      taken.set(part, text);
      used += cost;
    }
  }
  const data = parts.flatMap((part) => taken.get(part) ?? []).join("\n");
  return { data, leftOut: parts.length - taken.size, redacted: redactor.count };
}

const rawSchema = z.object({
  text: z.string().min(1).max(700),
  evidence: z
    .array(z.object({ side: z.enum(["mainline", "ours"]), path: z.string().max(4096).optional().default(""), quote: z.string().min(1).max(600), line: z.coerce.number().optional().catch(undefined) }))
    .min(1)
    .max(4),
});

type Raw = z.infer<typeof rawSchema>;

const answer = statementsAnswer({
  name: "difference",
  most: 10,
  statement: { text: anyText },
  evidence: { side: oneOfTexts(["mainline", "ours"]), path: anyText, quote: anyText, line: anyInteger },
  mostEvidence: 4,
});

function systemPrompt(input: DifferenceInput): string {
  return `A downstream Linux tree carries a commit of mainline in a changed form. You tell a maintainer in one paragraph why ours differs from mainline's. Write in ${languages[input.locale]}, in plain sentences; keep identifiers as they are.

${dataRule}

Each side has its message and its hunks. Lines are numbered: [M n] a line of the message; [L+ n] added, [L- n] deleted, [L  n] unchanged. Each side counts its own lines from 1.

Give between 1 and 6 statements that read as one paragraph, each one sentence: what differs, and why as far as the two sides show it: context that our tree has or lacks, an interface with another name or arguments, a part left out, a note of whoever carried it. Do not guess at reasons that no line supports; say nothing of hunks that are the same.
Each statement carries its evidence: one to four places, each with side, path (as in the "=== side: file" line; empty for the message), quote (copied character by character from one line, without its tag, long enough to occur only once) and line (its number).
A statement whose quote is not found is not shown. Give no commit ids, CVE numbers or addresses that the data does not contain.

Answer with one JSON object: {"statements":[{"text":"…","evidence":[{"side":"ours","path":"…","quote":"…","line":1}]}]}`;
}

function task({ row }: DifferenceInput): string {
  return `The comparison found: ${row.verdict}; hunks: ${row.hunks.map(({ state }) => state).slice(0, 60).join(", ") || "not compared"}. Explain why ours differs.`;
}

function verifier(parts: readonly Part[]): (raw: Raw) => DifferenceStatement | undefined {
  const whole = parts.flatMap(({ file, sources }) => [file?.oldPath ?? "", file?.newPath ?? "", ...sources.map(({ row }) => row.text)]).join("\n").toLowerCase();
  const sourcesAt = (side: Side, path: string): readonly Source[] => parts.filter((part) => part.side === side && (part.file === undefined ? path === "" : [part.file.newPath, part.file.oldPath].some((name) => shownPath(name) === path))).flatMap(({ sources }) => sources);
  return (raw) => {
    const text = cleanStatement(raw.text, whole);
    if (text === undefined) return undefined;
    const evidence: LinePlace[] = [];
    for (const { side, path, quote, line } of raw.evidence) {
      const sources = sourcesAt(side, path);
      const found = findQuote(sources.map(({ row }) => row), quote, line);
      const source = sources.find(({ row }) => row.line === found?.line);
      if (found === undefined || source === undefined) return undefined;
      evidence.push({ ...source.place, quote: found.quote });
    }
    return { text, evidence };
  };
}

function questionOf(input: DifferenceInput, ports: ExplainPorts): Question<Raw, DifferenceStatement> | undefined {
  const about = ports.model.describe("explain");
  if (about === undefined) return undefined;
  const parts = [...partsOf("mainline", input, ports.decode), ...partsOf("ours", input, ports.decode)];
  const system = systemPrompt(input);
  const { data, leftOut, redacted } = show(parts, roomFor(system, about));
  return {
    version,
    locale: input.locale,
    messages: delimited(system, task(input), data, ports.random),
    data: `${task(input)}\n${data}`,
    answer,
    raw: rawSchema,
    textOf: ({ text }) => text,
    verify: verifier(parts),
    warnings: [...(redacted > 0 ? [{ id: "explain.warning.redacted", args: { count: redacted } }] : []), ...(leftOut > 0 ? [{ id: "upstream.explain.trimmed", args: { left: leftOut, all: parts.length } }] : [])],
    again: input.again === true,
  };
}

/** The exact request of the first turn; undefined when no endpoint is set. */
export function differenceRequest(input: DifferenceInput, ports: ExplainPorts): ModelRequest | undefined {
  const question = questionOf(input, ports);
  return question === undefined ? undefined : firstRequest(question, ports);
}

export interface Difference {
  readonly facts: readonly DifferenceFact[];
  readonly model: Explained<DifferenceStatement>;
}

/** Why ours differs from mainline's: facts always, a model's paragraph beside them when one is set. Throws only `Cancelled`. */
export async function explainDifference(input: DifferenceInput, ports: ExplainPorts, cancel: Cancel): Promise<Difference> {
  checkCancel(cancel);
  const question = questionOf(input, ports);
  return { facts: differenceFacts(input, ports.decode), model: question === undefined ? noModel() : await ask(question, ports, cancel) };
}
