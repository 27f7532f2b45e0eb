import { wordsAt } from "./by-words";
import { look, without, Words, type Found } from "./look";
import type { ChangedLine } from "./lines";
import { orderAt } from "./order";
import { clustersOf, makeScene, placeOf, type Cluster, type FilePair, type Place, type Scene } from "./place";
import type { SiteEvidence, SiteState } from "./types";

interface Judged {
  readonly state: SiteState;
  readonly by: SiteEvidence["by"];
  /** 0-based line of the target. */
  readonly at: number | undefined;
}

/** Below this share of its lines a side counts as not found, from the other on as found. */
const trace = 0.3;
const clear = 0.6;

function judgeBoth(added: Found, deleted: Found, place: Place | undefined): Judged {
  // What stands at the place goes before what stands elsewhere in the file.
  const local = Math.max(added.here, deleted.here) >= clear;
  const [plus, minus] = local ? [added.here, deleted.here] : [added.share, deleted.share];
  if (plus < trace && minus < trace) return { state: "inapplicable", by: "nothing", at: place?.from };
  if (Math.abs(plus - minus) < 0.2) return { state: "unclear", by: "added", at: added.at };
  return plus > minus ? { state: "present", by: "added", at: added.at } : { state: "absent", by: "deleted", at: deleted.at };
}

function judgeAdded(added: Found, place: Place | undefined): Judged {
  // Nothing speaks for the other side, so a line in other words tells enough.
  if (added.share >= (place === undefined ? clear : 0.5)) return { state: "present", by: "added", at: added.at };
  if (place === undefined && added.share < trace) return { state: "inapplicable", by: "nothing", at: undefined };
  if (place === undefined || added.share > 0.4) return { state: "unclear", by: "added", at: added.at };
  return { state: "absent", by: "nothing", at: place.from };
}

function judgeDeleted(deleted: Found, place: Place | undefined): Judged {
  if (deleted.share >= clear) return { state: "absent", by: "deleted", at: deleted.at };
  if (deleted.share > 0.4) return { state: "unclear", by: "deleted", at: deleted.at };
  return place === undefined ? { state: "inapplicable", by: "nothing", at: undefined } : { state: "present", by: "gone", at: place.from };
}

/** Changes of order or of white space tell less than lines of their own. */
const orderWeight = 0.3;

/** So do words of a line that is another one in this tree. */
const variantWeight = 0.6;

function judgeOrder(scene: Scene, cluster: Cluster, place: Place | undefined, added: readonly ChangedLine[], deleted: readonly ChangedLine[]): Judged {
  if (place === undefined) return { state: "inapplicable", by: "nothing", at: undefined };
  const { told, at } = orderAt(scene, cluster, place, added, deleted);
  return told === undefined ? { state: "unclear", by: "nothing", at } : { state: told === "added" ? "present" : "absent", by: told, at };
}

function judgeCluster(scene: Scene, cluster: Cluster, words: Words): SiteEvidence | undefined {
  const added = cluster.groups.flatMap((group) => group.added);
  const deleted = cluster.groups.flatMap((group) => group.deleted);
  const place = placeOf(scene, cluster, added.length + deleted.length);
  const [ownAdded, ownDeleted] = [without(added, deleted), without(deleted, added)];
  const foundAdded = look(scene, place, { own: ownAdded, opposite: deleted, elsewhere: scene.deletedAnywhere }, words);
  const foundDeleted = look(scene, place, { own: ownDeleted, opposite: added, elsewhere: scene.addedAnywhere }, words);
  let weight = foundAdded.weight + foundDeleted.weight;
  let judged: Judged;
  const moved = added.reduce((sum, line) => sum + line.weight, 0) - foundAdded.weight;
  if (weight === 0 || (weight < 0.5 && moved >= 1)) {
    weight = orderWeight * moved;
    if (weight === 0) return undefined;
    judged = judgeOrder(scene, cluster, place, added, deleted);
  } else if (foundAdded.weight > 0 && foundDeleted.weight > 0) judged = judgeBoth(foundAdded, foundDeleted, place);
  else judged = foundAdded.weight > 0 ? judgeAdded(foundAdded, place) : judgeDeleted(foundDeleted, place);
  if (place !== undefined && deleted.length > 0 && added.length > 0 && (judged.state === "unclear" || judged.state === "inapplicable")) {
    const { told, at } = wordsAt(scene, place, ownAdded, ownDeleted);
    if (told !== undefined) {
      judged = { state: told === "added" ? "present" : "absent", by: told, at };
      weight *= variantWeight;
    }
  }
  const { state, by, at } = judged;
  const last = Math.max(1, scene.target.hashes.length);
  return { state, by, up: `${scene.upPath}:${cluster.groups[0]?.newLine ?? 1}`, at: at === undefined ? undefined : `${scene.atPath}:${Math.min(at + 1, last)}`, weight };
}

/** What the tree's file says of each change of the commit's file; changes of empty lines alone say nothing. */
export function compareFile(pair: FilePair): readonly SiteEvidence[] {
  const scene = makeScene(pair);
  const words = new Words(scene);
  return clustersOf(scene).flatMap((cluster) => judgeCluster(scene, cluster, words) ?? []);
}
