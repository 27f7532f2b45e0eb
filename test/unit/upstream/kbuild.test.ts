import assert from "node:assert/strict";
import fc from "fast-check";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { Cancelled } from "../../../language-server/engine/ports";
import { createBuildOracle, type BuildAnswer } from "../../../language-server/engine/upstream/kbuild/built";
import { parseKernelConfig } from "../../../language-server/engine/upstream/kbuild/config";
import { expand, unknown } from "../../../language-server/engine/upstream/kbuild/expand";
import { foldNotBuilt } from "../../../language-server/engine/upstream/kbuild/fold";
import { parseMakefile } from "../../../language-server/engine/upstream/kbuild/makefile";
import { findMakefiles, readMakefiles } from "../../../language-server/engine/upstream/kbuild/tree";
import { nodeFiles } from "../../../language-server/adapters/files";
import type { CommitFacts, MissingFix } from "../../../language-server/engine/upstream/types";
import { makeRepository } from "../support/git";

/** A complete configuration: Kconfig's head, and enough symbols that nobody needs. */
function config(...lines: readonly string[]): string {
  const rest = Array.from({ length: 300 }, (_, i) => `# CONFIG_UNUSED_${i} is not set`);
  return ["#", "# Automatically generated file; DO NOT EDIT.", "# Linux/x86 6.1.0 Kernel Configuration", "#", ...lines, ...rest, ""].join("\n");
}

const root = "obj-y += drivers/\nobj-$(CONFIG_NET) += net/\n";

function ask(makefiles: Readonly<Record<string, string>>, path: string, text: string): string {
  return shown(createBuildOracle(new Map(Object.entries({ Kbuild: root, ...makefiles })), parseKernelConfig(text).value).of(path));
}

function shown(answer: BuildAnswer): string {
  return answer.state === "not-built" ? `not built: ${answer.symbol} ${answer.file}:${answer.line}` : answer.state;
}

const drivers = "# SPDX\nobj-$(CONFIG_FOO)\t+= foo/\nobj-y += bar.o\n";

