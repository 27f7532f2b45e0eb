import { decodeHTMLStrict } from "entities";
import { Parser } from "htmlparser2";

/** A piece of HTML, XML or SGML; names are in lower case. */
export type MarkupPiece =
  | { readonly kind: "open"; readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly line: number }
  /** Implied: nothing in the text closes it. */
  | { readonly kind: "close"; readonly name: string; readonly line: number; readonly implied: boolean }
  | { readonly kind: "text"; readonly text: string; readonly line: number };

/** Elements whose content is not for reading. */
const hidden = new Set(["script", "style", "template", "svg", "math"]);
const mostPieces = 2_000_000;
/** The parser looks through all open elements at each end tag. Browsers flatten what is nested more than 512 deep. */
const mostOpen = 512;
/** Characters that the parser is given at once. */
const portion = 1 << 14;
/** An element of more pieces than this is a whole document, or one that nothing closes. */
const longestElement = 20_000;

/** Everything that is no page is read as XML: there a `<title>` may hold elements. */
function isPage(path: string): boolean {
  return /\.x?html?$/iu.test(path);
}

/**
 * Cuts markup into its pieces with htmlparser2, which takes anything: a page as browsers do, with the ends that HTML lets people
 * leave out; SGML as XML. Comments, declarations and scripts are left out.
 */
export function markupPieces(path: string, source: string): readonly MarkupPiece[] {
  const pieces: MarkupPiece[] = [];
  const page = isPage(path);
  const lineAt = lineCounter(source);
  let open = 0;
  let hiddenAt = 0;
  /** Within CDATA. */
  let literal = false;
  /** Of the parser: where its text begins in the source. */
  let offset = 0;
  const line = (): number => lineAt(offset + parser.startIndex);
  const say = (told: string): void => {
    if (hiddenAt > 0) return;
    // XML names five characters; documents name more, mostly as HTML does.
    const text = page || literal ? told : decodeHTMLStrict(told);
    const last = pieces.at(-1);
    // The parser tells texts apart at each character reference.
    if (last?.kind === "text") pieces[pieces.length - 1] = { ...last, text: last.text + text };
    else pieces.push({ kind: "text", text, line: line() });
  };
  const start = (): Parser =>
    new Parser(
      {
        onopentag(name, attributes) {
          open++;
          if (hiddenAt === 0) pieces.push({ kind: "open", name, attributes: new Map(Object.entries(attributes)), line: line() });
          if (hiddenAt === 0 && hidden.has(name)) hiddenAt = open;
        },
        onclosetag(name, implied) {
          if (hiddenAt === 0 || hiddenAt === open) pieces.push({ kind: "close", name, line: line(), implied });
          if (hiddenAt === open) hiddenAt = 0;
          open--;
        },
        ontext: say,
        oncdatastart() {
          literal = true;
        },
        oncdataend() {
          literal = false;
        },
      },
      { xmlMode: !page, decodeEntities: page, lowerCaseTags: true, lowerCaseAttributeNames: true },
    );
  let parser = start();
  for (let from = 0; from < source.length && pieces.length < mostPieces; ) {
    const close = source.indexOf(">", from + portion);
    const to = close < 0 ? source.length : close + 1;
    parser.write(source.slice(from, to));
    from = to;
    if (open <= mostOpen) continue;
    open = 0;
    hiddenAt = 0;
    offset = from;
    parser = start();
  }
  parser.end();
  return pieces;
}

/** Line of a place, from 1; places are asked for in their order. */
function lineCounter(source: string): (place: number) => number {
  let line = 1;
  let next = source.indexOf("\n");
  return (place) => {
    for (; next >= 0 && next < place; next = source.indexOf("\n", next + 1)) line++;
    return line;
  };
}

const blocks = new Set(["p", "para", "div", "li", "listitem", "dt", "dd", "tr", "th", "td", "br", "pre", "programlisting", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "note", "list", "example", "varlistentry", "term", "title", "entry", "row", "screen", "tag-name", "tag-desc", "blockquote"]);

/** The words of pieces[from, to), a line for each block. */
export function wordsOf(pieces: readonly MarkupPiece[], from: number, to: number): string {
  let text = "";
  for (let index = from; index < to; index++) {
    const piece = pieces[index];
    if (piece === undefined) break;
    if (piece.kind === "text") text += piece.text.replace(/\s+/gu, " ");
    else if (blocks.has(piece.name)) text += "\n";
  }
  return text
    .split("\n")
    .map((line) => line.trim().replace(/ {2,}/gu, " "))
    .filter((line) => line !== "")
    .join("\n");
}

/** Index of the piece that closes the one at `from`; far behind it when nothing does. */
export function closeOf(pieces: readonly MarkupPiece[], from: number): number {
  const open = pieces[from];
  if (open?.kind !== "open") return from;
  let depth = 0;
  const end = Math.min(pieces.length, from + longestElement);
  for (let index = from; index < end; index++) {
    const piece = pieces[index];
    if (piece === undefined || piece.kind === "text" || piece.name !== open.name) continue;
    depth += piece.kind === "open" ? 1 : -1;
    if (depth === 0) return index;
  }
  return end;
}
