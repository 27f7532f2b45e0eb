import { hunkLines } from "../../patch/lines";
import type { FileDiff, Hunk } from "../../patch/types";
import type { TextInput } from "../types";
import { functionsOf, type CodeFunction } from "./functions";
import { statementsOf, type Statement } from "./statements";
import { tokenise, type CodeLine, type Tokens } from "./tokens";

/** The C code of a hunk's new side, read once for all checks. */
export interface HunkCode {
  readonly file: FileDiff;
  readonly hunk: Hunk;
  readonly code: Tokens;
  readonly functions: readonly CodeFunction[];
}

const read = new WeakMap<Hunk, HunkCode>();
const bodies = new WeakMap<CodeFunction, readonly Statement[]>();

/** True for the files that the C checks read. */
export function isC(path: string): boolean {
  return /\.[ch]$/.test(path);
}

/** The C hunks of a patch that add at least one line. */
export function cHunks(input: TextInput): readonly HunkCode[] {
  const hunks: HunkCode[] = [];
  for (const file of input.patch.files) {
    if (file.binary || file.status === "combined" || file.added === 0 || !isC(file.newPath)) continue;
    for (const hunk of file.hunks) {
      const code = hunkCode(input, file, hunk);
      if (code !== undefined) hunks.push(code);
    }
  }
  return hunks;
}

function hunkCode(input: TextInput, file: FileDiff, hunk: Hunk): HunkCode | undefined {
  const known = read.get(hunk);
  if (known !== undefined) return known;
  const lines: CodeLine[] = [];
  for (const { role, text, line } of hunkLines(input.patch, hunk, input.decode)) {
    if (role === "added" || role === "context") lines.push({ text, line, added: role === "added" });
  }
  if (!lines.some((line) => line.added)) return undefined;
  const code = tokenise(lines);
  const result = { file, hunk, code, functions: functionsOf(code, hunk.section) };
  read.set(hunk, result);
  return result;
}

/** The statements of a function's visible body. */
export function bodyOf(hunk: HunkCode, function_: CodeFunction): readonly Statement[] {
  const known = bodies.get(function_);
  if (known !== undefined) return known;
  const statements = statementsOf(hunk.code.tokens, function_.body);
  bodies.set(function_, statements);
  return statements;
}

/** The line of a token. */
export function lineOf(code: Tokens, at: number): CodeLine | undefined {
  const token = code.tokens[at];
  return token === undefined ? undefined : code.lines[token.row];
}

/** True when the token stands on an added line. */
export function isAdded(code: Tokens, at: number): boolean {
  return lineOf(code, at)?.added === true;
}
