import assert from "node:assert/strict";
import { loadCases, loadPack, type Pack } from "../../../../language-server/engine/tuning/pack/load";
import type { TuningCase } from "../../../../language-server/engine/tuning/pack/types";
import { checkValue } from "../../../../language-server/engine/tuning/suggest/value";
import { readWorkload } from "../../../../language-server/engine/tuning/suggest/workload";

describe("the pack's cases", () => {
  let pack: Pack;
  let cases: readonly TuningCase[];
  before(async () => {
    [pack, cases] = await Promise.all([loadPack(), loadCases()]);
  });
  const all = (wrong: (tuned: TuningCase) => readonly string[]): void => {
    assert.deepEqual(cases.flatMap((tuned) => wrong(tuned).map((what) => `${tuned.id}: ${what}`)), []);
  };

  it("have each a name of their own, words in both languages, and a source", () => {
    assert.equal(new Set(cases.map(({ id }) => id)).size, cases.length);
    all(({ workload: { en, zh }, source }) => (en.length > 5 && !/\p{Script=Han}/u.test(en) && /\p{Script=Han}/u.test(zh) && source.title !== "" && source.line > 0 && (source.licence ?? "") !== "" ? [] : ["words or source"]));
  });

  it("name only settings that the pack describes, with values of their type and range", () => {
    all(({ settings }) =>
      settings.flatMap(({ name, component, value }) => {
        const setting = pack.get(name).find((found) => found.component === component);
        if (setting === undefined) return [`${component} ${name} is not in the pack`];
        const checked = /^\d+%$/u.test(value) ? { value } : checkValue(setting, value);
        return "wrong" in checked ? [`${name} = ${value}: ${checked.wrong.en}`] : [];
      }),
    );
  });

  it("say which kind of work they are, in English and in Chinese alike", () => {
    all(({ workload: { en, zh } }) => [en, zh].flatMap((words) => (readWorkload(words).named.length === 0 ? [`nothing understood of “${words}”`] : [])));
  });

  it("tell an effect only where somebody measured one", () => {
    all(({ origin, effect }) => ((origin === "measurement") === (effect !== undefined) ? [] : ["effect"]));
  });
});
