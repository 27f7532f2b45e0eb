/** A piece of HTML, XML or SGML; names are in lower case. */
export type MarkupPiece =
  | { readonly kind: "open"; readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly line: number; readonly closed: boolean }
  | { readonly kind: "close"; readonly name: string; readonly line: number }
  | { readonly kind: "text"; readonly text: string; readonly line: number };

const tag = /<(\/?)([A-Za-z][\w:.-]{0,60})((?:\s+[\w:.-]{1,60}(?:\s*=\s*(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'>]{1,200}))?){0,40})\s*(\/?)>/uy;
const attribute = /([\w:.-]{1,60})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gu;

/** Elements whose content is not for reading. */
const hidden = new Set(["script", "style", "template", "svg", "math"]);
const mostPieces = 2_000_000;
const longestDeclaration = 20_000;
/** An element of more pieces than this is a whole document, or one that nothing closes. */
const longestElement = 20_000;

/**
 * Cuts markup into its pieces. Nothing is checked for being well-formed: what is no tag is text, so nothing is lost and nothing
 * can fail. Comments, declarations and scripts are left out.
 */
export function markupPieces(source: string): readonly MarkupPiece[] {
  const pieces: MarkupPiece[] = [];
  let line = 1;
  let from = 0;
  let lower: string | undefined;
  const move = (to: number): void => {
    for (let at = source.indexOf("\n", from); at >= 0 && at < to; at = source.indexOf("\n", at + 1)) line++;
    from = to;
  };
  const say = (to: number): void => {
    if (to > from) pieces.push({ kind: "text", text: entities(source.slice(from, to)), line });
    move(to);
  };
  for (let at = source.indexOf("<"); at >= 0 && pieces.length < mostPieces; at = source.indexOf("<", at)) {
    const skipped = skip(source, at);
    if (skipped !== undefined) {
      say(at);
      if (source.startsWith("<![CDATA[", at)) pieces.push({ kind: "text", text: source.slice(at + 9, Math.max(at + 9, skipped - 3)), line });
      move(skipped);
      at = skipped;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(source);
    if (match?.[2] === undefined) {
      at++;
      continue;
    }
    say(at);
    const name = match[2].toLowerCase();
    const end = tag.lastIndex;
    if (match[1] === "/") pieces.push({ kind: "close", name, line });
    else pieces.push({ kind: "open", name, attributes: attributesOf(match[3] ?? ""), line, closed: match[4] === "/" });
    at = end;
    if (match[1] !== "/" && match[4] !== "/" && hidden.has(name)) {
      lower ??= source.toLowerCase();
      const close = lower.indexOf(`</${name}`, end);
      at = close < 0 ? source.length : close;
    }
    move(at);
  }
  say(source.length);
  return pieces;
}

/** Behind a comment, a declaration, a processing instruction or a CDATA section. */
function skip(source: string, at: number): number | undefined {
  const end = (mark: string): number => {
    const found = source.indexOf(mark, at + 2);
    return found < 0 ? source.length : found + mark.length;
  };
  if (source.startsWith("<!--", at)) return end("-->");
  if (source.startsWith("<![CDATA[", at)) return end("]]>");
  if (source.startsWith("<?", at)) return end(">");
  if (source.startsWith("<!", at)) return declarationEnd(source, at);
  return undefined;
}

/** A document type may hold declarations of its own in brackets. */
function declarationEnd(source: string, at: number): number {
  const close = source.indexOf(">", at);
  if (close < 0) return source.length;
  if (!source.slice(at, close).includes("[")) return close + 1;
  const end = source.slice(close, close + longestDeclaration).search(/\]\s{0,20}>/u);
  return end < 0 ? close + 1 : source.indexOf(">", close + end) + 1;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(attribute)) found.set((match[1] ?? "").toLowerCase(), entities(match[2] ?? match[3] ?? match[4] ?? ""));
  return found;
}

const named: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["mdash", "—"],
  ["ndash", "–"],
  ["hellip", "…"],
  ["copy", "©"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["times", "×"],
  ["le", "≤"],
  ["ge", "≥"],
  ["minus", "−"],
]);

/** Character references as characters; an unknown one stays as it is written. */
function entities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,12}));/gu, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return named.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0x1f && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : " ";
  });
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
  if (open?.kind !== "open" || open.closed) return from;
  let depth = 0;
  const end = Math.min(pieces.length, from + longestElement);
  for (let index = from; index < end; index++) {
    const piece = pieces[index];
    if (piece === undefined || piece.kind === "text" || piece.name !== open.name) continue;
    if (piece.kind === "open") depth += piece.closed ? 0 : 1;
    else depth--;
    if (depth === 0) return index;
  }
  return end;
}
