import type { MachineFacts } from "../facts/types";
import type { PackSetting } from "../pack/types";
import type { Words } from "./types";

/** A value that is right in form and range, or why it is not. */
export type CheckedValue = { readonly value: string } | { readonly wrong: Words };

const sizes: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };
const mib = 2 ** 20;

/** A share of memory such as `70%` as an amount; undefined when memory is not known. Other values stay. */
export function absoluteValue(setting: PackSetting, value: string, facts: MachineFacts | undefined): string | undefined {
  const share = /^(\d{1,3})%$/u.exec(value)?.[1];
  if (share === undefined) return value;
  if (facts === undefined || facts.memory === 0) return undefined;
  const bytes = Math.floor((facts.memory * Number(share)) / 100 / mib) * mib;
  if (setting.name === "vm.nr_hugepages") return facts.hugePages.size === 0 ? undefined : String(Math.floor(bytes / facts.hugePages.size));
  return String(bytes);
}

/** Type and range; what a list holds is counted only. */
export function checkValue(setting: PackSetting, value: string): CheckedValue {
  const { type, range } = setting;
  if (value === "" || /[\u0000-\u001f\u007f]/u.test(value) || value.length > 400) return wrong("no value of one line", "不是单行的值");
  if (range?.values !== undefined && !range.values.includes(value)) return wrong(`not one of ${range.values.join(", ")}`, `不在 ${range.values.join("、")} 之中`);
  if (range?.values !== undefined || type === undefined || type === "string" || type === "enum" || type === "duration" || type === "list") return { value };
  if (type === "boolean") return /^(?:0|1|on|off|yes|no|true|false)$/iu.test(value) ? { value } : wrong("no boolean", "不是布尔值");
  const amount = amountOf(value, type === "bytes");
  if (amount === undefined) return wrong("no number", "不是数字");
  if (type === "integer" && !Number.isInteger(amount)) return wrong("no whole number", "不是整数");
  const [min, max] = [range?.min, range?.max].map((bound) => (bound === undefined ? undefined : amountOf(bound, type === "bytes")));
  if ((min !== undefined && amount < min) || (max !== undefined && amount > max)) return wrong(`outside ${range?.min ?? ""}..${range?.max ?? ""}`, `超出 ${range?.min ?? ""}..${range?.max ?? ""}`);
  return { value };
}

function wrong(en: string, zh: string): CheckedValue {
  return { wrong: { en, zh } };
}

export function amountOf(text: string, withSuffix: boolean): number | undefined {
  const [, digits, suffix = ""] = /^(-?\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/iu.exec(text.trim()) ?? [];
  if (digits === undefined || (suffix !== "" && !withSuffix)) return undefined;
  return Number(digits) * (sizes[suffix.toLowerCase()] ?? 1);
}

/** Whether two spellings mean one value: blanks, booleans, sizes. */
export function sameValue(a: string, b: string): boolean {
  const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/gu, " ").replace(/^(?:on|yes|true)$/u, "1").replace(/^(?:off|no|false)$/u, "0");
  return plain(a) === plain(b);
}
