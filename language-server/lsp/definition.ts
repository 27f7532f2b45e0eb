import { realpath } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { LocationLink } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { documentDecode } from "../adapters/document-decode";
import { hunkLines } from "../engine/patch/lines";
import { locate } from "../engine/patch/locate";
import type { FileDiff, Hunk, Patch } from "../engine/patch/types";
import type { Cancel, GitRepository } from "../engine/ports";
import type { PatchDocument } from "./documents";
import { position, wholeLine } from "./positions";
import type { Services } from "./services";

/** The absolute path of a patch's file inside a work tree; undefined when it is not there or leads out of it. */
export async function treePath(repository: GitRepository, path: string): Promise<string | undefined> {
  if (repository.bare || path === "") return undefined;
  try {
    const root = await realpath(repository.root);
    const wanted = resolve(root, path);
    // Looked at before the disk is: on Windows a path of another host would be asked for over the network.
    if (!wanted.startsWith(root + sep)) return undefined;
    const found = await realpath(wanted);
    return found.startsWith(root + sep) ? found : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** From a path, an @@ line or a hunk's line to the tree's file, at the line where that text is now. */
export async function definition(document: PatchDocument, line: number, services: Services, cancel: Cancel): Promise<LocationLink[]> {
  const set = document.parsed.value;
  const place = locate(set, line);
  if (place === undefined) return [];
  const { patch, file, hunk, zone } = place;
  if (file === undefined || (zone !== "fileHeader" && zone !== "hunkHeader" && zone !== "hunk")) return [];
  const repository = await services.repositories.of(document.uri, set, cancel);
  if (repository === undefined) return [];
  const found = (await treePath(repository, file.oldPath)) ?? (await treePath(repository, file.newPath));
  if (found === undefined) return [];
  const at = hunk === undefined ? 1 : await mappedLine(found, wanted(document, patch, file, hunk, line, services), services);
  const target = { start: position(at), end: position(at) };
  return [{ originSelectionRange: wholeLine(document.text, line), targetUri: URI.file(found).toString(), targetRange: target, targetSelectionRange: target }];
}

interface Wanted {
  /** Where the patch says it is, moved by what the trial application found. */
  readonly line: number;
  /** What stands there; undefined when the line is only added by the patch and may not be in the tree. */
  readonly text: string | undefined;
}

function wanted(document: PatchDocument, patch: Patch, file: FileDiff, hunk: Hunk, line: number, services: Services): Wanted {
  const lines = hunkLines(patch, hunk, documentDecode);
  const fit = services.findings.known(document).facts?.patches.get(patch.ordinal)?.applies?.hunks.find((entry) => entry.line === hunk.line && entry.file === file.oldPath);
  const offset = fit?.offset ?? 0;
  if (line <= hunk.line) {
    const first = lines.find((entry) => entry.role !== "added");
    return { line: Math.max(1, hunk.oldStart + offset), text: first?.text };
  }
  const here = lines.find((entry) => entry.line === line);
  if (here === undefined) return { line: Math.max(1, hunk.oldStart + offset), text: undefined };
  if (here.role !== "added") return { line: here.oldNumber + offset, text: here.text };
  return { line: here.newNumber + offset, text: here.text };
}

/** The nearest line with that very text, else the line that was asked for. */
async function mappedLine(path: string, { line, text }: Wanted, services: Services): Promise<number> {
  if (text === undefined || text.trim() === "") return line;
  const bytes = await services.workbench.files.read(path);
  if (bytes === undefined) return line;
  const all = documentDecode.text(bytes).split("\n");
  let best = line;
  let distance = Number.POSITIVE_INFINITY;
  all.forEach((candidate, i) => {
    const away = Math.abs(i + 1 - line);
    if (away < distance && candidate.replace(/\r$/u, "") === text) {
      best = i + 1;
      distance = away;
    }
  });
  return best;
}
