import type { Patch, PatchSet } from "../../patch/types";
import { Cancelled, checkCancel, type Cache, type Cancel, type Decode, type Disposable, type Hash } from "../../ports";
import { openTrial, seriesOrder, type SeriesTrial } from "../apply/apply";
import { diffText } from "../apply/content";
import { GitFailure, type TrialIndex } from "../apply/index-state";
import type { ApplyResult } from "../types";

/** Asks for the result of each patch of a set, in any order; each is tried once, after the earlier ones of its series. */
export interface SetTrial extends Disposable {
  resultOf(patch: Patch, cancel?: Cancel): Promise<ApplyResult>;
}

export interface SetTrialPorts {
  readonly cache: Cache;
  readonly hash: Hash;
  readonly decode: Decode;
}

const space = "apply-2";

function nothing(base: string): ApplyResult {
  return { state: "no-tree", base, steps: [], hunks: [] };
}

/** What decides a result: the base, and the diffs up to this patch with the places of their hunks in the document. */
function keysOf(order: readonly Patch[], base: string, ports: SetTrialPorts): ReadonlyMap<number, string> {
  const keys = new Map<number, string>();
  let key = ports.hash.sha256(base);
  for (const patch of order) {
    const bytes = diffText(patch)?.bytes ?? new Uint8Array();
    const places = patch.files.flatMap((file) => file.hunks.map((hunk) => hunk.line)).join(",");
    key = ports.hash.sha256(`${key} ${ports.hash.sha256(bytes)} ${places}`);
    keys.set(patch.ordinal, key);
  }
  return keys;
}

function readResult(text: string | undefined): ApplyResult | undefined {
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  // The cache checks its own bytes; only another version of Keelson could have written another shape, under another space.
  return typeof value === "object" && value !== null && "state" in value && "steps" in value && "hunks" in value ? (value as ApplyResult) : undefined;
}

/** `open` makes a fresh index over the base. A plain tree has no name that results could be remembered by: `base` is empty. */
export function createSetTrial(set: PatchSet, base: string, open: () => Promise<TrialIndex | undefined>, ports: SetTrialPorts): SetTrial {
  const order = seriesOrder(set);
  const keys = keysOf(order, base, ports);
  const done = new Map<number, ApplyResult>();
  let trial: SeriesTrial | undefined;
  let position = 0;
  let queue: Promise<unknown> = Promise.resolve();

  function close(): void {
    trial?.dispose();
    trial = undefined;
    position = 0;
  }

  async function attempt(running: SeriesTrial, patch: Patch, cancel: Cancel | undefined): Promise<ApplyResult> {
    try {
      return await running.next(patch, cancel);
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      return { ...nothing(base), steps: [{ how: "strict", ok: false, error: error.message }] };
    }
  }

  async function advanceTo(target: Patch, cancel: Cancel | undefined): Promise<ApplyResult> {
    if (trial === undefined) {
      const index = await open();
      if (index === undefined) return nothing(base);
      trial = openTrial(index, base, ports.decode);
    }
    for (; position < order.length; position++) {
      const patch = order[position];
      if (patch === undefined) break;
      checkCancel(cancel);
      const result = await attempt(trial, patch, cancel);
      done.set(patch.ordinal, result);
      const key = keys.get(patch.ordinal);
      if (base !== "" && key !== undefined) await ports.cache.put(space, key, JSON.stringify(result));
      if (patch === target) {
        position++;
        break;
      }
    }
    if (position >= order.length) close();
    return done.get(target.ordinal) ?? nothing(base);
  }

  async function find(patch: Patch, cancel: Cancel | undefined): Promise<ApplyResult> {
    checkCancel(cancel);
    const known = done.get(patch.ordinal);
    if (known !== undefined) return known;
    const key = keys.get(patch.ordinal);
    if (key === undefined) return nothing(base);
    const cached = base === "" ? undefined : readResult(await ports.cache.get(space, key));
    if (cached !== undefined) {
      done.set(patch.ordinal, cached);
      return cached;
    }
    try {
      return await advanceTo(patch, cancel);
    } catch (error) {
      // A cancelled step leaves the index in an unknown state: the next question starts over.
      if (error instanceof Cancelled) close();
      throw error;
    }
  }

  return {
    resultOf(patch, cancel) {
      const mine = queue.then(() => find(patch, cancel));
      queue = mine.then(
        () => undefined,
        () => undefined,
      );
      return mine;
    },
    dispose() {
      queue = queue.then(close);
    },
  };
}
