import { checkCancel, type Cache, type Cancel, type Decode, type GitRepository } from "../../ports";
import { readTags, type TagInfo } from "./tags";

/** First tags of mainline's commits. */
export interface FirstTags {
  /**
   * Name of the earliest tag (by its date, then its version; release candidates count) whose history holds the commit, out of the tags
   * in mainline's own history: what `git tag --contains <sha> --merged <mainline>` prints, its earliest. Undefined before the first tag.
   */
  of(sha: string): string | undefined;
}

export interface FirstTagsRange {
  /** Full sha of mainline's tip. */
  readonly mainline: string;
  /** Full shas whose history is of no interest, downstream's tip above all; the walk ends there. */
  readonly exclude: readonly string[];
}

/** Tag names with the commits that each is the first tag of. */
interface Table {
  readonly tags: readonly string[];
  readonly first: ReadonlyMap<string, number>;
}

/** What is known of a commit that a child named and the walk has not come to: the lowest tag above it. */
const none = -1;

/**
 * Answers for all commits of the range from one walk: git gives children before parents, so a commit's first tag is the lowest of its own
 * and its children's. Kept in memory are the answers and the walk's edge.
 */
export async function readFirstTags(repository: GitRepository, decode: Decode, range: FirstTagsRange, options: { readonly cache?: Cache; readonly cancel?: Cancel } = {}): Promise<FirstTags> {
  const { cache, cancel } = options;
  const tags = await readTags(repository, decode, cancel);
  const key = `${range.mainline} ${range.exclude.join(" ")}`;
  const stamp = stampOf(tags);
  const known = parseTable(await cache?.get(space, key), stamp);
  if (known !== undefined) return answers(known);
  const table = await walk(repository, decode, range, tags, cancel);
  if (table === undefined) return { of: () => undefined };
  await cache?.put(space, key, formatTable(table, stamp));
  return answers(table);
}

function answers({ tags, first }: Table): FirstTags {
  return {
    of(sha) {
      const index = first.get(sha);
      return index === undefined ? undefined : tags[index];
    },
  };
}

async function walk(repository: GitRepository, decode: Decode, { mainline, exclude }: FirstTagsRange, tags: readonly TagInfo[], cancel: Cancel | undefined): Promise<Table | undefined> {
  checkCancel(cancel);
  const own = new Map<string, number>();
  for (const [i, { commit }] of tags.entries()) if (!own.has(commit)) own.set(commit, i);
  const edge = new Map<string, number>();
  const first = new Map<string, number>();
  const visit = (line: string): void => {
    const [sha = "", ...parents] = line.split(" ");
    if (sha === "") return;
    const index = lower(own.get(sha) ?? none, edge.get(sha) ?? none);
    edge.delete(sha);
    if (index === none) return;
    first.set(sha, index);
    for (const parent of parents) edge.set(parent, lower(edge.get(parent) ?? none, index));
  };
  let tail = "";
  const take = (chunk: Uint8Array): void => {
    const lines = `${tail}${decode.text(chunk)}`.split("\n");
    tail = lines.pop() ?? "";
    for (const line of lines) visit(line);
  };
  const input = `${[mainline, ...exclude.map((sha) => `^${sha}`)].join("\n")}\n`;
  const result = await repository.stream(["rev-list", "--topo-order", "--parents", "--stdin"], take, { input, ...(cancel === undefined ? {} : { cancel }) });
  return result.status === 0 ? { tags: tags.map(({ name }) => name), first } : undefined;
}

/** Tags are in order, so the lower index is the earlier one. */
function lower(one: number, other: number): number {
  return one === none ? other : other === none ? one : Math.min(one, other);
}

const space = "contains-1";

function stampOf(tags: readonly TagInfo[]): string {
  return tags.map(({ name, commit, time }) => `${time} ${commit} ${name}`).join("\n");
}

function formatTable({ tags, first }: Table, stamp: string): string {
  const shas = new Map<number, string[]>();
  for (const [sha, index] of first) {
    const list = shas.get(index);
    if (list === undefined) shas.set(index, [sha]);
    else list.push(sha);
  }
  return JSON.stringify({ stamp, tags, first: [...shas].map(([index, list]) => [index, list.join(" ")]) });
}

/** Undefined for whatever is not exactly a table of these tags: it is then made again. */
function parseTable(text: string | undefined, stamp: string): Table | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as { readonly stamp?: unknown; readonly tags?: unknown; readonly first?: unknown } | null;
    if (value?.stamp !== stamp || !isStrings(value.tags) || !Array.isArray(value.first)) return undefined;
    const first = new Map<string, number>();
    for (const entry of value.first as readonly unknown[]) {
      const [index, shas] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
      if (typeof index !== "number" || value.tags[index] === undefined || typeof shas !== "string") return undefined;
      for (const sha of shas.split(" ")) first.set(sha, index);
    }
    return { tags: value.tags, first };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}
