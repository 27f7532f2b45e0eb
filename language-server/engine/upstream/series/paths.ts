import { contentText } from "../../patch/lines";
import { readSide } from "../../patch/paths";
import type { FileDiff, Patch } from "../../patch/types";
import type { Decode } from "../../ports";

export interface PathPair {
  readonly old: string;
  readonly new: string;
}

function withoutParts(name: string, parts: number): string {
  const pieces = name.split("/");
  return pieces.slice(Math.min(parts, pieces.length - 1)).join("/");
}

/** The name on a `--- ` or `+++ ` line as it was written; undefined for /dev/null. */
function writtenName(patch: Patch, documentLine: number | undefined, sign: string, decode: Decode): string | undefined {
  if (documentLine === undefined || patch.content.sourceLines !== undefined) return undefined;
  const text = contentText(patch, documentLine - 1, decode);
  if (!text.startsWith(sign)) return undefined;
  const { name } = readSide(text.slice(sign.length), decode);
  return name === "" || name === "/dev/null" ? undefined : name;
}

/** `a/x` and `b/x` cannot be meant by -p0: the patch would apply nowhere. */
function looksLikeGit(old: string | undefined, other: string | undefined): boolean {
  return [old, other].every((name) => name === undefined || /^[ab]\//u.test(name));
}

/** The paths of a file by the level that the series gives; for -p1 the parser has made them of every style already. */
export function pathsAt(strip: number, patch: Patch, file: FileDiff, decode: Decode): PathPair {
  const { oldPath, newPath } = file;
  if (strip === 1) return { old: oldPath, new: newPath };
  const old = writtenName(patch, file.oldPathLine, "--- ", decode);
  const other = writtenName(patch, file.newPathLine, "+++ ", decode);
  if (old === undefined && other === undefined) return strip === 0 ? { old: oldPath, new: newPath } : { old: withoutParts(oldPath, strip - 1), new: withoutParts(newPath, strip - 1) };
  if (strip === 0 && looksLikeGit(old, other)) return { old: oldPath, new: newPath };
  // A side that does not exist has the other's name, and so has the backup that a tool kept of the old one.
  const name = withoutParts(other ?? old ?? newPath, strip);
  return file.status === "renamed" || file.status === "copied" ? { old: withoutParts(old ?? oldPath, strip), new: name } : { old: name, new: name };
}
