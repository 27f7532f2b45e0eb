import { textLines, lineWeight, type TextLines } from "./lines";
import type { FoundBlob } from "./objects";
import type { SourceTree } from "./source-tree";
import type { Decode } from "../../ports";

/** Decoded lines of a blob, made once. */
export class TextCache {
  private readonly kept = new WeakMap<FoundBlob, TextLines>();
  constructor(private readonly decode: Decode) {}
  of(found: FoundBlob): TextLines {
    let lines = this.kept.get(found);
    if (lines === undefined) {
      lines = textLines(this.decode.text(found.bytes));
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
  const has = new Set(other.bare);
  let sum = 0;
  let both = 0;
  for (const line of new Set(one.bare)) {
    const weight = lineWeight(line);
    if (weight < 0.5) continue;
    sum += weight;
    if (has.has(line)) both += weight;
  }
  return sum === 0 ? 0 : both / sum;
}

/** Paths of a tree by their last part. */
export class PathIndex {
  private names: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  constructor(private readonly tree: SourceTree) {}

  async named(path: string): Promise<readonly string[]> {
    this.names ??= this.tree.list().then((paths) => {
      const names = new Map<string, string[]>();
      for (const one of paths) {
        const name = basename(one);
        const list = names.get(name);
        if (list === undefined) names.set(name, [one]);
        else list.push(one);
      }
      return names;
    });
    return (await this.names).get(basename(path)) ?? [];
  }
}

export interface MovedFile {
  readonly path: string;
  readonly found: FoundBlob;
}

/** Least share of lines that a file under another path must have. */
const enough = 0.3;

/** The file of the tree that `path` would be if folders were renamed: of the same name, with much the same lines. */
export async function findMoved(tree: SourceTree, index: PathIndex, path: string, content: TextLines, texts: TextCache): Promise<MovedFile | undefined> {
  const candidates = [...(await index.named(path))]
    .map((candidate) => ({ candidate, likeness: pathLikeness(path, candidate) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, maxCandidates)
    .map(({ candidate }) => candidate);
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
