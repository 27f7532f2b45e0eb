import { condition, expand, hasMacro, learn, type Macros } from "./macros";
import { stackProblem } from "./problems";
import type { Stack, StackEntry, StackProblem } from "./types";

interface Declared {
  readonly number: number;
  readonly name: string;
  readonly line: number;
  /** Stands under a condition that the file does not decide. */
  readonly conditional: boolean;
}

interface Applied {
  readonly number: number;
  readonly line: number;
  readonly strip: number;
  readonly reversed: boolean;
}

/** An open %if; undefined where the build decides. */
interface Condition {
  /** Whether its lines count at this place. */
  readonly now: boolean | undefined;
  /** Whether one of its branches has counted so far. */
  readonly taken: boolean | undefined;
}

/** What of a spec file is known so far. */
interface Reading {
  readonly macros: Macros;
  readonly declared: Declared[];
  readonly applied: Applied[];
  readonly problems: StackProblem[];
  readonly conditions: Condition[];
  /** `%patchlist` is being read. */
  inList: boolean;
  /** Number of the newest declaration. */
  last: number;
  /** The file says how patches are applied, be it to none. */
  told: boolean;
}

/** Only the last part of an address or path is looked for beside the spec file (rpm's own rule for sources). */
function fileName(text: string): string {
  return text.replace(/[?#].*$/u, "").split("/").at(-1) ?? "";
}

function declare(reading: Reading, number: number, written: string, line: number): void {
  reading.last = number;
  const name = fileName(expand(written, reading.macros));
  if (name === "") return;
  if (hasMacro(name)) reading.problems.push(stackProblem(line, "unread-macro", { name }));
  else reading.declared.push({ number, name, line, conditional: reading.conditions.some(({ now }) => now === undefined) });
}

/** `-p1`, `-p 1` and `-R` as patch(1) takes them. Unless told, %patch strips nothing, and the automatic macros let patch guess. */
function optionsOf(text: string, otherwise: number): { readonly strip: number; readonly reversed: boolean } {
  const level = /(?:^|\s)-p\s*(\d{1,3})\b/u.exec(text)?.[1];
  return { strip: level === undefined ? otherwise : Number(level), reversed: /(?:^|\s)-R\b/u.test(text) };
}

/** `%patch0 -p1`, `%patch -P0 -p1`, `%patch -P 0`, `%patch 0 1`: the numbers that are applied. */
function patchNumbers(glued: string, rest: string): readonly number[] {
  if (glued !== "") return [Number(glued)];
  const named = [...rest.matchAll(/(?:^|\s)-P\s*(\d{1,6})\b/gu)].map((match) => Number(match[1]));
  if (named.length > 0) return named;
  const plain = rest.replace(/(?:^|\s)-[pbzFdo]\s*\S+/gu, " ").match(/(?:^|\s)(\d{1,6})(?=\s|$)/gu) ?? [];
  return plain.length > 0 ? plain.map(Number) : [0];
}

/** `%autopatch -p1 -m 100 -M 199` and `%autopatch 1 2`. */
function autopatch(reading: Reading, rest: string, line: number): void {
  const bound = (letter: string, otherwise: number): number => Number(new RegExp(`(?:^|\\s)-${letter}\\s*(\\d{1,6})\\b`, "u").exec(rest)?.[1] ?? otherwise);
  const [from, to] = [bound("m", 0), bound("M", Infinity)];
  const chosen = (rest.replace(/(?:^|\s)-[pmM]\s*\d+/gu, " ").match(/(?:^|\s)\d{1,6}(?=\s|$)/gu) ?? []).map(Number);
  for (const { number } of reading.declared) {
    if (number >= from && number <= to && (chosen.length === 0 || chosen.includes(number))) reading.applied.push({ number, line, ...optionsOf(rest, 1) });
  }
}

function applyLine(reading: Reading, text: string, line: number): void {
  const single = /^\s*%\{?patch(\d{0,6})\}?(?:\s+(.*))?$/u.exec(text);
  if (single !== null) {
    reading.told = true;
    for (const number of patchNumbers(single[1] ?? "", single[2] ?? "")) reading.applied.push({ number, line, ...optionsOf(single[2] ?? "", 0) });
    return;
  }
  const automatic = /^\s*%(autosetup|autopatch)\b(.*)$/u.exec(text);
  if (automatic === null) return;
  reading.told = true;
  const rest = automatic[2] ?? "";
  if (automatic[1] === "autopatch") autopatch(reading, rest, line);
  else if (!/(?:^|\s)-\w*N/u.test(rest)) for (const { number } of reading.declared) reading.applied.push({ number, line, ...optionsOf(rest, 1) });
}

/** The branch after `before`, whose own condition is `value`: it counts only when no branch above it has. */
function nextBranch(before: Condition, value: boolean | undefined): Condition {
  if (before.taken === true) return { now: false, taken: true };
  if (before.taken === undefined) return { now: value === false ? false : undefined, taken: value === true ? true : undefined };
  return { now: value, taken: value };
}

/** Follows %if, %else and %endif; true when the line was one of them. */
function branch(reading: Reading, text: string): boolean {
  const word = /^\s*%(if|ifarch|ifnarch|ifos|ifnos|elif|elifarch|elifos|else|endif)\b(.*)$/u.exec(text);
  if (word === null) return false;
  const { conditions, macros } = reading;
  const [, kind = "", rest = ""] = word;
  const value = kind === "if" || kind === "elif" ? condition(rest, macros) : kind === "else" ? true : undefined;
  if (kind.startsWith("if")) conditions.push({ now: value, taken: value });
  else {
    const before = conditions.pop();
    if (kind !== "endif" && before !== undefined) conditions.push(nextBranch(before, value));
  }
  return true;
}

/** Sections end a %patchlist; each has a name of its own. */
const section = /^%(?:package|description|prep|build|install|check|clean|files|changelog|pre|post|preun|postun|pretrans|posttrans|sourcelist|generate_buildrequires|conf|trigger\w*|filetrigger\w*)\b/u;

function readLine(reading: Reading, text: string, line: number): void {
  if (branch(reading, text) || reading.conditions.some(({ now }) => now === false) || /^\s*#/u.test(text)) return;
  if (/^%patchlist\b/u.test(text)) {
    reading.inList = true;
    return;
  }
  if (section.test(text)) reading.inList = false;
  if (reading.inList) {
    if (text.trim() !== "") declare(reading, reading.last + 1, text.trim(), line);
    return;
  }
  learn(text, reading.macros);
  const tag = /^patch(\d{0,6})\s*:\s*(\S+)/iu.exec(text);
  if (tag !== null) declare(reading, tag[1] === "" || tag[1] === undefined ? reading.last + 1 : Number(tag[1]), tag[2] ?? "", line);
  else applyLine(reading, text, line);
}

/** Every declared patch in its own order, for a file whose way of applying them is a script's. */
function assumed(reading: Reading): readonly Applied[] {
  if (reading.told || reading.declared.length === 0) return reading.applied;
  reading.problems.push(stackProblem(reading.declared[0]?.line ?? 1, "order-assumed"));
  return reading.declared.map(({ number, line }) => ({ number, line, strip: 1, reversed: false }));
}

/**
 * The patches of an RPM spec file in the order in which its %prep applies them (rpm-spec(5), rpm-spec-macros(7)). Conditions
 * that the file itself does not decide are taken as true, and told.
 */
export function readSpec(text: string): Stack {
  const reading: Reading = { macros: new Map(), declared: [], applied: [], problems: [], conditions: [], inList: false, last: -1, told: false };
  for (const [i, line] of text.replace(/^\ufeff/u, "").split(/\r?\n/u).entries()) readLine(reading, line.slice(0, 8192), i + 1);
  const byNumber = new Map(reading.declared.map((patch) => [patch.number, patch]));
  const entries: StackEntry[] = [];
  const used = new Set<number>();
  for (const { number, line, strip, reversed } of assumed(reading)) {
    const patch = byNumber.get(number);
    used.add(number);
    if (patch === undefined) reading.problems.push(stackProblem(line, "no-such-patch", { name: number }));
    else entries.push({ name: patch.name, line: patch.line, strip, reversed });
  }
  for (const { number, name, line, conditional } of reading.declared) {
    if (!used.has(number)) reading.problems.push(stackProblem(line, "not-applied", { name }));
    else if (conditional) reading.problems.push(stackProblem(line, "condition", { name }));
  }
  return { entries, problems: reading.problems };
}
