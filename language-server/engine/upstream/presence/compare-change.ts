import type { TextChange, TextFile } from "./change-text";
import { compareFile } from "./compare-file";
import { findMoved, shareOf, soughtIn, type MovedFile, type MovedPaths, type PathIndex, type TextCache } from "./find-file";
import { noLines, textLines, type TextLines } from "./lines";
import type { Decode } from "../../ports";
import type { GitObjects } from "./objects";
import type { SourceTree } from "./source-tree";
import type { SiteEvidence, SiteState } from "./types";

export interface CompareContext {
  readonly tree: SourceTree;
  readonly index: PathIndex;
  /** Holds the old blobs. */
  readonly objects: GitObjects;
  readonly texts: TextCache;
  readonly moved: MovedPaths;
  readonly decode: Decode;
}

/** A binary file or a whole file counts as a few lines. */
const wholeWeight = 3;
/** Lines around a change by which the file that has it is known. */
const nearby = 12;

function groupWeight({ added, deleted }: TextFile["groups"][number]): number {
  return [...added, ...deleted].reduce((sum, { weight }) => sum + weight, 0);
}

/** Every change of the file in one state. */
function everywhere(file: TextFile, state: SiteState, by: SiteEvidence["by"], at: (group: TextFile["groups"][number]) => string | undefined): readonly SiteEvidence[] {
  return file.groups.map((group) => ({ state, by, up: `${file.newPath}:${group.newLine}`, at: at(group), weight: groupWeight(group) })).filter(({ weight }) => weight > 0);
}

function whole(file: TextFile, state: SiteState, by: SiteEvidence["by"], at: string | undefined, weight = wholeWeight): readonly SiteEvidence[] {
  return [{ state, by, up: `${file.newPath}:1`, at, weight }];
}

function oldLines(file: TextFile, { objects, texts }: CompareContext): TextLines {
  const found = objects.get(file.oldBlob);
  return found === undefined ? noLines : texts.of(found);
}

async function locate(file: TextFile, context: CompareContext): Promise<MovedFile | undefined> {
  for (const path of file.kind === "deleted" ? [file.oldPath] : [file.newPath, file.oldPath]) {
    const found = context.tree.file(path);
    if (found !== undefined) return { path, found };
  }
  if (file.binary) return undefined;
  const fresh = file.kind === "added";
  const content = fresh ? textLines(context.decode.bytes(file.groups.flatMap(({ added }) => added.map(({ text }) => text)).join("\n"))) : oldLines(file, context);
  const near = file.groups.map(({ at, deleted }) => [at - nearby, at + deleted.length + nearby] as const);
  return findMoved(context.tree, context.index, { path: file.kind === "deleted" ? file.oldPath : file.newPath, all: soughtIn(content), near: soughtIn(content, near), fresh: fresh || file.kind === "deleted" }, context.texts, context.moved);
}

function compareBinary(file: TextFile, located: MovedFile | undefined): readonly SiteEvidence[] {
  if (located === undefined) return whole(file, file.kind === "added" ? "absent" : file.kind === "deleted" ? "present" : "inapplicable", file.kind === "deleted" ? "gone" : "nothing", undefined);
  const { path, found } = located;
  if (file.kind === "deleted") return whole(file, "absent", "file", path);
  return whole(file, found.blob === file.newBlob ? "present" : found.blob === file.oldBlob ? "absent" : "unclear", "blob", path);
}

function compareDeleted(file: TextFile, located: MovedFile | undefined, context: CompareContext): readonly SiteEvidence[] {
  if (located === undefined) return whole(file, "present", "gone", undefined, 1);
  const same = file.groups.length === 0 || shareOf(soughtIn(oldLines(file, context)), context.texts.of(located.found)) >= 0.5;
  return whole(file, same ? "absent" : "unclear", "file", `${located.path}:1`);
}

/** A rename, a mode, an empty file: no lines to look for. */
async function compareBare(file: TextFile, { tree }: CompareContext): Promise<readonly SiteEvidence[]> {
  const [before, after] = [tree.file(file.oldPath), tree.file(file.newPath)];
  if (file.kind === "added") return whole(file, after === undefined ? "absent" : "present", "file", after === undefined ? undefined : file.newPath, 1);
  if (file.kind === "deleted") return whole(file, before === undefined ? "present" : "absent", before === undefined ? "gone" : "file", before === undefined ? undefined : file.oldPath, 1);
  if (file.oldPath !== file.newPath) {
    if (after !== undefined) return whole(file, before === undefined ? "present" : "unclear", "file", file.newPath);
    return before === undefined ? whole(file, "inapplicable", "nothing", undefined) : whole(file, "absent", "file", file.oldPath);
  }
  if (file.oldMode === file.newMode || after === undefined) return [];
  const mode = await tree.mode(file.newPath);
  return mode === undefined ? [] : whole(file, mode === file.newMode ? "present" : mode === file.oldMode ? "absent" : "unclear", "file", file.newPath, 1);
}

async function compareOne(file: TextFile, context: CompareContext): Promise<readonly SiteEvidence[]> {
  if (file.oldMode === "160000" || file.newMode === "160000") return [];
  if (!file.binary && file.groups.length === 0) return compareBare(file, context);
  const located = await locate(file, context);
  if (located === undefined && (await context.index.has(file.kind === "deleted" ? file.oldPath : file.newPath))) return whole(file, "unreadable", "nothing", file.newPath);
  if (file.binary) return compareBinary(file, located);
  if (file.kind === "deleted") return compareDeleted(file, located, context);
  if (located === undefined) return everywhere(file, file.kind === "added" ? "absent" : "inapplicable", "nothing", () => undefined);
  const { path, found } = located;
  if (found.blob === file.newBlob) return everywhere(file, "present", "blob", ({ newLine }) => `${path}:${newLine}`);
  if (found.blob === file.oldBlob) return everywhere(file, "absent", "blob", ({ at }) => `${path}:${at + 1}`);
  return compareFile({ upPath: file.newPath, atPath: path, old: oldLines(file, context), groups: file.groups, target: context.texts.of(found), decode: context.decode });
}

/** What the tree says of each change of a commit. */
export async function compareChange(change: TextChange, context: CompareContext): Promise<readonly SiteEvidence[]> {
  const out: SiteEvidence[] = [];
  for (const file of change.files) out.push(...(await compareOne(file, context)));
  return out;
}
