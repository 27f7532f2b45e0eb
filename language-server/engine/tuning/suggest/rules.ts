import type { MachineFacts } from "../facts/types";
import type { HardwareCondition, PackSetting } from "../pack/types";
import { amountOf } from "./value";
import type { Words } from "./types";

/** Limits: what is high enough stays as it is, a case with a smaller one notwithstanding. */
const limits = new Set(
  ("fs.file-max fs.nr_open fs.aio-max-nr fs.inotify.max_user_watches fs.inotify.max_user_instances fs.inotify.max_queued_events kernel.pid_max kernel.threads-max kernel.shmmax kernel.shmall kernel.shmmni kernel.msgmax kernel.msgmnb vm.max_map_count " +
    "net.core.somaxconn net.core.netdev_max_backlog net.core.rmem_max net.core.wmem_max net.core.rmem_default net.core.wmem_default net.core.optmem_max net.ipv4.tcp_max_syn_backlog net.ipv4.tcp_max_tw_buckets net.ipv4.tcp_max_orphans net.netfilter.nf_conntrack_max net.ipv4.neigh.default.gc_thresh1 net.ipv4.neigh.default.gc_thresh2 net.ipv4.neigh.default.gc_thresh3 net.ipv6.neigh.default.gc_thresh3").split(" "),
);

/** Container networks set these themselves and break when somebody else does. */
const ownedByContainerNetworks = /^net\.(?:ipv[46]\.(?:ip_forward|conf\.)|bridge\.|ipv6\.conf\.)/u;

/** Why a setting makes no sense on this machine; undefined when nothing speaks against it. */
export function againstMachine(setting: PackSetting, value: string, current: string | undefined, facts: MachineFacts): Words | undefined {
  const { name, kind } = setting;
  const version = kernelVersion(facts.kernel);
  const gone = setting.component === "kernel" ? (setting.moves ?? []).find((move) => (move.what === "removed" || move.what === "moved" || move.what === "renamed") && version !== undefined && compareVersions(version, move.version) >= 0) : undefined;
  if (gone !== undefined) {
    const to = gone.to === undefined ? "" : `, ${gone.to}`;
    return { en: `${gone.what} in Linux ${gone.version}${to}; this is ${facts.kernel}`, zh: `已在 Linux ${gone.version} 中${gone.what === "removed" ? "移除" : "移走"}${to}；本机为 ${facts.kernel}` };
  }
  if (kind === "sysctl" && current === undefined && Object.keys(facts.sysctls).length > 0) return { en: "this kernel has no such setting, or it may not be read", zh: "本机内核没有该项，或无权读取" };
  if (/numa_balancing|zone_reclaim_mode/u.test(name) && facts.numaNodes < 2) return { en: "one NUMA node only", zh: "只有一个 NUMA 节点" };
  if (/^vm\.(?:swappiness|page-cluster)$/u.test(name) && facts.swap === 0) return { en: "no swap is set up", zh: "未配置交换区" };
  if (name === "vm.laptop_mode" && !facts.disks.some(({ rotational }) => rotational)) return { en: "no spinning disk", zh: "没有机械盘" };
  if (/^net\.ipv4\.tcp_[rw]mem$/u.test(name) && current !== undefined && atLeast(last(current), last(value))) return { en: `up to ${last(current)} is high enough`, zh: `上限 ${last(current)} 已足够` };
  if (limits.has(name) && current !== undefined && atLeast(current, value)) return { en: `${current} is high enough`, zh: `当前 ${current} 已足够` };
  return undefined;
}

export function ownedElsewhere(name: string): boolean {
  return ownedByContainerNetworks.test(name);
}

/** The largest of a buffer's three sizes. */
function last(list: string): string {
  return list.trim().split(/\s+/u).at(-1) ?? "";
}

function atLeast(current: string, value: string): boolean {
  const [have, want] = [amountOf(current, true), amountOf(value, true)];
  return have !== undefined && want !== undefined && have >= want;
}

/** Whether a case's machine is like this one; what is not known speaks for it. */
export function hardwareFits(condition: HardwareCondition | undefined, facts: MachineFacts | undefined): boolean {
  if (condition === undefined || facts === undefined) return true;
  const { minMemory, maxMemory, minNumaNodes, minCpus, disk, accelerator, architecture } = condition;
  return (
    (minMemory === undefined || facts.memory >= minMemory) &&
    (maxMemory === undefined || facts.memory <= maxMemory) &&
    (minNumaNodes === undefined || facts.numaNodes >= minNumaNodes) &&
    (minCpus === undefined || facts.cpus >= minCpus) &&
    (accelerator === undefined || facts.accelerators.length > 0 === accelerator) &&
    (architecture === undefined || facts.architecture === architecture) &&
    (disk === undefined || facts.disks.length === 0 || facts.disks.some(({ name, rotational }) => (disk === "rotational" ? rotational : !rotational && (disk === "ssd" || name.startsWith("nvme")))))
  );
}

export function kernelVersion(release: string): string | undefined {
  return /^\d+\.\d+/u.exec(release)?.[0];
}

export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split(".").map(Number));
  for (let i = 0; i < Math.max(x?.length ?? 0, y?.length ?? 0); i++) {
    const difference = (x?.[i] ?? 0) - (y?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
