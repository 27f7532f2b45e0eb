import assert from "node:assert/strict";
import { importAbiDocument } from "../../../../language-server/engine/tuning/import/abi-document";
import { importCgroupDocument } from "../../../../language-server/engine/tuning/import/cgroup-document";
import { importKconfig } from "../../../../language-server/engine/tuning/import/kconfig";
import { importKernelParameters } from "../../../../language-server/engine/tuning/import/kernel-parameters";
import { brief } from "./brief";

describe("importing kernel-parameters.txt", () => {
  const read = (...lines: string[]): readonly string[] => importKernelParameters("kernel-parameters.txt", lines.join("\n")).parameters.map(brief);

  it("reads names, subsystems, formats and defaults", () => {
    assert.deepEqual(
      read(
        "\toars=\t\t[BOAT,HW] How to row",
        "\t\t\tFormat: { none | pair | four }",
        "\t\t\tdefault: pair",
        "",
        "\tlamp.oil=\t[BOAT]",
        "\t\t\tFormat: <int>",
        "\t\t\tDefault: 7",
        "",
        "\tballast=nn[KMG]\t[BOAT] Sets it.",
        "",
        "\tnosail\t\t[BOAT] Do without.",
      ),
      [
        "oars enum range={none,pair,four} @1 | [BOAT,HW] How to row Format: { none | pair | four } default: pair",
        "lamp.oil integer default=7 @5 | [BOAT] Format: <int> Default: 7",
        "ballast bytes @9 | [BOAT] Sets it.",
        "nosail @11 | [BOAT] Do without.",
      ],
    );
  });

  it("shares a text among names that stand below one another", () => {
    assert.deepEqual(read("\tlamp.red=\t[BOAT]", "\tlamp.green=\t[BOAT]", "\t\t\tFormat: <int>", "\t\t\tBrightness."), [
      "lamp.red integer @1 | [BOAT] Format: <int> Brightness.",
      "lamp.green integer @2 | [BOAT] Format: <int> Brightness.",
    ]);
  });

  it("reads the options of a list at the second tab stop", () => {
    assert.deepEqual(read("\tboat=option[,option...]\t[BOAT] options.", "\t\tearlylamp\tLight it", "\t\t\t\tearly.", "\t\toar=N\t\t[HW] That many."), [
      "boat @1 | [BOAT] options. earlylamp Light it early. oar=N [HW] That many.",
      "boat=earlylamp @2 | Light it early.",
      "boat=oar @4 | [HW] That many.",
    ]);
  });

  it("lists what stands at a name's place and is none", () => {
    assert.deepEqual(importKernelParameters("k.txt", "\n\t(see below)\n").unread, [{ file: "k.txt", line: 2, reason: '"(see below)" is at the place of a parameter and is not the name of one' }]);
  });
});

describe("importing an ABI document", () => {
  it("gives each What: of an entry a record of its own, with the version", () => {
    const text = [
      "What:\t\t/sys/class/boat/<boat>/oars",
      "What:\t\t/sys/class/boat/<boat>/sails,",
      "\t\t/sys/class/boat/<boat>/lamp",
      "Date:\t\tMay 2031",
      "KernelVersion:\t9.4",
      "Contact:\tNobody <nobody@example.org>",
      "Description:",
      "\t\tWhat the boat has.",
      "",
      "What:\t\t/sys/class/boat/<boat>/depth_ms",
      "Description:\tHow deep. Default: 20",
      "What:\t\tboatfs",
      "Description:\tThe boat file system is gone; it was of no use to anybody who has a ship, or a bridge.",
    ].join("\n");
    const { parameters, prose } = importAbiDocument("Documentation/ABI/testing/sysfs-boat", text);
    assert.deepEqual(parameters.map(brief), [
      "/sys/class/boat/<boat>/oars since=9.4 @1 | What the boat has.",
      "/sys/class/boat/<boat>/sails since=9.4 @2 | What the boat has.",
      "/sys/class/boat/<boat>/lamp since=9.4 @3 | What the boat has.",
      "/sys/class/boat/<boat>/depth_ms default=20 unit=milliseconds @10 | How deep. Default: 20",
    ]);
    assert.deepEqual(prose.map((one) => [one.heading, one.source.line]), [["boatfs", 12]]);
  });

  it("does not take the version of a removal for the version of a start", () => {
    const text = "What:\t/sys/boat/anchor\nKernelVersion: 9.4\nDescription: gone\n";
    assert.deepEqual(importAbiDocument("Documentation/ABI/removed/sysfs-boat", text).parameters.map(brief), ["/sys/boat/anchor @1 | gone"]);
  });

  it("says that a file without entries has none", () => {
    assert.deepEqual(importAbiDocument("Documentation/ABI/testing/x", "hello\n").unread, [{ file: "Documentation/ABI/testing/x", line: 1, reason: 'no entry: nothing begins with "What:"' }]);
  });
});

