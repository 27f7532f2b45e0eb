import { lastPart } from "./terms";

/** Distance with swaps of neighbours (optimal string alignment); above `most` the answer is `most + 1`. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let value = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, (before[j - 2] ?? 0) + 1);
      row.push(value);
      if (value < best) best = value;
    }
    if (best > most) return most + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? most + 1;
}

/** Mistakes that a word of this length may have and still be meant. */
export function allowed(length: number): number {
  return length < 5 ? 0 : length < 8 ? 1 : length < 16 ? 2 : 3;
}

/** A bit for each letter and for the digits: words that are near share most of them. */
function letters(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    mask |= 1 << (code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 57 ? 26 : 27);
  }
  return mask;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

export interface Near {
  readonly word: string;
  readonly mistakes: number;
}

/** Words that can be asked for their nearest. */
export interface Vocabulary {
  has(word: string): boolean;
  /** Nearest first; ends with the first few. */
  near(word: string): readonly Near[];
}

export function createVocabulary(words: Iterable<string>): Vocabulary {
  const known = new Set(words);
  const byLength = new Map<number, { readonly word: string; readonly mask: number }[]>();
  for (const word of known) {
    const list = byLength.get(word.length);
    const entry = { word, mask: letters(word) };
    if (list === undefined) byLength.set(word.length, [entry]);
    else list.push(entry);
  }
  return {
    has: (word) => known.has(word),
    near(word) {
      const most = allowed(word.length);
      if (most === 0 || word.length > 100) return [];
      const mask = letters(word);
      const found: Near[] = [];
      for (let length = word.length - most; length <= word.length + most; length++) {
        for (const entry of byLength.get(length) ?? []) {
          // Each mistake adds one letter and takes one away at most.
          if (bits(entry.mask ^ mask) > 2 * most) continue;
          const mistakes = distance(word, entry.word, most);
          if (mistakes <= most) found.push({ word: entry.word, mistakes });
        }
      }
      return found.sort((a, b) => a.mistakes - b.mistakes || (a.word < b.word ? -1 : 1)).slice(0, 5);
    },
  };
}

/** Folded names, and what follows their last dots. */
export interface NameVocabulary {
  readonly full: Vocabulary;
  readonly last: Vocabulary;
}

export function nameVocabulary(folded: readonly string[]): NameVocabulary {
  return { full: createVocabulary(folded), last: createVocabulary(folded.map(lastPart)) };
}
