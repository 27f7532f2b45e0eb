import { literalOf, splitCommas } from "./c-text";

/** A file's variables with an initial value that a reader can see, and its simple macros. */
export interface FileValues {
  /** The variable's initial value as a number or a string; undefined when it is not plain to see or differs between branches. */
  initial(name: string): string | undefined;
  /** True when the file declares the variable as an array. */
  isArray(name: string): boolean;
  /** True when the file declares the variable, with or without a value. */
  declares(name: string): boolean;
  readonly macro: (name: string) => string | undefined;
}

const declaration =
  /^(?:(?:static|const|volatile|unsigned|signed|__initdata|__ro_after_init|__read_mostly)[ \t]+){0,5}(?:int|bool|uint|u?int\d{1,2}_t|[us](?:8|16|32|64)|__u(?:8|16|32|64)|short|long|char|ulong|ushort|unsigned|size_t|byte|gfp_t|umode_t)\b(?:[ \t]+(?:int|long|short|char|const)\b){0,3}[ \t]*([^;(){}\n"][^;\n]{0,400})/gmu;

const unknown = Symbol("unknown");

/** Reads declarations at file scope: those that begin in the first column. */
export function fileValues(text: string): FileValues {
  const macros = new Map<string, string | undefined>();
  for (const match of text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w{1,80})[ \t]+([^\n]{1,200})$/gmu)) {
    const [, name = "", body = ""] = match;
    macros.set(name, macros.has(name) && macros.get(name) !== body.trim() ? undefined : body.trim());
  }
  const values = new Map<string, string | typeof unknown>();
  const arrays = new Set<string>();
  for (const match of text.matchAll(declaration)) {
    const isStatic = match[0].startsWith("static");
    for (const piece of splitCommas(match[1] ?? "", 0, (match[1] ?? "").length)) {
      const declarator = /^(\*?)\s*(?:const\s+)?(\w{1,80})\s*(\[[^\]]*\])?((?:\s+__\w{1,40}(?:\([^)]{0,40}\))?){0,4})\s*(?:=\s*([^]*))?$/u.exec(piece.text);
      if (declarator?.[2] === undefined) continue;
      const name = declarator[2];
      if (declarator[3] !== undefined) arrays.add(name);
      // What is global and has no initial value may be a mere promise; what is static is zero by the language.
      const value = declarator[5] !== undefined ? plainValue(declarator[5].trim(), macros) : isStatic && declarator[1] === "" ? "0" : undefined;
      const before = values.get(name);
      values.set(name, value === undefined || declarator[3] !== undefined || (before !== undefined && before !== value) ? unknown : value);
    }
  }
  return {
    initial: (name) => {
      const value = values.get(name);
      return typeof value === "string" ? value : undefined;
    },
    isArray: (name) => arrays.has(name),
    declares: (name) => values.has(name),
    macro: (name) => macros.get(name),
  };
}

/** A literal, or a macro of the same file that is one. Arithmetic is left alone. */
export function plainValue(expression: string, macros: ReadonlyMap<string, string | undefined>, depth = 0): string | undefined {
  const bare = expression.replace(/^\((.{1,60})\)$/u, "$1").trim();
  const number = /^(-?\s*(?:0[xX][0-9a-fA-F]+|\d+))(?:[uU]?[lL]{0,2}|[lL]{1,2}[uU])$/u.exec(bare)?.[1];
  if (number !== undefined) return decimal(number.replace(/\s/gu, ""));
  if (bare === "true") return "1";
  if (bare === "false") return "0";
  if (/^"(?:[^"\\]|\\.)*"$/u.test(bare)) return literalOf(bare);
  if (depth < 4 && /^[A-Za-z_]\w*$/u.test(bare)) {
    const body = macros.get(bare);
    return body === undefined ? undefined : plainValue(body, macros, depth + 1);
  }
  return undefined;
}

/** Hexadecimal stays as written (a mask); an octal literal becomes the number that it is. */
function decimal(text: string): string {
  const octal = /^(-?)0([0-7]{1,20})$/u.exec(text);
  return octal?.[2] === undefined ? text : `${octal[1] ?? ""}${BigInt(`0o${octal[2]}`).toString()}`;
}
