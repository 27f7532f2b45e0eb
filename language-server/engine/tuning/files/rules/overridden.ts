import type { FileKind, Setting } from "../types";
import { foldName } from "../../store/terms";
import { commentOut } from "./fixes";
import type { NamedFile, Rule, RuleInput, SettingFinding } from "./types";

/** Settings that a later one of the same name makes idle, in the same file or in one that is read later. */
export const overridden: Rule = {
  id: "overridden",
  messages: {
    "tuning.overridden.here": { en: "{name} is set again in line {line}, to {value}; this line does nothing.", "zh-cn": "{name} 在第 {line} 行再次设为 {value}；此行不起作用。" },
    "tuning.overridden.later": { en: "{name} is set again by {file}, which is read later, to {value}; this line does nothing.", "zh-cn": "{name} 被之后读取的 {file} 设为 {value}；此行不起作用。" },
    "tuning.overridden.comment": { en: "Comment this line out", "zh-cn": "注释掉此行" },
    "tuning.overridden.place": { en: "This one counts", "zh-cn": "以此处为准" },
  },
  run: (input) => [...sameFile(input), ...otherFiles(input)],
};

/** Kinds in which the last one of a name always wins; elsewhere names may stand several times, or nobody has shown it. */
const lastWins = new Set(["sysctl", "postgresql", "mysql", "redis", "kconfig", "fio", "tuned", "limits"]);

function keyOf(setting: Setting): string {
  return `${setting.scope}\n${setting.kind}\n${foldName(setting.name)}`;
}

/** Same value: nothing is lost. */
function differs(a: Setting, b: Setting): boolean {
  const plain = (value: string | undefined): string => (value ?? "").trim().replace(/\s+/gu, " ");
  return plain(a.value) !== plain(b.value);
}

function sameFile({ kind, file }: RuleInput): readonly SettingFinding[] {
  if (!lastWins.has(kind)) return [];
  const last = new Map<string, Setting>();
  for (const setting of file.settings) if (setting.several !== true) last.set(keyOf(setting), setting);
  return file.settings.flatMap((setting) => {
    const winner = setting.several === true ? undefined : last.get(keyOf(setting));
    if (winner === undefined || winner === setting || !differs(setting, winner)) return [];
    return [idle(setting, kind, { id: "tuning.overridden.here", args: { name: setting.written, line: winner.at.line, value: winner.value ?? "" } }, winner, undefined)];
  });
}

interface Read {
  readonly setting: Setting;
  readonly from: NamedFile;
  /** The line of the judged file behind which it is read. */
  readonly line: number;
}

function otherFiles({ kind, file, after, included = [] }: RuleInput): readonly SettingFinding[] {
  if (!lastWins.has(kind) || (after.length === 0 && included.length === 0)) return [];
  const last = new Map<string, Read>();
  const take = (from: NamedFile, line: number): void => {
    for (const setting of from.file.settings) if (setting.several !== true) last.set(keyOf(setting), { setting, from, line });
  };
  for (const { line, parts } of included) for (const from of parts) take(from, line);
  for (const from of after) take(from, Number.POSITIVE_INFINITY);
  const own = new Map<string, Setting>();
  for (const setting of file.settings) own.set(keyOf(setting), setting);
  return [...own].flatMap(([key, setting]) => {
    const winner = setting.several === true ? undefined : last.get(key);
    if (winner === undefined || winner.line < setting.at.line || !differs(setting, winner.setting)) return [];
    return [idle(setting, kind, { id: "tuning.overridden.later", args: { name: setting.written, file: winner.from.path, value: winner.setting.value ?? "" } }, winner.setting, winner.from.path)];
  });
}

function idle(setting: Setting, kind: FileKind, message: SettingFinding["message"], winner: Setting, path: string | undefined): SettingFinding {
  return { rule: "overridden", severity: "information", at: setting.at, message, sources: [], fixes: commentOut(setting, kind, { id: "tuning.overridden.comment" }), idle: true, related: [{ ...(path === undefined ? {} : { path }), at: winner.at, message: { id: "tuning.overridden.place" } }] };
}
