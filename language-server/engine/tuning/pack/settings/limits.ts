import { between, limitsItem, oneOf, systemdSetting } from "../build";
import { applicationDocs } from "../cite-applications";
import type { PackSetting } from "../types";

const { pamLimits, systemdExec, systemdResources } = applicationDocs;
const service = "A service that systemd starts does not read limits.conf: set Limit… in its unit.";
const serviceZh = "systemd 启动的服务不读取 limits.conf：请在其单元中设置 Limit…。";

/** Items of limits.conf, for sessions that go through PAM. */
export const limitsSettings: readonly PackSetting[] = [
  limitsItem("nofile", pamLimits(172), {
    description: "Files and sockets that a process may have open. Servers with many connections and index files need 65536 and more.",
    descriptionZh: "单个进程可打开的文件与套接字数。连接或索引文件很多的服务需要 65536 以上。",
    trap: { en: `It can't go beyond fs.nr_open. ${service}`, zh: `不能超过 fs.nr_open。${serviceZh}` },
  }),
  limitsItem("nproc", pamLimits(196), {
    description: "Processes and threads of one user, all sessions together.",
    descriptionZh: "单个用户在所有会话中的进程与线程总数。",
    trap: { en: `It counts the user's threads everywhere on the machine, not those of one program. ${service}`, zh: `统计该用户在整机上的线程，而非单个程序的。${serviceZh}` },
  }),
  limitsItem("memlock", pamLimits(166), {
    unit: "KiB",
    description: "Memory that a process may lock: RDMA and GPU drivers pin buffers, databases lock huge pages. Often unlimited on such machines.",
    descriptionZh: "进程可锁定的内存：RDMA 与 GPU 驱动会固定缓冲区，数据库会锁定大页。此类机器上常设为 unlimited。",
    trap: { en: `The number is in KiB. ${service}`, zh: `数值单位为 KiB。${serviceZh}` },
  }),
  limitsItem("core", pamLimits(148), {
    unit: "KiB",
    description: "Largest core dump of a crashed process; 0 for none.",
    descriptionZh: "进程崩溃时核心转储的最大尺寸；0 为不生成。",
  }),
  limitsItem("stack", pamLimits(184), {
    unit: "KiB",
    description: "Stack of the main thread, and what new threads are given unless told otherwise.",
    descriptionZh: "主线程的栈；新线程未另行指定时也用此值。",
  }),
  limitsItem("as", pamLimits(202), {
    unit: "KiB",
    description: "Address space of a process, which is not the memory that it uses: programs that map large files fail under it.",
    descriptionZh: "进程的地址空间，并非实际占用的内存；映射大文件的程序会因此失败。",
  }),
  limitsItem("rtprio", pamLimits(263), {
    description: "Highest real-time priority that a process without privileges may take.",
    descriptionZh: "非特权进程可使用的最高实时优先级。",
  }),
  limitsItem("nice", pamLimits(257), {
    description: "Lowest nice value, that is the highest priority, that a process without privileges may take.",
    descriptionZh: "非特权进程可降到的最小 nice 值，即最高优先级。",
  }),
];

