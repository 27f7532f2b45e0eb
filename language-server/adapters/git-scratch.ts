import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { GitScratch, ProcessResult, RunOptions } from "../engine/ports";

type RunIn = (args: readonly string[], options: RunOptions & { readonly onData?: (chunk: Uint8Array) => void }) => Promise<ProcessResult>;

const prefix = "keelson-scratch-";
const dayMs = 24 * 3600 * 1000;
const alive = new Set<string>();
let swept = false;

process.once("exit", () => {
  for (const directory of alive) rmSync(directory, { recursive: true, force: true });
});

/** What a process that was killed left behind, a day later. */
function sweep(): void {
  if (swept) return;
  swept = true;
  const uid = process.getuid?.();
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const path = join(tmpdir(), name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && found.uid === uid && Date.now() - found.mtimeMs > dayMs) rmSync(path, { recursive: true, force: true });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return "";
    throw error;
  }
}

/** All object directories behind one, absolute: git ignores a relative alternate of an alternate. */
function alternates(objects: string, depth = 0): readonly string[] {
  if (depth > 5) return [objects];
  const listed = readText(join(objects, "info", "alternates"))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith('"'));
  return [objects, ...listed.flatMap((line) => alternates(isAbsolute(line) ? line : resolve(objects, line), depth + 1))];
}

/** A path as an alternates file wants it: C-quoted where a line break or a leading quote would mislead git. */
function alternateLine(path: string): string {
  if (!/[\n\r"#]/u.test(path)) return path;
  const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
  return `"${path.replace(/[\n\r"\\]/gu, (char) => escapes[char] ?? char)}"`;
}

/**
 * Makes a private bare git directory under the temporary folder. It reads the objects of `commonDir`, writes its own, and
 * has none of the repository's configuration, hooks, attributes or remotes. It goes when disposed or when the process ends.
 */
export function createScratch(commonDir: string | undefined, objectFormat: string, run: RunIn): GitScratch {
  sweep();
  const directory = mkdtempSync(join(tmpdir(), prefix));
  alive.add(directory);
  const gitDir = join(directory, "git");
  for (const part of ["objects/info", "objects/pack", "refs/heads", "info"]) mkdirSync(join(gitDir, part), { recursive: true });
  const sha256 = objectFormat === "sha256";
  writeFileSync(join(gitDir, "HEAD"), "ref: refs/heads/none\n");
  writeFileSync(join(gitDir, "config"), `[core]\n\trepositoryformatversion = ${sha256 ? 1 : 0}\n\tbare = true\n${sha256 ? "[extensions]\n\tobjectformat = sha256\n" : ""}`);
  if (commonDir !== undefined) {
    const lines = alternates(join(commonDir, "objects")).map((path) => `${alternateLine(path)}\n`);
    writeFileSync(join(gitDir, "objects", "info", "alternates"), lines.join(""));
  }
  const env = { GIT_DIR: gitDir, GIT_INDEX_FILE: join(directory, "index"), GIT_CEILING_DIRECTORIES: dirname(directory) };
  return {
    run: (args, options = {}) => run(args, { ...options, cwd: directory, env: { ...options.env, ...env } }),
    stream: (args, onData, options = {}) => run(args, { ...options, onData, cwd: directory, env: { ...options.env, ...env } }),
    dispose() {
      alive.delete(directory);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
