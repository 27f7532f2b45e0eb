/** Where a finding begins; 0-based, as the editor counts. */
export interface Spot {
  readonly line: number;
  readonly character: number;
}

function before(a: Spot, b: Spot): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** The next (or previous) of `spots` seen from `from`; round the end to the other side. Undefined when there is none. */
export function stepFrom<T extends Spot>(spots: readonly T[], from: Spot, direction: "next" | "previous"): T | undefined {
  const ordered = [...spots].sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
  if (direction === "next") return ordered.find((spot) => before(from, spot)) ?? ordered[0];
  return ordered.findLast((spot) => before(spot, from)) ?? ordered.at(-1);
}
