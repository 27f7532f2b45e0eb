import assert from "node:assert/strict";
import { createPack, loadPack, packRecord, type Pack } from "../../../../language-server/engine/tuning/pack/load";
import type { PackSetting } from "../../../../language-server/engine/tuning/pack/types";

describe("the built-in pack", () => {
  let pack: Pack;
  before(async () => {
    pack = await loadPack();
  });
  const all = (wrong: (setting: PackSetting) => string | false | undefined): void => {
    assert.deepEqual(pack.settings.flatMap((setting) => wrong(setting) || []), []);
  };

  it("names each setting of a component once", () => {
    const seen = new Set<string>();
    all(({ name, component, kind }) => {
      const key = `${component} ${kind} ${name}`;
      if (seen.has(key)) return key;
      seen.add(key);
      return false;
    });
  });

  it("finds a setting in any spelling of its name", () => {
    for (const name of ["vm.swappiness", "/proc/sys/vm/swappiness", "vm/swappiness", "VM.Swappiness"]) assert.equal(pack.get(name)[0]?.name, "vm.swappiness", name);
    assert.deepEqual(pack.get("vm.swapiness"), []);
  });

  it("says what each setting does in English and in Chinese", () => {
    all(({ name, description, descriptionZh }) => (!/^[A-Za-z\d].{12,}\.$/su.test(description) || /\p{Script=Han}/u.test(description) || !/\p{Script=Han}.*。$/su.test(descriptionZh)) && name);
    all(({ name, trap }) => trap !== undefined && (/\p{Script=Han}/u.test(trap.en) || !/\p{Script=Han}/u.test(trap.zh)) && name);
  });

  it("cites a document with file, line, address and licence for each statement", () => {
    all(({ name, sources, moves }) => [...sources, ...(moves ?? []).map(({ source }) => source)].some(({ title, file, line, url, licence }) => title === "" || file === "" || file.startsWith("/") || line < 1 || !(url ?? "").startsWith("https://") || (licence ?? "") === "") && name);
    all(({ name, sources }) => sources.length === 0 && name);
  });

  it("keeps each default within its own range", () => {
    all((setting) => {
      const { name, default: value, range } = setting;
      if (value === undefined || range === undefined) return false;
      if (range.values !== undefined) return !range.values.includes(value) && name;
      const number = Number(value);
      return Number.isFinite(number) && ((range.min !== undefined && number < Number(range.min)) || (range.max !== undefined && number > Number(range.max))) && name;
    });
  });

  it("tells of a conflict only between settings that it has", () => {
    all(({ name, component, conflicts }) => (conflicts ?? []).some(({ other, component: of }) => !pack.get(other).some((found) => found.component === (of ?? component))) && name);
  });

  it("tells of an exclusive pair on both sides", () => {
    all(({ name, component, conflicts }) => (conflicts ?? []).some(({ other, component: of, rule }) => rule === "exclusive" && !pack.get(other).some((found) => found.component === (of ?? component) && found.conflicts?.some((back) => back.other === name && back.rule === "exclusive"))) && name);
  });

  it("gives the store a record in both languages with its main source", () => {
    const [swappiness] = pack.get("vm.swappiness");
    assert.ok(swappiness);
    const { name, kind, description, source, confidence } = packRecord(swappiness);
    assert.deepEqual({ name, kind, confidence, file: source.file }, { name: "vm.swappiness", kind: "sysctl", confidence: 1, file: "Documentation/admin-guide/sysctl/vm.rst" });
    assert.match(description, /zram.*交换/su);
  });

  it("is empty when it has no settings", () => {
    assert.deepEqual(createPack([]).get("vm.swappiness"), []);
  });
});
