import { tuningCase } from "../case";
import type { KnowledgeSource } from "../../types";
import type { TuningCase } from "../types";

function profile(file: string, line: number): KnowledgeSource {
  return { title: `A-Tune, ${file.slice("profiles/".length)}`, file, line, url: `https://gitee.com/openeuler/A-Tune/blob/master/${file}`, licence: "MulanPSL-2.0" };
}

/** Which settings A-Tune's profiles make, and to what; the words are ours. Nobody published what came of them. */
export const atuneCases: readonly TuningCase[] = [
  tuningCase("profile", "atune-web-nginx-http-long-connection", { en: "nginx web server, http, long-lived connections", zh: "nginx http 长连接", source: profile("profiles/web/nginx/http-long-connection.conf", 33) }, `
    fs.file-max = 6553600
    fs.suid_dumpable = 1
    fs.aio-max-nr = 1048576
    kernel.shmmax = 68719476736
    kernel.shmall = 4294967296
    kernel.shmmni = 4096
    kernel.sem = 250 32000 100 128
    net.ipv4.tcp_tw_reuse = 1
    net.ipv4.tcp_syncookies = 1
    net.ipv4.ip_local_port_range = 1024 65500
    net.ipv4.tcp_max_tw_buckets = 5000
    net.core.somaxconn = 65535
    net.core.netdev_max_backlog = 262144
    net.ipv4.tcp_max_orphans = 262144
    net.ipv4.tcp_max_syn_backlog = 262144
    net.ipv4.tcp_timestamps = 0
    net.ipv4.tcp_synack_retries = 1
    net.ipv4.tcp_syn_retries = 1
    net.ipv4.tcp_fin_timeout = 1
    net.ipv4.tcp_keepalive_time = 60
    net.ipv4.tcp_mem = 362619 483495 725238
    net.ipv4.tcp_rmem = 4096 87380 6291456
    net.ipv4.tcp_wmem = 4096 16384 4194304
    net.core.wmem_default = 8388608
    net.core.rmem_default = 8388608
    net.core.rmem_max = 16777216
    net.core.wmem_max = 16777216
  `),
  tuningCase("profile", "atune-web-nginx-http-short-connection", { en: "nginx web server, http, short connections", zh: "nginx http 短连接", source: profile("profiles/web/nginx/http-short-connection.conf", 32) }, `
    net.ipv4.tcp_tw_reuse = 1
    net.ipv4.ip_local_port_range = 1024 65500
    net.ipv4.tcp_max_tw_buckets = 5000
    net.core.somaxconn = 65535
    net.core.netdev_max_backlog = 262144
    net.ipv4.tcp_max_syn_backlog = 262144
    net.ipv4.tcp_fin_timeout = 1
    net.ipv4.tcp_keepalive_time = 60
    net.core.rmem_max = 16777216
    net.core.wmem_max = 16777216
  `),
  tuningCase("profile", "atune-include-tomcat-common", { en: "Tomcat web server, java, http", zh: "Tomcat 网站服务器，Java", source: profile("profiles/include/tomcat-common.conf", 33) }, `
    net.ipv4.tcp_tw_reuse = 1
    net.ipv4.tcp_fin_timeout = 1
    net.ipv4.tcp_max_tw_buckets = 5000
    net.ipv4.ip_local_port_range = 1024 65500
    net.core.somaxconn = 65535
    net.ipv4.tcp_max_syn_backlog = 262144
    net.core.rmem_max = 16777216
    net.core.wmem_max = 16777216
  `),
  tuningCase("profile", "atune-web-apache-traffic-server-spirent-pingpo", { en: "Apache Traffic Server cache proxy, http", zh: "Apache Traffic Server 缓存代理", source: profile("profiles/web/apache-traffic-server/spirent-pingpo.conf", 32) }, `
    net.nf_conntrack_max = 2097152
    kernel.sched_min_granularity_ns = 1000000
  `),
  tuningCase("profile", "atune-include-mysql-2p-sysbench", { en: "MySQL and MariaDB database, sysbench oltp on two sockets", zh: "双路 MySQL 联机事务", source: profile("profiles/include/mysql-2p-sysbench.conf", 41) }, `
    vm.swappiness = 1
    vm.dirty_ratio = 5
    kernel.sched_cfs_bandwidth_slice_us = 21000
    kernel.sched_migration_cost_ns = 1381000
    kernel.sched_latency_ns = 16110000
    kernel.sched_min_granularity_ns = 8250000
    kernel.sched_nr_migrate = 53
    kernel.sched_wakeup_granularity_ns = 50410000
    kernel.sched_autogroup_enabled = 0
    kernel.numa_balancing = 0
    net.core.rmem_default = 21299200
    net.core.rmem_max = 21299200
    net.core.wmem_default = 21299200
    net.core.wmem_max = 21299200
    net.ipv4.tcp_rmem = 40960 8738000 62914560
    net.ipv4.tcp_wmem = 40960 8738000 62914560
    net.core.dev_weight = 97
    net.ipv4.tcp_max_syn_backlog = 20480
    net.core.somaxconn = 1280
    net.ipv4.tcp_max_tw_buckets = 360000
  `),
  tuningCase("profile", "atune-include-postgresql-2p-sysbench", { en: "PostgreSQL database, sysbench oltp on two sockets", zh: "双路 PostgreSQL 联机事务", source: profile("profiles/include/postgresql-2p-sysbench.conf", 33) }, `
    kernel.sched_cfs_bandwidth_slice_us = 21000
    kernel.sched_migration_cost_ns = 1381000
    kernel.sched_latency_ns = 16110000
    kernel.sched_min_granularity_ns = 8250000
    kernel.sched_nr_migrate = 53
    kernel.sched_wakeup_granularity_ns = 50410000
    net.core.rmem_default = 21299200
    net.core.rmem_max = 21299200
    net.core.wmem_default = 21299200
    net.core.wmem_max = 21299200
    net.ipv4.tcp_rmem = 40960 8738000 62914560
    net.ipv4.tcp_wmem = 40960 8738000 62914560
    net.core.dev_weight = 97
    net.ipv4.tcp_max_syn_backlog = 20480
    net.core.somaxconn = 1280
  `),
  tuningCase("profile", "atune-database-mongodb-2p-sysbench", { en: "MongoDB document database on two sockets", zh: "双路 MongoDB 文档数据库", source: profile("profiles/database/mongodb/2p-sysbench.conf", 35) }, `
    vm.dirty_ratio = 40
    vm.dirty_background_ratio = 20
    vm.dirty_writeback_centisecs = 800
    vm.dirty_expire_centisecs = 3000
    fs.file-max = 1000000
    fs.nr_open = 2000000
  `),
  tuningCase("profile", "atune-in-memory-database-redis-redis-benchmark", { en: "redis key-value store, benchmark", zh: "redis 键值存储", source: profile("profiles/in-memory-database/redis/redis-benchmark.conf", 34) }, `
    vm.overcommit_memory = 1
    net.core.netdev_budget = 600
    net.core.rmem_max = 16777216
    net.core.somaxconn = 2048
    net.core.optmem_max = 40960
    net.core.rmem_default = 65535
    net.core.wmem_default = 65535
    net.core.wmem_max = 8388608
    net.ipv4.tcp_rmem = 16384 349520 16777216
    net.ipv4.tcp_wmem = 16384 349520 16777216
    net.ipv4.tcp_mem = 8388608 8388608 8388608
    kernel.sem = 32000 1024000000 500 32000
    kernel.numa_balancing = 0
  `),
  tuningCase("profile", "atune-include-spark-common", { en: "Spark and Hadoop big data", zh: "Spark 与 Hadoop 大数据", source: profile("profiles/include/spark-common.conf", 44) }, `
    vm.dirty_expire_centisecs = 3000
    vm.dirty_writeback_centisecs = 500
    vm.min_free_kbytes = 11264
    vm.dirty_ratio = 60
    vm.dirty_background_ratio = 5
    kernel.sched_min_granularity_ns = 10000000
    kernel.sched_wakeup_granularity_ns = 15000000
    kernel.sched_autogroup_enabled = 0
    kernel.numa_balancing = 0
  `),
  tuningCase("profile", "atune-include-hdfs-dfsio", { en: "Hadoop HDFS file throughput, big data storage", zh: "Hadoop HDFS 文件吞吐", source: profile("profiles/include/hdfs-dfsio.conf", 33) }, `
    vm.dirty_ratio = 90
    vm.dirty_background_ratio = 30
    vm.dirty_expire_centisecs = 3000
    vm.dirty_writeback_centisecs = 1000
  `),
  tuningCase("profile", "atune-big-data-hadoop-spark-wordcount", { en: "Spark wordcount, big data", zh: "Spark 词频统计", source: profile("profiles/big-data/hadoop-spark/wordcount.conf", 34) }, `
    vm.dirty_expire_centisecs = 500
    vm.dirty_writeback_centisecs = 100
    vm.dirty_ratio = 60
    vm.dirty_background_ratio = 5
  `),
  tuningCase("profile", "atune-hpc-gatk4-human-genome", { en: "GATK genome analysis, hpc", zh: "GATK 基因分析，高性能计算", source: profile("profiles/hpc/gatk4/human-genome.conf", 34) }, `
    vm.dirty_ratio = 10
    vm.dirty_background_ratio = 3
    vm.swappiness = 10
    vm.dirty_expire_centisecs = 2000
    vm.min_free_kbytes = 135168
    vm.zone_reclaim_mode = 1
    kernel.numa_balancing = 0
    net.core.busy_read = 50
    net.core.busy_poll = 50
    net.ipv4.tcp_fastopen = 3
    kernel.sched_min_granularity_ns = 3000000
    kernel.sched_wakeup_granularity_ns = 4000000
    kernel.sched_migration_cost_ns = 5000000
  `),
  tuningCase("profile", "atune-include-compute-intensive", { en: "compute intensive programs", zh: "计算密集型程序", source: profile("profiles/include/compute-intensive.conf", 32) }, `
    kernel.sched_cfs_bandwidth_slice_us = 21000
    kernel.sched_migration_cost_ns = 1381000
    kernel.sched_latency_ns = 16110000
    kernel.sched_min_granularity_ns = 8250000
    kernel.sched_nr_migrate = 53
    kernel.sched_wakeup_granularity_ns = 50410000
  `),
  tuningCase("profile", "atune-include-memory-intensive", { en: "memory intensive programs, memory bandwidth", zh: "内存密集型程序", source: profile("profiles/include/memory-intensive.conf", 34) }, `
    vm.swappiness = 10
    kernel.randomize_va_space = 0
  `),
  tuningCase("profile", "atune-include-network-intensive", { en: "network intensive services", zh: "网络密集型服务", source: profile("profiles/include/network-intensive.conf", 33) }, `
    net.ipv4.udp_mem = 3145728 4194304 16777216
    net.ipv4.tcp_rmem = 4096 87380 16777216
    net.ipv4.tcp_wmem = 4096 16384 16777216
    kernel.numa_balancing = 0
  `),
  tuningCase("profile", "atune-include-io-intensive", { en: "disk intensive programs, storage", zh: "磁盘读写密集型", source: profile("profiles/include/io-intensive.conf", 32) }, `
    vm.dirty_ratio = 40
    vm.dirty_background_ratio = 20
    vm.dirty_writeback_centisecs = 800
    vm.dirty_expire_centisecs = 30000
    kernel.sched_min_granularity_ns = 3000000
    kernel.sched_wakeup_granularity_ns = 4000000
  `),
  tuningCase("profile", "atune-include-throughput-performance", { en: "server throughput", zh: "服务器吞吐", source: profile("profiles/include/throughput-performance.conf", 32) }, `
    kernel.sched_min_granularity_ns = 10000000
    kernel.sched_wakeup_granularity_ns = 15000000
    vm.dirty_ratio = 40
    vm.dirty_background_ratio = 10
    vm.swappiness = 10
  `),
  tuningCase("profile", "atune-encryption-AES-chauffeur", { en: "encryption, AES, compute", zh: "AES 加密计算", source: profile("profiles/encryption/AES-chauffeur.conf", 35) }, `
    kernel.sched_migration_cost_ns = 2100000
    kernel.sched_cfs_bandwidth_slice_us = 2000
    kernel.sched_wakeup_granularity_ns = 7000000
    kernel.sched_min_granularity_ns = 58000000
    vm.dirty_background_ratio = 71
    vm.dirty_ratio = 63
    vm.min_free_kbytes = 839680
  `),
  tuningCase("profile", "atune-middleware-dubbo-dubbo-benchmark", { en: "Dubbo rpc middleware, java microservices", zh: "Dubbo 微服务中间件", source: profile("profiles/middleware/dubbo/dubbo-benchmark.conf", 36) }, `
    kernel.sched_latency_ns = 16000000
    kernel.sched_min_granularity_ns = 3000000
    kernel.sched_migration_cost_ns = 1000
  `),
  tuningCase("profile", "atune-cloud-compute-kvm-host", { en: "host of KVM virtual machines, cloud", zh: "KVM 云计算宿主机", source: profile("profiles/cloud-compute/kvm/host.conf", 38) }, `
    vm.dirty_background_ratio = 5
    kernel.sched_migration_cost_ns = 5000000
  `),
  tuningCase("profile", "atune-arm-native-android-container-robox", { en: "Android containers on Arm", zh: "Arm 上的安卓容器", source: profile("profiles/arm-native/android-container/robox.conf", 32) }, `
    kernel.pid_max = 655360
    fs.inotify.max_user_instances = 8192
  `),
  tuningCase("profile", "atune-basic-test-suite-speccpu-speccpu2006", { en: "SPEC CPU benchmark", zh: "SPEC CPU 跑分", source: profile("profiles/basic-test-suite/speccpu/speccpu2006.conf", 37) }, `
    kernel.randomize_va_space = 0
  `),
];
