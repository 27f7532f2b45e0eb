import { documentDecode } from "../../adapters/document-decode";
import { parsePatchSet } from "../../engine/patch/parse";
import type { Cancel } from "../../engine/ports";
import type { FixPlace } from "../../protocol/upstream";
import { commitUri } from "../documentLinks";
import type { Services } from "../services";
import { sourceText } from "../sources";
import type { Comparison } from "./store";
import { touchedIn } from "./touched";

/** Where fixes change a function, in the patch documents of their commits; the file's first hunk when the function is not told. */
export async function fixPlaces({ pair, index }: Comparison, path: string, fixes: readonly string[], name: string, services: Services, cancel: Cancel): Promise<readonly FixPlace[]> {
  const places: FixPlace[] = [];
  for (const sha of fixes) {
    // Only commits of the map: what a client sends is no revision by itself.
    if (!index.candidates.has(sha)) continue;
    const { text } = await sourceText({ kind: "range", folder: pair.repository.root, range: sha }, services, cancel);
    const patch = parsePatchSet(documentDecode.bytes(text), documentDecode).value.patches[0];
    const file = patch?.files.find((candidate) => candidate.newPath === path || candidate.oldPath === path);
    if (patch === undefined || file === undefined) continue;
    const hunks = touchedIn(patch, file, documentDecode);
    const hunk = hunks.find(({ functions }) => name !== "" && functions.includes(name)) ?? hunks[0];
    places.push({ uri: commitUri(pair.repository, sha), line: hunk?.hunk.line ?? file.lines.first });
  }
  return places;
}
