/** One line that a quote may be found in. `number` is what the model was told, `group` keeps quotes of several lines within a hunk. */
export interface QuoteRow {
  readonly text: string;
  readonly folded: string;
  readonly number: number;
  /** Where the line stands, in whatever the caller counts. */
  readonly line: number;
  readonly group: number;
}

const maxQuoteLines = 6;

function fold(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

export function quoteRow(text: string, number: number, line: number, group: number): QuoteRow {
  return { text, folded: fold(text), number, line, group };
}

/** A quote that would fit anywhere proves nothing. */
function isGeneric(folded: string): boolean {
  if ((folded.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 4) return true;
  return /^(?:[{}();\s]*|(?:\} )?else(?: if)?(?: \{)?|return(?: [-\w]{1,4})?;?|break;?|continue;?|(?:int|void|static|struct|const|unsigned|long|char|bool) ?\w{0,3};?|#(?:endif|else)|NULL|true|false)$/u.test(folded);
}

/** Models repeat the tag of a numbered line, or the sign of a diff's; both are ours, not the line's. */
function variants(quote: string): readonly (readonly string[])[] {
  const plain = quote.split(/\r?\n/u);
  while (plain.length > 1 && plain.at(-1)?.trim() === "") plain.pop();
  while (plain.length > 1 && plain[0]?.trim() === "") plain.shift();
  const untagged = plain.map((line) => line.replace(/^\s*\[[LM][+\- ]? *\d+\] ?/u, ""));
  const unsigned = untagged.every((line) => /^[+\- ]/u.test(line)) ? untagged.map((line) => line.slice(1)) : undefined;
  return [plain, untagged, ...(unsigned === undefined ? [] : [unsigned])];
}

/** Indexes of the rows at which the quote begins. */
function matches(rows: readonly QuoteRow[], quote: readonly string[], folding: boolean): readonly number[] {
  const wanted = quote.map((line) => (folding ? fold(line) : line));
  const textOf = (row: QuoteRow | undefined): string | undefined => (row === undefined ? undefined : folding ? row.folded : row.text);
  const hits: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const group = rows[i]?.group;
    const fits = wanted.every((line, k) => {
      const row = rows[i + k];
      const text = textOf(row);
      if (text === undefined || row?.group !== group) return false;
      if (wanted.length === 1) return text.includes(line);
      if (k === 0) return text.endsWith(line);
      return k === wanted.length - 1 ? text.startsWith(line) : text === line;
    });
    if (fits) hits.push(i);
  }
  return hits;
}

/** The one place a quote means: the only match, else the match on the hinted line, else the only match in the hinted hunk. */
function place(rows: readonly QuoteRow[], hits: readonly number[], hint: number | undefined): number | undefined {
  if (hits.length <= 1) return hits[0];
  if (hint === undefined) return undefined;
  const exact = hits.filter((i) => rows[i]?.number === hint);
  if (exact.length === 1) return exact[0];
  const group = rows.find((row) => row.number === hint)?.group;
  const inHunk = hits.filter((i) => rows[i]?.group === group);
  return group !== undefined && inHunk.length === 1 ? inHunk[0] : undefined;
}

/** Where a quote stands: byte by byte, else with runs of blanks as one. Undefined when it stands nowhere, or in several places and the hint does not tell which. */
export function findQuote(rows: readonly QuoteRow[], quote: string, hint: number | undefined): { readonly line: number; readonly quote: string } | undefined {
  for (const folding of [false, true]) {
    for (const lines of variants(quote)) {
      if (lines.length > maxQuoteLines || isGeneric(fold(lines.join(" ")))) continue;
      const hits = matches(rows, lines, folding);
      if (hits.length === 0) continue;
      const at = place(rows, hits, hint);
      const first = at === undefined ? undefined : rows[at];
      if (at === undefined || first === undefined) return undefined;
      const found = rows.slice(at, at + lines.length).map((row) => row.text.trim());
      return { line: first.line, quote: lines.length === 1 && !folding ? (lines[0] ?? "").trim() : found.join("\n") };
    }
  }
  return undefined;
}

const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** What a sentence may not bring in from nowhere: addresses, object names, CVE numbers. */
const references = /https?:\/\/[^\s)>\]`"']+|\bCVE-\d{4}-\d{4,}\b|\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{9,40}\b/giu;

/** A statement's words: one paragraph, no control or direction characters, no pictures; undefined when they point at what `whole` (lower-case) has not. */
export function cleanStatement(text: string, whole: string): string | undefined {
  const clean = text.replace(control, "").replace(/!\[([^\]]*)\]\([^)]*\)/gu, "$1").replace(/\s+/gu, " ").trim();
  if (clean === "" || clean.includes("<<<KEELSON")) return undefined;
  for (const [reference] of clean.matchAll(references)) if (!whole.includes(reference.toLowerCase().replace(/[.,;:!?]+$/u, ""))) return undefined;
  return clean;
}
