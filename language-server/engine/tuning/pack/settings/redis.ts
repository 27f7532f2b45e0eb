import { between, oneOf, redisSetting } from "../build";
import { applicationDocs } from "../cite-applications";
import type { PackSetting } from "../types";

const { redisConf } = applicationDocs;
const yesNo = oneOf("yes", "no");

export const redisSettings: readonly PackSetting[] = [
  redisSetting("maxmemory", redisConf(1127), {
    type: "bytes", unit: "bytes",
    description: "Data beyond this is evicted or writes fail; leave room for the copy that a save makes and for replicas' buffers.",
    descriptionZh: "数据超过该值时淘汰或拒绝写入；须为保存时的写时复制与副本缓冲留余量。",
    trap: { en: "Without it redis grows until the system kills it. 1k is 1000 bytes, 1kb is 1024.", zh: "不设时会一直增长直到被系统杀死。1k 为 1000 字节，1kb 为 1024。" },
  }),
  redisSetting("maxmemory-policy", redisConf(1156), {
    type: "enum", default: "noeviction", range: oneOf("noeviction", "allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"),
    description: "What is evicted when maxmemory is reached: allkeys-lru or -lfu for a cache, noeviction for a database.",
    descriptionZh: "达到 maxmemory 时淘汰什么：缓存用 allkeys-lru 或 -lfu，数据库用 noeviction。",
    conflicts: [{ other: "maxmemory", rule: "needs", why: "Nothing is evicted without a limit.", whyZh: "未设上限时不会淘汰。" }],
  }),
  redisSetting("maxmemory-samples", redisConf(1167), {
    type: "integer", default: "5", range: between(1, 64),
    description: "Keys looked at for one eviction; 10 is closer to true LRU and costs CPU.",
    descriptionZh: "每次淘汰抽样的键数；10 更接近真正的 LRU，但耗 CPU。",
  }),
  redisSetting("appendonly", redisConf(1387), {
    type: "boolean", default: "no", range: yesNo,
    description: "Logs each write to a file, for durability.",
    descriptionZh: "把每次写入记录到文件以保证持久性。",
  }),
  redisSetting("appendfsync", redisConf(1446), {
    type: "enum", default: "everysec", range: oneOf("always", "everysec", "no"),
    description: "When the append-only file is synced: each write, each second, or when the system likes.",
    descriptionZh: "AOF 何时同步：每次写、每秒或由系统决定。",
    conflicts: [{ other: "appendonly", rule: "needs", why: "There is no file to sync without it.", whyZh: "未开启 AOF 时没有文件可同步。" }],
  }),
  redisSetting("no-appendfsync-on-rewrite", redisConf(1468), {
    type: "boolean", default: "no", range: yesNo,
    description: "Does not sync while a save or rewrite runs, which avoids stalls and may lose 30 seconds.",
    descriptionZh: "保存或重写期间不同步，避免停顿，但可能丢失 30 秒数据。",
  }),
  redisSetting("auto-aof-rewrite-percentage", redisConf(1487), {
    type: "integer", default: "100", range: between(0), unit: "%",
    description: "Growth of the append-only file that starts a rewrite; 0 never.",
    descriptionZh: "AOF 增长多少触发重写；0 从不。",
  }),
  redisSetting("auto-aof-rewrite-min-size", redisConf(1488), {
    type: "bytes", default: "64mb",
    description: "Smaller files are not rewritten.",
    descriptionZh: "小于该值的文件不重写。",
  }),
  redisSetting("save", redisConf(439), {
    type: "list", default: "3600 1 300 100 60 10000",
    description: "Pairs of seconds and changes after which a snapshot is written; an empty text writes none.",
    descriptionZh: "多少秒内多少次变更即写快照，成对给出；空字符串表示不写。",
    trap: { en: "Each snapshot forks: with transparent huge pages on, copies take long and much memory.", zh: "每次快照都会 fork：开启透明大页时写时复制耗时且占内存。" },
  }),
  redisSetting("tcp-backlog", redisConf(147), {
    type: "integer", default: "511", range: between(0), restart: "service",
    description: "Accept queue of redis.",
    descriptionZh: "redis 的全连接队列长度。",
    conflicts: [{ other: "net.core.somaxconn", component: "kernel", rule: "at-most", why: "The kernel cuts the queue to net.core.somaxconn.", whyZh: "内核会把队列截断到 net.core.somaxconn。" }],
  }),
  redisSetting("tcp-keepalive", redisConf(176), {
    type: "integer", default: "300", range: between(0), unit: "s",
    description: "Time between keepalive probes to clients; 0 sends none.",
    descriptionZh: "向客户端发送 keepalive 的间隔；0 不发送。",
  }),
  redisSetting("timeout", redisConf(159), {
    type: "integer", default: "0", range: between(0), unit: "s",
    description: "Closes clients that were idle for so long; 0 never.",
    descriptionZh: "客户端空闲多久后关闭；0 从不。",
  }),
  redisSetting("maxclients", redisConf(1100), {
    type: "integer", default: "10000", range: between(1),
    description: "Clients at once; the process needs as many descriptors and 32 more.",
    descriptionZh: "同时连接的客户端数；进程需要同样多的描述符再加 32 个。",
  }),
  redisSetting("io-threads", redisConf(1301), {
    type: "integer", range: between(1, 128), restart: "service",
    description: "Threads that read and write sockets; commands still run in one. Helps from four cores on at high rates.",
    descriptionZh: "读写套接字的线程数；命令仍单线程执行。四核以上且请求率高时有效。",
  }),
  redisSetting("io-threads-do-reads", redisConf(1310), {
    type: "boolean", default: "no", range: yesNo, restart: "service",
    description: "Lets those threads read and parse as well.",
    descriptionZh: "让 I/O 线程也负责读取与解析。",
    conflicts: [{ other: "io-threads", rule: "needs", why: "It counts only with more than one thread.", whyZh: "仅在多于一个 I/O 线程时有效。" }],
  }),
  redisSetting("lazyfree-lazy-eviction", redisConf(1258), {
    type: "boolean", default: "no", range: yesNo,
    description: "Frees evicted values in another thread.",
    descriptionZh: "在后台线程释放被淘汰的值。",
  }),
  redisSetting("lazyfree-lazy-expire", redisConf(1259), {
    type: "boolean", default: "no", range: yesNo,
    description: "Frees expired values in another thread.",
    descriptionZh: "在后台线程释放过期的值。",
  }),
  redisSetting("lazyfree-lazy-user-del", redisConf(1268), {
    type: "boolean", default: "no", range: yesNo,
    description: "Makes DEL free large values in another thread, as UNLINK does.",
    descriptionZh: "使 DEL 像 UNLINK 一样在后台释放大对象。",
  }),
  redisSetting("hz", redisConf(2117), {
    type: "integer", default: "10", range: between(1, 500),
    description: "How often background work runs in a second; above 100 only for very low latency.",
    descriptionZh: "每秒执行后台任务的次数；仅极低时延场景才超过 100。",
  }),
  redisSetting("active-expire-effort", redisConf(1212), {
    type: "integer", default: "1", range: between(1, 10),
    description: "How hard expired keys are looked for; more saves memory and costs CPU.",
    descriptionZh: "主动清理过期键的力度；取大省内存但耗 CPU。",
  }),
  redisSetting("activedefrag", redisConf(2239), {
    type: "boolean", default: "no", range: yesNo,
    description: "Moves values to close gaps in memory, where redis was built with jemalloc.",
    descriptionZh: "移动数据以消除内存碎片，需要以 jemalloc 编译。",
  }),
  redisSetting("repl-backlog-size", redisConf(709), {
    type: "bytes", default: "1mb",
    description: "Stream kept for replicas that lost the connection; too small forces full copies.",
    descriptionZh: "为断线副本保留的复制流；过小会触发全量同步。",
  }),
  redisSetting("client-output-buffer-limit", redisConf(2066), {
    type: "list",
    description: "Closes clients of a class whose answers pile up: hard limit, soft limit, seconds.",
    descriptionZh: "某类客户端输出积压时断开：硬限制、软限制、秒数。",
  }),
  redisSetting("disable-thp", redisConf(1365), {
    type: "boolean", default: "yes", range: yesNo, restart: "service",
    description: "Keeps redis out of transparent huge pages where the system has them on for all.",
    descriptionZh: "系统对所有进程开启透明大页时，让 redis 不使用它。",
  }),
  redisSetting("cluster-node-timeout", redisConf(1598), {
    type: "integer", default: "15000", range: between(0), unit: "ms",
    description: "How long a node may be silent before it counts as failed.",
    descriptionZh: "节点失联多久判定为故障。",
  }),
];
