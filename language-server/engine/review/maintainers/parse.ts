import { globPrefix, globSource, perlPattern, type Matcher } from "./pattern";

/** `F:` or `X:`. */
export interface PathPattern {
  /** As get_maintainer converts it; its slashes decide how near a match is. */
  readonly source: string;
  readonly slashes: number;
  readonly pattern: Matcher | undefined;
  /** The path itself when it has no wildcard: it may be a directory without its trailing slash. */
  readonly plain: string | undefined;
}

export interface SectionLine {
  readonly letter: string;
  readonly value: string;
}

export interface Section {
  readonly title: string;
  /** 1-based line of the title in MAINTAINERS. */
  readonly line: number;
  readonly lines: readonly SectionLine[];
  /** `F:` patterns, each with its position among the section's lines that name files (`N:` too): later ones win. */
  readonly files: readonly ({ readonly kind: "path"; readonly path: PathPattern } | { readonly kind: "name"; readonly pattern: RegExp })[];
  readonly excluded: readonly PathPattern[];
  /** `K:` sources. */
  readonly keywords: readonly string[];
}

export interface Maintainers {
  readonly sections: readonly Section[];
}

function pathPattern(glob: string): PathPattern {
  const source = globSource(glob);
  return {
    source,
    slashes: source.split("/").length - 1,
    pattern: /[[\](){}|+^$\\]/u.test(glob) ? perlPattern(source, { extended: false, prefix: "^" }) : globPrefix(glob),
    plain: /[.*?[\]()|+\\]/u.test(glob) || glob.endsWith("/") ? undefined : glob,
  };
}

function finishSection(title: string, line: number, lines: readonly SectionLine[]): Section {
  const files: Section["files"][number][] = [];
  for (const { letter, value } of lines) {
    if (letter === "F") files.push({ kind: "path", path: pathPattern(value) });
    const pattern = letter === "N" ? perlPattern(value, { extended: true }) : undefined;
    if (pattern !== undefined) files.push({ kind: "name", pattern });
  }
  return {
    title,
    line,
    lines,
    files,
    excluded: lines.filter(({ letter }) => letter === "X").map(({ value }) => pathPattern(value)),
    keywords: lines.filter(({ letter }) => letter === "K").map(({ value }) => value),
  };
}

/** Reads MAINTAINERS: runs of `X: value` lines, each under the line before it. Blank lines and comments separate nothing. */
export function parseMaintainers(text: string): Maintainers {
  const sections: Section[] = [];
  let title = { text: "", line: 0 };
  let lines: SectionLine[] = [];
  const finish = (): void => {
    if (lines.length > 0) sections.push(finishSection(title.text, title.line, lines));
    lines = [];
  };
  text.split("\n").forEach((raw, i) => {
    const line = raw.replace(/\r$/u, "");
    const entry = /^([A-Z]):\s*(.*)/u.exec(line);
    if (entry?.[1] !== undefined) lines.push({ letter: entry[1], value: entry[2] ?? "" });
    else if (!/^\s*(?:#|$)/u.test(line)) {
      finish();
      title = { text: line, line: i + 1 };
    }
  });
  finish();
  return { sections };
}
