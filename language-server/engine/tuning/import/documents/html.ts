import type { Imported } from "../../types";
import { Findings } from "../passage";
import { closeOf, markupPieces, wordsOf, type MarkupPiece } from "./markup";

const heading = /^(?:h[1-4])$/u;
/** Parts of a page that lead to other pages. */
const aside = new Set(["nav", "header", "footer", "aside", "form", "button", "select"]);

/** After so many that nothing closes, the page is read as it is. */
const mostUnclosed = 50;

/** Reads a page as prose: a passage for each heading. */
export function importHtml(path: string, text: string, component: string): Imported {
  const findings = new Findings(path, component);
  const pieces = markupPieces(path, text);
  const title = titleOf(pieces) ?? path.slice(path.lastIndexOf("/") + 1);
  let section = { heading: title, line: 1, words: [] as string[] };
  let from = pieces.findIndex((piece) => piece.kind === "open" && piece.name === "body") + 1;
  let unclosed = 0;
  const flush = (to: number): void => {
    if (to > from) section.words.push(...wordsOf(pieces, from, to).split("\n"));
  };
  for (let index = from; index < pieces.length; index++) {
    const piece = pieces[index];
    if (piece?.kind !== "open") continue;
    const isAside = unclosed < mostUnclosed && (aside.has(piece.name) || /\b(?:nav|toc|footer|sidebar|breadcrumb)\w*/iu.test(piece.attributes.get("class") ?? ""));
    if (!isAside && !heading.test(piece.name)) continue;
    const close = closeOf(pieces, index);
    const end = pieces[close];
    // An element that is never closed would take the whole page with it.
    if (isAside && (end?.kind !== "close" || end.implied)) {
      unclosed++;
      continue;
    }
    flush(index);
    if (!isAside) {
      findings.tell(section.heading, section.words, section.line, title);
      const words = wordsOf(pieces, index, close).replace(/\s+/gu, " ").replace(/[#¶]\s*$/u, "").trim();
      section = { heading: words === "" ? title : words.slice(0, 200), line: piece.line, words: [] };
    }
    index = Math.min(close, pieces.length);
    from = index;
  }
  flush(pieces.length);
  findings.tell(section.heading, section.words, section.line, title);
  return findings.all;
}

export function titleOf(pieces: readonly MarkupPiece[]): string | undefined {
  const index = pieces.findIndex((piece) => piece.kind === "open" && piece.name === "title");
  if (index < 0) return undefined;
  const words = wordsOf(pieces, index, Math.min(closeOf(pieces, index), index + 20)).replace(/\s+/gu, " ").trim();
  return words === "" ? undefined : words.slice(0, 200);
}
