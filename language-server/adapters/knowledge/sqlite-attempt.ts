import { StoreError } from "../../engine/tuning/store/types";

/** A file that is read was written before; one that is written is new, and what fails there is mostly a full disk. */
export type SqliteUse = "read" | "write";

/** Runs a call of a driver; what it throws becomes a {@link StoreError}. */
export function attempt<T>(path: string, use: SqliteUse, work: () => T, onBusy: () => void = () => undefined): T {
  try {
    return work();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const busy = /locked|busy/iu.test(detail);
    if (busy) onBusy();
    throw new StoreError(busy ? "busy" : use === "write" ? "not-writable" : "unreadable", `${path}: ${detail}`);
  }
}
