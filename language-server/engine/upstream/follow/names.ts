/** Full shas, found by an abbreviation. */
export interface Names {
  /** The one sha that starts so; undefined when none or several do. */
  find(prefix: string): string | undefined;
  has(sha: string): boolean;
}

/** A sorted list: an abbreviation is a binary search, and a million shas need no more than themselves. */
export function createNames(shas: Iterable<string>): Names {
  const sorted = [...new Set(shas)].sort();
  /** Index of the first sha that is not smaller. */
  const lowerBound = (key: string): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] ?? "") < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    find(prefix) {
      const at = lowerBound(prefix);
      const found = sorted[at];
      return prefix !== "" && found?.startsWith(prefix) === true && sorted[at + 1]?.startsWith(prefix) !== true ? found : undefined;
    },
    has: (sha) => sorted[lowerBound(sha)] === sha,
  };
}

/** A title as a key: letter case, white space and quotes do not tell titles apart, and trailers cut long ones. */
export function quotedTitle(title: string): { readonly key: string; readonly cut: boolean } {
  const trimmed = title.trim();
  const cut = /(?:\.{3}|…)$/u.test(trimmed);
  const key = trimmed.toLowerCase().replace(/[\s"'`\\]+/gu, "").replace(/[.…]+$/u, "");
  return { key, cut };
}

/** Shorter beginnings fit too many titles. */
const shortestCut = 20;

/** Whether a quoted title, perhaps cut short, is a commit's subject. */
export function sameTitle(quoted: string, subject: string): boolean {
  const { key, cut } = quotedTitle(quoted);
  const own = quotedTitle(subject).key;
  if (key === own) return key !== "";
  return key.length >= shortestCut && (cut || own.length > key.length) && own.startsWith(key);
}
