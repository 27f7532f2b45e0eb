import assert from "node:assert/strict";
import { rankRefs, readRefs, readRemotes } from "../../../../language-server/lsp/upstream/suggest";
import { upstreamViewMessages } from "../../../../language-server/lsp/upstream/messages";
import { createWords } from "../../../../language-server/words";

const words = createWords("en", upstreamViewMessages);
const line = (ref: string, date = "2025-01-02", subject = "words"): string => [ref, date, subject].join("\0");

describe("likely sides of a comparison", () => {
  it("puts a remote that is called mainline before one whose address is mainline's, and that before branches", () => {
    const refs = readRefs([line("refs/heads/master"), line("refs/heads/ours"), line("refs/remotes/origin/master"), line("refs/remotes/torvalds/master"), line("refs/remotes/vendor/main"), line("refs/remotes/origin/HEAD"), line("refs/tags/v6.12"), ""].join("\n"));
    const remotes = readRemotes("remote.origin.url https://bob:secret@git.example.com/torvalds/linux.git\nremote.torvalds.url git://example.com/x\nremote.vendor.url git://example.com/vendor\n");
    const { mainline, downstream, name } = rankRefs(refs, remotes, "ours", words);
    assert.deepEqual(mainline.slice(0, 5).map(({ ref }) => ref), ["torvalds/master", "origin/master", "master", "vendor/main", "v6.12"]);
    assert.equal(mainline[1]?.reason, "remote origin is https://git.example.com/torvalds/linux.git");
    assert.deepEqual(downstream.slice(0, 2).map(({ ref }) => ref), ["ours", "HEAD"]);
    assert.equal(name, "torvalds");
  });

  it("never offers as mainline what is checked out", () => {
    const { mainline, downstream } = rankRefs(readRefs(line("refs/heads/main")), [], "main", words);
    assert.deepEqual([mainline, downstream[0]?.ref], [[], "main"]);
  });

  it("has HEAD to offer in a repository without refs", () => {
    assert.deepEqual(rankRefs(readRefs(""), readRemotes(""), undefined, words).downstream.map(({ ref }) => ref), ["HEAD"]);
  });

  it("keeps the case and the slashes of names", () => {
    assert.deepEqual(readRefs(line("refs/remotes/A/b/c d")).map(({ kind, name }) => [kind, name]), [["remote", "A/b/c d"]]);
  });
});
