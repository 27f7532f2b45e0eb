import type { Patch, PatchSet } from "../../../patch/types";
import { inHeader, spanInSubject } from "../../message/spans";
import type { Draft, TextCheck, TextInput } from "../../types";
import type { Message } from "../../../text/message";
import { seriesNumberingMessages } from "./messages";

/** A numbered mail: `[PATCH v2 3/7]`. */
interface Numbered {
  readonly patch: Patch;
  readonly index: number;
  readonly total: number;
}

export const seriesNumbering: TextCheck = {
  id: "series-numbering",
  severity: "warning",
  needs: "text",
  messages: seriesNumberingMessages,
  run(input) {
    return judged(input.set)
      .filter((verdict) => verdict.patch === input.patch)
      .map((verdict) => draft(input, verdict));
  },
};

interface Verdict {
  readonly patch: Patch;
  readonly message: Message;
}

const known = new WeakMap<PatchSet, readonly Verdict[]>();

/** Judged once a document: the check runs for each of its patches. */
function judged(set: PatchSet): readonly Verdict[] {
  let verdicts = known.get(set);
  if (verdicts === undefined) {
    verdicts = judge(set);
    known.set(set, verdicts);
  }
  return verdicts;
}

function draft(input: TextInput, { patch, message }: Verdict): Draft {
  const number = /\d+\s*\/\s*\d+/u.exec(patch.rawSubject)?.[0] ?? patch.rawSubject;
  const version = message.id === "series-numbering.version" ? /\bv\d+\b/iu.exec(patch.rawSubject)?.[0] : undefined;
  const span = spanInSubject(input, version ?? number) ?? { line: patch.lines.first, quote: number };
  return { message, ...inHeader(span) };
}

function judge(set: PatchSet): readonly Verdict[] {
  const numbered: Numbered[] = [];
  for (const patch of set.patches) {
    if (patch.kind === "reply" || patch.index === undefined || patch.total === undefined) continue;
    numbered.push({ patch, index: patch.index, total: patch.total });
  }
  // One numbered patch alone says nothing of the others: it is usually opened from a folder or a mail program.
  if (numbered.length < 2) return [];
  return threads(numbered).flatMap(judgeThread);
}

/** Mails of one thread belong together; without message ids, all that are left. */
function threads(numbered: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const byId = new Map(numbered.flatMap((one) => (one.patch.messageId === undefined ? [] : [[one.patch.messageId, one] as const])));
  const answered = new Set(numbered.map((one) => one.patch.inReplyTo));
  const groups = new Map<string, Numbered[]>();
  for (const one of numbered) {
    const root = rootOf(one, byId, answered);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** The first mail of the same version that this one answers, through others; a new version may answer the old one. */
function rootOf(start: Numbered, byId: ReadonlyMap<string, Numbered>, answered: ReadonlySet<string | undefined>): string {
  const seen = new Set<Numbered>();
  let at = start;
  while (!seen.has(at)) {
    seen.add(at);
    const parent = at.patch.inReplyTo === undefined ? undefined : byId.get(at.patch.inReplyTo);
    const newVersion = parent !== undefined && parent.patch.version !== at.patch.version && at.index <= 1;
    if (parent === undefined || newVersion) break;
    at = parent;
  }
  const id = at.patch.messageId;
  return id !== undefined && answered.has(id) ? id : "";
}

function judgeThread(thread: readonly Numbered[]): readonly Verdict[] {
  const series = new Map<string, Numbered[]>();
  for (const one of thread) {
    const key = `${one.patch.version} ${one.total}`;
    const list = series.get(key);
    if (list === undefined) series.set(key, [one]);
    else list.push(one);
  }
  const all = [...series.values()];
  const strayed = strays(all);
  return strayed ?? all.flatMap(judgeSeries);
}

/**
 * Several incomplete series whose numbers don't overlap and make up one: somebody mixed totals or versions. Undefined
 * when they are really several.
 */
function strays(series: readonly (readonly Numbered[])[]): readonly Verdict[] | undefined {
  if (series.length < 2) return undefined;
  const all = series.flat();
  const indices = all.map((one) => one.index).filter((index) => index > 0);
  if (new Set(indices).size !== indices.length) return undefined;
  const largest = [...series].sort((a, b) => b.length - a.length)[0];
  const model = largest?.[0];
  if (largest === undefined || model === undefined || largest.length * 2 <= all.length) return undefined;
  if (Math.max(...indices) > Math.max(...all.map((one) => one.total)) || missingOf(all, Math.max(...indices)).length > 0) return undefined;
  return all.filter((one) => !largest.includes(one)).map((one) => strayVerdict(one, model));
}

function strayVerdict(one: Numbered, model: Numbered): Verdict {
  const message: Message =
    one.patch.version === model.patch.version
      ? { id: "series-numbering.total", args: { total: one.total, others: model.total } }
      : { id: "series-numbering.version", args: { version: one.patch.version, others: model.patch.version } };
  return { patch: one.patch, message };
}

function judgeSeries(series: readonly Numbered[]): readonly Verdict[] {
  const [first] = series;
  if (first === undefined) return [];
  const { total } = first;
  const verdicts: Verdict[] = [];
  const beyond = series.filter((one) => one.index > total);
  for (const one of beyond) verdicts.push({ patch: one.patch, message: { id: "series-numbering.beyond", args: { index: one.index, total } } });
  const missing = missingOf(series, total);
  if (missing.length > 0 && series.length > 1) verdicts.push({ patch: first.patch, message: { id: "series-numbering.missing", args: { total, numbers: ranges(missing) } } });
  return [...verdicts, ...duplicates(series)];
}

/** The same series twice in one document is a copy, not a mistake in numbering. */
function duplicates(series: readonly Numbered[]): readonly Verdict[] {
  const counts = new Map<number, number>();
  const verdicts: Verdict[] = [];
  for (const one of series) {
    const count = (counts.get(one.index) ?? 0) + 1;
    counts.set(one.index, count);
    if (count === 2) verdicts.push({ patch: one.patch, message: { id: "series-numbering.duplicate", args: { index: one.index } } });
  }
  const whole = [...counts].every(([index, count]) => index === 0 || count > 1);
  return whole ? [] : verdicts;
}

function missingOf(series: readonly Numbered[], total: number): readonly number[] {
  const present = new Set(series.map((one) => one.index));
  const missing: number[] = [];
  for (let index = 1; index <= Math.min(total, mostNumbers); index++) if (!present.has(index)) missing.push(index);
  return missing;
}

/** A subject may claim any total. */
const mostNumbers = 2000;

/** `2, 4–6, 9` */
function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; i++) {
    const start = numbers[i] ?? 0;
    let end = start;
    while (numbers[i + 1] === end + 1) {
      end++;
      i++;
    }
    parts.push(start === end ? String(start) : end === start + 1 ? `${start}, ${end}` : `${start}–${end}`);
  }
  return parts.slice(0, 12).join(", ") + (parts.length > 12 ? ", …" : "");
}
