import type { MachineFacts } from "../facts/types";
import type { Pack } from "../pack/load";
import type { PackSetting } from "../pack/types";
import { riskOf } from "./risk";
import type { SuggestedSetting, Words } from "./types";
import type { Workload } from "./workload";

interface Rule {
  /** The pack's setting. */
  readonly setting: string;
  /** Kinds of work that it is for, by their features; empty for all. */
  readonly kinds: readonly string[];
  /** Where it holds: the name that is written, what is there, what should be. */
  readonly where: (facts: MachineFacts) => readonly { readonly name: string; readonly current: string; readonly value: string }[];
  readonly why: Words;
}

const queue = (disk: string, file: string): string => `/sys/block/${disk}/queue/${file}`;

/** Virtual disks call themselves rotational whatever lies behind them. */
function isVirtual(disk: string): boolean {
  return /^(?:vd|xvd|dm-|md|nbd|rbd)/u.test(disk);
}

/** What the machine itself tells, whatever others have set. Each stands on what the pack cites of the setting. */
const rules: readonly Rule[] = [
  {
    setting: "/sys/block/<disk>/queue/scheduler",
    kinds: ["#storage", "#database", "#throughput", "#latency", "#inference", "#training"],
    where: ({ disks }) => disks.filter(({ name, scheduler }) => name.startsWith("nvme") && scheduler !== undefined && scheduler !== "none").map(({ name, scheduler = "" }) => ({ name: queue(name, "scheduler"), current: scheduler, value: "none" })),
    why: { en: "An NVMe disk sorts by itself: a scheduler above it costs CPU and latency.", zh: "NVMe 自身会排序：上层调度器只会消耗 CPU 并增加时延。" },
  },
  {
    setting: "/sys/block/<disk>/queue/scheduler",
    kinds: ["#storage", "#database", "#throughput"],
    where: ({ disks }) => disks.filter(({ name, rotational, scheduler }) => rotational && !isVirtual(name) && scheduler === "none").map(({ name }) => ({ name: queue(name, "scheduler"), current: "none", value: "mq-deadline" })),
    why: { en: "A spinning disk without a scheduler seeks for each request in the order in which it came.", zh: "机械盘没有调度器时，会按到达顺序逐个寻道。" },
  },
  {
    setting: "/sys/block/<disk>/queue/read_ahead_kb",
    kinds: ["#big-data", "#training"],
    where: ({ disks }) => disks.filter(({ queue: values }) => Number(values["read_ahead_kb"]) <= 128).map(({ name, queue: values }) => ({ name: queue(name, "read_ahead_kb"), current: values["read_ahead_kb"] ?? "", value: "4096" })),
    why: { en: "Large files are read from end to end: reading further ahead keeps the disk busy.", zh: "大文件顺序读取：加大预读可让磁盘保持忙碌。" },
  },
  {
    setting: "/sys/kernel/mm/transparent_hugepage/enabled",
    // Not for document stores: MongoDB from 8.0 on wants them on.
    kinds: ["#key-value", "#enterprise-database"],
    where: ({ transparentHugePages }) => (transparentHugePages === "always" ? [{ name: "/sys/kernel/mm/transparent_hugepage/enabled", current: "always", value: "madvise" }] : []),
    why: { en: "With huge pages for all, a fork or a sparse heap copies and holds 2 MiB where 4 KiB were meant.", zh: "对所有程序启用大页时，fork 或稀疏堆会以 2 MiB 代替 4 KiB 进行复制与占用。" },
  },
];

const perRule = 4;

export function hardwareSuggestions(workload: Workload, facts: MachineFacts, pack: Pack): readonly SuggestedSetting[] {
  return rules.flatMap((rule) => {
    const [setting] = pack.get(rule.setting);
    const fits = rule.kinds.some((kind) => (workload.features.get(kind) ?? 0) > 0);
    return setting === undefined || !fits ? [] : rule.where(facts).slice(0, perRule).map((place) => suggestion(setting, place, rule.why));
  });
}

function suggestion(setting: PackSetting, { name, current, value }: { readonly name: string; readonly current: string; readonly value: string }, why: Words): SuggestedSetting {
  const { component, kind, description, descriptionZh, sources, restart = "none" } = setting;
  return {
    component,
    kind,
    name,
    current,
    value,
    reason: why,
    evidence: sources.map((source) => ({ origin: "description", says: { en: description, zh: descriptionZh }, source })),
    effect: { says: { en: "depends on the device; measure before and after", zh: "取决于设备；请在前后各测一次" }, origin: "description" },
    risk: riskOf(setting, value),
    restart,
    conflicts: [],
    score: ruleScore,
  };
}

/** No case stands behind it. */
const ruleScore = 0.5;
