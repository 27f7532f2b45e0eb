import type { Cancel, GitRepository } from "../../ports";

/** Questions answered one by one before the whole history is worth reading. */
const fewQuestions = 3;
const shaLength = 40;

export interface Ancestors {
  /** True when `sha` (a full name) is reachable from the base. */
  has(sha: string, cancel: Cancel | undefined): Promise<boolean>;
}

/**
 * What a base reaches. `git merge-base --is-ancestor` walks from the base down each time (seconds in a kernel without a
 * commit-graph); from the fourth question on, one `git rev-list` is read and kept as eight bytes a commit.
 */
export function createAncestors(repo: GitRepository, base: string): Ancestors {
  const answers = new Map<string, boolean>();
  let all: BigUint64Array | undefined;
  return {
    async has(sha, cancel) {
      const known = answers.get(sha);
      if (known !== undefined) return known;
      if (all === undefined && answers.size >= fewQuestions) all = await readAll(repo, base, cancel);
      const answer = all === undefined ? await askGit(repo, sha, base, cancel) : contains(all, keyOfText(sha));
      answers.set(sha, answer);
      return answer;
    },
  };
}

/** One question to git; no where a commit is missing. */
export async function askGit(repo: GitRepository, sha: string, of: string, cancel: Cancel | undefined): Promise<boolean> {
  const result = await repo.run(["merge-base", "--is-ancestor", sha, of], cancel === undefined ? {} : { cancel });
  return result.status === 0;
}

/** The first 16 digits of every commit, sorted; undefined when git fails, or names are not SHA-1. */
async function readAll(repo: GitRepository, base: string, cancel: Cancel | undefined): Promise<BigUint64Array | undefined> {
  const { status, stdout } = await repo.run(["rev-list", base], cancel === undefined ? {} : { cancel });
  const record = shaLength + 1;
  if (status !== 0 || stdout.length % record !== 0) return undefined;
  const keys = new BigUint64Array(stdout.length / record);
  for (let i = 0; i < keys.length; i++) keys[i] = keyAt(stdout, i * record);
  return keys.sort();
}

function keyAt(bytes: Uint8Array, at: number): bigint {
  return (BigInt(half(bytes, at)) << 32n) | BigInt(half(bytes, at + 8));
}

/** Eight hex digits as a number. */
function half(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 8; i++) {
    const code = bytes[i] ?? 0;
    value = value * 16 + (code <= 57 ? code - 48 : code - 87);
  }
  return value;
}

function keyOfText(sha: string): bigint {
  return BigInt(`0x${sha.slice(0, 16)}`);
}

function contains(keys: BigUint64Array, key: bigint): boolean {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0n) < key) low = middle + 1;
    else high = middle;
  }
  return keys[low] === key;
}
