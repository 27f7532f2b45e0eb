import { eachKey, type DiffKeys } from "./keys";

/** How many commits have a line, for lines that matter; open addressing, since there are millions of look-ups. */
export class LineTable {
  private readonly mask: number;
  private readonly slots: Uint32Array;
  /** Index into the arrays of whoever uses the table, plus 1; 0 for a free slot. */
  private readonly ids: Uint32Array;
  size = 0;

  constructor(capacity: number) {
    let room = 1024;
    while (room < capacity * 2) room *= 2;
    this.mask = room - 1;
    this.slots = new Uint32Array(room);
    this.ids = new Uint32Array(room);
  }

  /** Number of the key, 0 upwards; -1 when it is not there. */
  find(key: number): number {
    for (let i = key & this.mask; ; i = (i + 1) & this.mask) {
      const id = this.ids[i] ?? 0;
      if (id === 0) return -1;
      if (this.slots[i] === key) return id - 1;
    }
  }

  add(key: number): number {
    for (let i = key & this.mask; ; i = (i + 1) & this.mask) {
      const id = this.ids[i] ?? 0;
      if (id === 0) {
        this.slots[i] = key;
        this.ids[i] = ++this.size;
        return this.size - 1;
      }
      if (this.slots[i] === key) return id - 1;
    }
  }
}

/** Bits that a line tells: log2 of how many commits there are for each that has it. */
export interface Rarity {
  weight(key: number): number;
}

/** Lines longer than usual counted: `seen` counts commits that have the line, out of `commits`. */
export function rarityOf(table: LineTable, seen: Uint32Array, commits: number): Rarity {
  // A line that no downstream commit has is as rare as most lines are.
  const unknown = Math.log2(Math.max(4, commits) / 3);
  const top = Math.log2(Math.max(2, commits) + 1);
  return {
    weight(key) {
      const id = table.find(key);
      if (id < 0) return Math.max(1, unknown);
      return Math.max(0.05, top - Math.log2((seen[id] ?? 0) + 0.5));
    },
  };
}

/** A table of the lines of some commits, before they are counted over all. */
export function tableOf(commits: readonly DiffKeys[]): LineTable {
  const table = new LineTable(commits.reduce((sum, { lines, words, paths }) => sum + lines.length + words.length + paths.length, 0));
  for (const keys of commits) {
    eachKey(keys, (key) => {
      table.add(key);
    });
  }
  return table;
}
