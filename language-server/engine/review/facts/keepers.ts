import type { Patch } from "../../patch/types";
import type { Cancel, Decode, Hash } from "../../ports";
import { contentLineOf } from "../apply/content";
import { contactsOfPatch, readKeepers, toEntry, type Keepers, type PatchText } from "../maintainers/maintainers";
import type { MaintainerEntry } from "../types";
import type { BaseTree } from "./tree";

/** MAINTAINERS of the few trees that are in use, by content: a kernel's takes a while to read. */
const remembered = new Map<string, Keepers>();
const maxRemembered = 4;

async function loadKeepers(tree: BaseTree, decode: Decode, hash: Hash, cancel: Cancel | undefined): Promise<Keepers | undefined> {
  const maintainers = await tree.read("MAINTAINERS", cancel);
  if (maintainers === undefined) return undefined;
  const mailmap = await tree.read(".mailmap", cancel);
  const ignore = await tree.read(".get_maintainer.ignore", cancel);
  const key = [maintainers, mailmap, ignore].map((bytes) => (bytes === undefined ? "-" : hash.sha256(bytes))).join(" ");
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const text = (bytes: Uint8Array | undefined): string | undefined => (bytes === undefined ? undefined : decode.text(bytes));
  const keepers = readKeepers({ maintainers: decode.text(maintainers), mailmap: text(mailmap), ignore: text(ignore) });
  const [oldest] = remembered.keys();
  if (remembered.size >= maxRemembered && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, keepers);
  return keepers;
}

/** A patch as get_maintainer reads it: paths from the diff's names, keywords from message and changed lines. */
export function patchText(patch: Patch, decode: Decode): PatchText {
  const { content } = patch;
  const first = contentLineOf(content, patch.lines.first);
  const lastLine = Math.min(contentLineOf(content, patch.lines.last) + 1, content.lineCount);
  const lines = decode.text(content.bytes.subarray(content.lineStarts[first] ?? 0, content.lineStarts[lastLine] ?? content.bytes.length)).split("\n");
  const intro: string[] = [];
  const diff: string[] = [];
  let inDiff = false;
  for (const line of lines) {
    if (/^(?:\+\+\+|---)\s+\S/u.test(line)) inDiff = true;
    else if (!/^(?:diff --git |@@ -\d|rename (?:from|to) |Fixes:\s)/u.test(line)) (inDiff ? diff : intro).push(line);
  }
  return { paths: [...new Set(patch.files.flatMap((file) => [file.oldPath, file.newPath]))], intro, diff };
}

/** Who keeps what a patch touches, by the base's own MAINTAINERS; nobody when the tree has none. */
export async function keepersOfPatch(tree: BaseTree, patch: Patch, decode: Decode, hash: Hash, cancel?: Cancel): Promise<readonly MaintainerEntry[]> {
  if (patch.files.length === 0) return [];
  const keepers = await loadKeepers(tree, decode, hash, cancel);
  if (keepers === undefined) return [];
  return (await contactsOfPatch(keepers, patchText(patch, decode), tree, decode, cancel)).map(toEntry);
}