/** Settings of units that bound a service. */
export const systemdSettings: readonly PackSetting[] = [
  systemdSetting("LimitNOFILE", systemdExec(932), {
    description: "Files and sockets that a process of the service may have open: one number, or soft:hard.",
    descriptionZh: "服务中单个进程可打开的文件与套接字数：一个数，或 软:硬。",
    trap: { en: "Programs that use select() break with descriptors above 1023: raise the hard limit and let the program raise its own soft one.", zh: "使用 select() 的程序不能用 1023 以上的描述符：提高硬限制，由程序自行提高软限制。" },
  }),
  systemdSetting("LimitMEMLOCK", systemdExec(950), {
    unit: "bytes",
    description: "Memory that a process of the service may lock, for RDMA, GPUs and huge pages; infinity for no limit.",
    descriptionZh: "服务中单个进程可锁定的内存，用于 RDMA、GPU 与大页；infinity 为不限。",
  }),
  systemdSetting("LimitNPROC", systemdExec(944), {
    description: "Processes and threads of the service's user on the whole machine; TasksMax counts the service alone.",
    descriptionZh: "该服务所属用户在整机上的进程与线程数；只统计本服务请用 TasksMax。",
  }),
  systemdSetting("LimitCORE", systemdExec(920), {
    unit: "bytes",
    description: "Largest core dump of the service's processes; 0 for none, infinity for all of it.",
    descriptionZh: "服务进程核心转储的最大尺寸；0 为不生成，infinity 为不限。",
  }),
  systemdSetting("TasksMax", systemdResources(360), {
    description: "Processes and threads of the service: a number, a share of the system's in %, or infinity.",
    descriptionZh: "服务的进程与线程数：数字、占系统上限的百分比，或 infinity。",
  }),
  systemdSetting("CPUWeight", systemdResources(125), {
    default: "100",
    description: "Share of the CPU against other units of the same slice when there is not enough for all, 1 to 10000, or idle.",
    descriptionZh: "CPU 不足时相对同一 slice 内其他单元的份额，1 到 10000，或 idle。",
  }),
  systemdSetting("CPUQuota", systemdResources(158), {
    unit: "%",
    description: "Most CPU time that the service gets: 100% is one CPU, 400% four.",
    descriptionZh: "服务可用的最大 CPU 时间：100% 为一个 CPU，400% 为四个。",
    trap: { en: "A service that has used its quota stands still until the period ends, which shows as latency.", zh: "用完配额的服务会停到周期结束，表现为延迟。" },
  }),
  systemdSetting("MemoryHigh", systemdResources(291), {
    unit: "bytes",
    description: "Beyond this the service is slowed down and its memory taken back; the main knob for a service's memory.",
    descriptionZh: "超过后减慢服务并回收其内存；控制服务内存的主要手段。",
  }),
  systemdSetting("MemoryMax", systemdResources(309), {
    unit: "bytes",
    description: "Beyond this the kernel kills inside of the service; keep it above MemoryHigh as a last line.",
    descriptionZh: "超过后内核在服务内触发 OOM；应高于 MemoryHigh，作为最后防线。",
  }),
  systemdSetting("MemorySwapMax", systemdResources(327), {
    unit: "bytes",
    description: "Swap that the service may use; 0 keeps it in memory.",
    descriptionZh: "服务可用的交换空间；0 表示不使用交换。",
  }),
  systemdSetting("IOWeight", systemdResources(392), {
    default: "100",
    description: "Share of a disk against other units, 1 to 10000. It needs a scheduler that weighs: bfq, or iocost.",
    descriptionZh: "相对其他单元的磁盘份额，1 到 10000。需要支持权重的调度：bfq 或 iocost。",
  }),
  systemdSetting("OOMScoreAdjust", systemdExec(1061), {
    type: "integer", range: between(-1000, 1000),
    description: "How soon the kernel kills the service when memory runs out: -1000 never, 1000 first.",
    descriptionZh: "内存耗尽时内核杀死该服务的倾向：-1000 从不，1000 最先。",
  }),
  systemdSetting("Nice", systemdExec(1118), {
    type: "integer", range: between(-20, 19),
    description: "Scheduling priority of the service's processes: -20 the highest, 19 the lowest.",
    descriptionZh: "服务进程的调度优先级：-20 最高，19 最低。",
  }),
  systemdSetting("NUMAPolicy", systemdExec(1174), {
    type: "enum", range: oneOf("default", "preferred", "bind", "interleave", "local"),
    description: "On which NUMA nodes the service's memory is placed; interleave suits one large database over all nodes. NUMAMask names the nodes.",
    descriptionZh: "服务的内存放在哪些 NUMA 节点；横跨所有节点的大型数据库适合 interleave。NUMAMask 指定节点。",
  }),
];
