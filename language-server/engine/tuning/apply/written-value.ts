import type { PackSetting } from "../pack/types";
import { amountOf } from "../suggest/value";

const sizes = [
  ["GB", 2 ** 30],
  ["MB", 2 ** 20],
  ["kB", 2 ** 10],
] as const;

/** A value as its program's file has it; undefined for a switch that is on by standing there. */
export function writtenValue({ component, kind, type }: PackSetting, value: string): string | undefined {
  if (kind === "engine-argument" && type === "boolean" && /^(?:true|on|yes|1)$/iu.test(value)) return undefined;
  // A bare number is no number of bytes there, but of pages or MB.
  if (component === "postgresql" && type === "bytes" && /^\d+$/u.test(value)) {
    const amount = amountOf(value, false) ?? 0;
    const [unit, size] = sizes.find(([, step]) => amount >= step && amount % step === 0) ?? ["B", 1];
    return `${String(amount / size)}${unit}`;
  }
  return value;
}
