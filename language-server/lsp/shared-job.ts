import { cancelSource } from "../adapters/cancel";
import { Cancelled, type Cancel } from "../engine/ports";
import { Superseded } from "./guard";

/** One piece of work that several requests wait for. */
export interface SharedJob<T> {
  /** Waits for the result. When the last one who waits gives up before the end, the work stops. */
  join(cancel: Cancel | undefined): Promise<T>;
  /** The result, once there is one. */
  readonly value: T | undefined;
  /** True when the work ended without a result, so that it has to be begun anew. */
  readonly broken: boolean;
  /** Stops the work because it is overtaken; who waits gets {@link Superseded}. */
  abort(): void;
}

export function sharedJob<T>(work: (cancel: Cancel) => Promise<T>): SharedJob<T> {
  const source = cancelSource();
  const state: { value: T | undefined; broken: boolean; overtaken: boolean; waiting: number; ended: boolean } = { value: undefined, broken: false, overtaken: false, waiting: 0, ended: false };
  const result = work(source.cancel).then(
    (value) => {
      state.value = value;
      state.ended = true;
      return value;
    },
    (error: unknown) => {
      state.broken = true;
      state.ended = true;
      throw state.overtaken && error instanceof Cancelled ? new Superseded() : error;
    },
  );
  // Nobody may be waiting when it fails; who is gets the error through join.
  result.catch(() => undefined);
  return {
    get value() {
      return state.value;
    },
    get broken() {
      return state.broken;
    },
    async join(cancel) {
      state.waiting++;
      try {
        return await withCancel(result, cancel);
      } finally {
        state.waiting--;
        if (state.waiting === 0 && !state.ended) {
          state.broken = true;
          source.fire();
        }
      }
    },
    abort() {
      state.overtaken = true;
      state.broken = true;
      source.fire();
    },
  };
}

/** The promise, or {@link Cancelled} as soon as the cancel fires. */
export function withCancel<T>(promise: Promise<T>, cancel: Cancel | undefined): Promise<T> {
  if (cancel === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const bond = cancel.onCancel(() => {
      reject(new Cancelled());
    });
    promise.then(resolve, reject).finally(() => {
      bond.dispose();
    });
  });
}
