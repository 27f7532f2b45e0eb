import { tuningCase } from "../case";
import type { KnowledgeSource } from "../../types";
import type { TuningCase } from "../types";

function profile(file: string, line: number): KnowledgeSource {
  return { title: `tuned 2.20, ${file.slice("profiles/".length)}`, file, line, url: `https://github.com/redhat-performance/tuned/blob/v2.20.0/${file}`, licence: "GPL-2.0-or-later" };
}

/** Which settings tuned's profiles make, and to what; the words are ours. */
export const tunedCases: readonly TuningCase[] = [
  tuningCase("profile", "tuned-throughput-performance", { en: "server throughput, general purpose", zh: "通用服务器吞吐", source: profile("profiles/throughput-performance/tuned.conf", 30) }, `
    vm.dirty_ratio = 40
    vm.dirty_background_ratio = 10
    vm.swappiness = 10
    net.core.somaxconn = 2048
  `),
  tuningCase("profile", "tuned-latency-performance", { en: "low latency server, deterministic response", zh: "低延迟服务器，响应稳定", source: profile("profiles/latency-performance/tuned.conf", 14) }, `
    vm.dirty_ratio = 10
    vm.dirty_background_ratio = 3
    vm.swappiness = 10
  `),
  tuningCase("profile", "tuned-network-latency", { en: "low network latency, few connections, busy polling", zh: "网络低延迟，忙轮询", source: profile("profiles/network-latency/tuned.conf", 12) }, `
    net.core.busy_read = 50
    net.core.busy_poll = 50
    net.ipv4.tcp_fastopen = 3
    kernel.numa_balancing = 0
  `),
  tuningCase("profile", "tuned-network-throughput", { en: "network throughput, streaming over 40G and faster", zh: "40G 以上网络流式吞吐", source: profile("profiles/network-throughput/tuned.conf", 9) }, `
    net.ipv4.tcp_rmem = 4096 87380 16777216
    net.ipv4.tcp_wmem = 4096 16384 16777216
  `),
  tuningCase("profile", "tuned-hpc-compute", { en: "hpc, mpi, scientific computing", zh: "高性能计算，MPI，科学计算", source: profile("profiles/hpc-compute/tuned.conf", 18) }, `
    vm.min_free_kbytes = 135168
    vm.zone_reclaim_mode = 1
    kernel.numa_balancing = 0
    net.core.busy_read = 50
    net.core.busy_poll = 50
    net.ipv4.tcp_fastopen = 3
  `),
  tuningCase("profile", "tuned-virtual-host", { en: "host of KVM virtual machines", zh: "KVM 虚拟化宿主机", source: profile("profiles/virtual-host/tuned.conf", 9) }, `
    vm.dirty_background_ratio = 5
  `),
  tuningCase("profile", "tuned-virtual-guest", { en: "inside a virtual machine", zh: "虚拟机内部", source: profile("profiles/virtual-guest/tuned.conf", 9) }, `
    vm.dirty_ratio = 30
    vm.swappiness = 30
  `),
  tuningCase("profile", "tuned-powersave", { en: "power saving", zh: "节能省电", source: profile("profiles/powersave/tuned.conf", 33) }, `
    vm.laptop_mode = 5
    vm.dirty_writeback_centisecs = 1500
    kernel.nmi_watchdog = 0
  `),
  tuningCase("profile", "tuned-spindown-disk", { en: "power saving by disks that spin down", zh: "磁盘休眠节能", source: profile("profiles/spindown-disk/tuned.conf", 29) }, `
    vm.dirty_writeback_centisecs = 6000
    vm.dirty_expire_centisecs = 9000
    vm.dirty_ratio = 60
    vm.laptop_mode = 5
    vm.swappiness = 30
  `),
  tuningCase("profile", "tuned-desktop", { en: "desktop, interactive", zh: "桌面交互", source: profile("profiles/desktop/tuned.conf", 9) }, `
    kernel.sched_autogroup_enabled = 1
  `),
  tuningCase("profile", "tuned-realtime", { en: "real-time on isolated CPUs", zh: "隔离 CPU 上的实时任务", source: profile("profiles/realtime/tuned.conf", 41) }, `
    kernel.hung_task_timeout_secs = 600
    kernel.nmi_watchdog = 0
    kernel.sched_rt_runtime_us = -1
    vm.stat_interval = 10
    kernel.timer_migration = 0
  `),
  tuningCase("profile", "tuned-cpu-partitioning", { en: "CPU partitioning, isolated CPUs, packet processing", zh: "CPU 隔离与分区，报文处理", source: profile("profiles/cpu-partitioning/tuned.conf", 40) }, `
    kernel.hung_task_timeout_secs = 600
    kernel.nmi_watchdog = 0
    vm.stat_interval = 10
    kernel.timer_migration = 0
  `),
  tuningCase("profile", "tuned-accelerator-performance", { en: "host of accelerators, throughput without deep idle states", zh: "加速卡主机，禁用深度空闲状态", source: profile("profiles/accelerator-performance/tuned.conf", 17) }, `
    vm.dirty_ratio = 40
    vm.dirty_background_ratio = 10
    vm.swappiness = 10
  `),
  tuningCase("profile", "tuned-mssql", { en: "Microsoft SQL Server database", zh: "SQL Server 数据库", source: profile("profiles/mssql/tuned.conf", 16) }, `
    vm.swappiness = 1
    vm.dirty_background_ratio = 3
    vm.dirty_ratio = 80
    vm.dirty_expire_centisecs = 500
    vm.dirty_writeback_centisecs = 100
    vm.max_map_count = 1600000
    net.core.rmem_default = 262144
    net.core.rmem_max = 4194304
    net.core.wmem_default = 262144
    net.core.wmem_max = 1048576
    kernel.numa_balancing = 0
  `),
  tuningCase("profile", "tuned-oracle", { en: "Oracle database", zh: "Oracle 数据库", source: profile("profiles/oracle/tuned.conf", 9) }, `
    vm.swappiness = 10
    vm.dirty_background_ratio = 3
    vm.dirty_ratio = 40
    vm.dirty_expire_centisecs = 500
    vm.dirty_writeback_centisecs = 100
    kernel.shmmax = 4398046511104
    kernel.shmall = 1073741824
    kernel.shmmni = 4096
    kernel.sem = 250 32000 100 128
    fs.file-max = 6815744
    fs.aio-max-nr = 1048576
    net.ipv4.ip_local_port_range = 9000 65499
    net.core.rmem_default = 262144
    net.core.rmem_max = 4194304
    net.core.wmem_default = 262144
    net.core.wmem_max = 1048576
    kernel.panic_on_oops = 1
    kernel.numa_balancing = 0
  `),
  tuningCase("profile", "tuned-postgresql", { en: "PostgreSQL database", zh: "PostgreSQL 数据库", source: profile("profiles/postgresql/tuned.conf", 19) }, `
    vm.dirty_background_ratio = 0
    vm.dirty_ratio = 0
    vm.dirty_background_bytes = 67108864
    vm.dirty_bytes = 536870912
    vm.swappiness = 3
    kernel.sched_autogroup_enabled = 0
  `),
  tuningCase("profile", "tuned-sap-hana", { en: "SAP HANA in-memory database", zh: "SAP HANA 内存数据库", source: profile("profiles/sap-hana/tuned.conf", 17) }, `
    kernel.sem = 32000 1024000000 500 32000
    kernel.numa_balancing = 0
    vm.dirty_ratio = 40
    vm.dirty_background_ratio = 10
    vm.swappiness = 10
  `),
  tuningCase("profile", "tuned-sap-netweaver", { en: "SAP NetWeaver application server", zh: "SAP NetWeaver 应用服务器", source: profile("profiles/sap-netweaver/tuned.conf", 9) }, `
    kernel.sem = 32000 1024000000 500 32000
    kernel.shmall = 18446744073692774399
    kernel.shmmax = 18446744073692774399
    vm.max_map_count = 2000000
  `),
  tuningCase("profile", "tuned-spectrumscale-ece", { en: "Spectrum Scale storage with erasure coding", zh: "Spectrum Scale 纠删码存储", source: profile("profiles/spectrumscale-ece/tuned.conf", 14) }, `
    kernel.numa_balancing = 1
    vm.dirty_ratio = 40
    vm.dirty_background_ratio = 10
    vm.swappiness = 10
    net.ipv4.tcp_window_scaling = 1
    net.ipv4.tcp_timestamps = 1
  `),
  tuningCase("profile", "tuned-openshift", { en: "OpenShift and Kubernetes cluster, containers", zh: "OpenShift 与 Kubernetes 集群容器", source: profile("profiles/openshift/tuned.conf", 15) }, `
    net.ipv4.ip_forward = 1
    kernel.pid_max = 4194304
    fs.aio-max-nr = 1048576
    net.netfilter.nf_conntrack_max = 1048576
    net.ipv4.conf.all.arp_announce = 2
    net.ipv4.neigh.default.gc_thresh1 = 8192
    net.ipv4.neigh.default.gc_thresh2 = 32768
    net.ipv4.neigh.default.gc_thresh3 = 65536
    net.ipv6.neigh.default.gc_thresh1 = 8192
    net.ipv6.neigh.default.gc_thresh2 = 32768
    net.ipv6.neigh.default.gc_thresh3 = 65536
    vm.max_map_count = 262144
  `),
  tuningCase("profile", "tuned-openshift-node", { en: "OpenShift node, containers", zh: "OpenShift 节点容器", source: profile("profiles/openshift-node/tuned.conf", 9) }, `
    net.ipv4.tcp_fastopen = 3
    fs.inotify.max_user_watches = 65536
    fs.inotify.max_user_instances = 8192
  `),
  tuningCase("profile", "tuned-atomic-host", { en: "container host on bare metal", zh: "裸机容器主机", source: profile("profiles/atomic-host/tuned.conf", 15) }, `
    kernel.pid_max = 131072
    net.netfilter.nf_conntrack_max = 1048576
    fs.inotify.max_user_watches = 65536
  `),
  tuningCase("profile", "tuned-optimize-serial-console", { en: "serial console", zh: "串口控制台", source: profile("profiles/optimize-serial-console/tuned.conf", 10) }, `
    kernel.printk = 4 4 1 7
  `),
];
