import type { Cache } from "../../language-server/engine/ports";

/** A cache in memory; `entries` shows what it holds. */
export function memoryCache(): Cache & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: (space, key) => Promise.resolve(entries.get(`${space}/${key}`)),
    put: (space, key, value) => {
      entries.set(`${space}/${key}`, value);
      return Promise.resolve();
    },
  };
}
