import type { Setting } from "../types";
import { otherValues } from "./fixes";
import { quantityOf, readable, unitScale, type Quantity } from "./quantity";
import { judges, sureEnough, type Fact, type KnownSetting, type Rule, type RuleInput, type SettingFinding } from "./types";

/** Values that their program refuses (type, unit, range), and those that it takes though they are nearly always a mistake. */
export const values: Rule = {
  id: "value",
  messages: {
    "tuning.value.number": { en: "{name} takes a number, not “{value}”.", "zh-cn": "{name} 应为数字，而非“{value}”。" },
    "tuning.value.switch": { en: "{name} is a switch: {allowed}, not “{value}”.", "zh-cn": "{name} 是开关：{allowed}，而非“{value}”。" },
    "tuning.value.choice": { en: "{name} takes {allowed}, not “{value}”.", "zh-cn": "{name} 可取 {allowed}，而非“{value}”。" },
    "tuning.value.unit": { en: "“{unit}” is no unit that {name} takes.", "zh-cn": "{name} 不接受单位“{unit}”。" },
    "tuning.value.belowRange": { en: "{name} is at least {bound}; {value} is refused.", "zh-cn": "{name} 最小为 {bound}；{value} 会被拒绝。" },
    "tuning.value.aboveRange": { en: "{name} is at most {bound}; {value} is refused.", "zh-cn": "{name} 最大为 {bound}；{value} 会被拒绝。" },
    "tuning.value.belowSane": { en: "{value} is unusually small for {name} (below {bound}). {trap}", "zh-cn": "{name} 的值 {value} 异常小（小于 {bound}）。{trapZh}" },
    "tuning.value.aboveSane": { en: "{value} is unusually large for {name} (above {bound}). {trap}", "zh-cn": "{name} 的值 {value} 异常大（大于 {bound}）。{trapZh}" },
    "tuning.value.replace": { en: "Change to {value}", "zh-cn": "改为 {value}" },
    "tuning.value.empty": { en: "{name} has no value.", "zh-cn": "{name} 没有值。" },
  },
  run: (input) => input.file.settings.flatMap((setting) => judge(setting, input)),
};

const switches: ReadonlyMap<string, { readonly pattern: RegExp; readonly shown: string }> = new Map([
  // PostgreSQL takes any beginning that is clear.
  ["postgresql", { pattern: /^(?:on|off?|t(?:r(?:u(?:e)?)?)?|f(?:a(?:l(?:s(?:e)?)?)?)?|y(?:e(?:s)?)?|n(?:o)?|1|0)$/iu, shown: "on, off" }],
  ["mysql", { pattern: /^(?:on|off|true|false|yes|no|1|0|-1)$/iu, shown: "ON, OFF" }],
  ["mariadb", { pattern: /^(?:on|off|true|false|yes|no|1|0|-1)$/iu, shown: "ON, OFF" }],
  ["redis", { pattern: /^(?:yes|no)$/iu, shown: "yes, no" }],
  ["nginx", { pattern: /^(?:on|off)$/u, shown: "on, off" }],
]);

/** Kconfig takes no module for what is built in or left out. */
const kconfigSwitch = { pattern: /^[yn]$/u, shown: "y, n" };

function judge(setting: Setting, { knowledge, target }: RuleInput): readonly SettingFinding[] {
  const { value, valueAt } = setting;
  if (setting.open || value === undefined || valueAt === undefined) return [];
  const known = knowledge.of(setting);
  if (known === undefined || !judges(known, setting, target)) return [];
  return wrongType(setting, value, valueAt, known) ?? [...outOfRange(setting, value, valueAt, known), ...unusual(setting, value, valueAt, known)].slice(0, 1);
}

function told(setting: Setting, at: NonNullable<Setting["valueAt"]>, id: string, args: Readonly<Record<string, string>>, fact: Pick<Fact<unknown>, "source">, others: readonly string[] = [], severity: SettingFinding["severity"] = "warning"): readonly SettingFinding[] {
  return [{ rule: "value", severity, at: at.end > at.start ? at : setting.at, message: { id: `tuning.value.${id}`, args: { name: setting.written, ...args } }, sources: [fact.source], fixes: otherValues(setting.value ?? "", at, others) }];
}

