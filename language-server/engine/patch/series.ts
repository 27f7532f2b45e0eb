import type { Patch } from "./types";

/** Patches that carry each other's numbers: same version, same total, and no number twice. */
interface Series {
  readonly key: string;
  readonly taken: Set<number>;
  readonly slots: number[];
}

function seriesFor(patch: Patch, known: Series[]): Series | undefined {
  const { index, total, version } = patch;
  if (index === undefined || total === undefined || patch.kind === "reply") return undefined;
  const key = `${version} ${total} ${patch.prefixes.join(" ")}`;
  const open = known.find((series) => series.key === key && !series.taken.has(index));
  if (open !== undefined) return open;
  const series: Series = { key, taken: new Set(), slots: [] };
  known.push(series);
  return series;
}

/** The items in the order of [n/m]. Each series is put in order within the places that it holds; all else stays where it is. */
export function inSeriesOrder<T>(items: readonly T[], patchOf: (item: T) => Patch | undefined): readonly T[] {
  const known: Series[] = [];
  for (const [slot, item] of items.entries()) {
    const patch = patchOf(item);
    const series = patch === undefined ? undefined : seriesFor(patch, known);
    if (patch?.index === undefined || series === undefined) continue;
    series.taken.add(patch.index);
    series.slots.push(slot);
  }
  const ordered = [...items];
  for (const { slots } of known) {
    const members = slots.map((slot) => ({ slot, index: indexAt(items, slot, patchOf) })).sort((a, b) => a.index - b.index);
    for (const [i, slot] of slots.entries()) {
      const item = items[members[i]?.slot ?? slot];
      if (item !== undefined) ordered[slot] = item;
    }
  }
  return ordered;
}

function indexAt<T>(items: readonly T[], slot: number, patchOf: (item: T) => Patch | undefined): number {
  const item = items[slot];
  return item === undefined ? 0 : (patchOf(item)?.index ?? 0);
}

/** The same patch at another place of a set. A spread would not do: much of a patch is read only when asked for. */
export function atOrdinal(patch: Patch, ordinal: number): Patch {
  const { kind, lines, content, encoded, crlf, bodyLine, messageIndent, separatorLine, header, subject, rawSubject, subjectLine } = patch;
  const { prefixes, version, index, total, author, date, messageId, inReplyTo, commit, message, baseCommit, prerequisites, files } = patch;
  const position = { kind, ordinal, lines, content, encoded, crlf, bodyLine, messageIndent, separatorLine };
  const head = { header, subject, rawSubject, subjectLine, prefixes, version, index, total, author, date, messageId, inReplyTo, commit };
  return { ...position, ...head, message, baseCommit, prerequisites, files };
}
