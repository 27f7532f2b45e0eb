import { realpath } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { Position, Range } from "vscode-languageserver";
import { URI } from "vscode-uri";
import type { Setting, Span } from "../../engine/tuning/files/types";
import type { NameOrigin } from "../../engine/tuning/files/rules/whole";
import type { KnowledgeSource } from "../../engine/tuning/types";

export function rangeOf({ line, start, end }: Span): Range {
  return { start: { line: line - 1, character: start }, end: { line: line - 1, character: end } };
}

/** The setting whose name or value is at a place; the narrowest, where several share a line. */
export function settingAt(settings: readonly Setting[], { line, character }: Position): Setting | undefined {
  const on = ({ line: own, start, end }: Span): boolean => own === line + 1 && start <= character && character <= end;
  return settings.find(({ at }) => on(at)) ?? settings.find(({ valueAt }) => valueAt !== undefined && on(valueAt));
}

/** Answers by what was imported; another import is another list. A file that goes away is found again at the next one. */
const remembered = new WeakMap<readonly NameOrigin[], Map<string, Promise<string | undefined>>>();

/** Where a source lies on this disk, as `file:` URI; undefined when it does not, or leads out of what was imported. */
export function sourceFile({ file }: KnowledgeSource, origins: readonly NameOrigin[]): Promise<string | undefined> {
  const known = remembered.get(origins) ?? new Map<string, Promise<string | undefined>>();
  remembered.set(origins, known);
  const found = known.get(file) ?? findSource(file, origins);
  known.set(file, found);
  return found;
}

async function findSource(file: string, origins: readonly NameOrigin[]): Promise<string | undefined> {
  if (file === "") return undefined;
  for (const { root } of origins) {
    if (root === undefined) continue;
    const wanted = resolve(root, file);
    if (!wanted.startsWith(root.endsWith(sep) ? root : root + sep)) continue;
    try {
      const [real, own] = await Promise.all([realpath(wanted), realpath(root)]);
      if (real.startsWith(own + sep)) return URI.file(wanted).toString();
    } catch (error) {
      // Not in this one.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }
  return undefined;
}
