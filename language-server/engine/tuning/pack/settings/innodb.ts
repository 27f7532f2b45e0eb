import { between, mariadbSetting, mysqlSetting, oneOf } from "../build";
import { applicationDocs } from "../cite-applications";
import type { KnowledgeSource } from "../../types";
import type { PackSetting } from "../types";

const { innodb } = applicationDocs;

/** The server's own texts forget what it dropped; the knowledge base keeps it. */
function knowledgeBase(name: string): KnowledgeSource {
  return { title: "MariaDB Knowledge Base, InnoDB system variables", file: "innodb-system-variables.html", line: 1, url: `https://mariadb.com/kb/en/innodb-system-variables/#${name}`, licence: "GFDL-1.3" };
}

const mysqlManual = (page: string): KnowledgeSource => ({ title: "MySQL 8.0 Reference Manual", file: page, line: 1, url: `https://dev.mysql.com/doc/refman/8.0/en/${page}`, licence: "Oracle" });

/** InnoDB in MariaDB; names that MySQL alone has come last. */
export const innodbSettings: readonly PackSetting[] = [
  mariadbSetting("innodb_buffer_pool_size", innodb(205), {
    type: "bytes", default: "134217728", range: between(2097152), unit: "bytes", restart: "none",
    description: "Memory for data and indexes; on a dedicated server 60 to 75 percent of memory. The most important setting of InnoDB.",
    descriptionZh: "缓存数据与索引的内存；专用服务器取内存的 60% 到 75%。InnoDB 最重要的参数。",
    trap: { en: "Leave room for connections and the system: above about 80 % the machine swaps or the OOM killer comes. Suffixes are K, M, G; a bare number is bytes.", zh: "须为连接与系统留余量：超过约 80% 会换出或触发 OOM。后缀为 K、M、G；无后缀即字节。" },
    sane: { min: "67108864" },
  }),
  mariadbSetting("innodb_log_file_size", innodb(1057), {
    type: "bytes", default: "100663296", range: between(4194304), unit: "bytes", restart: "none",
    description: "Size of the redo log. Larger means fewer forced flushes under writing and a longer recovery; an hour of writes is a good size.",
    descriptionZh: "重做日志大小。取大可减少写入高峰时的强制刷新，但恢复更久；以容纳一小时写入为宜。",
    conflicts: [{ other: "innodb_buffer_pool_size", rule: "at-most", why: "A log larger than the buffer pool gains nothing.", whyZh: "日志大于缓冲池没有收益。" }],
  }),
  mariadbSetting("innodb_log_buffer_size", innodb(1021), {
    type: "bytes", default: "16777216", range: between(2097152, "2147479552"), unit: "bytes",
    description: "Redo records of running transactions before they are written; large transactions need more.",
    descriptionZh: "事务重做记录写出前的缓冲；大事务需要更多。",
  }),
  mariadbSetting("innodb_flush_log_at_trx_commit", innodb(733), {
    type: "enum", default: "1", range: oneOf("0", "1", "2", "3"), restart: "none",
    description: "When the log reaches the disk: 1 at each commit, 2 written at commit and synced each second, 0 both each second.",
    descriptionZh: "日志何时落盘：1 每次提交，2 提交时写、每秒同步，0 两者均每秒一次。",
    trap: { en: "0 and 2 lose up to a second of committed transactions at a crash; published benchmarks use them.", zh: "取 0 或 2 时崩溃会丢失最多一秒已提交事务；公开的跑分常这样设。" },
  }),
  mariadbSetting("innodb_flush_method", innodb(745), {
    type: "enum", default: "O_DIRECT", range: oneOf("fsync", "O_DSYNC", "littlesync", "nosync", "O_DIRECT", "O_DIRECT_NO_FSYNC"),
    description: "How files are opened and synced; O_DIRECT avoids caching pages twice.",
    descriptionZh: "文件的打开与同步方式；O_DIRECT 避免重复缓存。",
    trap: { en: "nosync and littlesync are for tests: they lose data.", zh: "nosync 与 littlesync 仅供测试：会丢数据。" },
  }),
  mariadbSetting("innodb_io_capacity", innodb(973), {
    type: "integer", default: "200", range: between(100, "4294967295"), unit: "pages/s", restart: "none",
    description: "How many pages background flushing may write in a second: about 200 for a spinning disk, thousands for an SSD.",
    descriptionZh: "后台刷新每秒可写的页数：机械盘约 200，SSD 可达数千。",
    conflicts: [{ other: "innodb_io_capacity_max", rule: "at-most", why: "The everyday rate cannot exceed the emergency rate.", whyZh: "日常速率不能超过紧急速率。" }],
  }),
  mariadbSetting("innodb_io_capacity_max", innodb(985), {
    type: "integer", range: between(100, "4294967295"), unit: "pages/s", restart: "none",
    description: "The rate that flushing may rise to when the log fills; twice innodb_io_capacity unless set.",
    descriptionZh: "日志将满时刷新可提升到的速率；未设时为 innodb_io_capacity 的两倍。",
  }),
  mariadbSetting("innodb_read_io_threads", innodb(1417), {
    type: "integer", default: "4", range: between(1, 64), restart: "none",
    description: "Bounds the reads that are under way at once; raise it on NVMe with much reading ahead.",
    descriptionZh: "限制同时进行的读请求；NVMe 且预读多时可调大。",
  }),
  mariadbSetting("innodb_write_io_threads", innodb(1765), {
    type: "integer", default: "4", range: between(2, 64), restart: "none",
    description: "Bounds the writes that are under way at once.",
    descriptionZh: "限制同时进行的写请求。",
  }),
  mariadbSetting("innodb_lru_scan_depth", innodb(1117), {
    type: "integer", default: "1536", range: between(100), unit: "pages", restart: "none",
    description: "How far the page cleaner looks for pages to free; too deep costs CPU when the pool is large.",
    descriptionZh: "页清理线程为释放空间向后扫描的深度；缓冲池大时过深会耗 CPU。",
  }),
  mariadbSetting("innodb_flush_neighbors", innodb(757), {
    type: "enum", default: "1", range: oneOf("0", "1", "2"), restart: "none",
    description: "Writes neighbouring dirty pages together, which helps spinning disks only: 0 on SSDs.",
    descriptionZh: "把相邻脏页一起写出，仅对机械盘有益：SSD 应设 0。",
  }),
  mariadbSetting("innodb_adaptive_hash_index", innodb(37), {
    type: "boolean", default: "OFF", restart: "none",
    description: "Builds hash indexes of hot pages; it speeds up point reads on few cores and is a point of contention on many.",
    descriptionZh: "为热页建立哈希索引；核少时加速点查，核多时是争用点。",
  }),
  mariadbSetting("innodb_doublewrite", innodb(553), {
    type: "boolean", default: "ON",
    description: "Writes each page twice against torn pages; off is safe only where the storage writes 16 KiB atomically.",
    descriptionZh: "每页写两次以防页断裂；仅当存储保证 16 KiB 原子写时才可关闭。",
  }),
  mariadbSetting("innodb_file_per_table", innodb(673), {
    type: "boolean", default: "ON", restart: "none",
    description: "Gives each table a file of its own, so that dropping it frees the space.",
    descriptionZh: "每个表使用独立文件，删除表即可释放空间。",
  }),
  mariadbSetting("innodb_autoinc_lock_mode", innodb(85), {
    type: "enum", default: "1", range: oneOf("0", "1", "2"),
    description: "How automatic numbers are locked; 2 lets bulk inserts run beside each other and needs row-based replication.",
    descriptionZh: "自增值的加锁方式；2 允许批量插入并行，需要行格式复制。",
  }),
  mariadbSetting("innodb_purge_threads", innodb(1381), {
    type: "integer", default: "4", range: between(1, 32), restart: "none",
    description: "Threads that remove old row versions; more keep the history short under heavy updates.",
    descriptionZh: "清除旧行版本的线程数；更新密集时取大可避免历史堆积。",
  }),
  mariadbSetting("innodb_change_buffering", innodb(253), {
    type: "enum", default: "none", range: oneOf("none", "inserts", "deletes", "changes", "purges", "all"), restart: "none", until: "10.11",
    description: "Delays changes of secondary indexes whose page is not in memory; a help on spinning disks, off since it may damage data.",
    descriptionZh: "延迟修改不在内存中的二级索引页；对机械盘有益，因可能损坏数据而默认关闭。",
    moves: [{ version: "11.0", what: "removed", source: knowledgeBase("innodb_change_buffering") }],
  }),
  mariadbSetting("innodb_max_dirty_pages_pct", innodb(1129), {
    type: "number", default: "90.000000", range: between(0, 99.999), unit: "%", restart: "none",
    description: "Share of dirty pages in the pool above which flushing is pressed.",
    descriptionZh: "缓冲池脏页比例超过该值时加紧刷新。",
  }),
  mariadbSetting("innodb_spin_wait_delay", innodb(1501), {
    type: "integer", default: "4", range: between(0, 6000), restart: "none",
    description: "Longest pause between two looks at a busy lock; Arm servers with many cores gain from other values than x86.",
    descriptionZh: "自旋等待锁时两次检查之间的最长间隔；多核 Arm 服务器的合适值与 x86 不同。",
  }),
  mariadbSetting("innodb_sync_spin_loops", innodb(1657), {
    type: "integer", default: "30", range: between(0), restart: "none",
    description: "How often a thread looks at a busy lock before it sleeps.",
    descriptionZh: "线程休眠前自旋检查锁的次数。",
  }),
  mariadbSetting("innodb_lock_wait_timeout", innodb(1009), {
    type: "integer", default: "50", range: between(0, 100000000), unit: "s", restart: "none",
    description: "How long a transaction waits for a row lock before its statement fails.",
    descriptionZh: "事务等待行锁的时间，超时则语句失败。",
  }),
  mariadbSetting("innodb_open_files", innodb(1297), {
    type: "integer", range: between(0),
    description: "Table files that InnoDB keeps open.",
    descriptionZh: "InnoDB 保持打开的表文件数。",
  }),
  mariadbSetting("innodb_buffer_pool_instances", knowledgeBase("innodb_buffer_pool_instances"), {
    type: "integer", until: "10.5",
    description: "Split the buffer pool to lessen contention; ignored since MariaDB 10.5 and gone since 10.6.",
    descriptionZh: "把缓冲池分成多份以减少争用；自 MariaDB 10.5 起被忽略，10.6 起移除。",
    moves: [{ version: "10.6", what: "removed", source: knowledgeBase("innodb_buffer_pool_instances") }],
  }),
  mariadbSetting("innodb_thread_concurrency", knowledgeBase("innodb_thread_concurrency"), {
    type: "integer", until: "10.5",
    description: "Bounded the threads inside InnoDB; removed, the thread pool does this work.",
    descriptionZh: "曾限制 InnoDB 内的线程数；已移除，由线程池承担。",
    moves: [{ version: "10.6", what: "removed", source: knowledgeBase("innodb_thread_concurrency") }],
  }),
  mariadbSetting("innodb_page_cleaners", knowledgeBase("innodb_page_cleaners"), {
    type: "integer", until: "10.5",
    description: "Number of threads that flush pages; one does it all since MariaDB 10.6.",
    descriptionZh: "刷新页的线程数；自 MariaDB 10.6 起由一个线程完成。",
    moves: [{ version: "10.6", what: "removed", source: knowledgeBase("innodb_page_cleaners") }],
  }),
  mariadbSetting("innodb_log_files_in_group", knowledgeBase("innodb_log_files_in_group"), {
    type: "integer", until: "10.5",
    description: "Number of redo log files; there is one since MariaDB 10.5.",
    descriptionZh: "重做日志文件数；自 MariaDB 10.5 起只有一个。",
    moves: [{ version: "10.6", what: "removed", source: knowledgeBase("innodb_log_files_in_group") }],
  }),
  mysqlSetting("innodb_redo_log_capacity", mysqlManual("innodb-redo-log.html"), {
    type: "bytes", default: "104857600", range: between(8388608, "137438953472"), unit: "bytes", restart: "none", since: "8.0.30",
    description: "Size of all redo log files together in MySQL; it takes the place of innodb_log_file_size and innodb_log_files_in_group.",
    descriptionZh: "MySQL 中全部重做日志的总大小；取代 innodb_log_file_size 与 innodb_log_files_in_group。",
  }),
  mysqlSetting("innodb_numa_interleave", mysqlManual("innodb-parameters.html"), {
    type: "boolean", default: "OFF",
    description: "Spreads the buffer pool over all NUMA nodes as it is allocated, so that one node does not fill first.",
    descriptionZh: "分配缓冲池时在所有 NUMA 节点间交错，避免单个节点先耗尽。",
  }),
];
