import { hunkLines } from "../../engine/patch/lines";
import type { FileDiff, Hunk, Patch } from "../../engine/patch/types";
import type { Decode } from "../../engine/ports";
import { functionsOf, type CodeFunction } from "../../engine/review/code/functions";
import { tokenise, type CodeLine, type Tokens } from "../../engine/review/code/tokens";

/** The functions that a hunk changes, by name; empty when what it changes is in none that can be told. */
export function touchedFunctions(patch: Patch, hunk: Hunk, decode: Decode): readonly string[] {
  const shown = hunkLines(patch, hunk, decode);
  const [start] = shown;
  // A hunk that begins with a body's brace has its head in the section alone.
  const lines: CodeLine[] = start?.text.startsWith("{") === true && hunk.section !== "" ? [{ text: hunk.section, line: hunk.line, added: false }] : [];
  const touched = new Set<number>();
  for (const { role, text, line } of shown) {
    if (role === "deleted") {
      // What was deleted stood between its neighbours of the new side.
      touched.add(lines.length - 1);
      touched.add(lines.length);
    }
    if (role === "added") touched.add(lines.length);
    if (role === "added" || role === "context") lines.push({ text, line, added: role === "added" });
  }
  const code = tokenise(lines);
  const names = functionsOf(code, hunk.section).flatMap((found) => {
    const { first, last } = rowsOf(found, code);
    return found.name !== "" && [...touched].some((row) => row >= first && row <= last) ? [found.name] : [];
  });
  return [...new Set(names)];
}

/** First and last row of what a hunk shows of a function. */
function rowsOf({ head, body, opened, closed }: CodeFunction, code: Tokens): { readonly first: number; readonly last: number } {
  const row = (token: number): number => code.tokens[token]?.row ?? 0;
  return { first: opened ? row(head.first) : 0, last: closed ? row(body.end) : code.lines.length - 1 };
}

/** Hunks of a file of a patch, with the functions that each changes. */
export function touchedIn(patch: Patch, file: FileDiff, decode: Decode): readonly { readonly hunk: Hunk; readonly functions: readonly string[] }[] {
  return file.hunks.map((hunk) => ({ hunk, functions: touchedFunctions(patch, hunk, decode) }));
}

/** The functions of a whole C file: name → 1-based line where it begins. The first of several of one name counts. */
export function functionLines(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").map((line, i) => ({ text: line, line: i + 1, added: false }));
  const code = tokenise(lines);
  const found = new Map<string, number>();
  for (const { name, head } of functionsOf(code, "")) {
    const at = code.tokens.findIndex((token, i) => i >= head.first && i < head.end && token.text === name);
    const line = code.tokens[at]?.row;
    if (name !== "" && line !== undefined && !found.has(name)) found.set(name, line + 1);
  }
  return found;
}
