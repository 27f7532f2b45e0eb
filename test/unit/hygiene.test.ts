import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8" });

/** Tracked text files; this one names what it looks for. */
function trackedFiles(): readonly string[] {
  return git("ls-files", "-z").split("\0").filter((file) => file !== "" && !file.endsWith("hygiene.test.ts") && !/\.(?:png|ttf|bin|woff2?)$/.test(file));
}

function holding(pattern: RegExp, files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    let text: string;
    try {
      text = readFileSync(join(root, file), "utf8");
    } catch (error) {
      // Deleted in the working tree, not yet in the index.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
    const match = pattern.exec(text);
    return match === null ? [] : [`${file}: ${match[0]}`];
  });
}

describe("the repository", () => {
  it("names no folder of the machine it was written on", () => {
    const own = [root, dirname(root), homedir()].filter((folder) => folder.length > 2);
    const pattern = new RegExp(own.map((folder) => `(?<![\\w.~-])${folder.replaceAll(/[^\w/]/g, "\\$&")}/`).join("|"));
    assert.deepEqual(holding(pattern, trackedFiles()), []);
  });

  it("names no package registry in its lock files", () => {
    const locks = trackedFiles().filter((file) => file.endsWith("package-lock.json"));
    assert(locks.length >= 3);
    assert.deepEqual(holding(/"resolved"\s*:|registry\.[\w.-]+/, locks), []);
  });

  it("leaves no test switched off or alone", () => {
    const tests = trackedFiles().filter((file) => file.endsWith(".test.ts"));
    assert.deepEqual(holding(/\b(?:describe|it)\.(?:only|skip)\(/, tests), []);
  });

  it("leaves nothing for later in a comment, and silences no rule", () => {
    const sources = trackedFiles().filter((file) => /\.(?:ts|mjs|cjs)$/.test(file));
    assert.deepEqual(holding(/\/\/\s*(?:TODO|FIXME|XXX)\b|eslint-disable|@ts-(?:ignore|nocheck|expect-error)/, sources), []);
  });

  it("keeps real data out", () => {
    const tracked = git("ls-files").split("\n");
    assert.deepEqual(tracked.filter((file) => /(?:^|\/)(?:shared|mana|corpora)\//.test(file)), []);
  });
});
