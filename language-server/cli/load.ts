import { nodeDecode } from "../adapters/decode";
import { nodeFiles } from "../adapters/files";
import { loadPatches } from "../engine/patch/load";
import { parsePatchSet } from "../engine/patch/parse";
import type { LoadedPatchSet } from "../engine/patch/types";
import type { Cancel } from "../engine/ports";
import { UsageError } from "./usage";

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A file, folder or series by its path, or standard input for `-`. Throws {@link UsageError} when there is nothing to read. */
export async function loadInput(path: string, cancel: Cancel): Promise<readonly LoadedPatchSet[]> {
  if (path === "-") {
    const { value, problems } = parsePatchSet(await standardInput(), nodeDecode, cancel);
    return [{ path: "-", set: value, problems }];
  }
  const sets = await loadPatches(path, nodeFiles, nodeDecode, cancel);
  if (sets.length > 0) return sets;
  const found = await nodeFiles.stat(path);
  throw new UsageError({ id: found?.directory === true ? "cli.noPatches" : "cli.noSuchFile", args: { path } });
}
