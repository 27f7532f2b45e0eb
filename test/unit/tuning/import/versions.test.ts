import assert from "node:assert/strict";
import fc from "fast-check";
import { kernelVersion, namesOfFile, tellsNames, versionNames, versionNumbers } from "../../../../language-server/engine/tuning/import/versions/collect";
import { compareNames, type VersionNames } from "../../../../language-server/engine/tuning/import/versions/compare";
import { nameKey } from "../../../../language-server/engine/tuning/import/versions/name-key";
import { wordHash, wordHashes } from "../../../../language-server/engine/tuning/import/versions/words";

type Files = Readonly<Record<string, string>>;
const vm = "Documentation/admin-guide/sysctl/vm.rst";

/** A document of sysctls in our own words. */
function document(...names: readonly string[]): string {
  return `===============================\nDocumentation for /proc/sys/vm/\n===============================\n\n${names.map((name) => `${name}\n${"=".repeat(name.length)}\n\nHow many ${name} there are.\n`).join("\n")}`;
}

/** Source that has the words of all documented names; nothing in it says where they are set. */
function version(label: string, number: string, texts: Files, modules: ReadonlyMap<string, readonly string[]> = new Map()): VersionNames {
  const words = [...(texts[vm] ?? "").matchAll(/^([a-z]+)\n=+$/gmu)].map((match) => `"${match[1] ?? ""}"`);
  const files = words.length === 0 ? texts : { ...texts, "mm/words.c": `/* ctl_table */ ${words.join(" ")}\n` };
  return versionNames(label, number, Object.entries(files).filter(([path]) => tellsNames(path)).map(([path, text]) => namesOfFile(path, text, modules)), modules);
}

function told(...versions: readonly VersionNames[]): readonly string[] {
  return compareNames(versions).names.map(({ record: { name, since, until, absent, source, description } }) => `${name} ${absent?.before ?? ""}<${since ?? ""} ${until ?? ""}<${absent?.after ?? ""} ${source.file}:${source.line} ${description}`.trim());
}

