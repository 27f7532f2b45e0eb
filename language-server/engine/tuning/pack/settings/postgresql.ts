import { between, oneOf, postgresqlSetting } from "../build";
import { applicationDocs } from "../cite-applications";
import type { PackSetting } from "../types";

const { postgres } = applicationDocs;

export const postgresqlSettings: readonly PackSetting[] = [
  postgresqlSetting("shared_buffers", postgres(127), {
    type: "bytes", unit: "8kB", default: "128MB", range: between("128kB"),
    description: "Memory for the server's own page cache; a quarter of memory is the usual start, the rest serves as file cache.",
    descriptionZh: "服务器自身的页缓存；通常从内存的四分之一开始，其余留作文件缓存。",
    trap: { en: "A bare number counts in pages of 8 kB, not in bytes: 1024 is 8 MB.", zh: "不带单位的数字以 8 kB 页计而非字节：1024 即 8 MB。" },
  }),
  postgresqlSetting("huge_pages", postgres(129), {
    type: "enum", default: "try", range: oneOf("on", "off", "try"),
    description: "Takes shared memory from huge pages, which vm.nr_hugepages must reserve; with try it silently goes without.",
    descriptionZh: "共享内存使用大页，须以 vm.nr_hugepages 预留；取 try 时不足则静默退回普通页。",
  }),
  postgresqlSetting("work_mem", postgres(138), {
    type: "bytes", unit: "kB", default: "4MB", range: between("64kB"), restart: "none",
    description: "Memory of one sort or hash step before it goes to disk.",
    descriptionZh: "单个排序或哈希步骤使用的内存，超过则落盘。",
    trap: { en: "Each step of each parallel worker of each query may take it: multiply before raising it. A bare number is kB.", zh: "每个查询、每个并行进程、每个步骤都可能占用一份：调大前先相乘。不带单位的数字为 kB。" },
  }),
  postgresqlSetting("hash_mem_multiplier", postgres(139), {
    type: "number", default: "2.0", range: between(1, 1000), restart: "none",
    description: "Hash steps may take this many times work_mem.",
    descriptionZh: "哈希步骤可使用 work_mem 的多少倍。",
  }),
  postgresqlSetting("maintenance_work_mem", postgres(140), {
    type: "bytes", unit: "kB", default: "64MB", range: between("1MB"), restart: "none",
    description: "Memory for vacuum, index builds and foreign keys; each autovacuum worker may take it.",
    descriptionZh: "清理、建索引与外键检查使用的内存；每个 autovacuum 进程都可能占用。",
  }),
  postgresqlSetting("effective_cache_size", postgres(403), {
    type: "bytes", unit: "8kB", default: "4GB", restart: "none",
    description: "What the planner believes to be cached by server and system; it takes no memory. Half to three quarters of memory.",
    descriptionZh: "规划器假定的缓存总量，不占内存。取内存的一半到四分之三。",
  }),
  postgresqlSetting("effective_io_concurrency", postgres(187), {
    type: "integer", default: "1", range: between(0, 1000), restart: "none",
    description: "Reads that bitmap scans ask for ahead; around 200 on NVMe.",
    descriptionZh: "位图扫描预先发出的读请求数；NVMe 约取 200。",
  }),
  postgresqlSetting("maintenance_io_concurrency", postgres(188), {
    type: "integer", default: "10", range: between(0, 1000), restart: "none",
    description: "The same for maintenance work.",
    descriptionZh: "同上，用于维护任务。",
  }),
  postgresqlSetting("random_page_cost", postgres(395), {
    type: "number", default: "4.0", range: between(0), restart: "none",
    description: "Cost of a random page against a sequential one; 1.1 on SSDs makes the planner use indexes.",
    descriptionZh: "随机读页相对顺序读的代价；SSD 上取 1.1 可使规划器更多使用索引。",
  }),
  postgresqlSetting("max_connections", postgres(65), {
    type: "integer", default: "100", range: between(1, 262143), restart: "service",
    description: "Connections at once, each a process; thousands want a pool in front.",
    descriptionZh: "同时连接数，每个为一个进程；上千连接应使用连接池。",
  }),
  postgresqlSetting("max_worker_processes", postgres(189), {
    type: "integer", default: "8", range: between(0, 262143),
    description: "Background processes in all, parallel workers among them.",
    descriptionZh: "后台进程总数，包含并行工作进程。",
  }),
  postgresqlSetting("max_parallel_workers", postgres(192), {
    type: "integer", default: "8", range: between(0, 1024), restart: "none",
    description: "Processes that may work on queries in parallel, in all.",
    descriptionZh: "可用于并行查询的进程总数。",
    conflicts: [{ other: "max_worker_processes", rule: "at-most", why: "They are taken from max_worker_processes.", whyZh: "它们取自 max_worker_processes。" }],
  }),
  postgresqlSetting("max_parallel_workers_per_gather", postgres(190), {
    type: "integer", default: "2", range: between(0, 1024), restart: "none",
    description: "Parallel processes of one query step; 0 turns parallel queries off, as short transactions want.",
    descriptionZh: "单个查询节点的并行进程数；0 关闭并行，适合短事务。",
    conflicts: [{ other: "max_parallel_workers", rule: "at-most", why: "They are taken from max_parallel_workers.", whyZh: "它们取自 max_parallel_workers。" }],
  }),
  postgresqlSetting("max_parallel_maintenance_workers", postgres(191), {
    type: "integer", default: "2", range: between(0, 1024), restart: "none",
    description: "Parallel processes of one index build or vacuum.",
    descriptionZh: "单次建索引或清理的并行进程数。",
  }),
  postgresqlSetting("wal_level", postgres(205), {
    type: "enum", default: "replica", range: oneOf("minimal", "replica", "logical"),
    description: "How much goes to the log: minimal for bulk loads without replicas, logical for logical replication.",
    descriptionZh: "写入日志的信息量：minimal 适合无副本的批量导入，logical 用于逻辑复制。",
  }),
  postgresqlSetting("fsync", postgres(207), {
    type: "boolean", default: "on", restart: "none",
    description: "Syncs writes to the disk.",
    descriptionZh: "把写入同步到磁盘。",
    trap: { en: "Off can destroy the whole database at a power cut. synchronous_commit = off is nearly as fast and safe.", zh: "关闭后断电可能毁掉整个数据库。synchronous_commit = off 几乎一样快且安全。" },
  }),
  postgresqlSetting("synchronous_commit", postgres(210), {
    type: "enum", default: "on", range: oneOf("off", "local", "remote_write", "remote_apply", "on"), restart: "none",
    description: "Whether a commit waits for the disk and for replicas; off loses the last moments at a crash and nothing else.",
    descriptionZh: "提交是否等待落盘与副本；off 在崩溃时只丢失最后片刻的事务，不会损坏数据。",
  }),
  postgresqlSetting("full_page_writes", postgres(219), {
    type: "boolean", default: "on", restart: "none",
    description: "Logs a whole page at its first change after a checkpoint, against torn pages.",
    descriptionZh: "检查点之后首次修改页时记录整页，防止页断裂。",
  }),
  postgresqlSetting("wal_compression", postgres(222), {
    type: "enum", default: "off", range: oneOf("off", "on", "pglz", "lz4", "zstd"), restart: "none",
    description: "Compresses those whole pages; lz4 costs little and saves much log.",
    descriptionZh: "压缩上述整页；lz4 开销小且显著减少日志量。",
  }),
  postgresqlSetting("wal_buffers", postgres(226), {
    type: "bytes", unit: "8kB", default: "-1",
    description: "Log in memory before it is written; -1 takes 1/32 of shared_buffers up to 16 MB.",
    descriptionZh: "日志写出前的内存；-1 表示 shared_buffers 的 1/32，最多 16 MB。",
  }),
  postgresqlSetting("checkpoint_timeout", postgres(237), {
    type: "duration", unit: "s", default: "5min", restart: "none",
    description: "Longest time between checkpoints, 30 s to 1 day; longer means less writing and a longer recovery.",
    descriptionZh: "检查点最长间隔，30 秒到 1 天；取长可减少写入，但恢复更久。",
  }),
  postgresqlSetting("checkpoint_completion_target", postgres(238), {
    type: "number", default: "0.9", range: between(0, 1), restart: "none",
    description: "Part of the interval over which a checkpoint's writes are spread.",
    descriptionZh: "检查点写入在间隔中分摊的比例。",
  }),
  postgresqlSetting("max_wal_size", postgres(241), {
    type: "bytes", unit: "MB", default: "1GB", restart: "none",
    description: "Log between checkpoints; when it fills, a checkpoint comes early. Tens of GB for heavy writing.",
    descriptionZh: "两次检查点之间的日志量，写满则提前触发。写入密集时可取数十 GB。",
    trap: { en: "A bare number is MB.", zh: "不带单位的数字为 MB。" },
  }),
  postgresqlSetting("min_wal_size", postgres(242), {
    type: "bytes", unit: "MB", default: "80MB", restart: "none",
    description: "Log files below this are reused rather than removed.",
    descriptionZh: "日志总量低于该值时文件被重用而不删除。",
  }),
  postgresqlSetting("commit_delay", postgres(232), {
    type: "integer", default: "0", range: between(0, 100000), unit: "µs", restart: "none",
    description: "Waits before a sync so that more commits share it.",
    descriptionZh: "同步前等待，使更多提交共用一次落盘。",
  }),
  postgresqlSetting("default_statistics_target", postgres(426), {
    type: "integer", default: "100", range: between(1, 10000), restart: "none",
    description: "Detail of column statistics; more gives better plans and slower ANALYZE.",
    descriptionZh: "列统计的细致程度；取大计划更准但 ANALYZE 更慢。",
  }),
  postgresqlSetting("autovacuum_max_workers", postgres(639), {
    type: "integer", default: "3", range: between(1, 262143), restart: "service",
    description: "Vacuum processes at once; they share one cost limit.",
    descriptionZh: "同时进行的清理进程数；它们共享一个代价上限。",
  }),
  postgresqlSetting("autovacuum_vacuum_scale_factor", postgres(649), {
    type: "number", default: "0.2", range: between(0, 100), restart: "none",
    description: "Part of a table that must change before it is vacuumed; smaller for large tables.",
    descriptionZh: "表变更多大比例后触发清理；大表应取小。",
  }),
  postgresqlSetting("autovacuum_vacuum_cost_delay", postgres(658), {
    type: "number", default: "2ms", restart: "none",
    description: "Pause of a vacuum each time it used up its cost; 0 runs at full speed.",
    descriptionZh: "清理用完代价后的停顿；0 为全速。",
  }),
  postgresqlSetting("jit", postgres(430), {
    type: "boolean", default: "on", restart: "none",
    description: "Compiles long queries; off helps short ones that are planned as long.",
    descriptionZh: "对长查询做即时编译；关闭有利于被误判为长查询的短查询。",
  }),
  postgresqlSetting("max_locks_per_transaction", postgres(757), {
    type: "integer", default: "64", range: between(10),
    description: "Sizes the lock table; many partitions in one query need more.",
    descriptionZh: "决定锁表大小；单个查询涉及大量分区时需要更多。",
  }),
  postgresqlSetting("track_io_timing", postgres(618), {
    type: "boolean", default: "off", restart: "none",
    description: "Times each read and write, for EXPLAIN and statistics; cheap where the clock is.",
    descriptionZh: "记录每次读写的耗时，用于 EXPLAIN 与统计；时钟源快时开销很小。",
  }),
];
