import { strict as assert } from "node:assert";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { loadPatches } from "../../../language-server/engine/patch/load";
import { patchMessages } from "../../../language-server/engine/patch/messages";
import { patchReport } from "../../../language-server/engine/patch/report";
import { Cancelled, type Files } from "../../../language-server/engine/ports";
import { render } from "../../../language-server/engine/text/message";
import { diff, mail } from "./support";

/** Files in memory; folders are what paths imply. */
function filesOf(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  const isFolder = (path: string): boolean => paths.some((name) => name.startsWith(`${path}/`));
  return {
    read: (path) => Promise.resolve(texts[path] === undefined ? undefined : Buffer.from(texts[path])),
    list: (path) => {
      const names = new Set(paths.filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1).split("/")[0]!));
      return Promise.resolve([...names].sort().map((name) => ({ name, directory: isFolder(`${path}/${name}`) })));
    },
    stat: (path) => Promise.resolve(texts[path] !== undefined ? { directory: false, size: 1, mtimeMs: 0 } : isFolder(path) ? { directory: true, size: 0, mtimeMs: 0 } : undefined),
  };
}

function numbered(index: number, total: number): string {
  return mail.replace("v3 net-next 02/10", `${index}/${total}`);
}

const say = (message: Parameters<typeof render>[0]): string => render(message, patchMessages, "en");

describe("patch: folders and series", () => {
  it("follow [n/m] in a folder, whatever the names", async () => {
    const files = filesOf({ "/p/a.patch": numbered(10, 10), "/p/b.patch": numbered(2, 10), "/p/c.patch": numbered(1, 10), "/p/notes.txt": "x", "/p/d.diff": diff });
    const loaded = await loadPatches("/p", files, nodeDecode);
    assert.deepEqual(loaded.map((one) => one.path), ["/p/c.patch", "/p/b.patch", "/p/a.patch", "/p/d.diff"]);
  });

  it("follow quilt's series file, its comments and options, and never leave its folder", async () => {
    const series = "# mine\nsub/two.patch -p1\none.patch # the other\n../outside.patch\n/etc/passwd\nmissing.patch\n";
    const files = filesOf({ "/q/patches/series": series, "/q/patches/one.patch": numbered(1, 2), "/q/patches/sub/two.patch": numbered(2, 2), "/q/outside.patch": diff });
    for (const path of ["/q", "/q/patches", "/q/patches/series"]) {
      const loaded = await loadPatches(path, files, nodeDecode);
      assert.deepEqual(loaded.map((one) => one.path), ["/q/patches/series", "/q/patches/sub/two.patch", "/q/patches/one.patch"]);
      assert.deepEqual(loaded[0]!.problems.map((problem) => `${problem.line} ${say(problem.message)}`), [
        "4 The series names ../outside.patch, which can't be read or lies outside its folder.",
        "5 The series names /etc/passwd, which can't be read or lies outside its folder.",
        "6 The series names missing.patch, which can't be read or lies outside its folder.",
      ]);
      assert.deepEqual(patchReport(loaded, say).patches.map((patch) => patch.index), [2, 1]);
    }
  });

  it("load one file, and nothing where nothing is", async () => {
    const files = filesOf({ "/p/我的 补丁.patch": mail });
    assert.equal((await loadPatches("/p/我的 补丁.patch", files, nodeDecode))[0]!.set.patches.length, 1);
    assert.deepEqual(await loadPatches("/nowhere", files, nodeDecode), []);
  });

  it("stop when cancelled", async () => {
    const cancel = { cancelled: true, onCancel: () => ({ dispose: () => undefined }) };
    await assert.rejects(loadPatches("/p/a.patch", filesOf({ "/p/a.patch": mail }), nodeDecode, cancel), Cancelled);
  });
});

describe("patch: the report", () => {
  it("has the shape that the command line promises", async () => {
    const broken = numbered(2, 2).replace("@@ -10,3", "@@ -10,9");
    const loaded = await loadPatches("/p/x.mbox", filesOf({ "/p/x.mbox": broken + numbered(1, 2) }), nodeDecode);
    const { patches } = patchReport(loaded, say);
    assert.deepEqual(patches.map((patch) => patch.index), [1, 2]);
    assert.deepEqual(patches[1], {
      subject: "fs: call two() from one()",
      author: "Alice Example <alice@example.com>",
      date: "Mon, 2 Jan 2023 10:00:00 +0100",
      messageId: "20230102-two@example.com",
      version: 1,
      index: 2,
      total: 2,
      trailers: [{ key: "Signed-off-by", value: "Alice Example <alice@example.com>" }],
      files: [{ oldPath: "fs/one.c", newPath: "fs/one.c", status: "modified", binary: false, added: 2, deleted: 1, hunks: [{ oldStart: 10, oldLines: 9, newStart: 10, newLines: 4, line: 21 }] }],
      problems: [{ line: 21, code: "hunk-count", message: "The hunk says -9 +4 lines but holds -3 +4." }],
    });
  });

  it("keeps apart two series in one mailbox", async () => {
    const text = [numbered(2, 2), numbered(1, 2), numbered(1, 2), numbered(2, 2)].map((one, i) => one.replace("fs:", `fs${i}:`)).join("");
    const { patches } = patchReport(await loadPatches("/p/x.mbox", filesOf({ "/p/x.mbox": text }), nodeDecode), say);
    assert.deepEqual(patches.map((patch) => `${patch.index} ${patch.subject.slice(0, 3)}`), ["1 fs1", "2 fs0", "1 fs2", "2 fs3"]);
  });
});
