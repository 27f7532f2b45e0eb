import assert from "node:assert/strict";
import { join } from "node:path";
import type { RequestMethod, Requests } from "../../language-server/protocol/requests";
import { startClient, type Client } from "../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../support/repository";

const pair = "mainline";
const signed = "Signed-off-by: Alice Example <alice@example.com>";

/** Ours carries a bug of mainline's; of its two fixes one picks clean and one stands on a commit that ours lacks. */
function makeTree(): { readonly repository: TestRepository; readonly needed: string; readonly near: string; readonly far: string } {
  const repository = createRepository();
  repository.commit("base", { "net/a.c": numbered(60), "net/b.c": numbered(20) });
  repository.git("branch", "ours");
  const bug = repository.commit("net: keep the ring in order", { "net/a.c": numbered(60, { 10: "keep_in_order(ring);" }) });
  const fixes = `An entry was lost.\n\nFixes: ${bug.slice(0, 12)} ("net: keep the ring in order")\n${signed}`;
  const needed = repository.commit("net: name the head of the ring", { "net/a.c": numbered(60, { 10: "keep_in_order(ring);", 40: "name_head(ring);" }) });
  const near = repository.commit("net: name the head once", { "net/a.c": numbered(60, { 10: "keep_in_order(ring);", 40: "name_head_once(ring);" }) }, fixes);
  const far = repository.commit("net: keep the order under a lock", { "net/a.c": numbered(60, { 10: "keep_in_order_locked(ring);", 40: "name_head_once(ring);" }) }, fixes);
  repository.git("checkout", "-q", "ours");
  repository.commit("net: keep the ring in order", { "net/a.c": numbered(60, { 10: "keep_in_order(ring);" }) }, `commit ${bug} upstream.\n\n${signed}`);
  return { repository, needed, near, far };
}

describe("picking missing fixes onto our branch", () => {
  let made: ReturnType<typeof makeTree>;
  let client: Client;
  const ask = <M extends RequestMethod>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]> => client.connection.sendRequest(method, params);
  before(async () => {
    made = makeTree();
    const { root } = made.repository;
    client = await startClient({ folders: [root], dynamic: true, settings: () => ({ upstream: { pairs: [{ name: pair, mainline: "main", downstream: "ours" }] } }), initializationOptions: { storagePath: join(root, "..", "storage") } });
    await ask("keelson/upstream/refresh", { folder: root, pair });
  });
  after(async () => {
    await client.stop();
    made.repository.remove();
  });

  async function picks(filter: Requests["keelson/upstream/rows"]["params"]["filter"] = {}): Promise<readonly string[]> {
    const { rows } = await ask("keelson/upstream/rows", { folder: made.repository.root, pair, list: "missing", filter, sort: "oldest", offset: 0, limit: 10 });
    return rows.map(({ subject, pick }) => [subject, ...(pick === undefined ? [] : [pick.class, ...pick.files])].join(" | "));
  }

  it("is tried when it is asked for, and told of each row", async () => {
    assert.deepEqual(await picks(), ["net: name the head once", "net: keep the order under a lock"]);
    assert.deepEqual(await picks({ pick: "clean" }), []);
    const before = made.repository.git("count-objects", "-v");
    const { text } = await ask("keelson/upstream/tryPicks", { folder: made.repository.root, pair, list: "missing" });
    assert.equal(text, "2 tried: 1 pick clean, 1 conflict, 0 are in already.");
    assert.deepEqual(await picks(), ["net: name the head once | conflict | net/a.c", "net: keep the order under a lock | clean"]);
    assert.deepEqual([await picks({ pick: "clean" }), await picks({ pick: "conflict" })], [["net: keep the order under a lock | clean"], ["net: name the head once | conflict | net/a.c"]]);
    assert.equal(made.repository.git("count-objects", "-v"), before, "nothing is left in the repository");
    assert.equal(made.repository.git("status", "--porcelain"), "");
  });

  it("tells what one that conflicts needs first, which goes into one series with it", async () => {
    const { root } = made.repository;
    const found = await ask("keelson/upstream/prerequisites", { folder: root, pair, commit: made.near });
    assert.deepEqual([found.commits, found.whole], [[{ commit: made.needed, subject: "net: name the head of the ring" }], true]);
    assert.match(found.text, /Earlier commits of mainline to pick first: 1\./u);
    const series = await ask("keelson/upstream/series", { folder: root, pair, commits: [...found.commits.map(({ commit }) => commit), made.near], template: "stable", bug: "" });
    assert.deepEqual([series.mails, [...series.text.matchAll(/^Subject: .*\] (.*)$/gmu)].map(([, subject]) => subject)], [2, ["net: name the head of the ring", "net: name the head once"]]);
  });

  it("needs nothing first for one that picks clean", async () => {
    const found = await ask("keelson/upstream/prerequisites", { folder: made.repository.root, pair, commit: made.far });
    assert.deepEqual(found, { commits: [], whole: false, text: "It picks clean as it is." });
  });

  it("answers what is no commit with a sentence", async () => {
    await assert.rejects(ask("keelson/upstream/prerequisites", { folder: made.repository.root, pair, commit: "--all" }), /--all/u);
  });
});
