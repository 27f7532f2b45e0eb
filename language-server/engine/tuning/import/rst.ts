import { isBlank } from "./passage";

/** A section of a reStructuredText document: its heading and the lines up to the next heading of any level. */
export interface RstSection {
  readonly title: string;
  /** 1-based line of the title. */
  readonly line: number;
  /** 0 for the document's own title, one more for each level below. */
  readonly level: number;
  /** 0-based, half open, into the document's lines. */
  readonly start: number;
  readonly end: number;
}

const underline = /^([=\-~^*#"'`+.:_])\1{2,}\s*$/u;

/** Sections in order. A document without headings gives one untitled section. */
export function sectionsOf(lines: readonly string[]): readonly RstSection[] {
  const heads: { title: string; line: number; level: number; start: number; top: number }[] = [];
  const styles: string[] = [];
  for (let index = 1; index < lines.length; index++) {
    const under = underline.exec(lines[index] ?? "");
    const title = lines[index - 1] ?? "";
    if (!under || isBlank(title) || /^\s/u.test(title) || underline.test(title)) continue;
    if ((lines[index] ?? "").trimEnd().length < Math.min(title.trimEnd().length, 4)) continue;
    const above = index >= 2 && underline.exec(lines[index - 2] ?? "")?.[1] === under[1] && (index < 3 || isBlank(lines[index - 3]) || index === 2);
    // A table's border also stands between lines of text; a heading has nothing but a border or an empty line above.
    if (!above && index >= 2 && !isBlank(lines[index - 2]) && !/^\.\.\s/u.test(lines[index - 2] ?? "")) continue;
    const style = `${under[1] ?? ""}${above ? "^" : ""}`;
    if (!styles.includes(style)) styles.push(style);
    heads.push({ title: title.trim(), line: index, level: styles.indexOf(style), start: index + 1, top: above ? index - 2 : index - 1 });
  }
  if (heads.length === 0) return [{ title: "", line: 1, level: 0, start: 0, end: lines.length }];
  return heads.map((head, index) => ({ title: head.title, line: head.line, level: head.level, start: head.start, end: heads[index + 1]?.top ?? lines.length }));
}