describe("what a configuration builds", () => {
  it("is an object of a list that is on, in folders that are gone down into", () => {
    const files = { "drivers/Makefile": drivers, "drivers/foo/Makefile": "obj-$(CONFIG_FOO_PCI) += pci.o\n" };
    assert.equal(ask(files, "drivers/bar.c", config()), "built");
    assert.equal(ask(files, "drivers/foo/pci.c", config("CONFIG_FOO=m", "CONFIG_FOO_PCI=y")), "built");
    assert.equal(ask(files, "drivers/foo/pci.c", config("CONFIG_FOO=y", "# CONFIG_FOO_PCI is not set")), "not built: FOO_PCI drivers/foo/Makefile:1");
    assert.equal(ask(files, "drivers/foo/pci.c", config("CONFIG_FOO_PCI=y")), "not built: FOO drivers/Makefile:2");
  });

  it("is a part of an object that is built, by any of the names for parts", () => {
    const makefile = "obj-$(CONFIG_FOO) += foo.o\nfoo-y := main.o \\\n\tlib/ops.o\nfoo-objs += old.o\nfoo-$(CONFIG_FOO_DEBUG) += debug.o\n";
    const files = { "drivers/Makefile": makefile };
    for (const path of ["drivers/main.c", "drivers/lib/ops.c", "drivers/old.c", "drivers/start.S"]) {
      assert.equal(ask(files, path, config("CONFIG_FOO=m")), path.endsWith(".S") ? "unknown" : "built", path);
      if (!path.endsWith(".S")) assert.equal(ask(files, path, config()), "not built: FOO drivers/Makefile:1", path);
    }
    assert.equal(ask(files, "drivers/debug.c", config("CONFIG_FOO=m")), "not built: FOO_DEBUG drivers/Makefile:5");
    assert.equal(ask(files, "drivers/debug.c", config("CONFIG_FOO=m", "CONFIG_FOO_DEBUG=y")), "built");
  });

  it("is decided by conditional blocks", () => {
    const makefile = "ifdef CONFIG_A\nobj-y += a.o\nelse ifeq ($(CONFIG_B),y)\n\tobj-y += b.o\nelse\nobj-y += c.o\nendif\nifneq ($(CONFIG_A)$(CONFIG_B),)\nobj-y += d.o\nendif\nifeq \"$(CONFIG_A)\" \"m\"\nobj-m += e.o\nendif\n";
    const answers = (text: string): readonly string[] => ["a", "b", "c", "d", "e"].map((name) => ask({ "drivers/Makefile": makefile }, `drivers/${name}.c`, text).split(":")[0]!);
    assert.deepEqual(answers(config("CONFIG_A=y")), ["built", "not built", "not built", "built", "not built"]);
    assert.deepEqual(answers(config("CONFIG_B=y")), ["not built", "built", "not built", "built", "not built"]);
    assert.deepEqual(answers(config()), ["not built", "not built", "built", "not built", "not built"]);
    assert.deepEqual(answers(config("CONFIG_A=m")), ["built", "not built", "not built", "built", "built"]);
    assert.equal(ask({ "drivers/Makefile": makefile }, "drivers/a.c", config()), "not built: A drivers/Makefile:1");
  });

  it("is built as soon as one of several mentions is on, also one of another folder", () => {
    const files = { "drivers/Makefile": "obj-$(CONFIG_A) += x.o\nobj-$(CONFIG_B) += x.o\nobj-y += other/\n", "drivers/other/Makefile": "obj-$(CONFIG_C) += ../x.o\n" };
    assert.equal(ask(files, "drivers/x.c", config("CONFIG_B=y")), "built");
    assert.equal(ask(files, "drivers/x.c", config("CONFIG_C=y")), "built");
    assert.equal(ask(files, "drivers/x.c", config()), "not built: A drivers/Makefile:1");
  });

  it("expands variables, functions and included files", () => {
    const makefile = "files := one two\nobj-$(CONFIG_A) += $(addsuffix .o,$(files)) $(patsubst %.c,%.o,three.c) $(list:.c=.o)\nlist = four.c\nobj-$(subst m,y,$(CONFIG_B)) += five.o\nobj-$(and $(CONFIG_A),$(CONFIG_B)) += six.o\ninclude $(srctree)/$(src)/more.mk\n";
    const files = { "drivers/Makefile": makefile, "drivers/more.mk": "obj-$(CONFIG_A) += seven.o\n" };
    for (const name of ["one", "two", "three", "seven"]) {
      assert.equal(ask(files, `drivers/${name}.c`, config("CONFIG_A=y")), "built", name);
      assert.match(ask(files, `drivers/${name}.c`, config()), /^not built: A /u, name);
    }
    assert.equal(ask(files, "drivers/five.c", config("CONFIG_B=m")), "built");
    assert.match(ask(files, "drivers/six.c", config("CONFIG_A=y")), /^not built: B /u);
  });

  it("is not decided where a word, a test or an included file is not known", () => {
    const off = config();
    assert.equal(ask({ "drivers/Makefile": "obj-$(CONFIG_A) += x.o\nobj-y += $(shell ls *.o)\n" }, "drivers/x.c", off), "unknown");
    assert.equal(ask({ "drivers/Makefile": "obj-$(CONFIG_A) += x.o\ninclude $(NOWHERE)/y.mk\n" }, "drivers/x.c", off), "unknown");
    assert.equal(ask({ "drivers/Makefile": "ifeq ($(CC_KIND),gcc)\nobj-y += x.o\nendif\n" }, "drivers/x.c", off), "unknown");
    assert.equal(ask({ "drivers/Makefile": "obj-$(CONFIG_A) += x.o y/\n", "drivers/y/Makefile": "obj-y += $(shell ls)\n" }, "drivers/x.c", off), "not built: A drivers/Makefile:1");
    assert.equal(ask({ "drivers/Makefile": "x-objs := x.o\n" }, "drivers/x.c", off), "unknown");
    assert.equal(ask({ "drivers/Makefile": "a-objs := b.o\nb-objs := a.o\n" }, "drivers/a.c", off), "unknown");
  });

  it("is not decided for headers, architectures, scripts, files that nothing names, and paths that leave the tree", () => {
    const files = { "drivers/Makefile": "obj-$(CONFIG_A) += x.o\n" };
    for (const path of ["drivers/x.h", "arch/x86/kernel/x.c", "scripts/x.c", "drivers/z.c", "drivers/Makefile", "drivers/Kconfig", "../x.c", "", "x.mod.c"]) assert.equal(ask(files, path, config()), "unknown", path);
  });

  it("is not decided by a symbol that a defconfig or a fragment does not name", () => {
    const files = { "drivers/Makefile": "obj-$(CONFIG_A) += a.o\nobj-$(CONFIG_B) += b.o\n" };
    assert.equal(ask(files, "drivers/a.c", "CONFIG_B=y\n"), "unknown");
    assert.equal(ask(files, "drivers/b.c", "CONFIG_B=y\n"), "built");
    assert.equal(ask(files, "drivers/a.c", "# CONFIG_A is not set\n"), "not built: A drivers/Makefile:1");
  });

  it("reads the lists of the top Makefile of older kernels, whatever it asks of the way that make was called", () => {
    const top = "ifeq ($(need-sub),)\nifeq ($(KBUILD_EXTMOD),)\ncore-y := init/\ndrivers-y := drivers/\nnet-$(CONFIG_NET) := net/\nendif\nendif\ninclude arch/$(SRCARCH)/Makefile\n";
    const files = { Kbuild: "", Makefile: top, "drivers/Makefile": "obj-y += a.o\n", "net/Makefile": "obj-y += b.o\n" };
    assert.equal(ask(files, "drivers/a.c", config()), "built");
    assert.equal(ask(files, "net/b.c", config()), "not built: NET Makefile:5");
  });

  it("takes a folder's Kbuild before its Makefile", () => {
    const files = { "drivers/Makefile": "obj-y += a/\n", "drivers/a/Makefile": "obj-y += x.o\n", "drivers/a/Kbuild": "obj-$(CONFIG_A) += x.o\n" };
    assert.equal(ask(files, "drivers/a/x.c", config()), "not built: A drivers/a/Kbuild:1");
  });

  it("answers soon for Makefiles that are made to take long", () => {
    const laughs = Array.from({ length: 40 }, (_, i) => `v${i} = $(v${i + 1})$(v${i + 1})`).join("\n");
    assert.equal(ask({ "drivers/Makefile": `${laughs}\nv40 = x\nobj-y += $(v0).o\nobj-$(CONFIG_A) += a.o\n` }, "drivers/a.c", config()), "unknown");
    assert.equal(ask({ "drivers/Makefile": "a = $(b)\nb = $(a)\nobj-y += $(a)\ninclude drivers/Makefile\n" }, "drivers/a.c", config()), "unknown");
    assert.equal(expand("$(".repeat(50_000), () => "x"), unknown);
  });
});

