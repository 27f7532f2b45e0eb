/** A value as a number in base units. */
export interface Quantity {
  readonly amount: number;
  /** Exact when the value is a plain integer: 64-bit ones don't fit a JavaScript number. */
  readonly exact: bigint | undefined;
  /** What the value's own suffix says it is; undefined for a bare number. */
  readonly measure: "bytes" | "seconds" | undefined;
}

const kibi = { k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4, p: 1024 ** 5, e: 1024 ** 6 };
const binary = new Map(Object.entries(kibi));
const redisBytes = new Map([["k", 1000], ["kb", 1024], ["m", 1000 ** 2], ["mb", 1024 ** 2], ["g", 1000 ** 3], ["gb", 1024 ** 3], ["t", 1000 ** 4], ["tb", 1024 ** 4], ["b", 1]]);
const postgresBytes = new Map([["B", 1], ["kB", 1024], ["MB", 1024 ** 2], ["GB", 1024 ** 3], ["TB", 1024 ** 4]]);
const postgresTimes = new Map([["us", 1e-6], ["ms", 1e-3], ["s", 1], ["min", 60], ["h", 3600], ["d", 86400]]);
const nginxTimes = new Map([["ms", 1e-3], ["s", 1], ["h", 3600], ["d", 86400], ["w", 604800], ["M", 2592000], ["y", 31536000]]);

/** Reads a value as its program does; undefined when it is no number to it. */
export function quantityOf(value: string, component: string): Quantity | undefined {
  const match = /^([+-]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?|\.\d+))\s*([A-Za-z]*)$/u.exec(value.trim());
  if (match?.[1] === undefined) return undefined;
  const suffix = match[2] ?? "";
  const plain = exactly(match[1]);
  const amount = plain === undefined ? Number(match[1]) : Number(plain);
  if (suffix === "") return { amount, exact: plain, measure: undefined };
  const scale = scaleOf(suffix, component);
  return scale === undefined ? undefined : { amount: amount * scale.factor, exact: plain !== undefined && Number.isInteger(scale.factor) ? plain * BigInt(scale.factor) : undefined, measure: scale.measure };
}

function exactly(text: string): bigint | undefined {
  if (/^[+-]?\d+$/u.test(text)) return BigInt(text.replace(/^\+/u, ""));
  return /^0[xX]/u.test(text) ? BigInt(text) : undefined;
}

function scaleOf(suffix: string, component: string): { readonly factor: number; readonly measure: "bytes" | "seconds" } | undefined {
  const of = (table: ReadonlyMap<string, number>, key: string, measure: "bytes" | "seconds"): { factor: number; measure: typeof measure } | undefined => {
    const factor = table.get(key);
    return factor === undefined ? undefined : { factor, measure };
  };
  switch (component) {
    case "postgresql":
      return of(postgresBytes, suffix, "bytes") ?? of(postgresTimes, suffix, "seconds");
    case "redis":
      return of(redisBytes, suffix.toLowerCase(), "bytes");
    case "nginx":
      // `m` is a megabyte for a size and a minute for a time: only the directive knows, so nothing is made of it here.
      return suffix === "m" ? undefined : (of(nginxTimes, suffix, "seconds") ?? of(binary, suffix.toLowerCase(), "bytes"));
    case "mysql":
    case "mariadb":
    case "systemd":
    case "kernel":
      return of(binary, suffix.toLowerCase(), "bytes");
    case "fio":
    case "juicefs":
      return of(binary, suffix.toLowerCase().replace(/i?b$/u, ""), "bytes");
    default:
      return undefined;
  }
}

/** Base units of a unit as sources write it: `kB`, `8kB`, `milliseconds`, `centisecs`, `KiB`, … */
export function unitScale(unit: string | undefined): { readonly factor: number; readonly measure: "bytes" | "seconds" } | undefined {
  if (unit === undefined) return undefined;
  const match = /^(\d+)?\s*([A-Za-zµ]+)$/u.exec(unit.trim());
  const known = match?.[2] === undefined ? undefined : units.get(match[2].toLowerCase());
  return known === undefined ? undefined : { factor: Number(match?.[1] ?? 1) * known[0], measure: known[1] };
}

const units: ReadonlyMap<string, readonly [number, "bytes" | "seconds"]> = new Map<string, readonly [number, "bytes" | "seconds"]>([
  ...["b", "byte", "bytes"].map((name) => [name, [1, "bytes"]] as const),
  ...["kb", "kib", "kbytes", "kilobytes", "kibibytes"].map((name) => [name, [1024, "bytes"]] as const),
  ...["mb", "mib", "megabytes", "mebibytes"].map((name) => [name, [1024 ** 2, "bytes"]] as const),
  ...["gb", "gib", "gigabytes", "gibibytes"].map((name) => [name, [1024 ** 3, "bytes"]] as const),
  ...["ns", "nanosecond", "nanoseconds", "nsec", "nsecs"].map((name) => [name, [1e-9, "seconds"]] as const),
  ...["us", "µs", "microsecond", "microseconds", "usec", "usecs"].map((name) => [name, [1e-6, "seconds"]] as const),
  ...["ms", "millisecond", "milliseconds", "msec", "msecs"].map((name) => [name, [1e-3, "seconds"]] as const),
  ...["cs", "centisecond", "centiseconds", "centisecs"].map((name) => [name, [1e-2, "seconds"]] as const),
  ...["s", "sec", "secs", "second", "seconds"].map((name) => [name, [1, "seconds"]] as const),
  ...["min", "minute", "minutes"].map((name) => [name, [60, "seconds"]] as const),
  ...["h", "hour", "hours"].map((name) => [name, [3600, "seconds"]] as const),
]);

/** `16 MiB`, `24 ms`: at most three significant digits unless it is exact; undefined where the bare number reads as well. */
export function readable(amount: number, measure: "bytes" | "seconds"): string | undefined {
  if (!Number.isFinite(amount) || amount <= 0) return undefined;
  if (measure === "bytes") {
    const steps = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    let step = 0;
    let rest = amount;
    while (rest >= 1024 && step < steps.length - 1) {
      rest /= 1024;
      step++;
    }
    return `${digits(rest)} ${steps[step] ?? ""}`;
  }
  const [factor, name] = amount >= 172800 ? [86400, "d"] : amount >= 7200 ? [3600, "h"] : amount >= 120 ? [60, "min"] : amount >= 1 ? [1, "s"] : amount >= 1e-3 ? [1e-3, "ms"] : amount >= 1e-6 ? [1e-6, "µs"] : [1e-9, "ns"];
  return `${digits(amount / factor)} ${name}`;
}

function digits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(value - Math.round(value)) < 1e-9 && value < 1e5 ? String(Math.round(value)) : String(rounded);
}
