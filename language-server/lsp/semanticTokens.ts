import { SemanticTokensBuilder, type Range, type SemanticTokens } from "vscode-languageserver";
import type { Patch } from "../engine/patch/types";
import type { PatchDocument } from "./documents";
import { lineText } from "./positions";
import { messageLines, referencesIn } from "./references";

/** Standard token types, so that every theme colours them. */
export const tokenLegend = { tokenTypes: ["keyword", "number", "string", "macro"], tokenModifiers: [] as string[] };

const keyword = 0;
const number = 1;
const string = 2;
const macro = 3;

interface Token {
  readonly start: number;
  readonly length: number;
  readonly type: number;
}

/** Trailer keys, addresses, commits and backport markers of the messages; the diff itself is the grammar's. */
export function semanticTokens(document: PatchDocument, range?: Range): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  const from = range === undefined ? 1 : range.start.line + 1;
  const to = range === undefined ? Number.POSITIVE_INFINITY : range.end.line + 1;
  for (const patch of document.parsed.value.patches) {
    const { first, last } = messageLines(patch);
    if (last < from || first > to) continue;
    const marked = special(patch);
    for (let line = Math.max(first, from); line <= Math.min(last, to); line++) {
      for (const token of tokensOf(lineText(document.text, line), marked.get(line))) builder.push(line - 1, token.start, token.length, token.type, 0);
    }
  }
  return builder.build();
}

/** Lines of trailers and backport markers. */
function special(patch: Patch): ReadonlyMap<number, "trailer" | "marker"> {
  const lines = new Map<number, "trailer" | "marker">();
  for (const marker of patch.message.markers) for (let line = marker.lines.first; line <= marker.lines.last; line++) lines.set(line, "marker");
  for (const trailer of patch.message.trailers) lines.set(trailer.lines.first, "trailer");
  return lines;
}

function tokensOf(text: string, kind: "trailer" | "marker" | undefined): readonly Token[] {
  const tokens: Token[] = [];
  const key = kind === "trailer" ? /^[^\s:]+(?=\s*:)/u.exec(text) : null;
  if (key !== null) tokens.push({ start: 0, length: key[0].length, type: keyword });
  if (kind === "trailer") for (const match of text.matchAll(/<[^<>\s]+@[^<>\s]+>/gu)) tokens.push({ start: match.index, length: match[0].length, type: string });
  for (const reference of referencesIn(text)) {
    if (reference.kind === "commit") tokens.push({ start: reference.start, length: reference.end - reference.start, type: number });
  }
  if (kind === "marker" && tokens.length === 0 && text.trim() !== "") tokens.push({ start: text.length - text.trimStart().length, length: text.trim().length, type: macro });
  return tokens.sort((a, b) => a.start - b.start).filter((token, i, all) => i === 0 || token.start >= (all[i - 1]?.start ?? 0) + (all[i - 1]?.length ?? 0));
}
