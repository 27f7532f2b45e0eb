import type { PairConflict } from "../../pack/types";
import { foldName } from "../../store/terms";
import type { Setting } from "../types";
import { commentOut } from "./fixes";
import { judges, type KnownSetting, type NamedFile, type Rule, type RuleInput, type SettingFinding } from "./types";
import { comparable, less } from "./values";

/** Two settings that do not go together. */
export const conflicts: Rule = {
  id: "conflict",
  messages: {
    "tuning.conflict.exclusive": { en: "{name} and {other} exclude each other: {last}, set last, makes the other 0. {why}", "zh-cn": "{name} 与 {other} 互斥：最后设置的 {last} 会使另一个为 0。{whyZh}" },
    "tuning.conflict.at-most": { en: "{name} ({value}) should be at most {other} ({otherValue}). {why}", "zh-cn": "{name}（{value}）不应大于 {other}（{otherValue}）。{whyZh}" },
    "tuning.conflict.at-least": { en: "{name} ({value}) should be at least {other} ({otherValue}). {why}", "zh-cn": "{name}（{value}）不应小于 {other}（{otherValue}）。{whyZh}" },
    "tuning.conflict.needs": { en: "{name} does nothing while {other} is {otherValue}. {why}", "zh-cn": "{other} 为 {otherValue} 时，{name} 不起作用。{whyZh}" },
    "tuning.conflict.comment": { en: "Comment this line out", "zh-cn": "注释掉此行" },
    "tuning.conflict.place": { en: "The other one", "zh-cn": "另一处" },
  },
  run(input) {
    const others = index(input);
    const found = input.file.settings.flatMap((setting) => {
      const known = setting.open ? undefined : input.knowledge.of(setting);
      return known === undefined || !judges(known, setting, input.target) ? [] : known.conflicts.flatMap((conflict) => judge(setting, known, conflict, others, input));
    });
    return oncePerPair(found);
  },
};

/** Both of a pair may know of the conflict; it is told once, at the first of them. */
function oncePerPair(findings: readonly SettingFinding[]): readonly SettingFinding[] {
  const told = new Set<string>();
  return findings.filter(({ at, related }) => {
    const ends = [at, ...(related ?? []).flatMap((place) => (place.path === undefined ? [place.at] : []))].map(({ line, start }) => `${line}:${start}`).sort().join(" ");
    const fresh = !told.has(ends);
    told.add(ends);
    return fresh;
  });
}

interface Placed {
  readonly setting: Setting;
  /** Undefined for the file that is judged. */
  readonly from: NamedFile | undefined;
  /** Place in the load order. */
  readonly rank: number;
}

type Index = ReadonlyMap<string, Placed>;

const scopeless = new Set(["sysctl", "kernel-parameter"]);

function keyOf(component: string, name: string, scope: string): string {
  return `${component}\n${scope}\n${foldName(name)}`;
}

function scopeOf(setting: Setting): string {
  return scopeless.has(setting.kind) ? "" : setting.scope;
}

/** Blocks of nginx have what the blocks around them set; elsewhere a scope stands alone. */
function outward(scope: string, component: string): readonly string[] {
  if (component !== "nginx") return [scope];
  const parts = scope === "" ? [] : scope.split("/");
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join("/")), ""];
}

/** The setting of each name that counts in the end. */
function index({ file, before, after }: RuleInput): Index {
  const all = new Map<string, Placed>();
  let rank = 0;
  const take = (settings: readonly Setting[], from: NamedFile | undefined): void => {
    for (const setting of settings) {
      rank++;
      if (!setting.open) all.set(keyOf(setting.component, setting.name, scopeOf(setting)), { setting, from, rank });
    }
  };
  for (const from of before) take(from.file.settings, from);
  take(file.settings, undefined);
  for (const from of after) take(from.file.settings, from);
  return all;
}

function judge(setting: Setting, known: KnownSetting, conflict: PairConflict, all: Index, { knowledge, kind }: RuleInput): readonly SettingFinding[] {
  const component = conflict.component ?? setting.component;
  const scope = component === setting.component ? scopeOf(setting) : "";
  const placed = outward(scope, component).map((at) => all.get(keyOf(component, conflict.other, at))).find((other) => other !== undefined);
  const self = all.get(keyOf(setting.component, setting.name, scopeOf(setting)));
  // An overridden one is told of by the rule for that.
  if (placed === undefined || self?.setting !== setting || placed.setting.value === undefined || setting.value === undefined) return [];
  const args = argsOf(setting, placed, self, conflict);
  const make = (severity: SettingFinding["severity"], idle: boolean): readonly SettingFinding[] => [
    {
      rule: "conflict",
      severity,
      at: setting.at,
      message: { id: `tuning.conflict.${conflict.rule}`, args },
      sources: known.sources.slice(0, 1),
      fixes: idle ? commentOut(setting, kind, { id: "tuning.conflict.comment" }) : [],
      related: [{ ...(placed.from === undefined ? {} : { path: placed.from.path }), at: placed.setting.at, message: { id: "tuning.conflict.place" } }],
      ...(idle ? { idle } : {}),
    },
  ];
  switch (conflict.rule) {
    case "exclusive":
      // 0 is how one says that the other is to count. Told at the one that loses.
      return isOff(setting.value) || isOff(placed.setting.value) || self.rank > placed.rank ? [] : make("warning", true);
    case "needs":
      // The default was not chosen by anybody: sample files have it beside what would make it count.
      return isOff(placed.setting.value) && !isOff(setting.value) && known.default?.value !== setting.value ? make("information", true) : [];
    default: {
      const mine = comparable(lastNumber(setting.value), setting, known);
      const otherKnown = knowledge.of(placed.setting);
      const theirs = comparable(lastNumber(placed.setting.value), placed.setting, otherKnown ?? known);
      if (mine === undefined || theirs === undefined || mine.amount < 0 || theirs.amount < 0 || mine.measure !== theirs.measure) return [];
      const wrong = conflict.rule === "at-most" ? less(theirs, mine) : less(mine, theirs);
      return wrong ? make("warning", false) : [];
    }
  }
}

function argsOf(setting: Setting, placed: Placed, self: Placed, conflict: PairConflict): Readonly<Record<string, string>> {
  return { name: setting.written, other: placed.setting.written, value: setting.value ?? "", otherValue: placed.setting.value ?? "", last: self.rank > placed.rank ? setting.written : placed.setting.written, why: conflict.why, whyZh: conflict.whyZh };
}

/** Of `min default max` the last is the one that others bound. */
function lastNumber(value: string): string {
  return /^\d+(?:\s+\d+){2}$/u.test(value.trim()) ? (value.trim().split(/\s+/u).at(-1) ?? value) : value;
}

function isOff(value: string): boolean {
  return /^(?:0|off|no|false|n|disabled?|never|none)$/iu.test(value.trim());
}
