import assert from "node:assert/strict";
import fc from "fast-check";
import { kernelImporterOf } from "../../../../language-server/engine/tuning/import/kernel";
import { modulesOfMakefile } from "../../../../language-server/engine/tuning/import/makefile";
import type { Imported } from "../../../../language-server/engine/tuning/types";

const paths = [
  "Documentation/admin-guide/sysctl/vm.rst",
  "Documentation/networking/ip-sysctl.rst",
  "Documentation/admin-guide/kernel-parameters.txt",
  "Documentation/ABI/testing/sysfs-boat",
  "Documentation/admin-guide/cgroup-v2.rst",
  "drivers/boat/Kconfig",
  "drivers/boat/boat.c",
] as const;

/** Pieces that the parsers look for, so that chance builds nearly right files of all kinds. */
const pieces = [
  "\n", "\n", "\n\n", "\t", "\t\t\t", "  ", " ", "====\n", "----\n", "=====\n", "/proc/sys/net/ipv4/* Variables\n", "oar - INTEGER\n", "``conf/all/*``:\n", "Default: 3", "default is ", "(default)", "- 0 - off",
  "Possible values:", "1 - 5", "minimum ", "in seconds", "0x", "name=", "[KNL]", "Format: {a|b}", "<int>", "What:\t/sys/a", "Description:", "KernelVersion: 5.1", "memory.high", "config A\n", "menu \"x\"\n",
  "if X\n", "endif\n", "help\n", "default 1 if B\n", "range 1 2\n", "\"", "'", "\\", "/*", "*/", "//", "#define A \\\n", "struct ctl_table t[] = {", "{ .procname = \"x\",", ".extra1 = SYSCTL_ZERO,", "},", "};",
  "register_sysctl(\"a\", t);", "module_param(a, int, 0);", "module_param(", "__setup(\"a=\", f)", "MODULE_PARM_DESC(a, \"b\")", "static int a = 1;", "obj-y += a.o\n", "a-objs := $(B)/c.o ../../d.o\n", "B = $(B) $(B)\n", "\r\n", "\uFEFF", "船", "\u0000",
];
const text = fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ maxLength: 12 }) }), { maxLength: 120 }).map((parts) => parts.join(""));

function read(path: string, content: string): Imported {
  const importer = kernelImporterOf(path);
  assert.ok(importer);
  return importer.read(path, content);
}

describe("importers on hostile input", () => {
  for (const path of paths) {
    it(`never throw, and point at lines that are there: ${path}`, () => {
      fc.assert(
        fc.property(text, (content) => {
          const lines = content.split("\n").length;
          const { parameters, prose, unread } = read(path, content);
          for (const record of parameters) {
            assert.ok(record.name.length > 0 && record.description.length < 1700);
            assert.ok(record.confidence > 0 && record.confidence <= 1);
            assert.equal(record.source.file, path);
          }
          for (const { line } of [...parameters.map((one) => one.source), ...prose.map((one) => one.source), ...unread]) assert.ok(line >= 1 && line <= lines, `line ${line} of ${lines}`);
        }),
        { numRuns: 400 },
      );
    });

    it(`take a long run of any one piece without stopping: ${path}`, () => {
      for (const piece of pieces) {
        const result = read(path, piece.repeat(Math.ceil(300_000 / piece.length)));
        assert.ok(result.parameters.length <= 50_000 && result.unread.length <= 1001);
      }
    });
  }

  it("a Makefile of any content gives files and modules, never an exception", () => {
    fc.assert(
      fc.property(text, (content) => {
        for (const [file, modules] of modulesOfMakefile("drivers/boat/Makefile", content)) assert.ok(file.endsWith(".c") && modules.length <= 8);
      }),
      { numRuns: 400 },
    );
    assert.ok(modulesOfMakefile("Makefile", "B = $(B) $(B) a.o\n".repeat(20_000)).size < 50);
  });
});
