import assert from "node:assert/strict";
import { Cancelled, type Cancel } from "../../../../language-server/engine/ports";
import type { StoreChanges } from "../../../../language-server/engine/tuning/store/types";
import { indexVersions, type VersionsResult } from "../../../../language-server/knowledge/versions/index-versions";
import type { TreeVersion } from "../../../../language-server/knowledge/versions/tree-version";

/** A version in memory that counts what is read of it. */
function version(label: string, files: Readonly<Record<string, string>>, identity: string | undefined, read: string[] = []): TreeVersion {
  return {
    label,
    identity,
    files: (wanted) => Promise.resolve(Object.entries(files).filter(([path]) => wanted(path)).map(([path, text]) => ({ path, content: text }))),
    read(some, take) {
      for (const file of some) {
        read.push(`${label}:${file.path}`);
        take(file, files[file.path] ?? "");
      }
      return Promise.resolve();
    },
  };
}

const old = { Makefile: "VERSION = 6\nPATCHLEVEL = 1\n", "mm/Kconfig": "config KEEL\n\tbool \"Keel\"\n", "fs/Kconfig": "config LAMP\n\tbool \"Lamp\"\n" };
const young = { ...old, Makefile: "VERSION = 6\nPATCHLEVEL = 12\n", "mm/Kconfig": "config HULL\n\tbool \"Hull\"\n" };

describe("indexing what came and went between versions", () => {
  let puts: StoreChanges[];
  let known: Map<string, string>;
  const run = (versions: readonly TreeVersion[], cancel: Cancel = quiet, onProgress: (done: number, total: number) => void = () => undefined): Promise<VersionsResult> => {
    const store = {
      hashes: () => Promise.resolve(known),
      put(changes: StoreChanges) {
        puts.push(changes);
        for (const { file, hash } of changes.updates) known.set(file, hash);
        for (const file of changes.gone) known.delete(file);
        return Promise.resolve();
      },
    } as unknown as Parameters<typeof indexVersions>[0]["store"];
    return indexVersions({ store, now: 1, cancel, onProgress, places: ["/tree"], versions });
  };
  const quiet: Cancel = { cancelled: false, onCancel: () => ({ dispose: () => undefined }) };
  beforeEach(() => {
    puts = [];
    known = new Map();
  });

  it("reads files that versions share once, whichever order they are named in", async () => {
    const read: string[] = [];
    const report = await run([version("b", young, "2", read), version("a", old, "1", read)]);
    assert.ok(!("problem" in report));
    assert.deepEqual([report.compared?.since, report.compared?.until], [1, 1]);
    assert.deepEqual(read, ["b:Makefile", "b:mm/Kconfig", "b:fs/Kconfig", "a:Makefile", "a:mm/Kconfig"]);
  });

  it("reads nothing when all versions are as they were, and again when one is another", async () => {
    const read: string[] = [];
    await run([version("a", old, "1"), version("b", young, "2")]);
    const again = await run([version("b", young, "2", read), version("a", old, "1", read)]);
    assert.ok(!("problem" in again));
    assert.deepEqual([again.changed, read, puts.length], [0, [], 1]);
    const moved = await run([version("a", old, "1"), version("b", { ...young, "fs/Kconfig": "" }, "3", read)]);
    assert.ok(!("problem" in moved));
    assert.deepEqual([moved.changed > 0, read.length > 0, puts.length], [true, true, 2]);
  });

  it("puts all into the store at once or, when it is cancelled at any point, nothing", async () => {
    let asked = 0;
    const counting: Cancel = { ...quiet, get cancelled() { asked++; return false; } };
    await run([version("a", old, "1"), version("b", young, "2")], counting);
    assert.equal(puts.length, 1);
    const points = asked;
    assert.ok(points >= 2);
    for (let point = 1; point <= points; point++) {
      known = new Map();
      puts = [];
      let left = point;
      const cancel: Cancel = { ...quiet, get cancelled() { left--; return left <= 0; } };
      await assert.rejects(run([version("a", old, "1"), version("b", young, "2")], cancel), Cancelled);
      assert.equal(puts.length, 0);
    }
  });

  it("tells how far it is in files, never past the end", async () => {
    const seen: (readonly [number, number])[] = [];
    await run([version("a", old, "1"), version("b", young, "2")], quiet, (done, total) => seen.push([done, total]));
    assert.ok(seen.every(([done, total], i) => done <= total && done >= (seen[i - 1]?.[0] ?? 0)), JSON.stringify(seen));
  });

  it("refuses what is no kernel, and what can't be read whole", async () => {
    assert.deepEqual(await run([version("a", old, "1"), version("b", { Makefile: "all:\n" }, "2")]), { problem: "no-kernel", label: "b", detail: "" });
    const holed: TreeVersion = { ...version("b", young, "2"), read: (some, take) => version("b", young, "2").read(some.filter(({ path }) => path !== "mm/Kconfig"), take, quiet) };
    assert.deepEqual(await run([version("a", old, "1"), holed]), { problem: "incomplete", label: "b", detail: "1: mm/Kconfig" });
    assert.equal(puts.length, 0);
  });
});
