import type { Random } from "../../engine/ports";

/** Tries in all, the first included. */
export const maxAttempts = 4;
/** A server that asks for a longer pause is not waited for: the user is told instead. */
export const longestWaitMs = 300_000;

/** Milliseconds that `Retry-After` asks for: seconds or an HTTP date. Undefined when it says nothing usable. */
export function retryAfterMs(value: string | null | undefined, now: number): number | undefined {
  if (value === null || value === undefined || value.trim() === "") return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds < 0 ? undefined : Math.ceil(seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Doubles from one second, with up to a half of it as jitter so that many editors don't knock at the same moment. */
export function backoffMs(attempt: number, random: Random): number {
  const base = 1000 * 2 ** Math.min(attempt, 5);
  const fraction = Number.parseInt(random.hex(2), 16) / 0xffff;
  return Math.round(base * (1 + fraction / 2));
}
