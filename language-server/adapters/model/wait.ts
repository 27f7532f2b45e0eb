import { Cancelled, type Cancel } from "../../engine/ports";

/** Resolves after `ms`, or rejects with {@link Cancelled} at once when the work is cancelled. */
export type Wait = (ms: number, cancel: Cancel) => Promise<void>;

export const waitReally: Wait = (ms, cancel) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      resolve();
    }, ms);
    const listener = cancel.onCancel(() => {
      clearTimeout(timer);
      reject(new Cancelled());
    });
  });

/** Fires once after `ms` without a `reset()`; the clock starts at once. */
export interface Watchdog {
  readonly fired: boolean;
  reset(): void;
  stop(): void;
}

export function watchdog(ms: number, fire: () => void): Watchdog {
  let fired = false;
  const start = (): NodeJS.Timeout =>
    setTimeout(() => {
      fired = true;
      fire();
    }, ms);
  let timer = start();
  return {
    get fired() {
      return fired;
    },
    reset() {
      clearTimeout(timer);
      timer = start();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