function sure<T>(fact: Fact<T> | undefined): Fact<T> | undefined {
  return fact !== undefined && fact.confidence >= sureEnough ? fact : undefined;
}

function wrongType(setting: Setting, value: string, at: NonNullable<Setting["valueAt"]>, known: KnownSetting): readonly SettingFinding[] | undefined {
  const type = sure(known.type);
  if (type === undefined) return undefined;
  if (value === "") return type.value === "integer" || type.value === "number" || type.value === "bytes" ? told(setting, at, "empty", {}, type) : undefined;
  switch (type.value) {
    case "integer":
    case "number":
    case "bytes":
    case "duration": {
      const allowed = known.range?.value.values ?? [];
      const given = quantityOf(value, setting.component);
      // The kernel reads a sysctl without units; on its command line it takes them.
      if (allowed.includes(value) || known.default?.value === value || (given !== undefined && (known.kind !== "sysctl" || given.measure === undefined))) return undefined;
      // A sysctl takes several numbers where it is a vector; how many is the kernel's own business.
      if (known.kind === "sysctl" && /^-?\w+(?:[\s,]+-?\w+)+$/u.test(value)) return undefined;
      return notNumber(setting, value, at, type);
    }
    case "boolean": {
      if (known.kind === "sysctl") return /^-?\d+$|^0x[\da-f]+$/iu.test(value) ? undefined : told(setting, at, "switch", { value, allowed: "0, 1" }, type, ["0", "1"]);
      const words = setting.kind === "kconfig" ? kconfigSwitch : switches.get(setting.component);
      return words === undefined || words.pattern.test(value) ? undefined : told(setting, at, "switch", { value, allowed: words.shown }, type, words.shown.split(", "));
    }
    case "enum": {
      const choice = sure(known.range)?.value.values;
      if (choice === undefined || choice.length === 0 || choice.some((entry) => entry.toLowerCase() === value.toLowerCase())) return undefined;
      // MySQL takes the number of a choice, a list of several, and PostgreSQL switches for some.
      if (/^\d+$/u.test(value) || value.includes(",") || switches.get(setting.component)?.pattern.test(value) === true) return undefined;
      return told(setting, at, "choice", { value, allowed: choice.join(", ") }, type, choice);
    }
    default:
      return undefined;
  }
}

function notNumber(setting: Setting, value: string, at: NonNullable<Setting["valueAt"]>, type: Fact<unknown>): readonly SettingFinding[] | undefined {
  const unit = /^-?\d+(?:\.\d+)?\s*([A-Za-z]+)$/u.exec(value)?.[1];
  // A choice of Kconfig is one of its symbols; what stands behind a number there is a number.
  if (setting.kind === "kconfig") return /^-?\d+$|^0[xX][\da-fA-F]+$/u.test(value) ? undefined : told(setting, at, "number", { value }, type);
  if (setting.component === "juicefs") return /^\d/u.test(value) ? undefined : told(setting, at, "number", { value }, type);
  if (setting.kind === "sysctl") return unit === undefined || setting.component !== "kernel" ? told(setting, at, "number", { value }, type) : told(setting, at, "unit", { unit }, type);
  // Words such as `auto`, `unlimited` or `max` are numbers to many programs; only what looks like a number with a strange unit is told.
  return unit !== undefined && setting.component === "postgresql" ? told(setting, at, "unit", { unit }, type) : undefined;
}

function outOfRange(setting: Setting, value: string, at: NonNullable<Setting["valueAt"]>, known: KnownSetting): readonly SettingFinding[] {
  const range = sure(known.range);
  const given = comparable(value, setting, known);
  if (range === undefined || given === undefined || known.type?.value === "list") return [];
  if (range.value.values?.includes(value) === true) return [];
  const [low, high] = [range.value.min, range.value.max].map((text) => alike(given, value, text, setting, known));
  const shown = (text: string | undefined): string => boundText(text ?? "", value, setting, known);
  if (low !== undefined && less(given, low)) return told(setting, at, "belowRange", { value, bound: shown(range.value.min) }, range, [shown(range.value.min)]);
  if (high !== undefined && less(high, given)) return told(setting, at, "aboveRange", { value, bound: shown(range.value.max) }, range, [shown(range.value.max)]);
  return [];
}

