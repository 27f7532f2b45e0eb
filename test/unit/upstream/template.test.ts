import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { createGit } from "../../../language-server/adapters/git";
import { nodeDecode } from "../../../language-server/adapters/decode";
import type { GitRepository } from "../../../language-server/engine/ports";
import { render } from "../../../language-server/engine/text/message";
import { messageFacts } from "../../../language-server/engine/upstream/facts/message";
import { buildPickedSeries, type Picked } from "../../../language-server/engine/upstream/template/build";
import { fill, fillBody } from "../../../language-server/engine/upstream/template/fill";
import { pickMessages } from "../../../language-server/engine/upstream/template/messages";
import { inclusionTemplates, ownTemplate, templateOf } from "../../../language-server/engine/upstream/template/templates";
import type { InclusionTemplate, PickRequest } from "../../../language-server/engine/upstream/template/types";
import { createRepository, numbered, type TestRepository } from "../../support/repository";
import { parse } from "../patch/support";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const git = createGit({ gitPath: "", log: silent, trusted: () => true });
const signer = { name: "Carol Picker", email: "carol@example.com" };

const template = (id: string): InclusionTemplate => {
  const found = templateOf(id);
  assert.ok(found !== undefined, id);
  return found;
};
const text = (picked: Picked): string => nodeDecode.text(picked.value.bytes);
const told = (picked: Picked): readonly string[] => picked.problems.map(({ message }) => render(message, pickMessages, "en"));
/** The message of a mail's only patch, header fields of the mail left out. */
const bodyOf = (picked: Picked): string => text(picked).split("\n\n").slice(1).join("\n\n").split("\n---\n")[0] ?? "";

