import { between, oneOf, sysctl } from "../build";
import { kernelDocs, kernelSources } from "../cite";
import type { PackSetting } from "../types";

const { kernel } = kernelDocs;
const { ipcSysctl } = kernelSources;

/** Watchdogs, limits, System V IPC, and what decides on safety. */
export const kernelSettings: readonly PackSetting[] = [
  sysctl("kernel.nmi_watchdog", kernel(575), {
    type: "boolean",
    description: "Watches for hard lockups with a performance counter of each CPU; off frees the counter and saves interrupts on isolated CPUs and in guests.",
    descriptionZh: "用每个 CPU 的性能计数器检测硬死锁；关闭可释放计数器，减少隔离 CPU 与虚拟机中的中断。",
  }),
  sysctl("kernel.watchdog_thresh", kernel(1588), {
    type: "integer", default: "10", range: between(0, 60), unit: "s",
    description: "Seconds without progress before a hard lockup is told; soft lockups take twice as long. 0 turns both off.",
    descriptionZh: "多少秒无进展报告硬死锁；软死锁为其两倍。0 同时关闭两者。",
  }),
  sysctl("kernel.hung_task_timeout_secs", kernel(383), {
    type: "integer", range: between(0), unit: "s",
    description: "How long a task may wait uninterruptibly before it is told as hung; 0 does not look.",
    descriptionZh: "任务处于不可中断等待多久后报告为挂起；0 不检查。",
  }),
  sysctl("kernel.softlockup_panic", kernel(1294), {
    type: "boolean",
    description: "Panics on a soft lockup, for clusters where a fail-over beats a stuck node.",
    descriptionZh: "软死锁时触发 panic，用于宁可切换也不愿节点卡死的集群。",
  }),
  sysctl("kernel.panic", kernel(711), {
    type: "integer", default: "0", unit: "s",
    description: "Seconds from a panic to the reboot; 0 waits for ever, a negative value reboots at once.",
    descriptionZh: "panic 之后多少秒重启；0 一直等待，负值立即重启。",
    more: [kernelSources.panic(65)],
  }),
  sysctl("kernel.panic_on_oops", kernel(741), {
    type: "boolean",
    description: "Panics at an oops instead of trying to go on, so that damaged state does not spread to disks.",
    descriptionZh: "发生 oops 时立即 panic，避免损坏的状态写入磁盘。",
  }),
  sysctl("kernel.pid_max", kernel(933), {
    type: "integer", default: "32768", range: between(301, 4194304),
    description: "Process numbers wrap here; hosts with many containers or threads need more. Each thread takes one.",
    descriptionZh: "进程号在此回绕；容器或线程多的主机需要更大。每个线程占一个。",
    trap: { en: "systemd raises it to 4194304 on 64-bit machines; a smaller value in a file lowers it.", zh: "systemd 在 64 位机器上已设为 4194304；文件中的小值反而会调低。" },
    more: [kernelSources.threads(28)],
  }),
  sysctl("kernel.threads-max", kernel(1425), {
    type: "integer", range: between(1),
    description: "Most threads of the whole system; computed from memory at boot.",
    descriptionZh: "全系统线程总数上限；启动时按内存计算。",
  }),
  sysctl("kernel.shmmax", kernel(1219), {
    type: "bytes", unit: "bytes",
    description: "Largest System V shared memory segment; Oracle and SAP ask for a certain one. Since Linux 3.16 the default is practically unlimited.",
    descriptionZh: "单个 System V 共享内存段的最大值；Oracle、SAP 有具体要求。自 Linux 3.16 起默认几乎无限。",
    trap: { en: "It is in bytes while kernel.shmall is in pages; a file that sets it usually lowers today's default.", zh: "单位是字节，而 kernel.shmall 是页；在文件中设置它往往是调低了如今的默认值。" },
    more: [ipcSysctl(78)],
  }),
  sysctl("kernel.shmall", kernel(1206), {
    type: "integer", unit: "pages",
    description: "System V shared memory of the whole system, in pages.",
    descriptionZh: "全系统 System V 共享内存总量，以页计。",
    trap: { en: "It is in pages, not bytes: kernel.shmmax divided by the page size is the least that makes sense.", zh: "单位是页而不是字节：至少应为 kernel.shmmax 除以页大小。" },
  }),
  sysctl("kernel.shmmni", kernel(1228), {
    type: "integer", default: "4096", range: between(0, 32768),
    description: "How many System V shared memory segments there may be.",
    descriptionZh: "System V 共享内存段的个数上限。",
    more: [kernelSources.shm(22)],
  }),
  sysctl("kernel.sem", ipcSysctl(146), {
    type: "list",
    description: "System V semaphores: semaphores in a set, in all, operations in a call, and sets. Databases with many processes need more.",
    descriptionZh: "System V 信号量的四个限制：每组个数、总数、每次调用操作数、组数。进程多的数据库需要更大。",
    trap: { en: "Four numbers in this order: SEMMSL SEMMNS SEMOPM SEMMNI. SEMMNS should be SEMMSL times SEMMNI.", zh: "四个数的顺序是 SEMMSL SEMMNS SEMOPM SEMMNI，其中 SEMMNS 应为 SEMMSL 乘以 SEMMNI。" },
  }),
  sysctl("kernel.msgmax", kernel(537), {
    type: "bytes", default: "8192", range: between(0), unit: "bytes",
    description: "Largest System V message.",
    descriptionZh: "单条 System V 消息的最大长度。",
    conflicts: [{ other: "kernel.msgmnb", rule: "at-most", why: "A message that is larger than its queue can never be sent.", whyZh: "大于队列容量的消息永远无法发送。" }],
    more: [kernelSources.msg(78)],
  }),
  sysctl("kernel.msgmnb", kernel(537), {
    type: "bytes", default: "16384", range: between(0), unit: "bytes",
    description: "Capacity of a System V message queue.",
    descriptionZh: "单个 System V 消息队列的容量。",
    more: [kernelSources.msg(79)],
  }),
  sysctl("kernel.randomize_va_space", kernel(1059), {
    type: "enum", range: oneOf("0", "1", "2"),
    description: "Randomises addresses of programs; 0 makes benchmarks repeatable and machines easier to attack.",
    descriptionZh: "程序地址随机化；0 使基准测试可重复，但机器更易受攻击。",
    trap: { en: "Published benchmark profiles set 0; never do so on a machine that others reach.", zh: "公开的基准测试配置会设为 0；切勿用于他人可访问的机器。" },
  }),
  sysctl("kernel.perf_event_paranoid", kernel(859), {
    type: "integer", default: "2", range: between(-1),
    description: "What unprivileged users may measure with perf: -1 all, 2 only their own user-space code.",
    descriptionZh: "非特权用户可用 perf 测量的范围：-1 全部，2 仅自身用户态代码。",
  }),
  sysctl("kernel.perf_cpu_time_max_percent", kernel(831), {
    type: "integer", default: "25", range: between(0, 100), unit: "%",
    more: [kernelSources.perf(434)],
    description: "Share of CPU time that perf's samples may take before the rate is lowered; 0 never lowers it.",
    descriptionZh: "perf 采样可占用的 CPU 时间比例，超过则降低频率；0 不降低。",
  }),
  sysctl("kernel.printk", kernel(958), {
    type: "list",
    description: "Log levels: what goes to the console, the default of messages, the lowest console level, and the console's default. A serial console that prints much stalls the machine.",
    descriptionZh: "四个日志级别：控制台显示级别、消息默认级别、控制台最低级别、控制台默认级别。串口控制台输出过多会拖慢机器。",
  }),
  sysctl("kernel.sysrq", kernel(1381), {
    type: "integer", range: between(0, 511), unit: "bit mask",
    description: "Which magic SysRq functions the keyboard may call: 0 none, 1 all, else a sum of bits.",
    descriptionZh: "键盘可调用的 SysRq 功能：0 无，1 全部，其他为位的和。",
  }),
  sysctl("kernel.split_lock_mitigate", kernel(1326), {
    type: "boolean", default: "1", since: "6.0",
    description: "Slows programs that lock across cache lines; off gives such old programs their speed back at their neighbours' cost.",
    descriptionZh: "减慢跨缓存行加锁的程序；关闭可恢复此类旧程序的速度，但会影响同机其他程序。",
  }),
  sysctl("kernel.task_delayacct", kernel(1117), {
    type: "boolean", default: "0", since: "5.14",
    description: "Accounts what each task waits for; needed by iotop's delay columns, at a cost in each switch.",
    descriptionZh: "统计每个任务的等待原因；iotop 的延迟列需要它，每次切换略有开销。",
    more: [kernelSources.delayacct(18)],
  }),
  sysctl("kernel.unprivileged_bpf_disabled", kernel(1514), {
    type: "enum", range: oneOf("0", "1", "2"),
    description: "Who may load BPF programs: 0 everybody, 1 only the privileged until reboot, 2 the same but changeable.",
    descriptionZh: "谁可加载 BPF 程序：0 所有人，1 仅特权用户且直到重启不可改，2 同前但可再改。",
  }),
];
