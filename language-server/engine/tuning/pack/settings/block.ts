import { between, cgroup, moduleParameter, oneOf, sysfs } from "../build";
import { kernelDocs, kernelSources } from "../cite";
import type { PackSetting } from "../types";

const { block, cgroup: cgroups } = kernelDocs;
const queue = "/sys/block/<disk>/queue";

/** Queues of disks, and what a control group may have of the machine. */
export const blockSettings: readonly PackSetting[] = [
  sysfs(`${queue}/scheduler`, block(564), {
    type: "string",
    description: "Order of requests: none for NVMe, mq-deadline or bfq for spinning disks, bfq for desktops.",
    descriptionZh: "请求调度：NVMe 用 none，机械盘用 mq-deadline 或 bfq，桌面用 bfq。",
  }),
  sysfs(`${queue}/nr_requests`, block(481), {
    type: "integer", range: between(4), unit: "requests",
    description: "Requests that may wait in the block layer; more lets a spinning disk sort better and adds latency.",
    descriptionZh: "块层可排队的请求数；取大利于机械盘排序但增加时延。",
  }),
  sysfs(`${queue}/read_ahead_kb`, block(533), {
    type: "integer", default: "128", range: between(0), unit: "KiB",
    description: "Most that is read ahead of a sequential reader: 4096 for streaming of large files, 16 for random database reads.",
    descriptionZh: "顺序读的最大预读量：大文件流式读取可取 4096，数据库随机读取 16。",
    more: [kernelSources.pagemap(1221)],
  }),
  sysfs(`${queue}/rq_affinity`, block(549), {
    type: "enum", range: oneOf("0", "1", "2"),
    description: "Where a request is completed: 1 on a CPU near the one that asked, 2 on that very CPU.",
    descriptionZh: "请求在何处完成：1 在提交者附近的 CPU，2 在提交者所在 CPU。",
  }),
  sysfs(`${queue}/nomerges`, block(467), {
    type: "enum", range: oneOf("0", "1", "2"),
    description: "Whether neighbouring requests are looked for and joined; 2 saves CPU at millions of random requests.",
    descriptionZh: "是否寻找并合并相邻请求；百万级随机请求时取 2 可省 CPU。",
  }),
  sysfs(`${queue}/wbt_lat_usec`, block(617), {
    type: "integer", unit: "µs",
    description: "Latency of reads that background writing must not exceed; 0 turns the throttling off.",
    descriptionZh: "后台写回不得使读时延超过的目标；0 关闭限流。",
  }),
  sysfs(`${queue}/max_sectors_kb`, block(429), {
    type: "integer", range: between(4), unit: "KiB",
    description: "Largest request that is sent to the disk.",
    descriptionZh: "发给磁盘的最大请求。",
  }),
  sysfs(`${queue}/io_poll`, block(325), {
    type: "boolean",
    description: "Polls for completion instead of waiting for an interrupt, where the driver has queues for it.",
    descriptionZh: "轮询完成而不等待中断，需要驱动有轮询队列。",
  }),
  sysfs(`${queue}/add_random`, block(137), {
    type: "boolean",
    description: "Whether the disk's timing feeds the random numbers; off saves a little on fast disks.",
    descriptionZh: "磁盘时序是否贡献熵；快盘关闭可略省开销。",
  }),
  sysfs(`${queue}/iostats`, block(364), {
    type: "boolean",
    description: "Whether requests are counted and timed; off blinds iostat.",
    descriptionZh: "是否统计请求；关闭后 iostat 无数据。",
  }),
  moduleParameter("nvme.poll_queues", kernelSources.nvmePci(100), {
    type: "integer", range: between(0),
    description: "Queues of an NVMe disk that are polled; io_uring with polling needs some.",
    descriptionZh: "NVMe 的轮询队列数；io_uring 轮询模式需要。",
  }),
  moduleParameter("nvme.io_queue_depth", kernelSources.nvmePci(74), {
    type: "integer", range: between(2, 4095), unit: "requests",
    description: "Requests that a queue of an NVMe disk takes.",
    descriptionZh: "NVMe 单个队列可容纳的请求数。",
  }),
  moduleParameter("nvme_core.io_timeout", kernelSources.nvmeCore(50), {
    type: "integer", range: between(1), unit: "s",
    description: "How long a request may take before the disk is reset; clouds with network disks want the largest value.",
    descriptionZh: "请求超时后重置磁盘的时间；使用网络盘的云主机宜取最大值。",
  }),
  cgroup("memory.high", cgroups(1209), {
    type: "bytes",
    description: "Beyond this a group is slowed and reclaimed, not killed; set it below memory.max.",
    descriptionZh: "超过后减速并回收，而不杀死；应低于 memory.max。",
    conflicts: [{ other: "memory.max", rule: "at-most", why: "Above the limit it never comes into play.", whyZh: "高于上限则永远不会生效。" }],
  }),
  cgroup("memory.max", cgroups(1221), {
    type: "bytes",
    description: "A group that cannot be brought below this is killed.",
    descriptionZh: "无法降到该值以下的组会被 OOM 杀死。",
  }),
  cgroup("memory.low", cgroups(1186), {
    type: "bytes",
    description: "Memory of a group that is not reclaimed while others have some.",
    descriptionZh: "其他组仍有可回收内存时，不回收该组的这部分内存。",
  }),
  cgroup("memory.swap.max", cgroups(1576), {
    type: "bytes",
    description: "Swap that a group may use; 0 keeps databases out of it.",
    descriptionZh: "组可用的交换空间；0 使数据库不被换出。",
  }),
  cgroup("cpu.max", cgroups(1071), {
    type: "list",
    description: "Time and period: how much CPU a group gets at most. A quota that is used up stalls all of its threads to the end of the period.",
    descriptionZh: "时间与周期：组可用的 CPU 上限。配额用尽后，组内所有线程停到周期结束。",
  }),
  cgroup("cpu.weight", cgroups(1053), {
    type: "integer", default: "100", range: between(1, 10000),
    description: "Share of CPU against other groups when all is busy.",
    descriptionZh: "繁忙时相对其他组的 CPU 份额。",
  }),
  cgroup("cpuset.cpus", cgroups(2120), {
    type: "list",
    description: "CPUs that a group may run on.",
    descriptionZh: "组可运行的 CPU。",
  }),
  cgroup("cpuset.mems", cgroups(2159), {
    type: "list",
    description: "NUMA nodes that a group's memory comes from.",
    descriptionZh: "组的内存来自哪些 NUMA 节点。",
  }),
  cgroup("cpuset.cpus.partition", cgroups(2209), {
    type: "enum", range: oneOf("member", "root", "isolated"),
    description: "Makes a group's CPUs its own; isolated also stops load balancing, as isolcpus does.",
    descriptionZh: "使组独占其 CPU；isolated 同时停止负载均衡，相当于 isolcpus。",
  }),
  cgroup("io.max", cgroups(1823), {
    type: "list",
    description: "Bytes and requests in a second that a group may have of a disk.",
    descriptionZh: "组对某块磁盘每秒可用的字节数与请求数。",
  }),
  cgroup("pids.max", cgroups(2081), {
    type: "integer", range: between(0),
    description: "Processes and threads of a group.",
    descriptionZh: "组内进程与线程总数上限。",
  }),
];
