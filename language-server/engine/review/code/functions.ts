import type { Token, Tokens } from "./tokens";

/** A function, or the part of one that a hunk shows. */
export interface CodeFunction {
  /** Empty when neither the hunk nor its header tells. */
  readonly name: string;
  /** Token range of what stands before the body: return type, name, parameters; empty when it is not visible. */
  readonly head: TokenRange;
  /** Token range of the visible body, without its outer braces. */
  readonly body: TokenRange;
  /** The opening and the closing brace are visible. */
  readonly opened: boolean;
  readonly closed: boolean;
}

/** Token indexes; the end is exclusive. */
export interface TokenRange {
  readonly first: number;
  readonly end: number;
}

const notFunctions = new Set(["if", "for", "while", "switch", "else", "do", "struct", "union", "enum", "return", "sizeof", "typeof", "__typeof__"]);
const annotations = /^__\w+$|^(?:noinline|notrace|asmlinkage)$/;

/**
 * The functions of a hunk. Kernel style is relied on: a body's closing brace stands in column 0. `section` is the text
 * after the hunk's second @@, which names the function that the hunk starts in.
 */
export function functionsOf(code: Tokens, section: string): readonly CodeFunction[] {
  const functions: CodeFunction[] = [];
  let at = 0;
  if (startsInsideBody(code)) {
    const end = bodyEnd(code.tokens, 0);
    functions.push({ name: nameIn(section), head: { first: 0, end: 0 }, body: { first: 0, end: end.at }, opened: false, closed: end.closed });
    at = end.at + 1;
  }
  while (at < code.tokens.length) {
    const open = nextBody(code.tokens, at);
    if (open === undefined) break;
    const end = endInLine(code.tokens, open.brace) ?? bodyEnd(code.tokens, open.brace + 1);
    if (open.name !== "") {
      functions.push({ name: open.name, head: { first: open.head, end: open.brace }, body: { first: open.brace + 1, end: end.at }, opened: true, closed: end.closed });
    }
    at = end.at + 1;
  }
  return functions;
}

/** The first code line is indented, or the first brace in column 0 is a closing one that ends statements. */
function startsInsideBody(code: Tokens): boolean {
  const first = code.tokens[0];
  if (first === undefined) return false;
  for (const [at, token] of code.tokens.entries()) {
    if (token.column !== 0) continue;
    if (token.text === "}") return !endsData(code.tokens, at);
    // A label may stand in column 0 of a body; anything else there is outside of one.
    if (token.kind === "word" && code.tokens[at + 1]?.text === ":") continue;
    if (token.text === ":") continue;
    return false;
  }
  return first.column > 0 && code.tokens.some((token) => token.text === ";");
}

/** `};` or `} name;` or a list of initialisers ends a table or a type, not a function. */
function endsData(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return next?.text === ";" || next?.row === tokens[at]?.row || tokens[at - 1]?.text === ",";
}

function bodyEnd(tokens: readonly Token[], from: number): { at: number; closed: boolean } {
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.column === 0 && token.text === "}") return { at, closed: true };
  }
  return { at: tokens.length, closed: false };
}

/** Where a body that is written in one line ends: `static inline void f(void) { }`. */
function endInLine(tokens: readonly Token[], open: number): { at: number; closed: boolean } | undefined {
  const row = tokens[open]?.row;
  let depth = 0;
  for (let at = open; tokens[at]?.row === row; at += 1) {
    if (tokens[at]?.text === "{") depth += 1;
    if (tokens[at]?.text === "}") depth -= 1;
    if (depth === 0) return { at, closed: true };
  }
  return undefined;
}

/** The next `{` outside of a body that opens a block ending in column 0; its name is empty when it is no function's. */
function nextBody(tokens: readonly Token[], from: number): { brace: number; head: number; name: string } | undefined {
  let head = from;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.text === ";" || token.text === "}") head = at + 1;
    if (token.text !== "{") continue;
    const previous = tokens[at - 1];
    const function_ = previous !== undefined && (previous.text === ")" || (token.column === 0 && previous.kind === "word"));
    const name = function_ ? headName(tokens, head, at) : "";
    if (name === "" && sameLineEnd(tokens, at)) {
      // A one-line initialiser or type: there is no brace in column 0 to look for.
      continue;
    }
    return { brace: at, head, name };
  }
  return undefined;
}

function sameLineEnd(tokens: readonly Token[], open: number): boolean {
  const row = tokens[open]?.row;
  for (let at = open + 1; tokens[at]?.row === row; at += 1) if (tokens[at]?.text === "}") return true;
  return false;
}

/** The word before the parameter list. */
function headName(tokens: readonly Token[], first: number, end: number): string {
  let depth = 0;
  for (let at = first; at < end; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (depth === 0 && (token.text === "=" || token.text === "struct" && tokens[at + 2]?.text === "{")) return "";
    if (token.text === "(") {
      const before = tokens[at - 1];
      if (depth === 0 && at > first && before?.kind === "word" && !notFunctions.has(before.text) && !annotations.test(before.text)) return before.text;
      depth += 1;
    } else if (token.text === ")") depth -= 1;
  }
  return "";
}

function nameIn(section: string): string {
  const match = /([A-Za-z_]\w*)\s*\(/.exec(section);
  const name = match?.[1] ?? "";
  return notFunctions.has(name) ? "" : name;
}
