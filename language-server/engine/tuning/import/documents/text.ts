import type { Imported } from "../../types";
import { Findings, isBlank, linesOf } from "../passage";
import { sectionsOf } from "../rst";

/** Reads reStructuredText as prose: a passage for each heading. */
export function importRst(path: string, text: string, component: string): Imported {
  const findings = new Findings(path, component);
  const lines = linesOf(text);
  const sections = sectionsOf(lines);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const title = sections[0]?.title === "" || sections[0] === undefined ? name : sections[0].title;
  for (const section of sections) findings.tell(section.title === "" ? name : section.title, lines.slice(section.start, section.end), section.line, title);
  return findings.all;
}

/** Lines of one passage of a text without headings. */
const longestPassage = 30;

/** Reads plain text, the text of a PDF too: a passage for some paragraphs each. `\f` begins a page. */
export function importPlainText(path: string, text: string, component: string): Imported {
  const findings = new Findings(path, component);
  const name = path.slice(path.lastIndexOf("/") + 1);
  let words: string[] = [];
  let start = 1;
  let page = 1;
  const paged = text.includes("\f");
  const flush = (next: number): void => {
    const first = words.find((line) => !isBlank(line))?.trim() ?? name;
    findings.tell(first.length > 100 ? `${first.slice(0, 100).replace(/\s\S*$/u, "")} …` : first, words, start, paged ? `${name}, page ${page}` : name);
    words = [];
    start = next;
  };
  for (const [index, line] of linesOf(text).entries()) {
    if (line.startsWith("\f")) {
      flush(index + 1);
      page++;
    }
    words.push(line.replace(/^\f+/u, ""));
    if (words.length >= longestPassage && (isBlank(line) || words.length >= 2 * longestPassage)) flush(index + 2);
  }
  flush(start);
  return findings.all;
}
