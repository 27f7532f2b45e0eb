import { between, oneOf, sysctl } from "../build";
import { kernelDocs, kernelSources } from "../cite";
import type { PackSetting, VersionMove } from "../types";

const { kernel, bandwidth, realTime } = kernelDocs;
const { autogroup, fair, schedDebug, timer } = kernelSources;

/** Linux 5.13 took the names of CFS out of sysctl and put them under debugfs. */
function toDebugfs(file: string, line: number): VersionMove {
  return { version: "5.13", what: "moved", to: `/sys/kernel/debug/sched/${file}`, source: schedDebug(line) };
}

/** Linux 6.6 brought EEVDF, which has one slice instead. */
function goneWithEevdf(line: number): VersionMove {
  return { version: "6.6", what: "removed", to: "/sys/kernel/debug/sched/base_slice_ns", source: schedDebug(line) };
}

/** Who runs where and for how long. */
export const schedulerSettings: readonly PackSetting[] = [
  sysctl("kernel.numa_balancing", kernel(612), {
    type: "enum", range: oneOf("0", "1", "2", "3"),
    description: "Moves pages to the node that uses them: 1 balances nodes, 2 promotes hot pages from slow memory tiers; the values add up. The sampling faults cost time, so pinned databases and latency-critical services turn it off.",
    descriptionZh: "把页迁移到使用它的节点：1 在节点间平衡，2 把热页从慢速内存层提升，可相加。采样缺页有开销，绑核的数据库与时延敏感服务通常关闭。",
    trap: { en: "On a machine with one NUMA node it does nothing.", zh: "在只有一个 NUMA 节点的机器上没有作用。" },
  }),
  sysctl("kernel.numa_balancing_promote_rate_limit_MBps", kernel(643), {
    type: "integer", default: "65536", range: between(0), unit: "MB/s per node", since: "6.1",
    description: "Bounds how fast hot pages are promoted from slow memory to fast memory.",
    descriptionZh: "限制热页从慢速内存提升到快速内存的速率。",
    conflicts: [{ other: "kernel.numa_balancing", rule: "needs", why: "It counts only when bit 2 of kernel.numa_balancing is set.", whyZh: "仅在 kernel.numa_balancing 含 2 时有效。" }],
    more: [fair(1098)],
  }),
  sysctl("kernel.sched_autogroup_enabled", autogroup(14), {
    type: "boolean",
    description: "Gives each terminal session one share of the CPU. It helps desktops; on servers it can hold back daemons that share a session.",
    descriptionZh: "每个终端会话分得一份 CPU 份额。对桌面有益；在服务器上可能压制同一会话中的守护进程。",
  }),
  sysctl("kernel.sched_cfs_bandwidth_slice_us", bandwidth(120), {
    type: "integer", default: "5000", range: between(1), unit: "µs",
    description: "How much quota a CPU takes from its group's pool at a time; larger means less contention for the pool and coarser limits.",
    descriptionZh: "每个 CPU 一次从组配额池中取走的时间片；取大可减少争用，但限额更粗糙。",
    more: [fair(178)],
  }),
  sysctl("kernel.sched_rt_runtime_us", realTime(109), {
    type: "integer", default: "950000", range: between(-1), unit: "µs",
    description: "How long real-time tasks may run in each kernel.sched_rt_period_us; -1 takes the limit away.",
    descriptionZh: "每个 kernel.sched_rt_period_us 内实时任务可运行的时间；-1 取消限制。",
    trap: { en: "With -1 one spinning real-time task can lock a CPU for good.", zh: "取 -1 时，一个空转的实时任务可永久占住 CPU。" },
    conflicts: [{ other: "kernel.sched_rt_period_us", rule: "at-most", why: "A run time above the period is refused.", whyZh: "运行时间大于周期会被拒绝。" }],
  }),
  sysctl("kernel.sched_rt_period_us", realTime(100), {
    type: "integer", default: "1000000", range: between(1), unit: "µs",
    description: "The period against which kernel.sched_rt_runtime_us is measured.",
    descriptionZh: "衡量 kernel.sched_rt_runtime_us 的周期。",
  }),
  sysctl("kernel.sched_energy_aware", kernel(1107), {
    type: "boolean", default: "1",
    description: "Places tasks where they need least energy, on machines with unequal cores and an energy model.",
    descriptionZh: "在大小核且具备能耗模型的机器上，把任务放到最省电的核上。",
    more: [kernelSources.topology(209)],
  }),
  sysctl("kernel.sched_schedstats", kernel(1125), {
    type: "boolean",
    description: "Collects scheduler statistics; for debugging, at a small cost in every switch.",
    descriptionZh: "收集调度统计；用于调试，每次切换略有开销。",
  }),
  sysctl("kernel.sched_util_clamp_min", kernel(1132), {
    type: "integer", default: "1024", range: between(0, 1024),
    description: "Most that a task may ask as its lower bound of utilisation, which drives frequency and placement.",
    descriptionZh: "任务可申请的利用率下限的最大值，它影响频率与选核。",
  }),
  sysctl("kernel.sched_child_runs_first", fair(184), {
    type: "boolean", default: "0", until: "6.5",
    description: "Runs the child before the parent after a fork.",
    descriptionZh: "fork 之后先运行子进程。",
    moves: [{ version: "6.6", what: "removed", source: fair(184) }],
    more: [fair(113)],
  }),
  sysctl("kernel.sched_latency_ns", schedDebug(311), {
    type: "integer", range: between(100000, 1000000000), unit: "ns", until: "5.12",
    description: "Period in which every runnable CFS task should run once, on few tasks.",
    descriptionZh: "任务不多时，每个可运行的 CFS 任务应在该周期内运行一次。",
    moves: [toDebugfs("latency_ns", 311), goneWithEevdf(311)],
  }),
  sysctl("kernel.sched_min_granularity_ns", schedDebug(312), {
    type: "integer", range: between(100000, 1000000000), unit: "ns", until: "5.12",
    description: "Shortest time that a CFS task runs before another may take its place; larger suits batch work.",
    descriptionZh: "CFS 任务被抢占前的最短运行时间；取大适合批处理。",
    moves: [toDebugfs("min_granularity_ns", 312), goneWithEevdf(312)],
  }),
  sysctl("kernel.sched_wakeup_granularity_ns", schedDebug(314), {
    type: "integer", range: between(0, 1000000000), unit: "ns", until: "5.12",
    description: "How far behind a running task must be ahead before a woken one preempts it; larger means fewer switches.",
    descriptionZh: "被唤醒任务抢占当前任务所需的领先量；取大可减少切换。",
    moves: [toDebugfs("wakeup_granularity_ns", 314), goneWithEevdf(314)],
  }),
  sysctl("kernel.sched_migration_cost_ns", schedDebug(321), {
    type: "integer", range: between(0), unit: "ns", until: "5.12",
    description: "A task that ran more recently than this counts as hot in the cache and is not moved to another CPU.",
    descriptionZh: "最近运行时间短于该值的任务视为缓存热，不迁移到其他 CPU。",
    moves: [toDebugfs("migration_cost_ns", 321)],
  }),
  sysctl("kernel.sched_nr_migrate", schedDebug(322), {
    type: "integer", range: between(0), unit: "tasks", until: "5.12",
    description: "Most tasks that one balancing pass moves, with interrupts off.",
    descriptionZh: "一次负载均衡最多迁移的任务数，期间关中断。",
    moves: [toDebugfs("nr_migrate", 322)],
  }),
  sysctl("kernel.sched_tunable_scaling", schedDebug(190), {
    type: "enum", range: oneOf("0", "1", "2"), until: "5.12",
    description: "How the scheduler's times grow with the number of CPUs: not, with its logarithm, or linearly.",
    descriptionZh: "调度时间参数随 CPU 数增长的方式：不变、对数、线性。",
    moves: [toDebugfs("tunable_scaling", 190)],
  }),
  sysctl("kernel.timer_migration", timer(255), {
    type: "boolean", default: "1",
    description: "Lets timers of idle CPUs move to busy ones; off keeps them where they were set, for isolated real-time CPUs.",
    descriptionZh: "允许空闲 CPU 的定时器迁移到忙 CPU；关闭则留在原处，适合隔离的实时 CPU。",
    more: [timer(227)],
  }),
];
