/**
 * Text to search terms. Identifiers fall apart at `.`, `_`, `-`, `/` and at humps of camel case; English words lose their
 * endings; runs of Chinese, Japanese and Korean characters become pairs of neighbours, since FTS5's own tokenizers find none of them.
 */

/** Longer texts are cut: no description of a parameter is longer, and a hostile one must not fill the memory. */
export const maxText = 20_000;

const stopWords = new Set(
  ("a an and are as at be been being by can could do does for from has have if in into is it its may might must of on or our shall should so such than that the their then there these they this those to was we were what when where which while will with would you your " +
    "also any each e.g i.e etc how more most only other same some very").split(" "),
);

const runs = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+|[\p{L}\p{N}]+/gu;
const cjk = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
const humps = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{N}]+|\p{N}+|[\p{L}\p{N}]+/gu;

export function isCjk(term: string): boolean {
  return cjk.test(term);
}

/** Pairs of neighbouring characters; a single one stays alone. */
export function bigrams(run: string): readonly string[] {
  const characters = Array.from(run);
  return characters.length < 2 ? characters : characters.slice(1).map((character, i) => `${characters[i] ?? ""}${character}`);
}

/** English endings, so that `allocated`, `allocation` and `alloc` are one term. Short words stay whole. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return word;
  let root = word;
  if (root.endsWith("ies") && root.length > 4) root = `${root.slice(0, -3)}y`;
  else if (/(?:ss|sh|ch|x|z)es$/u.test(root)) root = root.slice(0, -2);
  else if (root.endsWith("s") && !/(?:ss|us|is)$/u.test(root)) root = root.slice(0, -1);
  const ending: readonly (string | undefined)[] | null = /^(.{4,})ations?$|^(.{4,})ates?d?$|^(.{4,})ating$|^(.{4,})ion$|^(.{3,})ing$|^(.{3,})ed$|^(.{4,})ly$/u.exec(root);
  const cut = ending?.slice(1).find((part) => part !== undefined);
  if (cut !== undefined && /[aeiouy]/u.test(cut)) root = cut.replace(/([bdgmnprt])\1$/u, "$1");
  return root.length > 3 && root.endsWith("e") ? root.slice(0, -1) : root;
}

/** Terms of a text in their order, stop words left out. */
export function terms(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.slice(0, maxText).normalize("NFKC").matchAll(runs)) {
    if (isCjk(run)) found.push(...bigrams(run));
    else if (/\p{Lu}/u.test(run)) for (const [part] of run.matchAll(humps)) add(found, part);
    else add(found, run);
  }
  return found;
}

function add(found: string[], part: string): void {
  const word = part.toLowerCase();
  // 64: nobody asks for a longer one, and hex dumps are of that kind.
  if (word.length <= 64 && !stopWords.has(word)) found.push(stem(word));
}

/** A name in the one spelling that all are compared in: `/proc/sys/net/ipv4/tcp_rmem` and `net.ipv4.tcp-rmem` are one. */
export function foldName(name: string): string {
  return name.trim().toLowerCase().replace(/^\/proc\/sys\//u, "").replace(/^--/u, "").replace(/[/]+/gu, ".").replace(/-/gu, "_").replace(/[\u0000-\u001f\u007f]+/gu, "");
}

/** What follows the last dot of a folded name. */
export function lastPart(folded: string): string {
  return folded.slice(folded.lastIndexOf(".") + 1);
}
