import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { contactsOfFile, contactsOfPatch, readKeepers, toEntry, type KeeperTree } from "../../../language-server/engine/review/maintainers/maintainers";
import { parseMaintainers } from "../../../language-server/engine/review/maintainers/parse";
import { perlPattern } from "../../../language-server/engine/review/maintainers/pattern";
import { formatAddress, mapAddress, parseAddress, parseMailmap } from "../../../language-server/engine/review/maintainers/address";
import { benchMaintainers } from "../../bench/maintainers.bench";

const text = `List of maintainers
===================

Descriptions of section entries:

	M: *Mail* patches to: FullName <address@domain>

KEEL CORE
M:	Alice Example <alice@example.com>
M:	"Bob B. Sample" <bob@example.org>
R:	Li Sample <li@example.org>
L:	keel@lists.example.org (moderated for non-subscribers)
L:	keel-private@lists.example.org (subscribers-only)
S:	Supported
F:	drivers/keel
F:	include/linux/keel*.h
X:	drivers/keel/legacy/

KEEL LEGACY
M:	Old Keeper <old@example.com>
S:	Odd Fixes
F:	drivers/keel/legacy/
K:	\\bkeel_(?:old|ancient)_
N:	[^a-z]anchor

KEEL BINDINGS WITH A VERY LONG TITLE THAT GOES ON AND ON AND ON
L:	devicetree@lists.example.org
S:	Orphan
F:	Documentation/*/keel.?aml

THE REST
M:	Linus Torvalds <torvalds@linux-foundation.org>
L:	linux-kernel@vger.kernel.org
S:	Buried alive in reporters
F:	*
F:	*/
`;

const contents: Readonly<Record<string, string>> = {
  "drivers/keel/main.c": "int keel_main;\n",
  "drivers/keel/legacy/x.c": "int x;\n",
  "lib/user.c": "call keel_old_open();\n",
  "Documentation/bindings/keel.yaml": "maintainers:\n  - Dana Example <dana@example.com>\n  - Alice Example <alice@example.com>\n",
};
const tree: KeeperTree = {
  isDirectory: (path) => Promise.resolve(Object.keys(contents).some((name) => name.startsWith(`${path}/`))),
  read: (path) => Promise.resolve(contents[path] === undefined ? undefined : nodeDecode.bytes(contents[path])),
};
const keepers = readKeepers({ maintainers: text, mailmap: "Alice Renamed <alice@example.org> <alice@example.com>\n", ignore: "# nobody\nDana Example <dana@example.com>\n" });
const who = async (path: string): Promise<readonly string[]> => (await contactsOfFile(keepers, path, tree, nodeDecode)).map(({ address, role }) => `${address} (${role})`);

