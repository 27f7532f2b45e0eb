import type { TokenRange } from "./functions";
import type { Token } from "./tokens";

export interface Call {
  /** A call through a member is `->name`: it is no function of that name. */
  readonly name: string;
  /** Token index of the name. */
  readonly at: number;
  /** Token index of the closing parenthesis. */
  readonly close: number;
  /** The arguments without white space. */
  readonly args: readonly string[];
}

/** Tokens of the longest call that is looked at, so that unclosed brackets cost no time. */
const longestCall = 1000;
const notCalls = new Set(["if", "for", "while", "switch", "return", "sizeof", "typeof", "__typeof__", "defined", "case"]);

/** The calls in a range of tokens, in their written order; a call inside another one's arguments follows it. */
export function callsIn(tokens: readonly Token[], range: TokenRange): readonly Call[] {
  const calls: Call[] = [];
  for (let at = range.first; at < range.end; at += 1) {
    const call = callAt(tokens, at, range.end);
    if (call !== undefined) calls.push(call);
  }
  return calls;
}

/** The call whose name stands at a token, undefined when there is none or its end is not visible. */
export function callAt(tokens: readonly Token[], at: number, end: number): Call | undefined {
  const token = tokens[at];
  if (token?.kind !== "word" || tokens[at + 1]?.text !== "(" || notCalls.has(token.text)) return undefined;
  const args: string[] = [];
  let depth = 0;
  let first = at + 2;
  const last = Math.min(end, at + longestCall);
  for (let i = at + 1; i < last; i += 1) {
    const text = tokens[i]?.text;
    if (text === "(" || text === "[" || text === "{") depth += 1;
    else if (text === ")" || text === "]" || text === "}") depth -= 1;
    const ends = depth === 0;
    if (ends || (depth === 1 && text === ",")) {
      if (i > first || !ends || args.length > 0) args.push(textOf(tokens, { first, end: i }));
      first = i + 1;
    }
    if (ends) return { name: nameOf(tokens, at, token.text), at, close: i, args };
  }
  return undefined;
}

function nameOf(tokens: readonly Token[], at: number, name: string): string {
  const before = tokens[at - 1]?.text;
  return before === "->" || before === "." ? `->${name}` : name;
}

/** The text of some tokens without white space, one space between two words. */
export function textOf(tokens: readonly Token[], range: TokenRange): string {
  let text = "";
  for (let at = range.first; at < range.end; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (/[\w$]$/.test(text) && /^[\w$]/.test(token.text)) text += " ";
    text += token.text;
  }
  return text;
}

export interface Assignment {
  /** What is assigned to, as {@link textOf} gives it; the declared name where it is a declaration. */
  readonly target: string;
  /** Token index of the `=`. */
  readonly at: number;
  /** First token of the value. */
  readonly value: number;
}

/** The plain assignments of an expression statement: `a = b = f()` has two. */
export function assignmentsIn(tokens: readonly Token[], range: TokenRange): readonly Assignment[] {
  const assignments: Assignment[] = [];
  let depth = 0;
  let first = range.first;
  for (let at = range.first; at < range.end; at += 1) {
    const text = tokens[at]?.text;
    if (text === "(" || text === "[" || text === "{") depth += 1;
    else if (text === ")" || text === "]" || text === "}") depth -= 1;
    else if (depth === 0 && (text === "," || text === ";")) first = at + 1;
    else if (depth === 0 && text === "=") {
      assignments.push({ target: targetOf(tokens, { first, end: at }), at, value: at + 1 });
      first = at + 1;
    }
  }
  return assignments;
}

/** `struct foo *bar` declares bar; `*bar` and `foo->bar` are what they say. */
function targetOf(tokens: readonly Token[], range: TokenRange): string {
  let first = range.first;
  for (let at = range.end - 1; at > range.first; at -= 1) {
    const token = tokens[at];
    const before = tokens[at - 1];
    if (token?.kind !== "word") continue;
    if (before?.kind === "word") first = at;
    else if (before?.text === "*" && tokens[at - 2]?.kind === "word") first = at;
    else if (before?.text === "*" && tokens[at - 2]?.text === "*" && tokens[at - 3]?.kind === "word") first = at;
    if (first !== range.first) break;
  }
  return textOf(tokens, { first, end: range.end });
}
