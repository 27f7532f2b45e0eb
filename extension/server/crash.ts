/** What to do after the server went away. `tell`: say it to the user, which happens for the first crash only. */
export type CrashVerdict = { readonly kind: "restart"; readonly tell: boolean } | { readonly kind: "stop" };

export const crashLimit = 5;
export const crashWindowMs = 3 * 60_000;

/**
 * Restarts a crashed server, says so once, and stops after {@link crashLimit} crashes within {@link crashWindowMs}, since
 * a server that dies that often would only burn the machine. `now` is in milliseconds.
 */
export function createCrashPolicy(now: () => number): { crashed(): CrashVerdict; reset(): void } {
  let crashes: readonly number[] = [];
  let told = false;
  return {
    crashed() {
      const at = now();
      crashes = [...crashes.filter((time) => at - time < crashWindowMs), at];
      if (crashes.length >= crashLimit) return { kind: "stop" };
      const tell = !told;
      told = true;
      return { kind: "restart", tell };
    },
    reset() {
      crashes = [];
      told = false;
    },
  };
}
