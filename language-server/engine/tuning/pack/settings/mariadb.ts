import { between, mariadbSetting, oneOf } from "../build";
import { applicationDocs } from "../cite-applications";
import type { PackSetting } from "../types";

const { mariadbHelp, mariadbVariables } = applicationDocs;

const perConnection = { en: "Each connection may take it, some of them several times in one query: multiplied by max_connections it can exceed memory.", zh: "每个连接都可能占用，一条查询中可能占用多份：乘以 max_connections 可能超过内存。" };

/** The server around InnoDB, in MariaDB; MySQL has the same names unless a move says otherwise. */
export const mariadbSettings: readonly PackSetting[] = [
  mariadbSetting("sync_binlog", mariadbHelp(1902), {
    type: "integer", default: "0", range: between(0, "4294967295"), unit: "commits", restart: "none",
    description: "Syncs the binary log after so many commits; 1 is safe for replication, 0 leaves it to the system.",
    descriptionZh: "每多少次提交同步一次二进制日志；1 对复制最安全，0 交给操作系统。",
  }),
  mariadbSetting("max_connections", mariadbVariables(2045), {
    type: "integer", range: between(10, 100000), restart: "none",
    description: "Connections at once; each takes a thread and buffers. A pool in front serves better than thousands of connections.",
    descriptionZh: "同时连接数；每个占用一个线程与缓冲。使用连接池好过数千个连接。",
  }),
  mariadbSetting("thread_handling", mariadbVariables(4445), {
    type: "enum", range: oneOf("one-thread-per-connection", "no-threads", "pool-of-threads"),
    description: "One thread for each connection, or a pool; pool-of-threads holds throughput with many short queries.",
    descriptionZh: "每连接一线程或线程池；pool-of-threads 在大量短查询下保持吞吐。",
  }),
  mariadbSetting("thread_pool_size", mariadbVariables(4525), {
    type: "integer", range: between(1, 100000), restart: "none",
    description: "Groups of the thread pool, one for each CPU unless set.",
    descriptionZh: "线程池的组数，默认每个 CPU 一组。",
    conflicts: [{ other: "thread_handling", rule: "needs", why: "It counts only with thread_handling = pool-of-threads.", whyZh: "仅在 thread_handling = pool-of-threads 时有效。" }],
  }),
  mariadbSetting("thread_cache_size", mariadbHelp(1916), {
    type: "integer", range: between(0, 16384), restart: "none",
    description: "Threads kept for the next connections; matters where connections are short.",
    descriptionZh: "为后续连接保留的线程数；短连接多时有用。",
  }),
  mariadbSetting("back_log", mariadbHelp(1556), {
    type: "integer", range: between(0, 65535),
    description: "Connections that may wait while the server is busy accepting; bounded by net.core.somaxconn.",
    descriptionZh: "服务器忙于接受时可等待的连接数；以 net.core.somaxconn 为上限。",
    conflicts: [{ other: "net.core.somaxconn", component: "kernel", rule: "at-most", why: "The kernel cuts the queue to net.core.somaxconn.", whyZh: "内核会把队列截断到 net.core.somaxconn。" }],
  }),
  mariadbSetting("table_open_cache", mariadbVariables(4375), {
    type: "integer", range: between(10, 1048576), restart: "none",
    description: "Open tables kept for reuse; needs file descriptors.",
    descriptionZh: "缓存的打开表数；需要相应的文件描述符。",
  }),
  mariadbSetting("table_definition_cache", mariadbHelp(1910), {
    type: "integer", default: "400", range: between(400, 2097152), restart: "none",
    description: "Table definitions kept in memory; at least the number of tables in use.",
    descriptionZh: "缓存的表定义数；至少为常用表的数量。",
  }),
  mariadbSetting("tmp_table_size", mariadbHelp(1928), {
    type: "bytes", default: "16777216", range: between(0), unit: "bytes", restart: "none",
    description: "Largest temporary table in memory before it goes to disk.",
    descriptionZh: "内存临时表的最大值，超过则落盘。",
    conflicts: [{ other: "max_heap_table_size", rule: "at-most", why: "The smaller of the two counts.", whyZh: "两者取较小值生效。" }],
    trap: perConnection,
  }),
  mariadbSetting("max_heap_table_size", mariadbHelp(1704), {
    type: "bytes", default: "16777216", range: between(16384), unit: "bytes", restart: "none",
    description: "Largest table of the MEMORY engine, and the other bound of temporary tables.",
    descriptionZh: "MEMORY 引擎表的最大值，也是临时表的另一上限。",
  }),
  mariadbSetting("sort_buffer_size", mariadbHelp(1895), {
    type: "bytes", default: "2097152", range: between(1024), unit: "bytes", restart: "none",
    description: "Memory for one sort; larger than needed slows small sorts.",
    descriptionZh: "单次排序的内存；过大反而拖慢小排序。",
    trap: perConnection, sane: { max: "268435456" },
  }),
  mariadbSetting("join_buffer_size", mariadbHelp(1649), {
    type: "bytes", default: "262144", range: between(128), unit: "bytes", restart: "none",
    description: "Memory for one join without an index; an index helps more.",
    descriptionZh: "无索引连接使用的内存；建索引更有效。",
    trap: perConnection, sane: { max: "268435456" },
  }),
  mariadbSetting("read_buffer_size", mariadbHelp(1832), {
    type: "bytes", default: "131072", range: between(8192, "2147483647"), unit: "bytes", restart: "none",
    description: "Buffer of one sequential scan of a MyISAM or Aria table.",
    descriptionZh: "MyISAM 或 Aria 表顺序扫描的缓冲。",
    trap: perConnection,
  }),
  mariadbSetting("read_rnd_buffer_size", mariadbHelp(1834), {
    type: "bytes", default: "262144", range: between(1, "2147483647"), unit: "bytes", restart: "none",
    description: "Buffer for reading rows in sorted order after a sort.",
    descriptionZh: "排序后按序读取行的缓冲。",
    trap: perConnection,
  }),
  mariadbSetting("key_buffer_size", mariadbHelp(1653), {
    type: "bytes", default: "134217728", range: between(0), unit: "bytes", restart: "none",
    description: "Cache of MyISAM indexes; small where all tables are InnoDB.",
    descriptionZh: "MyISAM 索引缓存；全部使用 InnoDB 时取小即可。",
  }),
  mariadbSetting("query_cache_size", mariadbHelp(1825), {
    type: "bytes", default: "1048576", range: between(0), unit: "bytes", restart: "none",
    description: "Cache of whole results; one lock guards it, so it slows machines with many cores. MySQL dropped it in 8.0.",
    descriptionZh: "整条结果的缓存；由一把锁保护，多核机器上反而变慢。MySQL 8.0 已移除。",
  }),
  mariadbSetting("query_cache_type", mariadbHelp(1827), {
    type: "enum", default: "OFF", range: oneOf("OFF", "ON", "DEMAND"), restart: "none",
    description: "Whether results are cached at all, or only where a query asks for it.",
    descriptionZh: "是否缓存结果，或仅在查询要求时缓存。",
    conflicts: [{ other: "query_cache_size", rule: "needs", why: "A cache of size 0 holds nothing.", whyZh: "大小为 0 的缓存不起作用。" }],
  }),
  mariadbSetting("open_files_limit", mariadbVariables(2495), {
    type: "integer", range: between(0, "4294967295"),
    description: "File descriptors that the server asks the system for; systemd's LimitNOFILE bounds it.",
    descriptionZh: "服务器向系统申请的文件描述符数；受 systemd 的 LimitNOFILE 限制。",
  }),
  mariadbSetting("binlog_cache_size", mariadbHelp(1561), {
    type: "bytes", default: "32768", range: between(4096), unit: "bytes", restart: "none",
    description: "Memory of one transaction's binary log before it goes to a file.",
    descriptionZh: "单个事务的二进制日志在写入文件之前的内存。",
    trap: perConnection,
  }),
  mariadbSetting("max_allowed_packet", mariadbHelp(1696), {
    type: "bytes", default: "16777216", range: between(1024, "1073741824"), unit: "bytes", restart: "none",
    description: "Largest row or statement; must fit on both sides of a replication.",
    descriptionZh: "单行或单条语句的最大长度；主从两侧都须满足。",
  }),
  mariadbSetting("skip_name_resolve", mariadbHelp(1871), {
    type: "boolean", default: "FALSE",
    description: "Does not look up the names of clients, which makes connecting fast and independent of DNS.",
    descriptionZh: "不反查客户端域名，使连接更快且不依赖 DNS。",
  }),
  mariadbSetting("performance_schema", mariadbHelp(1757), {
    type: "boolean", default: "FALSE",
    description: "Collects detailed statistics, at some memory and CPU. MySQL has it on.",
    descriptionZh: "收集详细统计，占用一定内存与 CPU。MySQL 默认开启。",
  }),
  mariadbSetting("large_pages", mariadbHelp(1659), {
    type: "boolean", default: "FALSE",
    description: "Takes the buffer pool from huge pages, which must be reserved with vm.nr_hugepages.",
    descriptionZh: "缓冲池使用大页，须以 vm.nr_hugepages 预留。",
  }),
  mariadbSetting("binlog_format", mariadbHelp(1568), {
    type: "enum", default: "MIXED", range: oneOf("MIXED", "STATEMENT", "ROW"), restart: "none",
    description: "Whether statements or changed rows are replicated.",
    descriptionZh: "复制语句还是变更后的行。",
  }),
  mariadbSetting("wait_timeout", mariadbHelp(1937), {
    type: "integer", default: "28800", range: between(1, 31536000), unit: "s", restart: "none",
    description: "Closes a connection that was idle for so long.",
    descriptionZh: "空闲连接超过该时间即关闭。",
  }),
];
