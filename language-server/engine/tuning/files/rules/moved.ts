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
    "tuning.moved.lacks": { en: "{target} does not have {name}: of the versions compared, {component} {version} is the last that has it.", "zh-cn": "{target} 中没有 {name}：在比较过的版本中，{component} {version} 是最后具有此项的版本。" },
    "tuning.moved.last": { en: "Of the {component} versions compared, {version} is the last that has {name}.", "zh-cn": "在比较过的 {component} 版本中，{version} 是最后具有 {name} 的版本。" },
    "tuning.moved.called": { en: "{name} is called {to} in {component} {after}.", "zh-cn": "在 {component} {after} 中，{name} 名为 {to}。" },
    "tuning.moved.later": { en: "{target} does not have {name} yet: of the versions compared, {component} {version} is the first that has it.", "zh-cn": "{target} 中尚无 {name}：在比较过的版本中，{component} {version} 是最先具有此项的版本。" },
    "tuning.moved.rename": { en: "Rename to {to}", "zh-cn": "改名为 {to}" },
    "tuning.moved.comment": { en: "Comment it out: {version} and later do not have it", "zh-cn": "注释掉：{version} 及以后版本没有此项" },
  },
  run: (input) => input.file.settings.flatMap((setting) => judge(setting, input)),
};

/** False for a name that the target is known not to have. */
export function isThere(known: KnownSetting, target: string | undefined): boolean {
  if (lastMove(known, target) !== undefined) return false;
  const added = sinceMove(known);
  return target === undefined || added === undefined || !isBefore(target, added);
}

function judge(setting: Setting, input: RuleInput): readonly SettingFinding[] {
  const known = input.knowledge.of(setting);
  if (known === undefined || !judges(known, setting, input.target)) return [];
  const target = input.target.get(known.component) ?? input.target.get(setting.component);
  const last = lastMove(known, target);
  if (last !== undefined) return [finding(setting, known, last, target, input)];
  if (target === undefined) return [];
  const added = known.moves.find((move) => move.what === "added") ?? sinceMove(known);
  return added !== undefined && isBefore(target, added) ? [finding(setting, known, added, target, input)] : [];
}

/** A move that was found by comparing versions: when it was is known only between two of them. */
interface Move extends VersionMove {
  /** `added`: the version before, `removed` and `renamed`: the version after; neither has the name. */
  readonly lacking?: string;
}

function sinceMove({ since, absent }: KnownSetting): Move | undefined {
  return since === undefined ? undefined : { version: since.value, what: "added", source: since.source, ...(absent?.before === undefined ? {} : { lacking: absent.before }) };
}

function isBefore(target: string, { version, lacking }: Move): boolean {
  return lacking === undefined ? compareVersions(target, version) < 0 : compareVersions(target, lacking) <= 0;
}

/** The last of the moves that the target has seen; without a target all of them have happened. */
function lastMove(known: KnownSetting, target: string | undefined): Move | undefined {
  const gone = known.moves.filter((move) => move.what !== "added" && move.what !== "default-changed" && (target === undefined || compareVersions(target, move.version) >= 0));
  const last = gone.at(-1);
  if (last !== undefined) return last;
  const { until, renamedTo, absent } = known;
  const lacking = absent?.after;
  if (until === undefined || (target !== undefined && (lacking === undefined ? compareVersions(target, until.value) <= 0 : compareVersions(target, lacking) < 0))) return undefined;
  if (renamedTo !== undefined) return { version: until.value, what: "renamed", to: renamedTo.value, source: renamedTo.source, ...(lacking === undefined ? {} : { lacking }) };
  return lacking === undefined ? undefined : { version: until.value, what: "removed", source: until.source, lacking };
}

function messageOf(move: Move, target: string | undefined): string {
  const { what, to, lacking } = move;
  if (what === "added") return lacking === undefined ? "notYet" : "later";
  if (what === "renamed" && to !== undefined) return lacking === undefined ? "renamed" : "called";
  if (what === "moved" && to !== undefined) return "moved";
  if (lacking !== undefined) return target === undefined ? "last" : "lacks";
  return target === undefined ? "gone" : "removed";
}

function finding(setting: Setting, known: KnownSetting, move: Move, target: string | undefined, input: RuleInput): SettingFinding {
  const component = shownComponent(known.component);
  // Without a target nobody knows that the old version is not meant.
  const severity: FindingSeverity = target === undefined || setting.lenient === true ? "information" : "warning";
  return {
    rule: "moved",
    severity,
    at: setting.at,
    message: { id: `tuning.moved.${messageOf(move, target)}`, args: { name: setting.written, to: move.to ?? "", version: move.version, after: move.lacking ?? "", component, target: target === undefined ? component : `${component} ${target}` } },
    sources: [move.source],
    fixes: move.what === "added" ? [] : fixesOf(setting, move, input),
  };
}

/** Only a new name of the same kind can stand in the old one's place. */
function fixesOf(setting: Setting, move: Move, { kind, path }: RuleInput): readonly SettingFix[] {
  const { at } = setting;
  if (move.what === "renamed" && move.to !== undefined && /^[\w.-]+$/u.test(move.to)) {
    const to = setting.written.startsWith("--") ? `--${move.to.replace(/^--/u, "")}` : move.to;
    return [{ title: { id: "tuning.moved.rename", args: { to } }, edits: [{ at, newText: to }], preferred: true }];
  }
  return path === "" ? [] : commentOut(setting, kind, { id: "tuning.moved.comment", args: { version: `${shownComponent(setting.component)} ${move.lacking ?? move.version}` } });
}

const shown: ReadonlyMap<string, string> = new Map([["kernel", "Linux"], ["postgresql", "PostgreSQL"], ["mysql", "MySQL"], ["mariadb", "MariaDB"], ["redis", "Redis"], ["vllm", "vLLM"], ["sglang", "SGLang"], ["juicefs", "JuiceFS"]]);

/** A component as its own people write it. */
export function shownComponent(component: string): string {
  return shown.get(component) ?? component;
}