describe("MAINTAINERS", () => {
  it("names people and lists of the nearest section first, with their roles, as .mailmap writes them", async () => {
    assert.deepEqual(await who("drivers/keel/main.c"), [
      "Alice Renamed <alice@example.org> (supporter:KEEL CORE)",
      '"Bob B. Sample" <bob@example.org> (supporter:KEEL CORE)',
      "Li Sample <li@example.org> (reviewer:KEEL CORE)",
      "keel@lists.example.org (moderated list:KEEL CORE)",
      "linux-kernel@vger.kernel.org (open list)",
    ]);
  });

  it("leaves out what X: excludes and matches a directory without its slash", async () => {
    assert.deepEqual(await who("drivers/keel/legacy/x.c"), ["Old Keeper <old@example.com> (odd fixer:KEEL LEGACY)", "linux-kernel@vger.kernel.org (open list)"]);
    assert.deepEqual((await who("drivers/keelson.c")).slice(0, 1), ["linux-kernel@vger.kernel.org (open list)"]);
  });

  it("matches globs within one directory only, N: anywhere in the path and K: in the content", async () => {
    assert.match((await who("include/linux/keel-port.h"))[0] ?? "", /KEEL CORE/);
    assert.deepEqual(await who("include/linux/keel/port.h"), ["linux-kernel@vger.kernel.org (open list)"]);
    assert.match((await who("arch/arm/x-anchor.c"))[0] ?? "", /KEEL LEGACY/);
    assert.match((await who("lib/user.c"))[0] ?? "", /KEEL LEGACY/);
  });

  it("asks whom a binding names in its own text, unless .get_maintainer.ignore says not to, and shortens long titles", async () => {
    assert.deepEqual(await who("Documentation/bindings/keel.yaml"), [
      "Alice Renamed <alice@example.org> (in file)",
      "devicetree@lists.example.org (open list:KEEL BINDINGS WITH A VERY LONG TITLE THAT GOES...)",
      "linux-kernel@vger.kernel.org (open list)",
    ]);
  });

  it("looks for K: in a patch's message and changed lines, not in its context", async () => {
    const patch = (intro: string, line: string): Promise<readonly string[]> =>
      contactsOfPatch(keepers, { paths: ["lib/other.c"], intro: [intro], diff: [line] }, tree, nodeDecode).then((found) => found.map(({ section }) => section));
    assert.deepEqual(await patch("about keel_old_open", " x"), ["KEEL LEGACY", "THE REST"]);
    assert.deepEqual(await patch("", "+\tkeel_old_open();"), ["KEEL LEGACY", "THE REST"]);
    assert.deepEqual(await patch("", " \tkeel_old_open();"), ["THE REST"]);
  });

  it("gives plain names and one of five roles to checks and hovers", async () => {
    const found = (await contactsOfFile(keepers, "drivers/keel/main.c", tree, nodeDecode)).map(toEntry);
    assert.deepEqual(found[1], { name: "Bob B. Sample", email: "bob@example.org", role: "supporter", section: "KEEL CORE" });
    assert.deepEqual(found.map(({ role }) => role), ["supporter", "supporter", "reviewer", "list", "list"]);
  });

  it("reads the four forms of .mailmap", () => {
    const map = parseMailmap("New Name <one@example.com>\n<right@example.com> <wrong@example.com>\nBoth New <b@example.com> <a@example.com>\nFour <d@example.com> Old Four <c@example.com> # why\n");
    assert.equal(mapAddress("Old <one@example.com>", map), "New Name <one@example.com>");
    assert.equal(mapAddress("X <wrong@example.com>", map), "X <right@example.com>");
    assert.equal(mapAddress("Y <a@example.com>", map), "Both New <b@example.com>");
    assert.equal(mapAddress("Old Four <c@example.com>", map), "Four <d@example.com>");
    assert.equal(mapAddress("Other <c@example.com>", map), "Other <c@example.com>");
  });

  it("translates Perl's patterns, and refuses what could run for ever", () => {
    assert.ok(perlPattern("\\b(?i:clang|llvm)\\b", { extended: true })?.test("use CLang now"));
    assert.ok(perlPattern("(?i)pid fd", { extended: true })?.test("PIDFD"));
    assert.ok(perlPattern("bcm[9]?47622", { extended: true })?.test("bcm947622"));
    assert.equal(perlPattern("(a+)+$", { extended: true }), undefined);
    assert.equal(perlPattern("(a|aa)+$", { extended: true }), undefined);
    assert.equal(perlPattern("a*a*a*a*a*b", { extended: true }), undefined);
    assert.equal(perlPattern("((a*)b*)*c", { extended: true }), undefined);
    assert.equal(perlPattern("(?{ system 'x' })", { extended: true }), undefined);
    assert.equal(perlPattern("unbalanced(", { extended: true }), undefined);
  });

  it("survives any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (odd) => {
        const { sections } = parseMaintainers(odd);
        assert.ok(sections.every(({ lines }) => lines.length > 0));
        formatAddress(parseAddress(odd));
        perlPattern(odd, { extended: true })?.test(odd.slice(0, 50));
      }),
      { numRuns: 300 },
    );
  });

  it("answers as the kernel's own script does", async function () {
    this.timeout(120_000);
    const kernel = process.env["KEELSON_KERNEL"] ?? "/usr/src/linux-source-6.1";
    if (!existsSync(join(kernel, "scripts/get_maintainer.pl"))) {
      console.log(`skipped: a kernel tree at ${kernel} absent (KEELSON_KERNEL names one)`);
      this.skip();
    }
    const [counts] = await benchMaintainers({ tree: kernel, paths: 25 });
    const [paths, equal, byChance] = counts!.rows[0]!;
    assert.equal(Number(equal) + Number(byChance), paths);
  });
});
