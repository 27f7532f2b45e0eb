import { between, bootParameter, oneOf } from "../build";
import { kernelDocs } from "../cite";
import type { PackSetting } from "../types";

const { parameters } = kernelDocs;

/** What only the boot loader can say: CPUs set apart, idle states, address translation. */
export const bootSettings: readonly PackSetting[] = [
  bootParameter("isolcpus", parameters(2287), {
    type: "list",
    description: "Takes CPUs out of the scheduler's balancing for pinned real-time and packet processing; cpuset partitions do the same at run time.",
    descriptionZh: "把 CPU 从调度均衡中移出，供绑核的实时与报文处理使用；cpuset 分区可在运行时达到同样效果。",
    trap: { en: "Threads that are not pinned all stay on the first isolated CPU that they were put on.", zh: "未绑核的线程会全部停留在最初被放到的那个隔离 CPU 上。" },
  }),
  bootParameter("nohz_full", parameters(3790), {
    type: "list",
    description: "Stops the timer tick on CPUs that run one task; system calls get a little slower there.",
    descriptionZh: "在只运行一个任务的 CPU 上停止时钟节拍；其上系统调用略慢。",
  }),
  bootParameter("rcu_nocbs", parameters(4680), {
    type: "list",
    description: "Moves RCU callbacks away from these CPUs.",
    descriptionZh: "把这些 CPU 上的 RCU 回调移到别处。",
  }),
  bootParameter("irqaffinity", parameters(2250), {
    type: "list",
    description: "CPUs that interrupts go to unless told otherwise.",
    descriptionZh: "中断默认投递到的 CPU。",
  }),
  bootParameter("mitigations", parameters(3273), {
    type: "string", default: "auto",
    description: "Guards against faults of CPUs; off gives system calls their speed back where only trusted code runs.",
    descriptionZh: "针对 CPU 漏洞的缓解措施；仅运行可信代码时，off 可恢复系统调用性能。",
    trap: { en: "Off on a shared machine lets programs read each other's and the kernel's memory.", zh: "在共享机器上关闭会使程序可读取彼此与内核的内存。" },
  }),
  bootParameter("intel_idle.max_cstate", parameters(2135), {
    type: "integer", range: between(0, 9),
    description: "Deepest idle state of Intel CPUs; 0 or 1 wakes fastest and burns most.",
    descriptionZh: "Intel CPU 最深空闲状态；0 或 1 唤醒最快、功耗最高。",
  }),
  bootParameter("processor.max_cstate", parameters(4574), {
    type: "integer", range: between(0, 9),
    description: "Deepest idle state where the ACPI driver is in charge.",
    descriptionZh: "由 ACPI 驱动管理时的最深空闲状态。",
  }),
  bootParameter("idle", parameters(1879), {
    type: "enum", range: oneOf("poll", "halt", "nomwait"),
    description: "How CPUs idle; poll spins, for the lowest latency at full power.",
    descriptionZh: "CPU 空闲方式；poll 为空转，时延最低但满功耗。",
  }),
  bootParameter("intel_pstate", parameters(2139), {
    type: "string",
    description: "Driver of Intel frequencies: disable falls back to acpi-cpufreq, passive lets the usual governors rule.",
    descriptionZh: "Intel 频率驱动：disable 退回 acpi-cpufreq，passive 由通用调速器管理。",
  }),
  bootParameter("amd_pstate", parameters(7104), {
    type: "string",
    description: "Driver of AMD frequencies.",
    descriptionZh: "AMD 频率驱动。",
  }),
  bootParameter("cpufreq.default_governor", parameters(804), {
    type: "string",
    description: "Governor that CPUs start with; performance for steady latency.",
    descriptionZh: "CPU 启动时的调速器；performance 时延稳定。",
  }),
  bootParameter("iommu", parameters(2185), {
    type: "string",
    description: "Address translation for devices; pt lets the host's own devices go without, as DPDK and accelerators want.",
    descriptionZh: "设备地址转换；pt 使宿主机自身设备不经转换，适合 DPDK 与加速卡。",
  }),
  bootParameter("iommu.passthrough", parameters(2223), {
    type: "boolean",
    description: "The same on Arm and others: 1 spares the host's devices the translation.",
    descriptionZh: "Arm 等架构上的同类选项：1 使宿主机设备不经转换。",
  }),
  bootParameter("iommu.strict", parameters(2208), {
    type: "boolean",
    description: "Whether mappings are flushed at once; 0 batches them, faster and a little less safe.",
    descriptionZh: "是否立即刷新映射；0 为批量刷新，更快但略不安全。",
  }),
  bootParameter("intel_iommu", parameters(2100), {
    type: "string",
    description: "Intel's translation unit; on is needed for passing devices to guests.",
    descriptionZh: "Intel IOMMU；设备直通虚拟机需要 on。",
  }),
  bootParameter("skew_tick", parameters(5609), {
    type: "boolean", default: "0",
    description: "Spreads timer ticks over CPUs, so that many do not wake at one moment; more power, less jitter.",
    descriptionZh: "错开各 CPU 的时钟节拍，避免同时唤醒；功耗略增，抖动减少。",
  }),
  bootParameter("tsc", parameters(6429), {
    type: "string",
    description: "Trust in the CPU's clock; reliable stops the check that may switch to a slow clock.",
    descriptionZh: "对 CPU 时钟的信任；reliable 关闭可能切换到慢时钟的检查。",
  }),
  bootParameter("nosmt", parameters(3705), {
    type: "string",
    description: "Turns hyper-threads off.",
    descriptionZh: "关闭超线程。",
  }),
  bootParameter("preempt", parameters(4519), {
    type: "enum", range: oneOf("none", "voluntary", "full"), since: "5.12",
    description: "How readily the kernel gives way: none for throughput, full for latency.",
    descriptionZh: "内核让出 CPU 的程度：none 重吞吐，full 重时延。",
  }),
  bootParameter("psi", parameters(4598), {
    type: "boolean",
    description: "Pressure stall information, which shows how long work waits for CPU, memory and disks.",
    descriptionZh: "压力停滞信息，显示等待 CPU、内存与磁盘的时间。",
  }),
  bootParameter("init_on_alloc", parameters(2076), {
    type: "boolean",
    description: "Clears memory as it is given out; safer, and slower for network and memory heavy work.",
    descriptionZh: "分配内存时清零；更安全，但网络与内存密集负载变慢。",
  }),
  bootParameter("audit", parameters(433), {
    type: "string",
    description: "The audit subsystem; its hooks cost in each system call while rules are loaded.",
    descriptionZh: "审计子系统；加载规则后每次系统调用都有开销。",
  }),
];
