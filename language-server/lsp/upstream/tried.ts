import type { PickView } from "../../protocol/upstream-picks";
import type { MapIndex } from "./map-index";

/** By comparison: its tip is what commits are picked onto, so that an answer holds as long as it does. */
const tried = new WeakMap<MapIndex, Map<string, PickView>>();

/** What picking commits onto the comparison's own tip gave, to be added to. */
export function picksOf(index: MapIndex): Map<string, PickView> {
  const known = tried.get(index) ?? new Map<string, PickView>();
  tried.set(index, known);
  return known;
}

export function pickOf(index: MapIndex, commit: string): PickView | undefined {
  return tried.get(index)?.get(commit);
}
