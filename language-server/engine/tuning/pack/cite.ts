import type { KnowledgeSource } from "../types";

/** A document that the pack cites: a line in it is a source. */
type Cited = (line: number) => KnowledgeSource;

interface Work {
  /** With the version that the lines are of. */
  readonly title: string;
  readonly folder: string;
  readonly web: string;
  readonly licence: string;
}

/** Lines are of Debian 12's linux-source-6.1. */
const kernel: Work = { title: "Linux 6.1", folder: "Documentation", web: "https://docs.kernel.org", licence: "GPL-2.0" };
const kernelCode: Work = { title: "Linux 6.1", folder: "", web: "https://elixir.bootlin.com/linux/v6.1/source", licence: "GPL-2.0" };

function cited({ title, folder, web, licence }: Work, file: string, page: string): Cited {
  const path = folder === "" ? file : `${folder}/${file}`;
  return (line) => ({ title: `${title}, ${page}`, file: path, line, url: `${web}/${file.replace(/\.(?:rst|txt)$/u, ".html")}`, licence });
}

const code =
  (file: string): Cited =>
  (line) => ({ title: `Linux 6.1, ${file}`, file, line, url: `${kernelCode.web}/${file}#L${String(line)}`, licence: kernelCode.licence });

export const kernelDocs = {
  vm: cited(kernel, "admin-guide/sysctl/vm.rst", "/proc/sys/vm"),
  kernel: cited(kernel, "admin-guide/sysctl/kernel.rst", "/proc/sys/kernel"),
  net: cited(kernel, "admin-guide/sysctl/net.rst", "/proc/sys/net"),
  perCpuThreads: cited(kernel, "admin-guide/kernel-per-CPU-kthreads.rst", "kernel threads of each CPU"),
  laptopMode: cited(kernel, "admin-guide/laptops/laptop-mode.rst", "laptop mode"),
  fs: cited(kernel, "admin-guide/sysctl/fs.rst", "/proc/sys/fs"),
  ip: cited(kernel, "networking/ip-sysctl.rst", "IP sysctl"),
  conntrack: cited(kernel, "networking/nf_conntrack-sysctl.rst", "netfilter conntrack sysctl"),
  scaling: cited(kernel, "networking/scaling.rst", "scaling in the network stack"),
  parameters: cited(kernel, "admin-guide/kernel-parameters.txt", "kernel parameters"),
  thp: cited(kernel, "admin-guide/mm/transhuge.rst", "transparent huge pages"),
  hugetlb: cited(kernel, "admin-guide/mm/hugetlbpage.rst", "HugeTLB pages"),
  lruGen: cited(kernel, "admin-guide/mm/multigen_lru.rst", "multi-gen LRU"),
  ksm: cited(kernel, "admin-guide/mm/ksm.rst", "kernel samepage merging"),
  zswap: cited(kernel, "admin-guide/mm/zswap.rst", "zswap"),
  bandwidth: cited(kernel, "scheduler/sched-bwc.rst", "CFS bandwidth control"),
  realTime: cited(kernel, "scheduler/sched-rt-group.rst", "real-time group scheduling"),
  cgroup: cited(kernel, "admin-guide/cgroup-v2.rst", "control group v2"),
  block: cited(kernel, "ABI/stable/sysfs-block", "sysfs of block devices"),
  deadline: cited(kernel, "block/deadline-iosched.rst", "deadline scheduler"),
  kyber: cited(kernel, "block/kyber-iosched.rst", "kyber scheduler"),
  bfq: cited(kernel, "block/bfq-iosched.rst", "BFQ scheduler"),
  ext4: cited(kernel, "admin-guide/ext4.rst", "ext4"),
  xfs: cited(kernel, "admin-guide/xfs.rst", "XFS"),
  cpufreq: cited(kernel, "admin-guide/pm/cpufreq.rst", "CPU frequency"),
  intelPstate: cited(kernel, "admin-guide/pm/intel_pstate.rst", "intel_pstate"),
  netClass: cited(kernel, "ABI/testing/sysfs-class-net", "sysfs of network devices"),
  netQueues: cited(kernel, "ABI/testing/sysfs-class-net-queues", "sysfs of network queues"),
  numaDemotion: cited(kernel, "ABI/testing/sysfs-kernel-mm-numa", "sysfs of NUMA memory"),
} as const;

export const kernelSources = {
  aio: code("fs/aio.c"),
  autogroup: code("kernel/sched/autogroup.c"),
  conntrackCore: code("net/netfilter/nf_conntrack_core.c"),
  core: code("kernel/sched/core.c"),
  cpuidleHaltpoll: code("drivers/cpuidle/governors/haltpoll.c"),
  delayacct: code("kernel/delayacct.c"),
  dev: code("net/core/dev.c"),
  fair: code("kernel/sched/fair.c"),
  file: code("fs/file.c"),
  fsWriteback: code("fs/fs-writeback.c"),
  inotify: code("fs/notify/inotify/inotify_user.c"),
  ipcSysctl: code("ipc/ipc_sysctl.c"),
  khugepaged: code("mm/khugepaged.c"),
  mqDeadline: code("block/mq-deadline.c"),
  msg: code("include/uapi/linux/msg.h"),
  namespace: code("fs/namespace.c"),
  nvmeCore: code("drivers/nvme/host/core.c"),
  nvmePci: code("drivers/nvme/host/pci.c"),
  overlay: code("fs/overlayfs/super.c"),
  pageAlloc: code("mm/page_alloc.c"),
  pageWriteback: code("mm/page-writeback.c"),
  panic: code("kernel/panic.c"),
  pagemap: code("include/linux/pagemap.h"),
  perf: code("kernel/events/core.c"),
  pipe: code("fs/pipe.c"),
  schedDebug: code("kernel/sched/debug.c"),
  shm: code("include/uapi/linux/shm.h"),
  swap: code("mm/swap.c"),
  tcpHeader: code("include/net/tcp.h"),
  tcpIpv4: code("net/ipv4/tcp_ipv4.c"),
  threads: code("include/linux/threads.h"),
  timer: code("kernel/time/timer.c"),
  topology: code("kernel/sched/topology.c"),
  util: code("mm/util.c"),
  zswapCode: code("mm/zswap.c"),
} as const;

/** Manual pages outlive what the kernel's own documents drop. */
export const tcpManual: Cited = (line) => ({ title: "Linux manual pages 6.03, tcp(7)", file: "man7/tcp.7", line, url: "https://man7.org/linux/man-pages/man7/tcp.7.html", licence: "Linux-man-pages-1-para" });
