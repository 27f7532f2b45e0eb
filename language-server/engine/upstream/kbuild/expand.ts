/** Stands for text that can't be known from the Makefiles: any characters, blanks too. */
export const unknown = "\u0001";

/** Gives a variable's value, already expanded; undefined when it is not known. */
export type Lookup = (name: string) => string | undefined;

/** Deeper nesting and longer values are no Makefile of a kernel; they would only cost time. */
const deepest = 40;
const longest = 1 << 17;

/** Expands `$(…)` as make does; what is not known becomes {@link unknown}. Nothing is run. */
export function expand(text: string, lookup: Lookup, depth = 0): string {
  if (!text.includes("$")) return text;
  if (depth > deepest) return unknown;
  let out = "";
  for (let i = 0; i < text.length; i++) {
    if (out.length > longest) return unknown;
    const char = text.charAt(i);
    if (char !== "$") {
      out += char;
      continue;
    }
    const open = text.charAt(i + 1);
    if (open === "$") out += "$";
    else if (open === "(" || open === "{") {
      const end = closing(text, i + 1);
      if (end < 0) return out + unknown;
      out += reference(text.slice(i + 2, end), lookup, depth + 1);
      i = end;
      continue;
    } else out += unknown;
    i++;
  }
  return out;
}

/** Index of the bracket that closes the one at `open`; -1 without one. */
function closing(text: string, open: number): number {
  const [up, down] = text.charAt(open) === "(" ? ["(", ")"] : ["{", "}"];
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text.charAt(i) === up) depth++;
    else if (text.charAt(i) === down && --depth === 0) return i;
  }
  return -1;
}

/** Splits a function's arguments at the commas outside of brackets. */
export function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === "(" || char === "{") depth++;
    else if (char === ")" || char === "}") depth--;
    else if (char === "," && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

export function words(text: string): readonly string[] {
  return text.split(/[ \t]+/u).filter((word) => word !== "");
}

function reference(inner: string, lookup: Lookup, depth: number): string {
  const call = /^([a-z-]+)[ \t]+(.*)$/su.exec(inner);
  if (call !== null) return callFunction(call[1] ?? "", splitArguments(call[2] ?? ""), lookup, depth);
  const replaced = /^([^:=\s]+):([^=]*)=(.*)$/u.exec(inner);
  if (replaced !== null) {
    const [, name = "", from = "", to = ""] = replaced;
    const value = lookup(name) ?? unknown;
    return value.includes(unknown) ? unknown : mapWords(value, (word) => patternReplaced(word, from.includes("%") ? from : `%${from}`, from.includes("%") ? to : `%${to}`));
  }
  return lookup(expand(inner, lookup, depth)) ?? unknown;
}

function mapWords(text: string, map: (word: string) => string): string {
  return words(text).map(map).join(" ");
}

function patternParts(pattern: string): readonly [string, string] | undefined {
  const at = pattern.indexOf("%");
  return at < 0 ? undefined : [pattern.slice(0, at), pattern.slice(at + 1)];
}

function matchesPattern(word: string, pattern: string): boolean {
  const parts = patternParts(pattern);
  return parts === undefined ? word === pattern : word.length >= parts[0].length + parts[1].length && word.startsWith(parts[0]) && word.endsWith(parts[1]);
}

function patternReplaced(word: string, pattern: string, replacement: string): string {
  const parts = patternParts(pattern);
  if (!matchesPattern(word, pattern)) return word;
  return parts === undefined ? replacement : replacement.replace("%", () => word.slice(parts[0].length, word.length - parts[1].length));
}

/** Functions that work word by word, so that an unknown word spoils itself only. */
const perWord: Readonly<Record<string, (fixed: string, text: string) => string>> = {
  addprefix: (prefix, text) => mapWords(text, (word) => `${prefix}${word}`),
  addsuffix: (suffix, text) => mapWords(text, (word) => `${word}${suffix}`),
};

/** Functions of their expanded arguments, none of them unknown. */
const plain: Readonly<Record<string, (args: readonly string[]) => string>> = {
  subst: ([from = "", to = "", text = ""]) => (from === "" ? text : text.split(from).join(to)),
  patsubst: ([from = "", to = "", text = ""]) => mapWords(text, (word) => patternReplaced(word, from.trim(), to.trim())),
  filter: ([patterns = "", text = ""]) => words(text).filter((word) => words(patterns).some((pattern) => matchesPattern(word, pattern))).join(" "),
  "filter-out": ([patterns = "", text = ""]) => words(text).filter((word) => !words(patterns).some((pattern) => matchesPattern(word, pattern))).join(" "),
  findstring: ([find = "", text = ""]) => (text.includes(find) ? find : ""),
  strip: ([text = ""]) => words(text).join(" "),
  sort: ([text = ""]) => [...new Set(words(text))].sort().join(" "),
  firstword: ([text = ""]) => words(text)[0] ?? "",
  lastword: ([text = ""]) => words(text).at(-1) ?? "",
  notdir: ([text = ""]) => mapWords(text, (word) => word.slice(word.lastIndexOf("/") + 1)),
  basename: ([text = ""]) => mapWords(text, (word) => word.replace(/\.[^./]*$/u, "")),
};

function callFunction(name: string, args: readonly string[], lookup: Lookup, depth: number): string {
  const value = (index: number): string => expand(args[index] ?? "", lookup, depth);
  if (name === "if" || name === "and" || name === "or") return logic(name, args.length, value);
  const each = Object.hasOwn(perWord, name) ? perWord[name] : undefined;
  if (each !== undefined) {
    const fixed = value(0).trim();
    return fixed.includes(unknown) ? unknown : each(fixed, args.slice(1).map((_arg, i) => value(i + 1)).join(","));
  }
  const known = Object.hasOwn(plain, name) ? plain[name] : undefined;
  if (known === undefined) return unknown;
  const expanded = args.map((_arg, i) => value(i));
  return expanded.some((arg) => arg.includes(unknown)) ? unknown : known(expanded);
}

function logic(name: "if" | "and" | "or", count: number, value: (index: number) => string): string {
  if (name === "if") {
    const condition = value(0).trim();
    if (condition.includes(unknown)) return unknown;
    return condition !== "" ? value(1) : count > 2 ? value(2) : "";
  }
  let last = "";
  for (let i = 0; i < count; i++) {
    last = value(i).trim();
    if (last.includes(unknown)) return unknown;
    if (name === "and" ? last === "" : last !== "") return last;
  }
  return last;
}
