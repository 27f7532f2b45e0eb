import assert from "node:assert/strict";
import { mayRelay, readToHost } from "../../../extension/panels/guard";
import { shellHtml } from "../../../extension/panels/shell";

describe("what a panel may ask of the host", () => {
  it("relays methods of the panel's own capability", () => {
    assert.ok(mayRelay("review", "keelson/review/explain"));
    assert.ok(mayRelay("review", "keelson/review/explanation"));
  });

  it("refuses other capabilities, other protocols and look-alikes", () => {
    for (const method of ["keelson/model/keys", "keelson/server/diagnose", "textDocument/hover", "keelson/review", "keelson/review/", "keelson/reviewer/explain", "keelson/review/../model/keys", "workspace/executeCommand"]) {
      assert.ok(!mayRelay("review", method), method);
    }
  });

  it("refuses what writes, since that is asked natively first", () => {
    assert.ok(!mayRelay("review", "keelson/review/applyToWorktree"));
    assert.ok(!mayRelay("review", "keelson/review/suppress"));
    assert.ok(!mayRelay("upstream", "keelson/upstream/decide"));
  });

  it("reads each message of the contract", () => {
    for (const message of [
      { type: "ready" },
      { type: "request", id: 1, method: "keelson/review/explain", params: { uri: "file:///a.patch" } },
      { type: "action", action: { kind: "reveal", uri: "file:///a.patch", line: 3 } },
      { type: "action", action: { kind: "reveal", uri: "untitled:Untitled-1", line: 3 } },
      { type: "action", action: { kind: "command", command: "keelson.model.setKey" } },
      { type: "action", action: { kind: "copy", text: "a" } },
      { type: "action", action: { kind: "upstreamCommit", folder: "/src/keel", sha: "0123456789ab" } },
      { type: "action", action: { kind: "upstreamRows", rows: { folder: "/src/keel", pair: "mainline", list: "adapted", filter: { subsystem: "KEEL DRIVER", verdict: ["squash", "split"] } } } },
      { type: "action", action: { kind: "upstreamRows", rows: { folder: "/src/keel", pair: "mainline", filter: { path: "drivers/net" } } } },
    ]) {
      assert.deepEqual(readToHost(message), message);
    }
  });

  it("drops what is no message of the contract", () => {
    for (const message of [
      undefined,
      null,
      "ready",
      {},
      { type: "eval" },
      { type: "request", id: "1", method: "keelson/review/explain" },
      { type: "request", id: 1 },
      { type: "action" },
      { type: "action", action: { kind: "reveal", uri: "command:workbench.action.terminal.new", line: 1 } },
      { type: "action", action: { kind: "reveal", uri: "https://example.com/", line: 1 } },
      { type: "action", action: { kind: "reveal", uri: "file:///a", line: 0 } },
      { type: "action", action: { kind: "command", command: "workbench.action.terminal.new" } },
      { type: "action", action: { kind: "command", command: "keelson.review.applyToWorktree" } },
      { type: "action", action: { kind: "command", command: "toString" } },
      { type: "action", action: { kind: "copy", text: 1 } },
      { type: "action", action: { kind: "upstreamCommit", folder: "/src/keel", sha: "--output=x" } },
      { type: "action", action: { kind: "upstreamCommit", folder: "/src/keel", sha: "HEAD" } },
      { type: "action", action: { kind: "upstreamCommit", folder: "", sha: "0123456789ab" } },
      { type: "action", action: { kind: "upstreamRows", rows: { folder: "/src/keel", pair: "mainline" } } },
      { type: "action", action: { kind: "upstreamRows", rows: { folder: "/src/keel", pair: "mainline", list: "constructor", filter: {} } } },
      { type: "action", action: { kind: "upstreamRows", rows: { folder: "/src/keel", pair: "mainline", filter: { verdict: ["toString"] } } } },
      { type: "action", action: { kind: "upstreamRows", rows: { folder: "/src/keel", pair: "mainline", filter: { path: 3 } } } },
    ]) {
      assert.equal(readToHost(message), undefined, JSON.stringify(message));
    }
  });
});

describe("the page of a panel", () => {
  const html = shellHtml({ script: "https://host/explain.js", style: "https://host/explain.css", cspSource: "https://host", nonce: "0123abc", title: 'a "b" <c>', language: "zh-cn" });

  it("lets nothing in but its own script, styles, fonts and images, and nothing out", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(policy, "default-src 'none'; script-src 'nonce-0123abc'; style-src https://host 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; font-src https://host; img-src https://host data:");
  });

  it("lets monaco's own styles, its worker and the worker's text in, where monaco is shown, and nothing else", () => {
    const page = shellHtml({ script: "https://host/twin.js", style: "https://host/twin.css", cspSource: "https://host", nonce: "0123abc", title: "a", language: "en", monaco: true });
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    assert.equal(policy, "default-src 'none'; script-src 'nonce-0123abc'; style-src https://host 'unsafe-inline'; font-src https://host; img-src https://host data:; worker-src blob:; connect-src https://host");
  });

  it("gives the nonce to its only script", () => {
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="0123abc" src="https://host/explain.js">']);
  });

  it("takes a title as text", () => {
    assert.ok(html.includes("<title>a &quot;b&quot; &lt;c&gt;</title>"));
    assert.ok(html.includes('<html lang="zh-cn">'));
  });
});
