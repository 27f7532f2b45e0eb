import type { PatchSet } from "../../patch/types";
import type { Cancel, Decode, GitRepository } from "../../ports";
import { seriesOrder } from "../apply/apply";
import { isTreePath, treeEntries } from "../apply/index-state";

/** The version of a file that a series starts from. */
export interface WantedBlob {
  readonly path: string;
  /** As abbreviated in the `index` line. */
  readonly blob: string;
}

const shortest = 7;

/** For each file, the version that the first patch of the series to touch it was made from; files that the series adds are left out. */
export function wantedBlobs(set: PatchSet): readonly WantedBlob[] {
  const seen = new Set<string>();
  const wanted: WantedBlob[] = [];
  for (const patch of seriesOrder(set)) {
    for (const file of patch.files) {
      const path = file.oldPath;
      const fresh = !seen.has(path);
      seen.add(path);
      seen.add(file.newPath);
      const { oldBlob } = file;
      if (!fresh || file.status === "added" || file.status === "combined" || oldBlob === undefined || oldBlob.length < shortest || /^0+$/u.test(oldBlob)) continue;
      if (isTreePath(path)) wanted.push({ path, blob: oldBlob.toLowerCase() });
    }
  }
  return wanted;
}

/** How many of the wanted versions a commit has. */
export async function countMatches(repo: GitRepository, commit: string, wanted: readonly WantedBlob[], decode: Decode, cancel?: Cancel): Promise<number> {
  if (wanted.length === 0) return 0;
  const entries = await treeEntries((args, options) => repo.run(args, options), commit, wanted.map(({ path }) => path), decode, cancel);
  return wanted.filter(({ path, blob }) => entries.get(path)?.blob.startsWith(blob) === true).length;
}

/** Commits that are looked at on the branch, and steps back along its first parents. */
const maxSteps = 2000;
/** Paths that are followed; more would not make the answer surer. */
const maxPaths = 40;

interface Change {
  readonly commit: string;
  readonly parent: string;
  readonly files: readonly { readonly path: string; readonly before: string }[];
}

/** Reads `git log --raw -z --format=%x01%H %P`: each commit with the versions that it replaced. */
function parseChanges(text: string): readonly Change[] {
  return text
    .split("\x01")
    .filter((part) => part !== "")
    .map((part) => {
      const [head = "", ...fields] = part.split("\0");
      const [commit = "", parent = ""] = head.trim().split(" ");
      const files: { path: string; before: string }[] = [];
      fields.forEach((field, i) => {
        const raw = /^\n?:\d+ \d+ ([0-9a-f]+) [0-9a-f]+ [A-Z]\d*$/u.exec(field);
        const path = fields[i + 1];
        if (raw?.[1] !== undefined && path !== undefined) files.push({ path, before: raw[1] });
      });
      return { commit, parent, files };
    });
}

/** What a search found: the newest commit whose files match, or the one that matched most of them. */
export interface BlobMatch {
  readonly commit: string;
  readonly matched: number;
}

/**
 * The newest commit on the first-parent line of `head` whose files are the wanted versions. Each step back undoes one
 * commit's changes to the wanted paths, so one `git log` is enough.
 */
export async function newestWithBlobs(repo: GitRepository, head: string, wanted: readonly WantedBlob[], since: string | undefined, decode: Decode, cancel?: Cancel): Promise<BlobMatch | undefined> {
  const followed = wanted.slice(0, maxPaths);
  const run: GitRepository["run"] = (args, options) => repo.run(args, options);
  const now = await treeEntries(run, head, followed.map(({ path }) => path), decode, cancel);
  const current = new Map([...now].map(([path, { blob }]) => [path, blob]));
  const matches = (): number => followed.filter(({ path, blob }) => current.get(path)?.startsWith(blob) === true).length;
  let best: BlobMatch = { commit: head, matched: matches() };
  if (best.matched === followed.length) return best;
  const args = ["log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%x01%H %P", "-n", String(maxSteps), ...(since === undefined ? [] : [`--since=${since}`]), head, "--", ...followed.map(({ path }) => path)];
  const env = { GIT_LITERAL_PATHSPECS: "1" };
  const { status, stdout } = await repo.run(args, cancel === undefined ? { env } : { env, cancel });
  if (status !== 0) return undefined;
  for (const change of parseChanges(decode.text(stdout))) {
    for (const { path, before } of change.files) {
      if (/^0+$/u.test(before)) current.delete(path);
      else current.set(path, before);
    }
    const matched = matches();
    if (change.parent !== "" && matched > best.matched) best = { commit: change.parent, matched };
    if (best.matched === followed.length) break;
  }
  return best.matched > 0 ? best : undefined;
}
