import type { HeatmapView, HeatRow } from "../../../language-server/protocol/upstream-panels";

export const request = { folder: "/src/keel-linux", pair: "mainline" } as const;
const columns = ["missing", "wrong", "unsure", "partial", "adapted", "extended", "combined", "revert", "same", "ours"] as const;

function row(name: string, commits: number, counts: readonly number[]): HeatRow {
  return { name, commits, counts, filter: name === "" ? { unfiled: true } : { subsystem: name } };
}

export const sample: HeatmapView = {
  sides: { mainline: "linux/master", downstream: "keel-6.6" },
  rowsAre: "subsystems",
  columns,
  rows: [
    row("KEEL ETHERNET DRIVER", 214, [9, 2, 1, 4, 22, 3, 2, 1, 171, 10]),
    row("NETWORKING DRIVERS", 412, [14, 3, 3, 6, 38, 4, 3, 2, 344, 12]),
    row("NETWORKING [GENERAL]", 96, [2, 0, 1, 1, 9, 1, 0, 0, 81, 3]),
    row("MEMORY MANAGEMENT", 188, [21, 1, 5, 8, 41, 2, 4, 1, 120, 7]),
    row("SCHEDULER", 73, [6, 0, 2, 3, 22, 1, 1, 0, 40, 4]),
    row("EXT4 FILE SYSTEM", 55, [1, 0, 0, 1, 4, 0, 0, 0, 50, 0]),
    row("ARM64 PORT (AARCH64 ARCHITECTURE)", 131, [4, 1, 2, 5, 20, 3, 1, 0, 88, 12]),
    row("KERNEL VIRTUAL MACHINE FOR ARM64 (KVM/arm64)", 64, [3, 0, 1, 1, 9, 0, 1, 0, 49, 3]),
    row("RDMA/INFINIBAND SUBSYSTEM", 47, [0, 0, 0, 0, 5, 1, 0, 0, 39, 2]),
    row("PERFORMANCE EVENTS SUBSYSTEM", 28, [0, 0, 1, 1, 3, 0, 0, 0, 22, 1]),
    row("DOCUMENTATION", 19, [0, 0, 0, 0, 1, 0, 0, 0, 16, 2]),
    row("", 6, [0, 0, 0, 0, 0, 0, 0, 0, 0, 6]),
  ],
  total: { name: "", filter: {}, commits: 872, counts: [41, 6, 14, 21, 118, 11, 9, 3, 634, 62] },
  fixesKnown: true,
  tips: { mainline: "a".repeat(40), downstream: "d".repeat(40) },
  stale: false,
  unread: 0,
};

/** A large tree: `count` rows. */
export function large(count: number): HeatmapView {
  return { ...sample, rows: Array.from({ length: count }, (_, index) => row(`SUBSYSTEM ${String(index).padStart(5, "0")}`, 1 + ((index * 7) % 90), columns.map((_column, at) => (index * (at + 3)) % (at + 11)))) };
}
