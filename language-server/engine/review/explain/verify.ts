import type { PatchLine } from "../../patch/types";
import { cleanStatement, findQuote, quoteRow, type QuoteRow } from "../../text/quotes";
import { shownPath } from "../../text/shown";
import type { RawStatement } from "./schema";
import type { MessageRow, Scope, ScopeHunk } from "./scope";
import type { Evidence, Statement } from "./types";

/** The lines of a scope, ready to be searched; made once for all statements of an answer. */
export interface Verifier {
  /** The statement with its places, or undefined when one of its quotes is not where it says. */
  check(raw: RawStatement): Statement | undefined;
}

function rowsOfSide(hunks: readonly ScopeHunk[], side: "old" | "new"): readonly QuoteRow[] {
  const numberOf = (line: PatchLine): number => (side === "old" ? line.oldNumber : line.newNumber);
  return hunks.flatMap(({ lines }, group) => lines.filter((line) => line.role !== (side === "old" ? "added" : "deleted")).map((line) => quoteRow(line.text, numberOf(line), line.line, group)));
}

function messageRowsOf(message: readonly MessageRow[]): readonly QuoteRow[] {
  return message.map((row) => quoteRow(row.text, row.number, row.line, 0));
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
  const sides = new Map<string, readonly QuoteRow[]>();
  const whole = [...scope.message.map((row) => row.text), ...scope.hunks.flatMap(({ file, lines }) => [file.oldPath, file.newPath, ...lines.map((line) => line.text)])].join("\n").toLowerCase();

  function rows(path: string, side: "old" | "new"): readonly QuoteRow[] {
    const key = `${side} ${path}`;
    const known = sides.get(key);
    if (known !== undefined) return known;
    const made = rowsOfSide(hunksOf.get(key) ?? hunksOf.get(`${side} ${path.replace(/^[ab]\//u, "")}`) ?? [], side);
    sides.set(key, made);
    return made;
  }

  return {
    check(raw) {
      const text = cleanStatement(raw.text, whole);
      if (text === undefined) return undefined;
      const evidence: Evidence[] = [];
      for (const { path, side, quote, line } of raw.evidence) {
        const found = findQuote(side === "message" ? message : rows(path, side), quote, line);
        if (found === undefined) return undefined;
        evidence.push({ path: side === "message" ? "" : path.replace(/^[ab]\//u, (prefix) => (hunksOf.has(`${side} ${path}`) ? prefix : "")), side, ...found });
      }
      return { section: raw.section, text, evidence };
    },
  };
}
