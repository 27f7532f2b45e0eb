import type { Imported, ParameterRecord, ProseRecord, UnreadPart } from "../types";

/** Longest description that is kept of one parameter; the source is a click away. */
const longestDescription = 1600;
/** A line longer than this is cut before any pattern sees it: no manual has one, a hostile file may. */
const longestLine = 4000;
/** What one file may bring at most. */
const mostRecords = 50_000;
const mostUnread = 1000;

/** Lines without their ends, each short enough for a pattern. Line n of the file is at index n - 1. */
export function linesOf(text: string): readonly string[] {
  const lines = (text.startsWith("\uFEFF") ? text.slice(1) : text).split("\n");
  return lines.map((line) => {
    const short = line.length > longestLine ? line.slice(0, longestLine) : line;
    return short.endsWith("\r") ? short.slice(0, -1) : short;
  });
}

/** Columns of white space before the first letter, tabs to the next eighth column. */
export function indentOf(line: string): number {
  let column = 0;
  for (const char of line) {
    if (char === "\t") column += 8 - (column % 8);
    else if (char === " ") column++;
    else break;
  }
  return column;
}

export function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}

/** The document's own words as one text: common indentation gone, no empty lines at either end, cut at a line or a word. */
export function passageOf(lines: readonly string[]): string {
  let first = 0;
  let last = lines.length;
  while (first < last && isBlank(lines[first])) first++;
  while (last > first && isBlank(lines[last - 1])) last--;
  let common = Number.POSITIVE_INFINITY;
  for (let index = first; index < last; index++) {
    const line = lines[index] ?? "";
    if (!isBlank(line)) common = Math.min(common, indentOf(line));
  }
  let text = "";
  for (let index = first; index < last; index++) {
    const line = dedent(lines[index] ?? "", common);
    if (text.length + line.length + 1 > longestDescription) {
      text += `\n${line}`;
      return clip(text);
    }
    text += index === first ? line : `\n${line}`;
  }
  return clip(text);
}

/** At most the length of a description, cut between words. */
export function clip(text: string): string {
  const whole = text.trim();
  if (whole.length <= longestDescription) return whole;
  const cut = whole.slice(0, longestDescription);
  const space = Math.max(cut.lastIndexOf(" "), cut.lastIndexOf("\n"));
  return `${cut.slice(0, space > longestDescription / 2 ? space : longestDescription).trimEnd()} …`;
}

function dedent(line: string, columns: number): string {
  if (isBlank(line)) return "";
  const indent = indentOf(line);
  return " ".repeat(Math.max(0, indent - columns)) + line.trim();
}

/** Collects what one file brings, within bounds; says so when a bound is met. */
export class Findings {
  private readonly parameters: ParameterRecord[] = [];
  private readonly prose: ProseRecord[] = [];
  private readonly unread: UnreadPart[] = [];
  private full = false;

  constructor(
    readonly file: string,
    readonly component = "kernel",
  ) {}

  add(record: ParameterRecord): void {
    if (this.parameters.length < mostRecords) this.parameters.push(record);
    else this.overflow(record.source.line);
  }

  tell(heading: string, lines: readonly string[], line: number, title: string, settings?: ProseRecord["settings"]): void {
    const text = passageOf(lines);
    if (text.length < 80 && settings === undefined) return;
    if (this.prose.length < mostRecords) this.prose.push({ heading, text, component: this.component, ...(settings === undefined ? {} : { settings }), source: { title, file: this.file, line } });
    else this.overflow(line);
  }

  miss(line: number, reason: string): void {
    if (this.unread.length < mostUnread) this.unread.push({ file: this.file, line, reason });
  }

  get all(): Imported {
    return { parameters: this.parameters, prose: this.prose, unread: this.unread };
  }

  private overflow(line: number): void {
    if (this.full) return;
    this.full = true;
    this.unread.push({ file: this.file, line, reason: `more than ${mostRecords} entries in one file; the rest was left out` });
  }
}