function unusual(setting: Setting, value: string, at: NonNullable<Setting["valueAt"]>, known: KnownSetting): readonly SettingFinding[] {
  const source = known.sources[0];
  const given = comparable(value, setting, known);
  if (known.sane === undefined || source === undefined || given === undefined) return [];
  const [low, high] = [known.sane.min, known.sane.max].map((text) => alike(given, value, text, setting, known));
  const trap = known.trap?.en ?? "";
  const args = { value, trap, trapZh: known.trap?.zh ?? "" };
  // 0 and -1 mean "off" or "no limit" nearly everywhere.
  if (given.amount <= 0) return [];
  if (low !== undefined && less(given, low)) return told(setting, at, "belowSane", { ...args, bound: known.sane.min ?? "" }, { source }, [], "information");
  if (high !== undefined && less(high, given)) return told(setting, at, "aboveSane", { ...args, bound: known.sane.max ?? "" }, { source }, [], "information");
  return [];
}

/** A value in the measure in which the setting's bounds are. */
export function comparable(value: string, setting: Setting, known: KnownSetting): Quantity | undefined {
  const given = quantityOf(value, setting.component);
  if (given?.measure === undefined) return given;
  const unit = unitScale(known.unit?.value);
  if (unit === undefined) return known.type?.value === "bytes" || known.component === "mysql" || known.component === "mariadb" || known.component === "redis" || known.component === "kernel" ? given : undefined;
  return unit.measure === given.measure ? { amount: given.amount / unit.factor, exact: undefined, measure: undefined } : undefined;
}

/** Programs to which a bare number of bytes is one of bytes; to others it counts pages, kB or MiB, and only its unit tells. */
const bareBytes = new Set(["kernel", "mysql", "mariadb", "redis", "nginx", "fio", "systemd"]);

/** A bound in the measure of a value; undefined where nothing tells how the two compare. */
function alike(given: Quantity, value: string, text: string | undefined, setting: Setting, known: KnownSetting): Quantity | undefined {
  const bound = text === undefined ? undefined : comparable(text, setting, known);
  if (bound === undefined || bareBytes.has(setting.component) || unitScale(known.unit?.value) !== undefined) return bound;
  const measured = (of: string): boolean => quantityOf(of, setting.component)?.measure !== undefined;
  return bound.amount === 0 || measured(value) === measured(text ?? "") || given.measure === bound.measure ? bound : undefined;
}

/** A bare bound beside a value with a unit has one too. */
function boundText(text: string, value: string, setting: Setting, { unit }: KnownSetting): string {
  const measured = quantityOf(value, setting.component)?.measure !== undefined;
  return measured && unit !== undefined && /^\d+$/u.test(text) && /^[A-Za-z]+$/u.test(unit.value) ? `${text}${unit.value}` : text;
}

export function less(a: Quantity, b: Quantity): boolean {
  return a.exact !== undefined && b.exact !== undefined ? a.exact < b.exact : a.amount < b.amount;
}

/** What a bare number means, in units that a person reads at once: `16 MiB`. Undefined where the value says it itself. */
export function inUnits(setting: Setting, known: KnownSetting | undefined): string | undefined {
  if (setting.open || setting.value === undefined || !/^\d+$/u.test(setting.value)) return undefined;
  const unit = unitScale(known?.unit?.value) ?? (known?.type?.value === "bytes" && bareBytes.has(setting.component) ? { factor: 1, measure: "bytes" as const } : unitScale(unitOfName(setting)));
  if (unit === undefined) return undefined;
  const text = readable(Number(setting.value) * unit.factor, unit.measure);
  const same = unit.measure === "seconds" && unit.factor === 1 && Number(setting.value) < 120;
  return text === undefined || same || text === `${setting.value} B` ? undefined : text;
}

/** A sysctl's name tells its unit by its ending, and only that is relied on. */
function unitOfName({ name, kind }: Setting): string | undefined {
  return kind === "sysctl" ? /_(bytes|kbytes|ns|us|ms|msecs|centisecs|secs)$/u.exec(name)?.[1] : undefined;
}
