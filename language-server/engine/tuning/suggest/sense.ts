import type { PackSetting } from "../pack/types";
import type { LikeCase } from "./rank";
import type { Words } from "./types";
import { amountOf } from "./value";

/** Programs by the words that name them. */
const programs: readonly { readonly component: string; readonly words: RegExp }[] = [
  { component: "mariadb", words: /mysql|mariadb|innodb|percona|greatsql/iu },
  { component: "mysql", words: /mysql|percona|greatsql/iu },
  { component: "postgresql", words: /postgres|pgbench/iu },
  { component: "redis", words: /redis|valkey|keydb/iu },
  { component: "nginx", words: /nginx|openresty/iu },
  { component: "juicefs", words: /juicefs/iu },
  { component: "mlperf-storage", words: /mlperf|dlio|data ?load|dataset|data set|数据加载|数据集/iu },
  { component: "vllm", words: /vllm/iu },
  { component: "sglang", words: /sglang/iu },
  { component: "ray", words: /\bray\b/iu },
];

/** Whether a setting's program is meant: the one that is named, or any where none is. */
export function programIsMeant(component: string, workload: string): boolean {
  if (component === "kernel") return true;
  const named = programs.filter(({ words }) => words.test(workload)).map(({ component: of }) => of);
  return named.length === 0 || named.includes(component);
}

/** A maker's word or a measurement, a profile that is much alike, or two that are fairly so: less is no reason to touch a machine. */
export function enoughEvidence(like: readonly LikeCase[]): boolean {
  const profiles = like.filter(({ tuned }) => tuned.origin === "profile");
  return profiles.length < like.length || profiles.some(({ likeness }) => likeness >= 0.6) || profiles.filter(({ likeness }) => likeness >= 0.45).length >= 2;
}

/** What benchmarks give up for a point more, and nobody should. */
const weakens: readonly { readonly name: string; readonly value: RegExp }[] = [
  { name: "kernel.randomize_va_space", value: /^[01]$/u },
  { name: "fs.suid_dumpable", value: /^1$/u },
  { name: "mitigations", value: /^off/u },
];

/** Why a value makes no sense beside what is set or suggested otherwise; undefined when it does. */
export function againstSense(setting: PackSetting, value: string, valueOf: (name: string) => string | undefined): Words | undefined {
  const { name, sane, conflicts } = setting;
  if (weakens.some((entry) => entry.name === name && entry.value.test(value))) return { en: `${value} weakens the machine's defences; only benchmarks set it`, zh: `${value} 会削弱机器的防护；只有跑分才这样设置` };
  const amount = amountOf(value, true);
  if (amount === undefined) return undefined;
  const [min, max] = [sane?.min, sane?.max].map((bound) => (bound === undefined ? undefined : amountOf(bound, true)));
  if ((min !== undefined && amount < min) || (max !== undefined && amount > max)) return { en: `${value} is nearly always a mistake`, zh: `${value} 几乎总是错误` };
  for (const { rule, other, component, why, whyZh } of conflicts ?? []) {
    const against = component === undefined || component === "kernel" ? amountOf(valueOf(other) ?? "", true) : undefined;
    // 0 says that its pair counts.
    if (against === undefined || against === 0) continue;
    if ((rule === "at-most" && amount > against) || (rule === "at-least" && amount < against)) return { en: `${value} does not go with ${other} = ${valueOf(other) ?? ""}: ${why}`, zh: `${value} 与 ${other} = ${valueOf(other) ?? ""} 不相容：${whyZh}` };
  }
  return undefined;
}
