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

function wordsOf(path: string): readonly string[] {
  return path.toLowerCase().split(/[/_.-]/u);
}

/** How alike two paths are, by the words of their folders and names. */
function pathLikeness(one: string, other: string): number {
  const left = new Set(wordsOf(other));
  const own = wordsOf(one);
  return own.filter((word) => left.has(word)).length / Math.max(1, Math.max(own.length, left.size));
}

/** Distinctive lines that are looked for in a file, by hash with their weight. */
export type Sought = ReadonlyMap<number, number>;

/** Lines of less weight are everywhere. */
const distinctive = 0.5;

/** The distinctive lines of a text, or of some stretches of it (0-based, end exclusive). */
export function soughtIn(lines: TextLines, stretches: readonly (readonly [number, number])[] = [[0, lines.hashes.length]]): Map<number, number> {
  const sought = new Map<number, number>();
  for (const [from, to] of stretches) {
    for (let i = Math.max(0, from); i < Math.min(to, lines.hashes.length); i++) {
      const weight = weightAt(lines, i);
      if (weight >= distinctive) sought.set(lines.hashes[i] ?? 0, weight);
    }
  }
  return sought;
}

/** The weighted share of the sought lines that the text has. */
export function shareOf(sought: Sought, text: TextLines): number {
  const has = new Set(text.hashes);
  let sum = 0;
  let both = 0;
  for (const [hash, weight] of sought) {
    sum += weight;
    if (has.has(hash)) both += weight;
  }
  return sum === 0 ? 0 : both / sum;
}

function folder(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** What a file's name says of its language; code moves between C's sources and headers. */
function kindOf(path: string): string {
  const name = basename(path);
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return /^(?:c|h|cc|hh|cpp|hpp|cxx|hxx|inc)$/u.test(extension) ? "c" : extension;
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

interface TreePaths {
  readonly byName: Groups;
  readonly byFolder: Groups;
  /** Folders by each word of their last part: `librte_ethdev` is under `librte` and under `ethdev`. */
  readonly byWord: Groups;
}

const maxFolders = 6;

/** Paths of a tree by their last part and by their folder. */
export class PathIndex {
  private paths: Promise<TreePaths> | undefined;
  constructor(private readonly tree: SourceTree) {}

  private read(): Promise<TreePaths> {
    this.paths ??= this.tree.list().then((paths) => {
      const byFolder = grouped(paths, folder);
      const byWord = new Map<string, string[]>();
      for (const name of byFolder.keys()) {
        for (const word of new Set(wordsOf(basename(name)))) {
          const list = byWord.get(word);
          if (list === undefined) byWord.set(word, [name]);
          else list.push(name);
        }
      }
      return { byName: grouped(paths, basename), byFolder, byWord };
    });
    return this.paths;
  }

  /** Paths with the same last part. */
  async named(path: string): Promise<readonly string[]> {
    return (await this.read()).byName.get(basename(path)) ?? [];
  }

  async has(path: string): Promise<boolean> {
    return (await this.named(path)).includes(path);
  }

  /** Paths of the same kind (C sources and headers are one) in the same folder, in the one above, and in folders whose name has all words of this one's. */
  async beside(path: string): Promise<readonly string[]> {
    const { byFolder, byWord } = await this.read();
    const own = folder(path);
    const words = wordsOf(basename(own));
    const renamed = words.reduce<readonly string[] | undefined>((left, word) => {
      const has = byWord.get(word) ?? [];
      return left === undefined ? has : left.filter((one) => has.includes(one));
    }, undefined);
    const folders = new Set([own, folder(own), ...nearest(own, renamed ?? [], maxFolders)]);
    return [...folders].flatMap((one) => byFolder.get(one) ?? []).filter((one) => kindOf(one) === kindOf(path));
  }
}

export interface MovedFile {
  readonly path: string;
  readonly found: FoundBlob;
}

async function mostAlike(tree: SourceTree, candidates: readonly string[], sought: Sought, texts: TextCache, enough: number): Promise<MovedFile | undefined> {
  await tree.prepare(candidates);
  let best: (MovedFile & { readonly share: number }) | undefined;
  for (const candidate of candidates) {
    const found = tree.file(candidate);
    if (found === undefined) continue;
    const share = shareOf(sought, texts.of(found));
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

export interface Wanted {
  readonly path: string;
  /** Lines of the whole file, and those near to the changes. */
  readonly all: Sought;
  readonly near: Sought;
  /** The commit makes the file: it has much in common with its neighbours (licences, frames), which are not it. */
  readonly fresh: boolean;
}

/** Fewer lines than these are found somewhere by chance. */
const fewest = 4;

/** Where files were found in other trees: the next tree is likely to have them there too, which saves listing it. */
export class MovedPaths {
  private readonly known = new Map<string, string>();
  private readonly folders = new Map<string, string>();

  /** Paths to try for `path`. */
  guesses(path: string): readonly string[] {
    const moved = this.known.get(path);
    const renamed = this.folders.get(folder(path));
    return [...(moved === undefined ? [] : [moved]), ...(renamed === undefined ? [] : [`${renamed}/${basename(path)}`])];
  }

  note(path: string, at: string): void {
    this.known.set(path, at);
    if (basename(path) === basename(at)) this.folders.set(folder(path), folder(at));
  }
}

/**
 * The file of the tree that has the code, when there is none at the commit's path: of the same name in another folder, else
 * of the same kind beside it, since files are split, joined and renamed.
 */
export async function findMoved(tree: SourceTree, index: PathIndex, { path, all, near, fresh }: Wanted, texts: TextCache, moved: MovedPaths): Promise<MovedFile | undefined> {
  const sameName = fresh ? 0.5 : 0.3;
  const guessed = moved.guesses(path);
  const found =
    (await mostAlike(tree, guessed.filter((one) => basename(one) === basename(path)), all, texts, sameName)) ??
    (await mostAlike(tree, nearest(path, await index.named(path), maxCandidates), all, texts, sameName)) ??
    (fresh || near.size < fewest ? undefined : ((await mostAlike(tree, guessed, near, texts, 0.5)) ?? (await mostAlike(tree, nearest(path, await index.beside(path), 3 * maxCandidates), near, texts, 0.5))));
  if (found !== undefined) moved.note(path, found.path);
  return found;
}
