import { basename, dirname, join } from "node:path";
import { URI } from "vscode-uri";
import { loadPatches } from "../engine/patch/load";
import type { Patch } from "../engine/patch/types";
import type { Cancel } from "../engine/ports";
import type { PatchDocument } from "./documents";
import type { Services } from "./services";

/** A folder with more files than this is no series. */
const largestSeries = 400;

/** Whether a lone patch says by its name or subject that others come before it. */
function isLater(name: string, patch: Patch): boolean {
  return (patch.index ?? 1) > 1 || Number(/^(\d{2,5})[-_]/u.exec(name)?.[1] ?? 0) > 1;
}

/** The patches that come before a lone patch file in its folder's series (format-patch names, or quilt's `series`). */
export async function earlierPatches(document: PatchDocument, services: Services | Omit<Services, "findings">, cancel: Cancel): Promise<readonly Patch[]> {
  const uri = URI.parse(document.uri);
  const { patches } = document.parsed.value;
  const only = patches[0];
  if (uri.scheme !== "file" || patches.length !== 1 || only === undefined) return [];
  const path = uri.fsPath;
  const { files, decode } = services.workbench;
  const folder = dirname(path);
  const quilt = (await files.stat(join(folder, "series")))?.directory === false;
  if (!quilt && !isLater(basename(path), only)) return [];
  if ((await files.list(folder)).length > largestSeries) return [];
  const loaded = await loadPatches(folder, files, decode, cancel);
  const own = loaded.findIndex((entry) => basename(entry.path) === basename(path));
  return own <= 0 ? [] : loaded.slice(0, own).flatMap((entry) => entry.set.patches.filter((patch) => patch.kind === "patch"));
}
