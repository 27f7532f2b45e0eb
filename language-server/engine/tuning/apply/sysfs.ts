import type { MachineFacts } from "../facts/types";

/** A value of /sys that may be written, and how it reads now. */
interface SysfsPlace {
  /** The pack's name of it. */
  readonly setting: string;
  readonly old: string | undefined;
  /** Others that the kernel sets anew when this one is written, in the order in which they are put back. */
  readonly moved: readonly { readonly name: string; readonly old: string }[];
}

/** What can be given back as it was: no switch that frees memory, none that tells the disk how safe its cache is. */
const queueFiles = new Set(["scheduler", "nr_requests", "read_ahead_kb", "rq_affinity", "nomerges", "max_sectors_kb", "wbt_lat_usec"]);

/** Undefined for a name that is none of these; `old` is undefined where the machine does not show it. */
export function sysfsPlace(name: string, { disks, transparentHugePages }: Pick<MachineFacts, "disks" | "transparentHugePages">): SysfsPlace | undefined {
  if (name === "/sys/kernel/mm/transparent_hugepage/enabled") return { setting: name, old: transparentHugePages, moved: [] };
  const [, device, file = ""] = /^\/sys\/block\/([A-Za-z0-9_-]{1,64})\/queue\/([a-z_]+)$/u.exec(name) ?? [];
  if (device === undefined || !queueFiles.has(file)) return undefined;
  const disk = disks.find((entry) => entry.name === device);
  const requests = disk?.queue["nr_requests"];
  // Another scheduler brings its own depth.
  const moved = file === "scheduler" && requests !== undefined ? [{ name: `/sys/block/${device}/queue/nr_requests`, old: requests }] : [];
  return { setting: `/sys/block/<disk>/queue/${file}`, old: file === "scheduler" ? disk?.scheduler : disk?.queue[file], moved };
}
