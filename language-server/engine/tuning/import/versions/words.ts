/** Where a kernel gives names to what can be set: files without any of these make none. */
const telling = ["ctl_table", "module_param", "core_param", "early_param", "__setup", "cmdline", "_ATTR", "_attr", "sysfs", "debugfs", "cftype"];

const literal = /"([A-Za-z_][\w.-]{1,80})[="]/gu;
const named = /(?:attr|param|define_one)\w{0,40}\s{0,4}\(([^();]{1,200})/giu;

/**
 * Hashes of the words of a C file that may be names: strings, and what macros of attributes and parameters are given. It is a wide
 * net: a name that an importer finds no more, and whose word is still here, may only be written in another way.
 */
export function wordHashes(text: string): Uint32Array {
  if (!telling.some((word) => text.includes(word))) return new Uint32Array();
  const found = new Set<number>();
  const add = (words: string): void => {
    for (const word of words.split(/[^\w-]+/u)) if (word.length > 1) found.add(wordHash(word));
  };
  for (const match of text.matchAll(literal)) add(match[1] ?? "");
  for (const match of text.matchAll(named)) add(match[1] ?? "");
  return Uint32Array.from(found);
}

/** FNV-1a; a dash is an underscore, and case does not count. Two words of one hash only make us say less. */
export function wordHash(word: string): number {
  let hash = 0x811c9dc5;
  for (const char of word.toLowerCase()) {
    hash ^= char === "-" ? 95 : (char.codePointAt(0) ?? 0);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
