import type { Span } from "../types";
import { linesOf, span, trimmed, type Line } from "./lines";

export interface IniDialect {
  /** Characters that begin a comment at the start of a line. */
  readonly comments: string;
  /** Characters that begin a comment after a blank within a line. */
  readonly inline: string;
  /** A line that begins with a blank goes on with the value of the line before. */
  readonly continued: "never" | "indent" | "backslash";
  /** Separators between name and value; the first that occurs counts. */
  readonly separators: string;
}

export interface IniEntry {
  readonly section: string;
  readonly name: { readonly text: string; readonly at: Span };
  /** Undefined when there is no separator. */
  readonly value: { readonly text: string; readonly at: Span } | undefined;
  /** The value goes on over several lines; only its first is in `value`. */
  readonly long: boolean;
}

export interface IniFile {
  readonly entries: readonly IniEntry[];
  readonly sections: readonly { readonly name: string; readonly at: Span }[];
}

/** Names and values by section of the many files that look like this. A section that is not closed ends at its line's end. */
export function readIni(text: string, dialect: IniDialect): IniFile {
  const entries: IniEntry[] = [];
  const sections: { readonly name: string; readonly at: Span }[] = [];
  let section = "";
  let goesOn = false;
  for (const line of linesOf(text)) {
    const { text: bare, at } = trimmed(line, 0);
    const more = goesOn;
    goesOn = dialect.continued === "backslash" && bare.endsWith("\\");
    if (bare === "" || dialect.comments.includes(bare.charAt(0))) continue;
    if (more || (dialect.continued === "indent" && at.start > 0 && !bare.startsWith("[") && entries.at(-1)?.section === section)) {
      const last = entries.at(-1);
      if (last?.long === false) entries.splice(-1, 1, { ...last, long: true });
      continue;
    }
    if (bare.startsWith("[")) {
      const end = bare.indexOf("]");
      section = bare.slice(1, end < 0 ? undefined : end).trim();
      sections.push({ name: section, at });
      continue;
    }
    entries.push(entryOf(line, section, dialect, goesOn));
  }
  return { entries, sections };
}

function entryOf(line: Line, section: string, dialect: IniDialect, long: boolean): IniEntry {
  const end = commentStart(line.text, dialect.inline);
  const at = separatorAt(line.text.slice(0, end), dialect.separators);
  if (at < 0) return { section, name: trimmed(line, 0, end), value: undefined, long };
  const value = trimmed(line, at + 1, end);
  return { section, name: trimmed(line, 0, at), value: long && value.text.endsWith("\\") ? { text: value.text.slice(0, -1).trimEnd(), at: span(line.number, value.at.start, value.at.end - 1) } : value, long };
}

function separatorAt(text: string, separators: string): number {
  for (let i = 0; i < text.length; i++) if (separators.includes(text.charAt(i))) return i;
  return -1;
}

/** Where the comment of a line begins, else its length; not within quotes. */
export function commentStart(text: string, marks: string): number {
  if (marks === "") return text.length;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (marks.includes(char) && (i === 0 || /\s/u.test(text.charAt(i - 1)))) return i;
  }
  return text.length;
}
