import type { VersionMove } from "../../pack/types";
import type { Setting } from "../types";
import { commentOut } from "./fixes";
import { judges, type FindingSeverity, type KnownSetting, type Rule, type RuleInput, type SettingFinding, type SettingFix } from "./types";
import { compareVersions } from "./versions";

/** What became of a name in the target's version: removed, renamed, moved, or not there yet. */
export const moved: Rule = {
  id: "moved",
  messages: {
    "tuning.moved.removed": { en: "{name} was removed in {component} {version}; {target} does not have it.", "zh-cn": "{name} 已在 {component} {version} 中移除；{target} 中没有它。" },
    "tuning.moved.gone": { en: "{name} was removed in {component} {version}.", "zh-cn": "{name} 已在 {component} {version} 中移除。" },
    "tuning.moved.renamed": { en: "{name} is called {to} since {component} {version}.", "zh-cn": "自 {component} {version} 起，{name} 改名为 {to}。" },
    "tuning.moved.moved": { en: "{name} is no longer set here: since {component} {version} it is {to}.", "zh-cn": "{name} 不再在此处设置：自 {component} {version} 起位于 {to}。" },
    "tuning.moved.notYet": { en: "{name} came with {component} {version}; {target} does not have it yet.", "zh-cn": "{name} 自 {component} {version} 引入；{target} 中尚无此项。" },
    "tuning.moved.rename": { en: "Rename to {to}", "zh-cn": "改名为 {to}" },
    "tuning.moved.comment": { en: "Comment it out: {version} and later do not have it", "zh-cn": "注释掉：{version} 及以后版本没有此项" },
  },
  run: (input) => input.file.settings.flatMap((setting) => judge(setting, input)),
};

function judge(setting: Setting, input: RuleInput): readonly SettingFinding[] {
  const known = input.knowledge.of(setting);
  if (known === undefined || !judges(known, setting, input.target)) return [];
  const target = input.target.get(known.component) ?? input.target.get(setting.component);
  const last = lastMove(known, target);
  if (last !== undefined) return [finding(setting, known, last, target, input)];
  if (target === undefined) return [];
  const added = known.moves.find((move) => move.what === "added") ?? (known.since === undefined ? undefined : { version: known.since.value, what: "added" as const, source: known.since.source });
  return added !== undefined && compareVersions(target, added.version) < 0 ? [finding(setting, known, added, target, input)] : [];
}

/** The last of the moves that the target has seen; without a target all of them have happened. */
function lastMove(known: KnownSetting, target: string | undefined): VersionMove | undefined {
  const gone = known.moves.filter((move) => move.what !== "added" && move.what !== "default-changed" && (target === undefined || compareVersions(target, move.version) >= 0));
  const last = gone.at(-1);
  if (last !== undefined) return last;
  if (known.renamedTo !== undefined && known.until !== undefined && (target === undefined || compareVersions(target, known.until.value) > 0)) return { version: known.until.value, what: "renamed", to: known.renamedTo.value, source: known.renamedTo.source };
  return undefined;
}

function finding(setting: Setting, known: KnownSetting, move: VersionMove, target: string | undefined, input: RuleInput): SettingFinding {
  const component = shownComponent(known.component);
  const id = move.what === "added" ? "notYet" : move.what === "renamed" && move.to !== undefined ? "renamed" : move.what === "moved" && move.to !== undefined ? "moved" : target === undefined ? "gone" : "removed";
  // Without a target nobody knows that the old version is not meant.
  const severity: FindingSeverity = target === undefined || setting.lenient === true ? "information" : "warning";
  return {
    rule: "moved",
    severity,
    at: setting.at,
    message: { id: `tuning.moved.${id}`, args: { name: setting.written, to: move.to ?? "", version: move.version, component, target: target === undefined ? component : `${component} ${target}` } },
    sources: [move.source],
    fixes: move.what === "added" ? [] : fixesOf(setting, move, input),
  };
}

/** Only a new name of the same kind can stand in the old one's place. */
function fixesOf(setting: Setting, move: VersionMove, { kind, path }: RuleInput): readonly SettingFix[] {
  const { at } = setting;
  if (move.what === "renamed" && move.to !== undefined && /^[\w.-]+$/u.test(move.to)) {
    const to = setting.written.startsWith("--") ? `--${move.to.replace(/^--/u, "")}` : move.to;
    return [{ title: { id: "tuning.moved.rename", args: { to } }, edits: [{ at, newText: to }], preferred: true }];
  }
  return path === "" ? [] : commentOut(setting, kind, { id: "tuning.moved.comment", args: { version: `${shownComponent(setting.component)} ${move.version}` } });
}

const shown: ReadonlyMap<string, string> = new Map([["kernel", "Linux"], ["postgresql", "PostgreSQL"], ["mysql", "MySQL"], ["mariadb", "MariaDB"], ["redis", "Redis"], ["vllm", "vLLM"], ["sglang", "SGLang"], ["juicefs", "JuiceFS"]]);

/** A component as its own people write it. */
export function shownComponent(component: string): string {
  return shown.get(component) ?? component;
}
