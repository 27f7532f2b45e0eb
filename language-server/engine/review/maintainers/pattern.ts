/**
 * MAINTAINERS holds Perl patterns: `F:` and `X:` are path globs that become patterns, `N:` and `K:` are patterns with Perl's
 * x flag. They come from a tree that anybody may have written, so what could run for hours is refused.
 */

interface Group {
  readonly ignoreCase: boolean;
  /** Something inside repeats or has branches: repeating that again can match in exponentially many ways. */
  repeats: boolean;
}

const letter = /[A-Za-z]/u;

function bothCases(char: string): string {
  return letter.test(char) ? char.toLowerCase() + char.toUpperCase() : char;
}

/** One bracket class from `[` on: its translation and the index behind it. */
function readClass(source: string, from: number, ignoreCase: boolean): { readonly text: string; readonly next: number } | undefined {
  let i = from + 1;
  let text = "[";
  if (source.charAt(i) === "^") {
    text += "^";
    i += 1;
  }
  for (let first = true; i < source.length; first = false) {
    const char = source.charAt(i);
    if (char === "]" && !first) return { text: `${text}]`, next: i + 1 };
    const named = /^\[:(alpha|digit|alnum|space|upper|lower):\]/u.exec(source.slice(i))?.[1];
    if (named !== undefined) {
      text += namedClasses[named] ?? "";
      i += named.length + 4;
    } else if (char === "\\") {
      text += source.slice(i, i + 2);
      i += 2;
    } else {
      const range = /^([A-Za-z])-([A-Za-z])/u.exec(source.slice(i));
      if (ignoreCase && range?.[1] !== undefined && range[2] !== undefined) {
        text += `${range[1].toLowerCase()}-${range[2].toLowerCase()}${range[1].toUpperCase()}-${range[2].toUpperCase()}`;
        i += 3;
      } else {
        text += char === "]" || char === "[" ? `\\${char}` : ignoreCase ? bothCases(char) : char;
        i += 1;
      }
    }
  }
  return undefined;
}

const namedClasses: Readonly<Record<string, string>> = { alpha: "A-Za-z", digit: "0-9", alnum: "A-Za-z0-9", space: "\\s", upper: "A-Z", lower: "a-z" };
const anchors: Readonly<Record<string, string>> = { A: "^", Z: "$", z: "$", h: "[ \\t]" };

/** Reads `*`, `+`, `?`, `{n,m}` with Perl's lazy and possessive marks. */
function readQuantifier(source: string, from: number): { readonly text: string; readonly unbounded: boolean; readonly length: number } | undefined {
  const found = /^(?:([*+?])|(\{\d+(,?)(\d*)\}))([?+]?)/u.exec(source.slice(from));
  if (found === null) return undefined;
  const [whole, sign, counted, comma, upper, mark] = found;
  const unbounded = sign === "*" || sign === "+" || (counted !== undefined && comma === "," && upper === "") || Number(upper ?? 0) > 50;
  return { text: (sign ?? counted ?? "") + (mark === "?" ? "?" : ""), unbounded, length: whole.length };
}

/** Each further one multiplies the worst case by the length of the text. */
const maxUnbounded = 4;

/** Perl source in JavaScript's words; undefined for what has no equal or may take exponential time. */
function translate(source: string, extended: boolean): string | undefined {
  const groups: Group[] = [{ ignoreCase: false, repeats: false }];
  let out = "";
  let unbounded = 0;
  // What a quantifier would repeat: undefined when nothing is there.
  let last: { readonly repeats: boolean } | undefined;
  for (let i = 0; i < source.length; ) {
    const group = groups.at(-1);
    if (group === undefined) return undefined;
    const char = source.charAt(i);
    const quantifier = readQuantifier(source, i);
    if (quantifier !== undefined) {
      if (last === undefined || (last.repeats && quantifier.unbounded)) return undefined;
      group.repeats = true;
      if (quantifier.unbounded) unbounded += 1;
      if (unbounded > maxUnbounded) return undefined;
      out += quantifier.text;
      i += quantifier.length;
      last = undefined;
    } else if (extended && /\s/u.test(char)) i += 1;
    else if (extended && char === "#") i = source.includes("\n", i) ? source.indexOf("\n", i) : source.length;
    else if (char === "[") {
      const read = readClass(source, i, group.ignoreCase);
      if (read === undefined) return undefined;
      out += read.text;
      i = read.next;
      last = { repeats: false };
    } else if (char === "(") {
      const flags = /^\(\?(i?)([:=!)])/u.exec(source.slice(i));
      const lookBehind = /^\(\?<[=!]/u.exec(source.slice(i));
      if (flags?.[2] === ")") {
        groups[groups.length - 1] = { ...group, ignoreCase: flags[1] === "i" || group.ignoreCase };
        i += flags[0].length;
      } else {
        if (source.charAt(i + 1) === "?" && flags === null && lookBehind === null) return undefined;
        const head = flags === null ? (lookBehind?.[0] ?? "(") : `(?${flags[2] ?? ":"}`;
        groups.push({ ignoreCase: flags?.[1] === "i" || group.ignoreCase, repeats: false });
        out += head;
        i += flags?.[0].length ?? lookBehind?.[0].length ?? 1;
      }
      last = undefined;
    } else if (char === ")") {
      groups.pop();
      const outer = groups.at(-1);
      if (outer === undefined) return undefined;
      outer.repeats ||= group.repeats;
      out += ")";
      i += 1;
      last = { repeats: group.repeats };
    } else if (char === "\\") {
      const next = source.charAt(i + 1);
      out += anchors[next] ?? `\\${next}`;
      i += 2;
      last = { repeats: false };
    } else {
      out += group.ignoreCase && letter.test(char) ? `[${bothCases(char)}]` : char === "/" ? "\\/" : char;
      i += 1;
      if (char === "|") group.repeats = true;
      last = char === "|" || char === "^" ? undefined : { repeats: false };
    }
  }
  return groups.length === 1 ? out : undefined;
}

/** Compiles a Perl pattern; undefined when it can't be used here. */
export function perlPattern(source: string, options: { readonly extended: boolean; readonly prefix?: string; readonly multiline?: boolean }): RegExp | undefined {
  const translated = translate(source, options.extended);
  if (translated === undefined) return undefined;
  try {
    // No u flag: Perl takes escapes of plain characters that Unicode mode would refuse.
    return new RegExp((options.prefix ?? "") + translated, options.multiline === true ? "m" : "");
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A path glob of `F:` and `X:` as the pattern that get_maintainer makes of it. */
export function globSource(glob: string): string {
  return glob.replace(/\./gu, "\\.").replace(/\*/gu, ".*").replace(/\?/gu, ".");
}

/** What can say whether a text matches. */
export interface Matcher {
  test(text: string): boolean;
}

/**
 * Whether a text begins with what a glob says (`*` any characters, `?` one). Backs up to the last star only, so that the
 * time is bounded by the product of both lengths.
 */
export function globPrefix(glob: string): Matcher {
  return {
    test(text) {
      let at = 0;
      let pattern = 0;
      let star = -1;
      let resume = 0;
      while (pattern < glob.length) {
        const char = glob.charAt(pattern);
        if (char === "*") {
          star = pattern;
          resume = at;
          pattern += 1;
        } else if (at < text.length && (char === "?" || char === text.charAt(at))) {
          at += 1;
          pattern += 1;
        } else if (star >= 0 && resume < text.length) {
          resume += 1;
          at = resume;
          pattern = star + 1;
        } else return false;
      }
      return true;
    },
  };
}
