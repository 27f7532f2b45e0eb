/** What is needed of a filter to say it. */
export interface SaidFilter {
  readonly subsystem?: string;
  readonly unfiled?: true;
  readonly path?: string;
  readonly author?: string;
  readonly since?: number;
  readonly until?: number;
  readonly verdict?: readonly string[];
  readonly risk?: readonly string[];
  readonly pick?: string;
  readonly text?: string;
}

export type FilterWords = Readonly<Record<keyof SaidFilter, string>>;

const order: readonly (keyof SaidFilter)[] = ["subsystem", "unfiled", "path", "author", "since", "until", "verdict", "risk", "pick", "text"];

/** "subsystem NETWORKING · since 2025-03-31"; empty when nothing is filtered. */
export function filterText(filter: SaidFilter, words: FilterWords): string {
  return order
    .flatMap((part) => {
      const value = filter[part];
      if (value === undefined || value === "") return [];
      if (value === true) return [words[part]];
      const said = typeof value === "number" ? dayOf(value) : typeof value === "string" ? value : value.join(", ");
      // A value that speaks for itself has no word of its own.
      return [`${words[part]} ${said}`.trim()];
    })
    .join(" · ");
}

/** The day of a time in seconds, in UTC. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** The first second of a day, or its last one; undefined for what is no day. */
export function readDay(text: string, edge: "since" | "until"): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const start = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== text) return undefined;
  return start / 1000 + (edge === "until" ? 86_399 : 0);
}
