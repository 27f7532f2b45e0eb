import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { deflateRawSync } from "node:zlib";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { nodeHash } from "../../../language-server/adapters/hash";
import { packDiff } from "../../../language-server/engine/upstream/diff/record";
import { frameBytes, readFrames } from "../../../language-server/engine/upstream/index/frames";
import { packFacts, packNames, unpackFacts } from "../../../language-server/engine/upstream/index/payloads";
import { packDiffs } from "../../../language-server/engine/upstream/index/payloads";
import type { CommitFacts } from "../../../language-server/engine/upstream/types";
import { openIndexFile } from "../../../language-server/upstream/index-file";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const name = (i: number): string => i.toString(16).padStart(40, "0");

function facts(i: number): CommitFacts {
  return {
    sha: name(i),
    parents: [name(i + 1)],
    author: { name: "Alice Example", email: "alice@example.com" },
    authorTime: 1_700_000_000 + i,
    commitTime: 1_700_000_100 + i,
    subject: `net: change ${i} “中文”`,
    claims: [{ sha: "0123456789ab", dialect: "cherry-pick", origin: "mainline" }],
    fixes: [{ sha: "abcdef012345", title: "net: add it" }],
    reverts: [],
    ccStable: i % 2 === 0,
    marks: ["syzbot"],
    paths: ["net/core/dev.c", `net/file ${i}.c`],
  };
}

function record(i: number): Uint8Array {
  const side = (hash: number): { readonly words: Uint32Array; readonly length: number } => ({ words: Uint32Array.of(hash), length: 1 });
  return packDiff({ state: "known", id: [i, i + 1], files: [{ status: "modified", oldPath: "a.c", newPath: "a.c", groups: [1, 1, 1, 1] }], deleted: side(i + 10), added: side(i + 20), words: [7, 8] }, nodeDecode);
}

/** A number generator of the test's own, so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

describe("the index of a repository", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-index-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const filled = async (): Promise<string> => {
    const path = join(folder, "upstream", "plain.index");
    const index = await openIndexFile(path, quiet);
    for (let part = 0; part < 5; part++) {
      await index.addFacts([facts(3 * part), facts(3 * part + 1)]);
      await index.addDiffs(packDiffs([{ sha: name(3 * part), record: record(3 * part) }]));
    }
    return path;
  };

  it("gives back what was put in", async () => {
    const index = await openIndexFile(await filled(), quiet);
    assert.deepEqual(index.facts.get(name(4)), facts(4));
    assert.deepEqual(Buffer.from(index.diffs.get(name(6)) ?? []), Buffer.from(record(6)));
    assert.deepEqual([index.facts.size, index.diffs.size, index.damaged], [10, 5, false]);
  });

  it("never gives a wrong answer when it is cut or changed anywhere, 1,000 times", async () => {
    const whole = readFileSync(await filled());
    const next = numbers(1);
    const path = join(folder, "damaged.index");
    for (let trial = 0; trial < 1000; trial++) {
      const bytes = Buffer.from(whole.subarray(0, next(whole.length + 1)));
      if (trial % 2 === 1 && bytes.length > 0) {
        const at = next(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 + next(255));
      }
      writeFileSync(path, bytes);
      const index = await openIndexFile(path, quiet);
      for (const [key, value] of index.facts) assert.deepEqual(value, facts(parseInt(key, 16)));
      for (const [key, value] of index.diffs) assert.deepEqual(Buffer.from(value), Buffer.from(record(parseInt(key, 16))));
    }
  });

  it("puts away what nobody asks for in this run, and has it in the next", async () => {
    const path = join(folder, "stored.index");
    const index = await openIndexFile(path, quiet);
    await index.storeFacts([facts(1), facts(2)]);
    await index.storeDiffs(packDiffs([{ sha: name(1), record: record(1) }]), [name(1)]);
    assert.deepEqual([index.stored.hasFacts(name(2)), index.stored.hasDiff(name(1)), index.stored.hasDiff(name(2)), index.diffs.size], [true, true, false, 0]);
    const again = await openIndexFile(path, quiet);
    assert.deepEqual([again.facts.get(name(2)), again.stored.facts, again.stored.diffs], [facts(2), 2, 1]);
    assert.deepEqual(Buffer.from(again.diffs.get(name(1)) ?? []), Buffer.from(record(1)));
  });

  it("takes a page whose facts are no facts for one without them", async () => {
    const path = join(folder, "planted.index");
    const names = packNames([name(1), name(2)]);
    const rows = deflateRawSync(JSON.stringify({ paths: [], rows: [[name(1), "no list"]] }));
    writeFileSync(path, frameBytes("facts", Buffer.concat([names, rows]), nodeHash));
    const index = await openIndexFile(path, quiet);
    assert.deepEqual([index.facts.get(name(1)), index.facts.get(name(2)), index.facts.has(name(1))], [undefined, undefined, false]);
  });

  it("cuts a damaged tail off before it goes on, so that what is added is found again", async () => {
    const path = await filled();
    writeFileSync(path, readFileSync(path).subarray(0, -5));
    const index = await openIndexFile(path, quiet);
    assert.equal(index.damaged, true);
    await index.addFacts([facts(99)]);
    const again = await openIndexFile(path, quiet);
    assert.deepEqual([again.damaged, again.facts.get(name(99))], [false, facts(99)]);
  });

  it("follows no link and reads no other file than its own", async () => {
    const secret = join(folder, "secret");
    writeFileSync(secret, "not ours\n");
    const path = join(folder, "linked.index");
    symlinkSync(secret, path);
    const index = await openIndexFile(path, quiet);
    await index.addFacts([facts(1)]);
    assert.equal(readFileSync(secret, "utf8"), "not ours\n");
    assert.deepEqual(index.facts.get(name(1)), facts(1));
  });

  it("takes facts of another shape for none", () => {
    assert.equal(unpackFacts(nodeDecode.bytes("{}"), nodeDecode), undefined);
    assert.equal(unpackFacts(nodeDecode.bytes('{"paths":[],"rows":[["--upload-pack=x"]]}'), nodeDecode), undefined);
    assert.deepEqual(unpackFacts(packFacts([facts(1)], nodeDecode), nodeDecode), [facts(1)]);
  });

  it("does not take a frame whose length was changed for a whole one", () => {
    const frame = frameBytes("diffs", Buffer.from("0123456789"), nodeHash);
    frame[5] = 9;
    assert.deepEqual(readFrames(frame, nodeHash), { frames: [], valid: 0 });
  });
});
