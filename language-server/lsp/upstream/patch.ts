import type { Patch } from "../../engine/patch/types";
import type { CommitFacts } from "../../engine/upstream/types";
import type { Entry } from "./map-index";
import type { Comparison } from "./store";

/** What a comparison knows of a patch document's patch. */
export type Place =
  /** It is one of downstream's own commits. */
  | { readonly kind: "ours"; readonly entry: Entry }
  /** It is mainline's; `carriers` are downstream's commits that bring it. */
  | { readonly kind: "mainline"; readonly facts: CommitFacts; readonly carriers: readonly Entry[] }
  /** It is no commit of either side, but names mainline's in a backport marker. */
  | { readonly kind: "claimed"; readonly facts: CommitFacts; readonly carriers: readonly Entry[] };

/** The commit that a patch was made of, else the one that its marker names. */
export function placeOf(patch: Patch, comparison: Comparison): Place | undefined {
  const own = patch.commit === undefined ? undefined : placeOfSha(patch.commit, comparison);
  if (own !== undefined) return own;
  for (const marker of patch.message.markers) {
    const named = marker.sha === undefined ? undefined : placeOfSha(marker.sha.toLowerCase(), comparison);
    if (named?.kind === "mainline") return { ...named, kind: "claimed" };
  }
  return undefined;
}

/** What a sha or its beginning is in a comparison. */
export function placeOfSha(sha: string, { index }: Comparison): Place | undefined {
  const found = index.find(sha);
  if (found === undefined) return undefined;
  if (found.side === "downstream") {
    const entry = index.entries.get(found.sha);
    return entry === undefined ? undefined : { kind: "ours", entry };
  }
  const facts = index.candidates.get(found.sha);
  if (facts === undefined) return undefined;
  return { kind: "mainline", facts, carriers: (index.carriers.get(found.sha) ?? []).flatMap((carrier) => index.entries.get(carrier) ?? []) };
}