describe("a series of picked commits", () => {
  let mainline: TestRepository;
  let opened: GitRepository;
  let base: string;
  const shas: string[] = [];

  before(async () => {
    mainline = createRepository("mainline");
    base = mainline.commit("base", { "a.c": numbered(40), "b.c": "one\n" });
    shas.push(mainline.commit("net: fix a leak in 网络", { "a.c": numbered(40, { 3: "three" }) }, "Words of one.\n\nFixes: 0123456789ab (\"net: zero\")\nCc: stable@vger.kernel.org\nSigned-off-by: Alice Example <alice@example.com>"));
    shas.push(mainline.commit("net: the second", { "a.c": numbered(40, { 3: "three", 9: "nine" }), "data.bin": "\0\u0001\u0002" }, "Words without trailers."));
    shas.push(mainline.commit("[media] dvb: the third", { "b.c": "one\r\ntwo\r\n" }, "A list:\n---\ndiff --git is what git prints, and\nFrom alice@example.com Mon Sep 17 00:00:00 2001\nis how a mailbox begins.\n\nSigned-off-by: Alice Example <alice@example.com>"));
    const found = await git.open(mainline.root);
    assert.ok(found !== undefined);
    opened = found;
  });
  after(() => { mainline.remove(); });

  const pick = (given: Partial<PickRequest> & Pick<PickRequest, "template">, wanted: readonly string[] = shas): Promise<Picked> =>
    buildPickedSeries(opened, nodeDecode, { commits: wanted.map((sha) => ({ sha, tag: "v6.8-rc1", cves: ["CVE-2024-12345"] })), signer, bug: "4321", base, ...given });

  /** Applies a series with git itself and gives subject, body, author and date of each commit. */
  function am(picked: Picked): readonly string[][] {
    const folder = mkdtempSync(join(tmpdir(), "keelson-am-"));
    try {
      execFileSync("git", ["clone", "-q", mainline.root, join(folder, "tree")], { stdio: "ignore" });
      const run = (...args: readonly string[]): string => execFileSync("git", ["-c", "user.name=Dan", "-c", "user.email=dan@example.com", ...args], { cwd: join(folder, "tree"), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
      run("reset", "-q", "--hard", base);
      writeFileSync(join(folder, "series.mbox"), picked.value.bytes);
      run("am", "-q", ...picked.value.amOptions, join(folder, "series.mbox"));
      assert.equal(run("diff", "--stat", mainline.git("rev-parse", picked.value.mails.at(-1)?.sha ?? "").trim()), "");
      return run("log", "--reverse", "--format=%s%x00%b%x00%an <%ae>%x00%aI%x01", `${base}..HEAD`).split("\u0001\n").filter((entry) => entry !== "").map((entry) => entry.split("\0"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  for (const form of inclusionTemplates) {
    it(`in the form of ${form.id} is applied by git am and read back as a claim without flaws`, async () => {
      const picked = await pick({ template: form });
      assert.deepEqual(picked.problems.filter(({ code }) => !["brackets", "crlf", "indented"].includes(code)), []);
      const { value, problems } = parse(picked.value.bytes);
      assert.deepEqual([value.patches.length, problems], [3, []]);
      for (const [i, patch] of value.patches.entries()) {
        const markers = patch.message.markers.filter(({ sha }) => sha !== undefined);
        assert.deepEqual(markers.map(({ dialect, sha, origin, flaws }) => ({ dialect, sha, origin, flaws })), [{ dialect: form.dialect, sha: shas[i], origin: "mainline", flaws: [] }]);
        assert.deepEqual([patch.index, patch.total], [i + 1, 3]);
      }
      const commits = am(picked);
      const prefix = form.id === "chromeos" ? "UPSTREAM: " : "";
      assert.deepEqual(commits.map(([subject]) => subject), ["net: fix a leak in 网络", "net: the second", "[media] dvb: the third"].map((subject) => prefix + subject));
      for (const [i, [subject = "", body = "", author, date]] of commits.entries()) {
        assert.deepEqual([author, date], ["Alice Example <alice@example.com>", "2024-03-01T10:00:00+00:00"]);
        assert.match(body.trimEnd().split("\n").at(-1) ?? "", /^(?:Signed-off|Acked)-by: Carol Picker <carol@example\.com>$/);
        // SUSE's claim stands in the patch file, which is what goes into its tree.
        if (form.id !== "suse") assert.deepEqual(messageFacts(subject, body).claims.map(({ sha }) => sha), [shas[i]]);
        if (i === 0) assert.deepEqual([messageFacts(subject, body).fixes.length, messageFacts(subject, body).ccStable], [1, true]);
      }
    });
  }

  it("has openEuler's header as its document gives it", async () => {
    assert.equal(bodyOf(await pick({ template: template("openeuler"), bug: "https://gitee.com/openeuler/kernel/issues/I1" }, shas.slice(0, 1))), [
      "mainline inclusion",
      "from mainline-v6.8-rc1",
      `commit ${shas[0] ?? ""}`,
      "category: bugfix",
      "bugzilla: https://gitee.com/openeuler/kernel/issues/I1",
      "CVE: CVE-2024-12345",
      "",
      `Reference: https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=${shas[0] ?? ""}`,
      "",
      "--------------------------------",
      "",
      "Words of one.",
      "",
      'Fixes: 0123456789ab ("net: zero")',
      "Cc: stable@vger.kernel.org",
      "Signed-off-by: Alice Example <alice@example.com>",
      "Signed-off-by: Carol Picker <carol@example.com>",
    ].join("\n"));
  });

  it("leaves out what is not known, and says so", async () => {
    const picked = await buildPickedSeries(opened, nodeDecode, { commits: [{ sha: shas[0] ?? "", tag: undefined, cves: ["CVE-1\nX: y"] }], signer: undefined, bug: "", base: undefined, template: template("openeuler") });
    assert.match(text(picked), /\nmainline inclusion\ncommit [0-9a-f]{40}\ncategory: bugfix\nbugzilla: NA\nCVE: NA\n\nReference/);
    assert.doesNotMatch(text(picked), /Carol|X: y/);
    assert.deepEqual(picked.problems.map(({ code }) => code), ["no-signer", "no-bug", "no-tag"]);
  });

  it("follows mainline's order, whatever the order of the question, and takes each commit once", async () => {
    const picked = await pick({ template: template("stable") }, [...shas].reverse().concat(shas));
    assert.deepEqual(picked.value.mails.map(({ sha }) => sha), shas);
    assert.match(text(picked), /^Subject: \[PATCH 1\/3\] net: fix a leak/m);
  });

  it("tells of a merge, an unknown commit, an empty one and what is no sha, and goes on", async () => {
    mainline.git("checkout", "-q", "-b", "side", base);
    mainline.commit("side", { "side.c": "x\n" });
    mainline.git("commit", "-q", "--allow-empty", "-m", "nothing");
    const nothing = mainline.git("rev-parse", "HEAD").trim();
    mainline.git("checkout", "-q", "main");
    mainline.git("merge", "-q", "--no-ff", "-m", "merge", "side");
    const merge = mainline.git("rev-parse", "HEAD").trim();
    const picked = await pick({ template: template("stable") }, ["--output=/tmp/x", "f".repeat(40), merge, nothing, shas[0] ?? ""]);
    assert.deepEqual(picked.value.mails.map(({ sha }) => sha), [shas[0]]);
    assert.deepEqual(told(picked).map((line) => line.replace(/^[0-9a-f]{12}/, "X")), ["--output=/tm is no commit of this repository.", "X is no commit of this repository.", "X is a merge and can't be sent as a patch.", "X changes nothing, so it is left out."]);
  });

  it("takes a team's own form, with fields, and warns when no comparison will understand it", async () => {
    const own = await pick({ template: ownTemplate("Subject: [ours] {subject}\nX-Bug: {bug}\nFrom: evil@example.com\n\ninclusion of {sha}\nfixes {cve|nothing} since {tag}") }, shas.slice(0, 1));
    assert.deepEqual(own.value.amOptions, ["--keep-non-patch"]);
    assert.match(text(own), /^Subject: \[PATCH\] \[ours\] net: fix a leak in 网络\nX-Bug: 4321\nMIME/m);
    assert.deepEqual(own.problems.map(({ code }) => code), ["indented", "brackets", "unread"]);
    assert.match(bodyOf(own), new RegExp(`^ From: evil@example\\.com\n\ninclusion of ${shas[0] ?? ""}\nfixes CVE-2024-12345 since v6\\.8-rc1\n\nWords of one`));
    const plain = await pick({ template: ownTemplate("(cherry picked from commit {sha})") }, shas.slice(0, 1));
    assert.deepEqual(plain.problems, []);
  });

  it("keeps a message's own lines that look like a patch or a mail, and tells that they are indented", async () => {
    const picked = await pick({ template: template("stable") });
    assert.deepEqual(picked.problems.map(({ code }) => code), ["indented", "brackets", "crlf"]);
    assert.match(am(picked).at(-1)?.[1] ?? "", /A list:\n ---\n diff --git is what/);
  });
});

describe("filling a template", () => {
  it("drops a line that has nothing to say, uses defaults, and leaves unknown placeholders", () => {
    assert.equal(fill("a {sha}\nb {cve}\nc {bug|none}\n{other} {tag}", { sha: "1", cve: "", bug: "", tag: "" }), "a 1\nc none");
    assert.equal(fill("{other}", {}), "{other}");
  });

  it("never takes a placeholder from a value or from the commit's words", () => {
    assert.equal(fillBody("{subject}\n\n{message}\n{signoff}", "say {sha} and $& {message}", { subject: "{sha} $1", sha: "1", signoff: "S: x" }), "{sha} $1\n\nsay {sha} and $& {message}\n\nS: x");
  });

  it("joins a sign-off to the trailers that are there, and does not write the same twice", () => {
    const body = "{message}\n{signoff}";
    assert.equal(fillBody(body, "Words.", { signoff: "Signed-off-by: A <a@example.com>" }), "Words.\n\nSigned-off-by: A <a@example.com>");
    assert.equal(fillBody(body, "Words.\n\nFixes: 1", { signoff: "Signed-off-by: A <a@example.com>" }), "Words.\n\nFixes: 1\nSigned-off-by: A <a@example.com>");
    assert.equal(fillBody(body, "Words.\n\nSigned-off-by: A <a@example.com>", { signoff: "Signed-off-by: A <a@example.com>" }), "Words.\n\nSigned-off-by: A <a@example.com>");
    assert.equal(fillBody(body, "", { signoff: "Signed-off-by: A <a@example.com>" }), "Signed-off-by: A <a@example.com>");
  });

  it("takes any text as a form without failing, and every form keeps the commit's words", () => {
    const piece = fc.constantFrom("{sha}", "{message}", "{signoff}", "{bug|", "}", "{", "\n", "Subject: ", "X-Y: z", "|", " ", "{cve|NA}", "words");
    fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const own = ownTemplate(pieces.join(""));
      assert.ok(fillBody(own.body, "THE WORDS", { sha: "1", signoff: "S", bug: "", cve: "" }).includes("THE WORDS"));
      assert.ok(own.fields.every((field) => !field.includes("\n")));
    }), { numRuns: 500 });
  });

  it("knows a form by its id and nothing by an unknown word", () => {
    assert.equal(templateOf("openeuler")?.dialect, "openeuler");
    assert.deepEqual([templateOf(""), templateOf("nonsense")], [undefined, undefined]);
    assert.equal(templateOf("commit {sha}")?.id, "own");
  });
});
