import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";

export interface TagInfo {
  /** Without `refs/tags/`. */
  readonly name: string;
  /** Full sha of the commit that it leads to. */
  readonly commit: string;
  /** When it was made (an annotated tag), or its commit was committed; seconds since the epoch. */
  readonly time: number;
}

const format = "--format=%(objectname)%00%(objecttype)%00%(*objectname)%00%(*objecttype)%00%(creatordate:unix)%00%(refname:strip=2)";

/** Tags that lead to commits, the earliest first; of the same second the lower version. Empty when git fails. */
export async function readTags(repository: GitRepository, decode: Decode, cancel?: Cancel): Promise<readonly TagInfo[]> {
  checkCancel(cancel);
  const result = await repository.run(["for-each-ref", format, "refs/tags"], cancel === undefined ? {} : { cancel });
  if (result.status !== 0) return [];
  const tags: TagInfo[] = [];
  const nested: TagInfo[] = [];
  for (const line of decode.text(result.stdout).split("\n")) {
    const [object = "", type, target = "", targetType, time = "", name = ""] = line.split("\0");
    const commit = type === "commit" ? object : targetType === "commit" ? target : "";
    if (commit !== "") tags.push({ name, commit, time: Number(time) });
    // for-each-ref peels one layer; a tag of a tag is rare and followed below.
    else if (targetType === "tag") nested.push({ name, commit: target, time: Number(time) });
  }
  return [...tags, ...(await peel(repository, decode, nested, cancel))].sort(byTime);
}

async function peel(repository: GitRepository, decode: Decode, tags: readonly TagInfo[], cancel: Cancel | undefined): Promise<readonly TagInfo[]> {
  if (tags.length === 0) return [];
  const input = tags.map(({ commit }) => `${commit}^{commit}\n`).join("");
  const result = await repository.run(["cat-file", "--batch-check=%(objectname) %(objecttype)"], { input, ...(cancel === undefined ? {} : { cancel }) });
  const lines = decode.text(result.stdout).split("\n");
  return tags.flatMap((tag, i) => {
    const [commit = "", type] = (lines[i] ?? "").split(" ");
    return type === "commit" ? [{ ...tag, commit }] : [];
  });
}

function byTime(one: TagInfo, other: TagInfo): number {
  return one.time - other.time || compareVersions(one.name, other.name);
}

/** Numbers count as numbers, and a candidate (`-rc1`) comes before its release. */
export function compareVersions(one: string, other: string): number {
  const left = pieces(one);
  const right = pieces(other);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = comparePieces(left[i], right[i]);
    if (difference !== 0) return difference;
  }
  return one < other ? -1 : one > other ? 1 : 0;
}

function pieces(name: string): readonly (string | number)[] {
  return (name.match(/\d+|[^\d]+/gu) ?? []).map((piece) => (/^\d/u.test(piece) ? Number(piece) : piece));
}

function comparePieces(one: string | number | undefined, other: string | number | undefined): number {
  if (one === undefined) return isCandidate(other) ? 1 : -1;
  if (other === undefined) return isCandidate(one) ? -1 : 1;
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (isCandidate(one) !== isCandidate(other)) return isCandidate(one) ? -1 : 1;
  const left = String(one);
  const right = String(other);
  return left < right ? -1 : left > right ? 1 : 0;
}

function isCandidate(piece: string | number | undefined): boolean {
  return typeof piece === "string" && /^[-~._]?(?:rc|pre|alpha|beta)/iu.test(piece);
}