describe("Makefiles and configurations of any content", () => {
  it("never fail", () => {
    const piece = fc.constantFrom("obj-y", "obj-$(CONFIG_A)", "foo-objs", " += ", " := ", " = ", "a.o ", "b/ ", "$(", "${", ")", "}", "\\\n", "\n", "\t", "#", "ifdef CONFIG_A\n", "ifeq ($(CONFIG_A),y)\n", "else\n", "else ifdef B\n", "endif\n", "define x\n", "endef\n", "include x\n", "$(subst ,,", "$(addprefix a,", "$(if ", "$(x:%=%)", ",", ":", "../", unknown, "\r\n", "all: dep\n", "é");
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      for (const { line, name } of parseMakefile(text).flatMap((one) => (one.kind === "assign" ? [one] : []))) assert.ok(line >= 1 && name !== "");
      ask({ "drivers/Makefile": text }, "drivers/a.c", config("CONFIG_A=y"));
      parseKernelConfig(text);
    }), { numRuns: 1000 });
  });

  it("tell lines of a configuration that are none", () => {
    const { value, problems } = parseKernelConfig('\ufeffCONFIG_A=y\r\n# CONFIG_B is not set\nCONFIG_S="a b"\nwhat is this\nCONFIG_=1\n');
    assert.deepEqual([value.get("A"), value.get("B"), value.get("S"), value.get("C"), value.complete], ["y", "n", '"a b"', undefined, false]);
    assert.deepEqual(problems.map(({ line }) => line), [4, 5]);
  });
});

describe("Makefiles of a tree", () => {
  it("are the same read from a commit and from a folder", async () => {
    const repo = await makeRepository();
    try {
      const files = { Makefile: "core-y := a/\n", "a b/Makefile": "obj-y += x.o\n", "目录/Kbuild": "obj-y += y.o\n", "a/rules.mk": "z := 1\n", "tools/Makefile": "no\n", "a/x.c": "int x;\n" };
      const head = await repo.commit("tree", files);
      const expected = ["Makefile", "a b/Makefile", "a/rules.mk", "目录/Kbuild"];
      for (const found of [await readMakefiles(repo, nodeDecode, head), await findMakefiles(nodeFiles, nodeDecode, repo.root)]) {
        assert.deepEqual([...found.keys()].sort(), expected);
        assert.equal(found.get("目录/Kbuild"), "obj-y += y.o\n");
      }
      assert.equal((await readMakefiles(repo, nodeDecode, "--help")).size, 0);
      await assert.rejects(readMakefiles(repo, nodeDecode, head, { cancelled: true, onCancel: () => ({ dispose: () => undefined }) }), Cancelled);
    } finally {
      repo.remove();
    }
  });
});

describe("fixes in code that is not built", () => {
  const facts = (paths: readonly string[]): CommitFacts => ({ sha: "f", parents: [], author: { name: "", email: "" }, authorTime: 0, commitTime: 0, subject: "", claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths });
  const fix: MissingFix = { fix: "f", subject: "", time: 0, reasons: [], risk: [], cves: [], revertedBy: undefined, notBuilt: undefined };
  const oracle = createBuildOracle(new Map([["Kbuild", root], ["drivers/Makefile", "obj-$(CONFIG_A) += a.o\nobj-y += b.o\n"]]), parseKernelConfig(config()).value);
  const fold = (...paths: readonly string[]): MissingFix["notBuilt"] => foldNotBuilt([fix], [facts(paths)], oracle)[0]?.notBuilt;

  it("are marked with the symbol and the Makefile's line when all their code is left out", () => {
    assert.deepEqual(fold("drivers/a.c"), { symbol: "A", file: "drivers/Makefile", line: 1 });
    assert.deepEqual(fold("Documentation/a.rst", "drivers/a.c"), { symbol: "A", file: "drivers/Makefile", line: 1 });
  });

  it("are left as they are when one path is built or not decided, or none is code", () => {
    assert.equal(fold("drivers/a.c", "drivers/b.c"), undefined);
    assert.equal(fold("drivers/a.c", "drivers/a.h"), undefined);
    assert.equal(fold("Documentation/a.rst"), undefined);
    assert.equal(fold(), undefined);
  });
});