describe("comparing versions of a kernel", () => {
  const old = { [vm]: document("oars", "sails"), "mm/Kconfig": "config KEEL\n\tbool \"Keel\"\n" };
  const young = { [vm]: document("sails", "radar"), "mm/Kconfig": "config HULL\n\tbool \"Hull\"\n" };

  it("tells the first and the last version that has a name, and those beside them that lack it", () => {
    assert.deepEqual(told(version("v5.10", "5.10", old), version("v6.1", "6.1", old), version("v6.12", "6.12", young)), [
      "vm.oars < 6.1<6.12 v6.1:Documentation/admin-guide/sysctl/vm.rst:5 How many oars there are.",
      "CONFIG_KEEL < 6.1<6.12 v6.1:mm/Kconfig:1 Keel",
      "vm.radar 6.1<6.12 < v6.12:Documentation/admin-guide/sysctl/vm.rst:10",
      "CONFIG_HULL 6.1<6.12 < v6.12:mm/Kconfig:1",
    ]);
  });

  it("does not say since when the oldest version's names are there, nor that the newest's end", () => {
    assert.deepEqual(told(version("a", "5.10", old), version("b", "6.1", old)), []);
    assert.deepEqual(told(version("a", "5.10", old)), []);
    assert.deepEqual(told(), []);
  });

  it("says nothing of names that went and came again", () => {
    const { names, interrupted } = compareNames([version("a", "5.10", old), version("b", "6.1", young), version("c", "6.12", old)]);
    assert.deepEqual([names.map(({ record }) => record.name).sort(), interrupted], [["CONFIG_HULL", "vm.radar"], 2]);
  });

  it("says nothing of a name whose word the sources of the other version still have", () => {
    const kept = { ...young, "mm/boat.c": 'static struct ctl_table t[] = { MAKE_ENTRY("oars", 1), };\n' };
    const { names, doubted } = compareNames([version("a", "6.1", old), version("b", "6.12", kept)]);
    assert.deepEqual([names.map(({ record }) => record.name), doubted], [["CONFIG_KEEL", "vm.radar", "CONFIG_HULL"], 1]);
    assert.deepEqual(told(version("a", "6.1", { "mm/boat.c": 'int x;\nDEVICE_ATTR_RO(radar_on);\n' }), version("b", "6.12", { "Documentation/ABI/testing/sysfs-boat": "What:\t\t/sys/boat/radar_on\nDescription:\n\t\tRadar.\n" })), []);
  });

  it("says nothing of a name that only a document has", () => {
    const document = (name: string): Files => ({ "Documentation/ABI/testing/sysfs-boat": `What:\t\t/sys/boat/${name}\nDescription:\n\t\tOars.\n` });
    assert.deepEqual(told(version("a", "6.1", document("oars")), version("b", "6.12", document("sails"))), []);
  });

  it("tells a new name only where the last words on the old one give it, and the next version has it", () => {
    const parameters = (text: string): Files => ({ "Documentation/admin-guide/kernel-parameters.txt": text, "mm/b.c": '__setup("oars", f);\n__setup("rowers", f);\n' });
    const renamed = (words: string, next: string): readonly (string | undefined)[] =>
      compareNames([version("a", "6.1", parameters(`\toars=\t\t[KNL] How many oars.\n\t\t\t${words}\n`)), version("b", "6.12", { "Documentation/admin-guide/kernel-parameters.txt": `\t${next}=\t\t[KNL] How many.\n`, "mm/b.c": `__setup("${next}", f);\n` })]).names.filter(({ record }) => record.until !== undefined && record.name === "oars").map(({ record }) => record.renamedTo);
    assert.deepEqual(renamed('This parameter is obsoleted by "rowers" parameter.', "rowers"), ["rowers"]);
    assert.deepEqual(renamed("It was renamed to rowers.", "sails"), [undefined]);
    assert.deepEqual(renamed("See also rowers.", "rowers"), [undefined]);
  });

  it("does not take for the name of a version what its documents list as removed", () => {
    const abi = "What:\t\t/sys/boat/oars\nDescription:\n\t\tOars.\n";
    assert.deepEqual(told(version("a", "6.1", { "Documentation/ABI/testing/sysfs-boat": abi, "drivers/b.c": "DEVICE_ATTR_RO(oars);\n" }), version("b", "6.12", { "Documentation/ABI/removed/sysfs-boat": abi })), ["/sys/boat/oars < 6.1<6.12 a:Documentation/ABI/testing/sysfs-boat:1 Oars."]);
  });

  it("knows a parameter of a module that the other version does not build, however common its word is", () => {
    const boat = { "drivers/boat/main.c": "static int debug;\nmodule_param(debug, int, 0644);\n" };
    const ship = { "drivers/ship/main.c": "static int debug;\nmodule_param(debug, int, 0644);\n" };
    const build = (name: string): ReadonlyMap<string, readonly string[]> => new Map([[`drivers/${name}/main.c`, [name]]]);
    assert.deepEqual(told(version("a", "6.1", boat, build("boat")), version("b", "6.12", { ...boat, ...ship }, new Map([...build("boat"), ...build("ship")]))).map((line) => line.split(" ", 2).join(" ")), ["ship.debug 6.1<6.12"]);
  });

  it("calls versions by as few numbers as tell them apart, and a vendor's many releases of one by their tags", () => {
    const numbers = (...list: readonly (readonly [string, string, string])[]): readonly string[] => versionNumbers(list.map((kernel, i) => ({ label: `tag-${i}`, kernel })));
    assert.deepEqual(numbers(["5", "10", "3"], ["6", "1", "0"]), ["5.10", "6.1"]);
    assert.deepEqual(numbers(["6", "1", "3"], ["6", "1", "9"]), ["6.1.3", "6.1.9"]);
    assert.deepEqual(numbers(["5", "10", "0"], ["5", "10", "0"]), ["tag-0", "tag-1"]);
    assert.deepEqual([kernelVersion("# x\r\nVERSION = 6\r\nPATCHLEVEL = 12\r\nSUBLEVEL = 7\r\n"), kernelVersion("VERSION = 6\nPATCHLEVEL = 1\n"), kernelVersion("all:\n")], [["6", "12", "7"], ["6", "1", "0"], undefined]);
  });

  it("reads words of any text, and compares any versions, without an exception", () => {
    const text = fc.array(fc.constantFrom('"oars"', "ctl_table", "DEVICE_ATTR(", "radar", ")", "\n", '"', "module_param(", "船", "\u0000", ",")).map((parts) => parts.join(""));
    fc.assert(fc.property(text, (content) => wordHashes(content).length <= content.length));
    assert.ok(wordHashes('ctl_table "oars" DEVICE_ATTR_RW(radar)').includes(wordHash("OARS")) && wordHash("a-b") === wordHash("a_b"));
    for (const piece of ['"', "attr(", "module_param(a", "param "]) wordHashes(`ctl_table ${piece.repeat(200_000)}`);
    const some = fc.subarray(["oars", "sails", "radar", "keel"]);
    fc.assert(fc.property(fc.array(some, { maxLength: 5 }), (lists) => {
      const versions = lists.map((names, i) => version(`v${i}`, `6.${i}`, { [vm]: document(...names) }));
      for (const { record } of compareNames(versions).names) {
        const has = versions.map(({ names }) => names.has(nameKey(record)));
        if (record.since !== undefined) assert.ok(has.indexOf(true) > 0 && record.since === `6.${has.indexOf(true)}`);
        if (record.until !== undefined) assert.ok(record.until === `6.${has.lastIndexOf(true)}` && has.at(-1) === false);
      }
    }));
  });
});
