import assert from "node:assert/strict";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { unpackDiff } from "../../../language-server/engine/upstream/diff/record";
import type { CommitDiff } from "../../../language-server/engine/upstream/types";
import type { ComputeSettings } from "../../../language-server/upstream/compute";
import { openSources } from "../../../language-server/upstream/sources";
import { createHistory, rowsOf, settingsOf, type Commit, type History } from "./history";
import { functions } from "./stores";

const odd = ["a file with spaces.c", ":(exclude)net/a.c", ":/top.c", ":!not.c", "*.c", "dir/**/deep.c", "[a-z]?.c", "back\\slash.c", "驱动/设备 一.c", "-p", "--output=planted.c", "dir/-x.c", "tab\there.c", 'quo"te.c', "end ", "ñandú.c", "line\nbreak.c", "net/a.c"];
/** Commits that both sides have under one title: with most of them known, the others are looked for in their files alone. */
const known = (branch: string): readonly Commit[] => Array.from({ length: 30 }, (_, i) => ({ branch, message: `doc: page ${i}\n`, files: { [`doc/page_${i}.txt`]: `page ${i}\n` } }));
const fixed = "\tif (!state->ready)\n\t\treturn -EAGAIN;\n\tlock_queue(state);\n\treturn run_of_queue(state);";

describe("a look at some files of a commit", () => {
  let history: History;
  let commit: string;
  let settings: ComputeSettings;
  before(async () => {
    history = createHistory();
    history.add([{ branch: "main", message: "start\n", files: Object.fromEntries(odd.map((path) => [path, functions(4)])) }]);
    [commit = ""] = history.add([{ branch: "main", message: "change all\n", files: Object.fromEntries(odd.map((path, i) => [path, functions(4, { [i % 4]: `\treturn changed_${i}(state);` })])) }]);
    settings = await settingsOf(history.root);
  });
  after(() => {
    history.remove();
  });

  const look = async (paths: readonly string[]): Promise<CommitDiff | undefined> => {
    const sources = await openSources(settings);
    try {
      const found: CommitDiff[] = [];
      await sources.diffs.glimpse([commit], paths, (sha, record) => found.push(unpackDiff(sha, record, 0, nodeDecode)), undefined);
      return found[0];
    } finally {
      await sources.dispose();
    }
  };

  it("sees each file by its very name, and no other, whatever the name looks like", async () => {
    for (const path of odd) {
      const diff = await look([path]);
      assert.deepEqual([diff?.state, diff?.files.map(({ newPath, groups }) => [newPath, groups.length])], ["known", [[path, 1]]]);
    }
  });

  it("sees all of them at once", async () => {
    assert.deepEqual(new Set((await look(odd))?.files.map(({ newPath }) => newPath)), new Set(odd));
  });

  it("sees nothing of a file that is not there, and of a folder what is in it", async () => {
    assert.deepEqual((await look(["nowhere.c", "net/"]))?.files.map(({ newPath }) => newPath), ["net/a.c"]);
  });

  it("finds a twin by its lines in files of such names", async () => {
    const made = createHistory();
    try {
      const [start = ""] = made.add([{ branch: "main", message: "start\n", files: Object.fromEntries(odd.map((path) => [path, functions(4)])) }]);
      const ups = made.add(odd.map((path, i) => ({ branch: "main", message: `net: mainline's words ${i}\n`, files: { [path]: functions(4, { 2: `${fixed}\n\tdrain_${i * 7}(state);\n\twake_${i * 11}(state);` }) } })));
      const downs = made.add(odd.map((path, i) => ({ branch: "ours", ...(i === 0 ? { from: start } : {}), message: `ours: step ${i}\n`, author: "Carol Sample <carol@example.org>", files: { [path]: functions(4, { 2: `${fixed}\n\tdrain_${i * 7}(state);\n\twake_${i * 11}(state);` }) } })));
      made.add(known("main"));
      made.add(known("ours"));
      const rows = (await rowsOf(made.root)).rows.filter(({ commit: sha }) => downs.includes(sha));
      assert.deepEqual(new Map(rows.map(({ commit: sha, verdict, upstream }) => [sha, `${verdict} ${upstream.join()}`])), new Map(downs.map((sha, i) => [sha, `same ${ups[i] ?? ""}`])));
    } finally {
      made.remove();
    }
  });

  it("finds a twin by its lines in a file whose name is no UTF-8", async () => {
    const made = createHistory();
    try {
      const path = "caf\xe9.c";
      const raw = (branch: string, from: string, message: string, body: string): void => {
        made.addRaw(branch, from, message, path, functions(4, { 2: body }));
      };
      raw("main", "", "start\n", "\treturn 0;");
      made.git("branch", "ours", "main");
      raw("main", "main", "net: mainline's words\n", fixed);
      raw("ours", "ours", "ours: other words\n", fixed);
      const [up, down] = [made.git("rev-parse", "main"), made.git("rev-parse", "ours")];
      made.add([...known("main"), ...known("ours")]);
      const row = (await rowsOf(made.root)).rows.find(({ commit: sha }) => sha === down);
      assert.deepEqual([row?.upstream, row?.verdict], [[up], "same"]);
    } finally {
      made.remove();
    }
  });
});
