import type { Cancel, Disposable } from "../engine/ports";

/** A `Cancel` together with the switch that fires it. */
export interface CancelSource extends Disposable {
  readonly cancel: Cancel;
  /** Fires once; later calls do nothing. */
  fire(): void;
}

const nothing: Disposable = { dispose: () => undefined };

/** For work that nobody can stop. */
export const never: Cancel = { cancelled: false, onCancel: () => nothing };

/** A new source; `parents` that fire make it fire too. Dispose it to let go of the parents. */
export function cancelSource(...parents: readonly Cancel[]): CancelSource {
  const listeners = new Set<() => void>();
  const state = { cancelled: false };
  const fire = (): void => {
    if (state.cancelled) return;
    state.cancelled = true;
    const waiting = [...listeners];
    listeners.clear();
    for (const listener of waiting) listener();
  };
  const cancel: Cancel = {
    get cancelled() {
      return state.cancelled;
    },
    onCancel(listener) {
      if (state.cancelled) {
        listener();
        return nothing;
      }
      // Wrapped, so that the same function given twice is two listeners.
      const own = (): void => {
        listener();
      };
      listeners.add(own);
      return { dispose: () => void listeners.delete(own) };
    },
  };
  const bonds = parents.map((parent) => parent.onCancel(fire));
  return {
    cancel,
    fire,
    dispose() {
      for (const bond of bonds) bond.dispose();
      listeners.clear();
    },
  };
}
