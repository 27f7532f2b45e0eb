import { closing, splitCommas } from "../c-text";

/** A field of a class with its type: `name: int = Field(default=1, ge=1)`, and the string that stands below it. */
export interface PythonField {
  readonly name: string;
  readonly type: string;
  readonly value: string | undefined;
  readonly words: string;
  /** Offset of its name. */
  readonly at: number;
}

export interface PythonClass {
  readonly name: string;
  readonly fields: readonly PythonField[];
}

/** A call `….add_argument("--name", key=value, **kwargs["field"])`. */
export interface PythonArgument {
  readonly names: readonly string[];
  readonly keywords: ReadonlyMap<string, string>;
  /** Expressions after `**`. */
  readonly spread: readonly string[];
  readonly at: number;
}

/** The text with comments as blanks; strings are left whole, so that offsets and lines stay. Triple-quoted ones become one-line strings of the same length. */
export function withoutPythonComments(text: string): string {
  return text.replace(/("""|''')[^]{0,20000}?\1|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/gu, (piece) => (piece.startsWith("#") ? " ".repeat(piece.length) : piece));
}

const longestClass = 200_000;

/** Classes at the first column, with their annotated fields. */
export function classesOf(code: string): readonly PythonClass[] {
  const found: PythonClass[] = [];
  for (const match of code.matchAll(/^class (\w{1,80})[^\n:]{0,200}:/gmu)) {
    const from = match.index + match[0].length;
    const end = /\n(?=[^\s#)])/u.exec(code.slice(from, from + longestClass))?.index;
    found.push({ name: match[1] ?? "", fields: fieldsIn(code, from, end === undefined ? Math.min(code.length, from + longestClass) : from + end) });
  }
  return found;
}

function fieldsIn(code: string, from: number, to: number): readonly PythonField[] {
  const fields: PythonField[] = [];
  for (const match of code.slice(from, to).matchAll(/^ {4}([a-z]\w{0,80}): (\S[^\n]{0,600})/gmu)) {
    const at = from + match.index + 4;
    const [, name = "", rest = ""] = match;
    const equals = rest.indexOf(" = ");
    const valueAt = at + name.length + 2 + equals + 3;
    const end = equals < 0 ? at + name.length + 2 + rest.length : statementEnd(code, valueAt);
    fields.push({ name, type: (equals < 0 ? rest : rest.slice(0, equals)).trim(), value: equals < 0 ? undefined : code.slice(valueAt, end).trim(), words: docstringAt(code, end), at });
  }
  return fields;
}

/** End of a statement: its line, or the line on which its bracket closes. */
function statementEnd(code: string, from: number): number {
  const line = code.indexOf("\n", from);
  const end = line < 0 ? code.length : line;
  const open = code.slice(from, end).search(/[([{]/u);
  if (open < 0) return end;
  const close = closing(code, from + open, 8000);
  if (close < 0 || close < end) return end;
  const next = code.indexOf("\n", close);
  return next < 0 ? code.length : next;
}

/** The string on the lines below a field. */
function docstringAt(code: string, from: number): string {
  const match = /^\s*\n {4}[rR]?("""|''')([^]{0,8000}?)\1/u.exec(code.slice(from, from + 8200));
  return match?.[2] ?? "";
}

export function argumentsOf(code: string): readonly PythonArgument[] {
  const found: PythonArgument[] = [];
  for (const match of code.matchAll(/\.add_argument\s?\(/gu)) {
    const open = match.index + match[0].length - 1;
    const close = closing(code, open, 10_000);
    if (close < 0) continue;
    const names: string[] = [];
    const keywords = new Map<string, string>();
    const spread: string[] = [];
    for (const { text } of splitCommas(code, open + 1, close)) {
      const keyword = /^(\w{1,40})\s*=(?!=)\s*([^]*)$/u.exec(text);
      if (text.startsWith("**")) spread.push(text.slice(2).trim());
      else if (keyword?.[1] !== undefined) keywords.set(keyword[1], (keyword[2] ?? "").trim());
      else if (/^["']--?[\w-]{1,80}["']$/u.test(text)) names.push(text.slice(1, -1));
    }
    found.push({ names, keywords, spread, at: match.index });
  }
  return found;
}

/** Adjacent string literals as one text; undefined when the expression is something else. */
export function pythonText(expression: string): string | undefined {
  const bare = expression.trim().replace(/^\(([^]*)\)$/u, "$1").trim();
  if (!/^[rRfFbB]{0,2}["']/u.test(bare)) return undefined;
  let text = "";
  let rest = bare;
  while (rest !== "") {
    const match = /^[rRbB]?(?:("""|''')([^]*?)\1|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')\s*/u.exec(rest);
    if (match === null) return undefined;
    text += (match[2] ?? match[3] ?? match[4] ?? "").replace(/\\(?:\n|(.))/gu, (_all, char: string | undefined) => (char === "n" || char === "t" ? " " : (char ?? "")));
    rest = rest.slice(match[0].length);
  }
  return text;
}
