import { checkCancel, type Cancel } from "../../ports";
import { perlPattern } from "./pattern";
import type { Maintainers, PathPattern, Section } from "./parse";

/** Whether a path of the tree is a directory; asked only where MAINTAINERS leaves a trailing slash out. */
export type IsDirectory = (path: string) => Promise<boolean>;

function slashes(text: string): number {
  return text.split("/").length - 1;
}

/** Longer paths are not in any tree that has a MAINTAINERS. */
const longestPath = 300;

async function matchesPath(path: PathPattern, file: string, isDirectory: IsDirectory): Promise<boolean> {
  if (file.length > longestPath || path.pattern?.test(file) !== true) return false;
  if (path.source.endsWith("/")) return true;
  // A directory named without its slash means everything below it, and nothing else that starts alike.
  if (path.plain !== undefined && file !== path.plain && (file.startsWith(`${path.plain}/`) || (await isDirectory(path.plain)))) return file.startsWith(`${path.plain}/`);
  return slashes(file) === path.slashes;
}

async function sectionDepth(section: Section, file: string, isDirectory: IsDirectory): Promise<number | undefined> {
  let depth: number | undefined;
  for (const entry of section.files) {
    if (entry.kind === "name") {
      if (file.length <= longestPath && entry.pattern.test(file)) depth = 0;
    } else if (await matchesPath(entry.path, file, isDirectory)) {
      const { source } = entry.path;
      const directory = source.endsWith("/") || (entry.path.plain !== undefined && file !== entry.path.plain && file.startsWith(`${entry.path.plain}/`));
      const own = entry.path.slashes + (directory && !source.endsWith("/") ? 1 : 0) + (directory ? 0 : 1);
      depth = source.startsWith(".*") ? -1 : own;
    }
  }
  if (depth === undefined) return undefined;
  for (const excluded of section.excluded) if (await matchesPath(excluded, file, isDirectory)) return undefined;
  return depth;
}

/** Sections that are about a path, the nearest first. */
export async function sectionsOfPath(maintainers: Maintainers, file: string, isDirectory: IsDirectory, cancel?: Cancel): Promise<readonly Section[]> {
  const found: { readonly section: Section; readonly depth: number }[] = [];
  for (const section of maintainers.sections) {
    const depth = await sectionDepth(section, file, isDirectory);
    if (depth !== undefined) found.push({ section, depth });
  }
  checkCancel(cancel);
  return found.sort((a, b) => b.depth - a.depth).map(({ section }) => section);
}

/** Longer lines are cut for keyword search: a pattern from a tree must not be able to take forever. */
const longestLine = 400;

interface Keyword {
  readonly section: Section;
  /** On a whole file: `^` is its start. */
  readonly whole: RegExp | undefined;
  /** On any line. */
  readonly anywhere: RegExp | undefined;
  readonly changed: RegExp | undefined;
}

const keywordsOf = new WeakMap<Maintainers, readonly Keyword[]>();

function keywords(maintainers: Maintainers): readonly Keyword[] {
  const known = keywordsOf.get(maintainers);
  if (known !== undefined) return known;
  const made = maintainers.sections.flatMap((section) =>
    section.keywords.map((source) => ({
      section,
      whole: perlPattern(source, { extended: true }),
      anywhere: perlPattern(source, { extended: true, multiline: true }),
      changed: perlPattern(source, { extended: true, prefix: "^[+-].*", multiline: true }),
    })),
  );
  keywordsOf.set(maintainers, made);
  return made;
}

/** Sections whose `K:` patterns are in a file's text. */
export function sectionsOfText(maintainers: Maintainers, text: string, cancel?: Cancel): readonly Section[] {
  const cut = text.split("\n").map((line) => line.slice(0, longestLine)).join("\n");
  return keywords(maintainers).flatMap(({ section, whole }) => {
    checkCancel(cancel);
    return whole?.test(cut) === true ? [section] : [];
  });
}

/**
 * Sections whose `K:` patterns are in a patch: anywhere before the first diff, in changed lines behind it. get_maintainer
 * puts `^[+-].*` before the pattern as it is, so only the first branch of an alternation is bound to a changed line.
 */
export function sectionsOfPatchText(maintainers: Maintainers, intro: readonly string[], diff: readonly string[], cancel?: Cancel): readonly Section[] {
  const introText = intro.map((line) => line.slice(0, longestLine)).join("\n");
  const diffText = diff.map((line) => line.slice(0, longestLine)).join("\n");
  return keywords(maintainers).flatMap(({ section, anywhere, changed }) => {
    checkCancel(cancel);
    return anywhere?.test(introText) === true || changed?.test(diffText) === true ? [section] : [];
  });
}
