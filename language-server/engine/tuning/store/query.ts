import { bigrams, foldName, isCjk, terms } from "./terms";
import { chineseWords } from "./words/chinese";
import { synonyms } from "./words/synonyms";

/** Terms that must all be there to count; their worth beside the words that were asked for. */
export interface Alternative {
  readonly terms: readonly string[];
  readonly weight: number;
}

/** One idea of the query; a record is judged by the best of its alternatives. */
export interface Concept {
  readonly alternatives: readonly Alternative[];
  /** True for what was asked in so many words; a record that lacks it is worth less. */
  readonly asked: boolean;
}

export interface Query {
  readonly concepts: readonly Concept[];
  /** Neighbouring terms. */
  readonly pairs: readonly (readonly [string, string])[];
  /** Words that may be names. */
  readonly names: readonly PossibleName[];
  /** Plain words with the spelling they were given in, for the misspelt ones. */
  readonly words: readonly string[];
}

export interface PossibleName {
  readonly folded: string;
  /** Nobody writes it so in a sentence: it has a dot, a slash or an underscore within. */
  readonly sure: boolean;
}

/** What a person types is shorter; a pasted page is cut. */
const maxQuery = 2000;
const maxTerms = 48;
const synonymWeight = 0.5;

/** Any text is a query: it has no syntax, so nothing in it can break. */
export function readQuery(text: string): Query {
  const given = text.slice(0, maxQuery).normalize("NFKC");
  const chinese: Concept[] = [];
  const words: string[] = [];
  for (const [run] of given.matchAll(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+/gu)) {
    if (isCjk(run)) readChinese(run, words, chinese);
    else words.push(...terms(run));
  }
  const order = words.slice(0, maxTerms);
  const single = [...new Set(order)].map((term): Concept => ({ alternatives: [{ terms: [term], weight: 1 }, ...others(term)], asked: true }));
  return { concepts: [...single, ...phrases(order), ...chinese.slice(0, maxTerms)], pairs: neighbours(order), names: possibleNames(given), words: [...new Set(order)] };
}

/** Known words become what the English documents call them; all of them stay searchable as they are. */
function readChinese(run: string, words: string[], chinese: Concept[]): void {
  for (const { word, english } of chineseWords(run)) {
    if (english !== undefined) words.push(...english);
    else if (Array.from(word).length < 2) continue;
    for (const pair of bigrams(word)) chinese.push({ alternatives: [{ terms: [pair], weight: 1 }], asked: false });
  }
}

/** Alternatives to a term by itself. */
function others(term: string): readonly Alternative[] {
  return (synonyms.get(term) ?? []).filter((row) => row.terms.length === 1).flatMap((row) => row.others.map((terms) => ({ terms, weight: synonymWeight })));
}

/** Phrases of the query that have synonyms. */
function phrases(order: readonly string[]): readonly Concept[] {
  const found = new Map<string, Concept>();
  for (const [at, term] of order.entries()) {
    for (const row of synonyms.get(term) ?? []) {
      const key = row.terms.join(" ");
      if (row.terms.length < 2 || !row.terms.every((part, i) => order[at + i] === part)) continue;
      found.set(key, { alternatives: row.others.map((terms) => ({ terms, weight: synonymWeight * 1.4 })), asked: false });
    }
  }
  return [...found.values()];
}

function neighbours(order: readonly string[]): readonly (readonly [string, string])[] {
  const pairs = order.slice(1).map((term, i) => [order[i] ?? "", term] as const);
  return [...new Map(pairs.filter(([a, b]) => a !== b).map((pair) => [pair.join(" "), pair])).values()];
}

function possibleNames(text: string): readonly PossibleName[] {
  const found = new Map<string, PossibleName>();
  for (const [word] of text.matchAll(/[A-Za-z0-9_./-]{3,128}/gu)) {
    const written = word.replace(/^[.]+|[.,/-]+$/gu, "");
    const folded = foldName(written);
    if (folded.length >= 3) found.set(folded, { folded, sure: /[A-Za-z0-9][._/]+[A-Za-z0-9]/u.test(written) });
  }
  return [...found.values()].slice(0, maxTerms);
}