describe("importing cgroup-v2.rst", () => {
  it("reads interface files with default and range", () => {
    const text = [
      "Memory Interface Files",
      "~~~~~~~~~~~~~~~~~~~~~~",
      "",
      "  memory.ballast",
      "\tA read-write single value file.  The default is \"max\".",
      "",
      "\tHeavier is steadier.",
      "",
      "\t  stone",
      "\t\tNot a file.",
      "",
      "  cpu.oars",
      "\tThe default is \"100\", in the range [1, 10000].",
    ].join("\n");
    assert.deepEqual(importCgroupDocument("cgroup-v2.rst", text).parameters.map(brief), [
      'memory.ballast default=max @4 | A read-write single value file. The default is "max". Heavier is steadier. stone Not a file.',
      'cpu.oars default=100 range=1..10000 @12 | The default is "100", in the range [1, 10000].',
    ]);
  });
});

describe("importing Kconfig", () => {
  const read = (...lines: string[]): readonly string[] => importKconfig("drivers/boat/Kconfig", lines.join("\n")).parameters.map(brief);

  it("reads type, prompt, help, and what encloses the symbol", () => {
    assert.deepEqual(
      read(
        'menu "Boats"',
        "depends on WATER",
        "",
        "if HARBOUR",
        "",
        "menuconfig BOAT",
        '\ttristate "Boats of all kinds"',
        "\tdepends on OAR || SAIL # either",
        "\thelp",
        "\t  They float.",
        "",
        "\t  config is a word here.",
        "",
        "endif",
        "endmenu",
        "",
        "config BOAT_COUNT",
        '\tint "How many" if BOAT',
        "\trange 1 64",
        "\tdefault 8",
      ),
      [
        "CONFIG_BOAT enum range={y,m,n} @6 | Boats of all kinds They float. config is a word here. Depends on: WATER && HARBOUR && (OAR || SAIL)",
        "CONFIG_BOAT_COUNT integer default=8 range=1..64 @17 | How many",
      ],
    );
  });

  it("keeps silent about conditional defaults and ranges", () => {
    assert.deepEqual(read("config OARS", '\tint "Oars"', "\tdefault 4 if WIDE", "\tdefault 2", "\trange 1 4 if WIDE", "\trange 1 2"), ["CONFIG_OARS integer @1 | Oars"]);
    assert.deepEqual(read("config LAMP", "\tdef_bool y", "config NAME", "\tstring", '\tdefault "a # b"'), ["CONFIG_LAMP boolean default=y @1 | config LAMP", "CONFIG_NAME string default=a # b @3 | config NAME"]);
  });

  it("reads a choice's symbols and names a block that is closed as another", () => {
    const { parameters, unread } = importKconfig("Kconfig", "choice\n\tprompt \"Which\"\n\tdepends on X\nconfig A\n\tbool \"a\"\nendmenu\n");
    assert.deepEqual(parameters.map(brief), ["CONFIG_A boolean @4 | a Depends on: X"]);
    assert.deepEqual(unread, [{ file: "Kconfig", line: 6, reason: "endmenu closes choice" }]);
  });
});
