import type { KnowledgeSource, ParameterKind, ValueRange } from "../types";
import type { PackSetting } from "./types";

/** What a setting says beside its name and its main source. */
export type Told = Omit<PackSetting, "name" | "component" | "kind" | "sources" | "range"> & {
  readonly range?: ValueRange;
  /** Beside the main one. */
  readonly more?: readonly KnowledgeSource[];
};

export type Maker = (name: string, source: KnowledgeSource, told: Told) => PackSetting;

/** Without a `restart` nothing is said of when a value takes effect. */
function maker(component: string, kind: ParameterKind, restart?: NonNullable<PackSetting["restart"]>): Maker {
  return (name, source, { more, ...told }) => ({ ...(restart === undefined ? {} : { restart }), ...told, name, component, kind, sources: [source, ...(more ?? [])] });
}

export const sysctl = maker("kernel", "sysctl", "none");
export const bootParameter = maker("kernel", "kernel-parameter", "reboot");
export const sysfs = maker("kernel", "sysfs", "none");
export const cgroup = maker("kernel", "cgroup", "none");
export const moduleParameter = maker("kernel", "module-parameter", "reboot");
export const ext4Option = maker("ext4", "mount-option", "service");
export const xfsOption = maker("xfs", "mount-option", "service");

export function between(min: number | string, max?: number | string): ValueRange {
  return { min: String(min), ...(max === undefined ? {} : { max: String(max) }) };
}

export function oneOf(...values: readonly string[]): ValueRange {
  return { values };
}

export const mariadbSetting = maker("mariadb", "setting", "service");
export const mysqlSetting = maker("mysql", "setting", "service");
export const postgresqlSetting = maker("postgresql", "setting", "service");
export const redisSetting = maker("redis", "setting", "none");
export const nginxSetting = maker("nginx", "setting", "none");
export const juicefsOption = maker("juicefs", "mount-option", "service");
export const vllmArgument = maker("vllm", "engine-argument", "service");
export const sglangArgument = maker("sglang", "engine-argument", "service");
export const rayArgument = maker("ray", "engine-argument", "service");
export const fioOption = maker("fio", "setting");
export const limitsItem = maker("limits", "setting");
export const systemdSetting = maker("systemd", "setting", "service");
export const mlperfSetting = maker("mlperf-storage", "setting", "service");
