import { textLines, weightAt, type TextLines } from "./lines";
import type { FoundBlob } from "./objects";
import type { SourceTree } from "./source-tree";

/** Lines of a blob, made once. */
export class TextCache {
  private readonly kept = new WeakMap<FoundBlob, TextLines>();
  of(found: FoundBlob): TextLines {
    let lines = this.kept.get(found);
    if (lines === undefined) {
      lines = textLines(found.bytes);
      this.kept.set(found, lines);
    }
    return lines;
  }
}

/** Files of the same name that are read to find a moved one. */
const maxCandidates = 10;

function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** How alike two paths are, by the words of their folders; later folders tell more. */
function pathLikeness(one: string, other: string): number {
  const words = (path: string): readonly string[] => path.toLowerCase().split(/[/_.-]/u);
  const left = new Set(words(other));
  const own = words(one);
  return own.filter((word) => left.has(word)).length / Math.max(1, Math.max(own.length, left.size));
}

/** The share of distinctive lines of `one` that `other` has too. */
export function contentLikeness(one: TextLines, other: TextLines): number {
  const has = new Set(other.hashes);
  const counted = new Set<number>();
  let sum = 0;
  let both = 0;
  one.hashes.forEach((hash, i) => {
    if (counted.has(hash)) return;
    counted.add(hash);
    const weight = weightAt(one, i);
    if (weight < 0.5) return;
    sum += weight;
    if (has.has(hash)) both += weight;
  });
  return sum === 0 ? 0 : both / sum;
}

function folder(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function extension(path: string): string {
  const name = basename(path);
  return name.slice(name.lastIndexOf(".") + 1);
}

type Groups = ReadonlyMap<string, readonly string[]>;

function grouped(paths: readonly string[], key: (path: string) => string): Groups {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const name = key(path);
    const list = groups.get(name);
    if (list === undefined) groups.set(name, [path]);
    else list.push(path);
  }
  return groups;
}

/** Paths of a tree by their last part and by their folder. */
export class PathIndex {
  private names: Promise<{ readonly byName: Groups; readonly byFolder: Groups }> | undefined;
  constructor(private readonly tree: SourceTree) {}

  private async groups(): Promise<{ readonly byName: Groups; readonly byFolder: Groups }> {
    this.names ??= this.tree.list().then((paths) => ({ byName: grouped(paths, basename), byFolder: grouped(paths, folder) }));
    return this.names;
  }

  /** Paths with the same last part. */
  async named(path: string): Promise<readonly string[]> {
    return (await this.groups()).byName.get(basename(path)) ?? [];
  }

  /** Paths of the same kind in the same folder and in the one above. */
  async beside(path: string): Promise<readonly string[]> {
    const { byFolder } = await this.groups();
    const own = folder(path);
    return [...(byFolder.get(own) ?? []), ...(byFolder.get(folder(own)) ?? [])].filter((one) => extension(one) === extension(path));
  }
}

export interface MovedFile {
  readonly path: string;
  readonly found: FoundBlob;
}

async function mostAlike(tree: SourceTree, candidates: readonly string[], content: TextLines, texts: TextCache, enough: number): Promise<MovedFile | undefined> {
  await tree.prepare(candidates);
  let best: (MovedFile & { readonly share: number }) | undefined;
  for (const candidate of candidates) {
    const found = tree.file(candidate);
    if (found === undefined) continue;
    const share = contentLikeness(content, texts.of(found));
    if (share >= enough && share > (best?.share ?? 0)) best = { path: candidate, found, share };
  }
  return best;
}

function nearest(path: string, candidates: readonly string[], count: number): readonly string[] {
  return candidates
    .map((candidate) => ({ candidate, likeness: pathLikeness(path, candidate) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/**
 * The file of the tree that `path` would be if it was renamed: of the same name in another folder, else of the same kind in
 * this one, with much the same lines. `fresh`: the commit makes the file.
 */
export async function findMoved(tree: SourceTree, index: PathIndex, path: string, content: TextLines, texts: TextCache, fresh: boolean): Promise<MovedFile | undefined> {
  const same = await mostAlike(tree, nearest(path, await index.named(path), maxCandidates), content, texts, fresh ? 0.5 : 0.3);
  // A new file has much in common with its neighbours: licences, frames.
  if (same !== undefined || fresh || content.hashes.length < 20) return same;
  return mostAlike(tree, nearest(path, await index.beside(path), 2 * maxCandidates), content, texts, 0.5);
}
