import type { PatchLine } from "../../patch/types";
import type { RawStatement } from "./schema";
import type { MessageRow, Scope, ScopeHunk } from "./scope";
import { shownPath } from "./shown";
import type { Evidence, Statement } from "./types";

/** One line that a quote may be found in. `number` is what the model was told, `group` keeps quotes of several lines within a hunk. */
interface Row {
  readonly text: string;
  readonly folded: string;
  readonly number: number;
  readonly line: number;
  readonly group: number;
}

/** The lines of a scope, ready to be searched; made once for all statements of an answer. */
export interface Verifier {
  /** The statement with its places, or undefined when one of its quotes is not where it says. */
  check(raw: RawStatement): Statement | undefined;
}

const maxQuoteLines = 6;

function fold(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

function rowOf(text: string, number: number, line: number, group: number): Row {
  return { text, folded: fold(text), number, line, group };
}

/** A quote that would fit anywhere proves nothing. */
function isGeneric(folded: string): boolean {
  if ((folded.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 4) return true;
  return /^(?:[{}();\s]*|(?:\} )?else(?: if)?(?: \{)?|return(?: [-\w]{1,4})?;?|break;?|continue;?|(?:int|void|static|struct|const|unsigned|long|char|bool) ?\w{0,3};?|#(?:endif|else)|NULL|true|false)$/u.test(folded);
}

/** Models repeat the tag of a numbered line, or the sign of a diff's; both are ours, not the line's. */
function variants(quote: string): readonly (readonly string[])[] {
  const plain = quote.split(/\r?\n/u);
  while (plain.length > 1 && plain.at(-1)?.trim() === "") plain.pop();
  while (plain.length > 1 && plain[0]?.trim() === "") plain.shift();
  const untagged = plain.map((line) => line.replace(/^\s*\[[LM][+\- ]? *\d+\] ?/u, ""));
  const unsigned = untagged.every((line) => /^[+\- ]/u.test(line)) ? untagged.map((line) => line.slice(1)) : undefined;
  return [plain, untagged, ...(unsigned === undefined ? [] : [unsigned])];
}

/** Indexes of the rows at which the quote begins. */
function matches(rows: readonly Row[], quote: readonly string[], folding: boolean): readonly number[] {
  const wanted = quote.map((line) => (folding ? fold(line) : line));
  const textOf = (row: Row | undefined): string | undefined => (row === undefined ? undefined : folding ? row.folded : row.text);
  const hits: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const group = rows[i]?.group;
    const fits = wanted.every((line, k) => {
      const row = rows[i + k];
      const text = textOf(row);
      if (text === undefined || row?.group !== group) return false;
      if (wanted.length === 1) return text.includes(line);
      if (k === 0) return text.endsWith(line);
      return k === wanted.length - 1 ? text.startsWith(line) : text === line;
    });
    if (fits) hits.push(i);
  }
  return hits;
}

/** The one place a quote means: the only match, else the match on the hinted line, else the only match in the hinted hunk. */
function place(rows: readonly Row[], hits: readonly number[], hint: number | undefined): number | undefined {
  if (hits.length <= 1) return hits[0];
  if (hint === undefined) return undefined;
  const exact = hits.filter((i) => rows[i]?.number === hint);
  if (exact.length === 1) return exact[0];
  const group = rows.find((row) => row.number === hint)?.group;
  const inHunk = hits.filter((i) => rows[i]?.group === group);
  return group !== undefined && inHunk.length === 1 ? inHunk[0] : undefined;
}

function find(rows: readonly Row[], quote: string, hint: number | undefined): { readonly line: number; readonly quote: string } | undefined {
  for (const folding of [false, true]) {
    for (const lines of variants(quote)) {
      if (lines.length > maxQuoteLines || isGeneric(fold(lines.join(" ")))) continue;
      const hits = matches(rows, lines, folding);
      if (hits.length === 0) continue;
      const at = place(rows, hits, hint);
      const first = at === undefined ? undefined : rows[at];
      if (at === undefined || first === undefined) return undefined;
      const found = rows.slice(at, at + lines.length).map((row) => row.text.trim());
      return { line: first.line, quote: lines.length === 1 && !folding ? (lines[0] ?? "").trim() : found.join("\n") };
    }
  }
  return undefined;
}

function rowsOfSide(hunks: readonly ScopeHunk[], side: "old" | "new"): readonly Row[] {
  const numberOf = (line: PatchLine): number => (side === "old" ? line.oldNumber : line.newNumber);
  return hunks.flatMap(({ lines }, group) => lines.filter((line) => line.role !== (side === "old" ? "added" : "deleted")).map((line) => rowOf(line.text, numberOf(line), line.line, group)));
}

function messageRowsOf(message: readonly MessageRow[]): readonly Row[] {
  return message.map((row) => rowOf(row.text, row.number, row.line, 0));
}

const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** What a sentence may not bring in from nowhere: addresses, object names, CVE numbers. */
const references = /https?:\/\/[^\s)>\]`"']+|\bCVE-\d{4}-\d{4,}\b|\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{9,40}\b/giu;

/** A statement's words: one paragraph, no control or direction characters, no pictures; undefined when they point at what the patch has not. */
function cleanText(text: string, whole: string): string | undefined {
  const clean = text.replace(control, "").replace(/!\[([^\]]*)\]\([^)]*\)/gu, "$1").replace(/\s+/gu, " ").trim();
  if (clean === "" || clean.includes("<<<KEELSON")) return undefined;
  for (const [reference] of clean.matchAll(references)) if (!whole.includes(reference.toLowerCase().replace(/[.,;:!?]+$/u, ""))) return undefined;
  return clean;
}

export function createVerifier(scope: Scope): Verifier {
  const message = messageRowsOf(scope.message);
  const hunksOf = new Map<string, ScopeHunk[]>();
  for (const entry of scope.hunks) {
    for (const [side, path] of [["old", entry.file.oldPath], ["new", entry.file.newPath]] as const) {
      const key = `${side} ${shownPath(path)}`;
      const known = hunksOf.get(key);
      if (known === undefined) hunksOf.set(key, [entry]);
      else known.push(entry);
    }
  }
  const sides = new Map<string, readonly Row[]>();
  const whole = [...scope.message.map((row) => row.text), ...scope.hunks.flatMap(({ file, lines }) => [file.oldPath, file.newPath, ...lines.map((line) => line.text)])].join("\n").toLowerCase();

  function rows(path: string, side: "old" | "new"): readonly Row[] {
    const key = `${side} ${path}`;
    const known = sides.get(key);
    if (known !== undefined) return known;
    const made = rowsOfSide(hunksOf.get(key) ?? hunksOf.get(`${side} ${path.replace(/^[ab]\//u, "")}`) ?? [], side);
    sides.set(key, made);
    return made;
  }

  return {
    check(raw) {
      const text = cleanText(raw.text, whole);
      if (text === undefined) return undefined;
      const evidence: Evidence[] = [];
      for (const { path, side, quote, line } of raw.evidence) {
        const found = find(side === "message" ? message : rows(path, side), quote, line);
        if (found === undefined) return undefined;
        evidence.push({ path: side === "message" ? "" : path.replace(/^[ab]\//u, (prefix) => (hunksOf.has(`${side} ${path}`) ? prefix : "")), side, ...found });
      }
      return { section: raw.section, text, evidence };
    },
  };
}
