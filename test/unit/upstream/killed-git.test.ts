import assert from "node:assert/strict";
import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCache } from "../../../language-server/adapters/cache";
import type { KeptMap } from "../../../language-server/upstream/compute";
import { brief, createHistory, forget, rowsOf, type History } from "./history";
import { functions } from "./stores";

/** A git that kills itself when one of its verbs has printed some bytes. */
interface Deadly {
  readonly verb: string;
  /** Bytes of output that still come. */
  readonly bytes: number;
  /** How often; later calls end as usual. */
  readonly deaths: number;
}

/** Writes the program; the counting is done in a process of node's, so that every other verb is as fast as ever. */
function deadlyGit(folder: string, { verb, bytes, deaths }: Deadly): string {
  const [path, script, count] = [join(folder, "git.sh"), join(folder, "git.cjs"), join(folder, "deaths")];
  rmSync(count, { force: true });
  writeFileSync(
    script,
    `const { spawn } = require("node:child_process");
const fs = require("node:fs");
const before = fs.existsSync(${JSON.stringify(count)}) ? fs.statSync(${JSON.stringify(count)}).size : 0;
const die = () => { fs.appendFileSync(${JSON.stringify(count)}, "x"); git.kill("SIGKILL"); process.kill(process.pid, "SIGKILL"); };
const git = spawn("git", process.argv.slice(2), { stdio: ["inherit", "pipe", "inherit"] });
let left = before < ${deaths} ? ${bytes} : Infinity;
git.stdout.on("data", (chunk) => {
  fs.writeSync(1, chunk.subarray(0, Math.min(left, chunk.length)));
  left -= chunk.length;
  if (left <= 0) die();
});
git.on("close", (status) => process.exit(status));
`,
  );
  writeFileSync(path, `#!/bin/sh\ncase " $* " in *" ${verb} "*) exec "${process.execPath}" "${script}" "$@";; esac\nexec git "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

const fixed = (i: number): string => `\tif (!state->ready_${i})\n\t\treturn -E${"ABCDEFGHIJKL"[i] ?? ""}AGAIN;\n\tlock_queue_${i}(state);\n\treturn run_${i}(state);`;
const text = (changed: readonly number[]): string => functions(12, Object.fromEntries(changed.map((i) => [i, fixed(i)])));
const steps = Array.from({ length: 10 }, (_, i) => Array.from({ length: i + 1 }, (_, j) => j));

describe("a comparison whose git is killed", function () {
  this.timeout(240_000);
  let history: History;
  let right: KeptMap;
  before(async () => {
    history = createHistory();
    const [start = ""] = history.add([{ branch: "main", message: "start\n", files: { "net/a.c": text([]), "net/b.c": text([]) } }]);
    const ups = history.add(steps.map((changed, i) => ({ branch: "main", message: `net: lock queue ${i}\n`, files: { [i < 6 ? "net/a.c" : "net/b.c"]: text(changed) } })));
    const claims = [(sha = "") => `[ Upstream commit ${sha} ]`, (sha = "") => `(cherry picked from commit ${sha.slice(0, 12)})`, () => "No claim."];
    history.add(
      steps.map((changed, i) => ({
        branch: "ours",
        ...(i === 0 ? { from: start } : {}),
        // Some have another title, so that they are looked for by their lines or by their claim alone.
        message: `${i % 2 === 0 ? `net: lock queue ${i}` : `ours: a queue less, part ${i}`}\n\n${claims[i % 3]?.(ups[i]) ?? ""}\n`,
        files: { [i < 6 ? "net/a.c" : "net/b.c"]: text(changed) },
        author: i % 2 === 0 ? "Alice Example <alice@example.com>" : "Carol Sample <carol@example.org>",
      })),
    );
    right = await rowsOf(history.root);
    assert.deepEqual([right.notices, right.rows.filter(({ upstream }) => upstream.length !== 1)], [[], []]);
  });
  after(() => {
    history.remove();
  });

  const cases: readonly Deadly[] = [
    ...[0, 60, 700, 1500].map((bytes) => ({ verb: "diff-tree", bytes, deaths: 1 })),
    { verb: "diff-tree", bytes: 900, deaths: 5 },
    { verb: "diff-tree", bytes: 30, deaths: Infinity },
    ...[0, 900, 2500].map((bytes) => ({ verb: "log", bytes, deaths: 1 })),
    { verb: "cat-file", bytes: 0, deaths: 1 },
    { verb: "cat-file", bytes: 60, deaths: 1 },
    { verb: "rev-parse --verify", bytes: 20, deaths: 1 },
    { verb: "merge-base", bytes: 10, deaths: 1 },
    { verb: "for-each-ref", bytes: 1, deaths: 1 },
  ];
  for (const deadly of cases) {
    it(`gives no wrong row, and a right answer next time: ${deadly.verb} dies behind ${deadly.bytes} bytes, ${deadly.deaths} times`, async () => {
      forget(join(history.root, ".git"));
      const cache = createCache(join(history.root, ".git", "keelson", "cache"));
      const gitPath = deadlyGit(history.root, deadly);
      if (deadly.verb === "for-each-ref") history.git("replace", "-f", history.git("rev-parse", "main~9"), history.git("rev-parse", "main~8"));
      const plain = deadly.verb === "for-each-ref" ? await rowsOf(history.root) : right;
      const answer = await rowsOf(history.root, {}, { cache, gitPath }).catch((error: unknown) => error as Error);
      assert.ok(existsSync(join(history.root, "deaths")), "git was not killed");
      if (answer instanceof Error) assert.deepEqual([answer.name, /signal 9|SIGKILL/u.test(answer.message)], ["HistoryError", true], answer.stack);
      else {
        const wanted = new Map(plain.rows.map((row) => [row.commit, row]));
        const others = answer.rows.filter((row) => wanted.get(row.commit)?.verdict !== row.verdict || wanted.get(row.commit)?.upstream.join() !== row.upstream.join());
        assert.deepEqual(others.filter(({ verdict, upstream }) => verdict !== "unsure" && upstream.length > 0), []);
        if (answer.notices.length === 0) assert.deepEqual(others, []);
        if (answer.notices.length === 0) assert.deepEqual(answer.rows, plain.rows);
      }
      const again = await rowsOf(history.root, {}, { cache });
      assert.deepEqual([brief(again), again.notices], [brief(plain), []]);
      if (deadly.verb === "for-each-ref") history.git("replace", "-d", history.git("--no-replace-objects", "rev-parse", "main~9"));
    });
  }
});
