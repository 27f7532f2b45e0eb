/** The part of RPM's macro language that names of patches need: simple values, `%{?x}`, `%{?x:y}`, `%{!?x:y}`. */
export type Macros = Map<string, string>;

const deepest = 16;
/** No name of a file is longer; a macro that doubles itself must not fill the memory. */
const longest = 8192;

const use = /%(?:\{(!?\??)([A-Za-z_]\w*)(?::([^{}]*))?\}|([A-Za-z_]\w*))|%%/gu;

function replaceOnce(text: string, macros: Macros): string {
  return text.replace(use, (whole: string, mark: string | undefined, name: string | undefined, then: string | undefined, bare: string | undefined) => {
    const key = name ?? bare;
    if (key === undefined) return "\0";
    const value = macros.get(key);
    if (mark === "?") return value === undefined ? "" : (then ?? value);
    if (mark === "!?") return value === undefined ? (then ?? "") : "";
    return value ?? whole;
  });
}

/** The text with every macro that is known replaced; what is not known stays as it was. */
export function expand(text: string, macros: Macros): string {
  let now = text;
  for (let depth = 0; depth < deepest && now.includes("%") && now.length < longest; depth++) {
    const next = replaceOnce(now, macros);
    if (next === now) break;
    now = next;
  }
  return now.replace(/\0/gu, "%").slice(0, longest);
}

/** True when the text still holds a macro. */
export function hasMacro(text: string): boolean {
  return /%[{([A-Za-z_]/u.test(text);
}

/** Takes note of `%global x y`, `%define x y` and the tags whose values RPM makes macros. */
export function learn(line: string, macros: Macros): void {
  const defined = /^\s*%(?:global|define)\s+([A-Za-z_]\w*)\s+(\S.*?)\s*$/u.exec(line);
  if (defined !== null) {
    macros.set(defined[1] ?? "", expand(defined[2] ?? "", macros));
    return;
  }
  const tag = /^(name|version|release|epoch)\s*:\s*(\S+)/iu.exec(line);
  if (tag !== null) macros.set((tag[1] ?? "").toLowerCase(), expand(tag[2] ?? "", macros));
}

/** What a condition is worth: 1 or 0 where the file decides it, undefined where the build does. */
export function condition(text: string, macros: Macros): boolean | undefined {
  const plain = expand(text, macros).trim();
  const number = /^(!?)\s*0*(\d+)$/u.exec(plain);
  if (number !== null) return (Number(number[2]) !== 0) !== (number[1] === "!");
  const compared = /^"?([\w.+~-]*)"?\s*(==|!=)\s*"?([\w.+~-]*)"?$/u.exec(plain);
  if (compared !== null) return (compared[1] === compared[3]) === (compared[2] === "==");
  return undefined;
}
