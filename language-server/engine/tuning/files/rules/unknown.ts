import type { Setting } from "../types";
import { isThere, shownComponent } from "./moved";
import type { Rule, RuleInput, SettingFinding } from "./types";
import { compareVersions } from "./versions";

/** Names that the target does not have. Said only where the store has the component's names whole. */
export const unknown: Rule = {
  id: "unknown",
  messages: {
    "tuning.unknown.misspelt": { en: "{component} has no {name}. Did you mean {near}?", "zh-cn": "{component} 中没有 {name}。是否应为 {near}？" },
    "tuning.unknown.unknown": { en: "{component} has no {name}, and nothing of a like name.", "zh-cn": "{component} 中没有 {name}，也没有相近的名称。" },
    "tuning.unknown.replace": { en: "Change to {near}", "zh-cn": "改为 {near}" },
  },
  run: (input) => input.file.settings.flatMap((setting) => judge(setting, input)),
};

function judge(setting: Setting, { knowledge, target, file }: RuleInput): readonly SettingFinding[] {
  if (setting.lenient === true || setting.open || /[*?[\]{}]/u.test(setting.name) || knowledge.of(setting) !== undefined) return [];
  const whole = knowledge.whole(setting);
  // Of a version that nobody knows nothing can be missing.
  if (whole === undefined || whole.versions.length === 0) return [];
  const wanted = file.version ?? target.get(setting.component);
  if (wanted !== undefined && !whole.versions.some((version) => compareVersions(wanted, version) === 0)) return [];
  // Nobody is sent to a name that the target lacks as well.
  const near = knowledge.near(setting.name, setting.component, setting.kind).filter((name) => {
    const known = knowledge.of({ ...setting, name });
    return known === undefined || isThere(known, wanted);
  });
  const component = `${shownComponent(setting.component)} ${whole.versions.join(", ")} (${whole.origin})`;
  const written = (name: string): string => (setting.written.startsWith("--") ? `--${name.replace(/^--/u, "")}` : name);
  return [
    {
      rule: "unknown",
      severity: near.length > 0 ? "warning" : "information",
      at: setting.at,
      message: { id: near.length > 0 ? "tuning.unknown.misspelt" : "tuning.unknown.unknown", args: { name: setting.written, component, near: near.map(written).join(", ") } },
      sources: near.flatMap((name) => knowledge.of({ ...setting, name })?.sources.slice(0, 1) ?? []).slice(0, 1),
      fixes: near.map((name) => ({ title: { id: "tuning.unknown.replace", args: { near: written(name) } }, edits: [{ at: setting.at, newText: written(name) }], preferred: near.length === 1 })),
    },
  ];
}
