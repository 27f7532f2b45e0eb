import { between, oneOf, sysctl } from "../build";
import { kernelDocs, kernelSources } from "../cite";
import type { PackSetting } from "../types";

const { vm } = kernelDocs;
const { pageAlloc, swap, util } = kernelSources;

/** Reclaim, overcommit and the page allocator. */
export const memorySettings: readonly PackSetting[] = [
  sysctl("vm.swappiness", vm(889), {
    type: "integer", default: "60", range: between(0, 200),
    description: "How much reclaim prefers swapping anonymous pages to dropping cached file pages. At 100 both cost the same; above 100 suits swap that is faster than the filesystem, such as zram or zswap.",
    descriptionZh: "内存回收时换出匿名页与丢弃文件缓存之间的偏好。100 表示两者代价相同；大于 100 适合比文件系统更快的交换设备，例如 zram 或 zswap。",
    trap: { en: "0 does not turn swap off: the kernel still swaps when free and file pages together fall below the high watermark. It is no percentage.", zh: "0 并不等于关闭交换：空闲页与文件页之和低于高水位时仍会换出。它也不是百分比。" },
  }),
  sysctl("vm.overcommit_memory", vm(740), {
    type: "enum", default: "0", range: oneOf("0", "1", "2"),
    description: "Whether the kernel grants more address space than it can back: 0 refuses only obvious excess, 1 grants all, 2 keeps the sum below swap plus overcommit_ratio percent of memory.",
    descriptionZh: "是否允许承诺超过可用内存的地址空间：0 只拒绝明显过量，1 一律允许，2 把总量限制在交换区加上 overcommit_ratio 百分比的内存之内。",
    trap: { en: "With 2 a fork of a large process needs as much commit room again: redis and PyTorch workers fail to start though memory is free.", zh: "取 2 时，大进程 fork 需要同样大小的承诺额度：即使内存空闲，redis 与 PyTorch 工作进程也会启动失败。" },
  }),
  sysctl("vm.overcommit_ratio", vm(765), {
    type: "integer", default: "50", range: between(0), unit: "%",
    more: [util(863)],
    description: "Percentage of memory that counts toward the commit limit when vm.overcommit_memory is 2.",
    descriptionZh: "vm.overcommit_memory 为 2 时，计入承诺上限的物理内存百分比。",
    conflicts: [
      { other: "vm.overcommit_kbytes", rule: "exclusive", why: "Setting one makes the other read 0.", whyZh: "设置其中一个会使另一个读作 0。" },
      { other: "vm.overcommit_memory", rule: "needs", why: "It has an effect only with vm.overcommit_memory = 2.", whyZh: "仅在 vm.overcommit_memory = 2 时有效。" },
    ],
  }),
  sysctl("vm.overcommit_kbytes", vm(729), {
    type: "integer", default: "0", range: between(0), unit: "KiB",
    description: "The commit limit without swap as an amount instead of a percentage, for vm.overcommit_memory = 2.",
    descriptionZh: "vm.overcommit_memory = 2 时以数量而非百分比给出的承诺上限（不含交换区）。",
    conflicts: [{ other: "vm.overcommit_ratio", rule: "exclusive", why: "Setting one makes the other read 0.", whyZh: "设置其中一个会使另一个读作 0。" }],
  }),
  sysctl("vm.min_free_kbytes", vm(466), {
    type: "integer", range: between(0), unit: "KiB",
    description: "Memory kept free so that atomic allocations, such as a network driver's, do not fail; the zone watermarks are computed from it.",
    descriptionZh: "为原子分配（例如网卡驱动）保留的空闲内存；各内存区水位由它计算。",
    trap: { en: "It is in KiB and for the whole machine: more than about 5 % of memory makes the machine kill processes early, too little lets it deadlock under load.", zh: "单位是 KiB，且针对整机：超过内存约 5% 会过早触发 OOM，过小则在高负载下可能死锁。" },
    sane: { min: "1024" },
  }),
  sysctl("vm.watermark_scale_factor", vm(991), {
    type: "integer", default: "10", range: between(1, 1000), unit: "1/10000 of memory",
    description: "Distance between the watermarks at which kswapd wakes and sleeps; a larger one starts background reclaim earlier and avoids stalls in direct reclaim.",
    descriptionZh: "kswapd 唤醒与休眠水位之间的距离；取大一些可更早开始后台回收，减少直接回收造成的停顿。",
  }),
  sysctl("vm.watermark_boost_factor", vm(971), {
    type: "integer", default: "15000", range: between(0), unit: "1/10000 of the high watermark",
    more: [pageAlloc(431)],
    description: "How far reclaim goes beyond the high watermark after pages of different mobility got mixed; 0 turns the boost off.",
    descriptionZh: "不同可移动类型的页混杂之后，回收超过高水位的幅度；0 关闭此机制。",
  }),
  sysctl("vm.vfs_cache_pressure", vm(951), {
    type: "integer", default: "100", range: between(0), unit: "%",
    description: "How eagerly dentries and inodes are reclaimed compared with page cache. Lower keeps metadata of many small files in memory.",
    descriptionZh: "相对页缓存而言回收 dentry 与 inode 的积极程度。取小可把大量小文件的元数据留在内存中。",
    trap: { en: "0 never reclaims them and can end in out-of-memory; far above 100 costs time in scanning for freeable objects.", zh: "0 表示从不回收，可能导致内存耗尽；远大于 100 会把时间花在扫描可释放对象上。" },
    sane: { min: "1", max: "1000" },
  }),
  sysctl("vm.zone_reclaim_mode", vm(1009), {
    type: "integer", default: "0", range: between(0, 7), unit: "bit mask",
    description: "Whether a NUMA node reclaims its own memory before it takes from another: 1 on, 2 writes dirty pages, 4 swaps.",
    descriptionZh: "NUMA 节点在使用其他节点内存之前是否先回收本地内存：1 开启，2 写出脏页，4 允许换出。",
    trap: { en: "On for file servers and databases it throws their cache away while other nodes have free memory.", zh: "对文件服务器与数据库开启后，会在其他节点仍有空闲内存时丢弃其缓存。" },
  }),
  sysctl("vm.min_unmapped_ratio", vm(500), {
    type: "integer", default: "1", range: between(0, 100), unit: "% of a zone",
    description: "Zone reclaim starts only when more than this part of a zone is unmapped file pages.",
    descriptionZh: "只有当内存区中未映射文件页超过该比例时才进行区内回收。",
    conflicts: [{ other: "vm.zone_reclaim_mode", rule: "needs", why: "It is read only by zone reclaim.", whyZh: "仅在区内回收开启时有意义。" }],
  }),
  sysctl("vm.min_slab_ratio", vm(482), {
    type: "integer", default: "5", range: between(0, 100), unit: "% of a zone",
    description: "Zone reclaim frees slab objects when more than this part of a zone is reclaimable slab.",
    descriptionZh: "内存区中可回收 slab 超过该比例时，区内回收会释放 slab 对象。",
    conflicts: [{ other: "vm.zone_reclaim_mode", rule: "needs", why: "It is read only by zone reclaim.", whyZh: "仅在区内回收开启时有意义。" }],
  }),
  sysctl("vm.max_map_count", vm(413), {
    type: "integer", default: "65530", range: between(0),
    description: "How many memory mappings a process may have. Search engines, JVMs and databases that map many files need more.",
    descriptionZh: "单个进程可拥有的内存映射数。映射大量文件的搜索引擎、JVM 与数据库需要更多。",
  }),
  sysctl("vm.compaction_proactiveness", vm(117), {
    type: "integer", default: "20", range: between(0, 100),
    description: "How hard the kernel compacts memory in the background so that huge pages are at hand; 0 turns it off and takes away its latency jitter.",
    descriptionZh: "后台内存规整的积极程度，使大页随时可用；0 关闭，可消除其带来的延迟抖动。",
  }),
  sysctl("vm.compact_unevictable_allowed", vm(134), {
    type: "boolean", default: "1",
    description: "Whether compaction may move mlocked pages. Off avoids minor faults in real-time programs at the price of fragmentation.",
    descriptionZh: "规整时是否可移动 mlock 锁定的页。关闭可避免实时程序出现次缺页，代价是碎片增加。",
  }),
  sysctl("vm.extfrag_threshold", vm(270), {
    type: "integer", default: "500", range: between(0, 1000),
    description: "Whether a failed large allocation compacts or reclaims: compaction is skipped when the fragmentation index is at or below this.",
    descriptionZh: "高阶分配失败时选择规整还是回收：碎片指数不高于该值时不做规整。",
  }),
  sysctl("vm.page-cluster", vm(773), {
    type: "integer", default: "3", range: between(0), unit: "log2 of pages",
    more: [swap(1102)],
    description: "How many pages are read from swap at once, as a power of two; 0 reads one, which suits zram and fast SSDs.",
    descriptionZh: "一次从交换区读入的页数（2 的幂）；0 表示一页，适合 zram 与高速 SSD。",
    sane: { max: "6" },
  }),
  sysctl("vm.percpu_pagelist_high_fraction", vm(832), {
    type: "integer", default: "0", range: between(0), since: "5.14", unit: "1/n of a zone",
    description: "Bounds the per-CPU lists of free pages to this fraction of a zone; less time on the zone lock for programs that allocate much. 0 lets the kernel choose.",
    descriptionZh: "将每 CPU 空闲页链表限制为内存区的几分之一；可减少大量分配时对区锁的争用。0 由内核决定。",
    trap: { en: "A value other than 0 must be at least 8; a smaller value means a longer list.", zh: "非 0 时至少为 8；数值越小链表越长。" },
  }),
  sysctl("vm.stat_interval", vm(852), {
    type: "integer", default: "1", range: between(1), unit: "s",
    description: "How often per-CPU memory statistics are folded; a larger interval wakes isolated CPUs less often.",
    descriptionZh: "合并每 CPU 内存统计的间隔；取大可减少对隔离 CPU 的唤醒。",
  }),
  sysctl("vm.numa_stat", vm(872), {
    type: "boolean", default: "1",
    description: "Whether NUMA hit and miss counters are kept; off saves a little on machines with very many page allocations, and numastat then reads zeros.",
    descriptionZh: "是否维护 NUMA 命中计数；关闭可略微节省大量页分配的开销，但 numastat 将读到零。",
  }),
  sysctl("vm.drop_caches", vm(227), {
    type: "enum", range: oneOf("1", "2", "3", "4"),
    description: "Writing 1 drops clean page cache, 2 reclaimable slab, 3 both. It is for benchmarks and debugging, not a setting to keep.",
    descriptionZh: "写 1 丢弃干净页缓存，2 丢弃可回收 slab，3 两者。用于基准测试与调试，不应作为常驻配置。",
    trap: { en: "In a configuration file it empties the cache at every boot or reload and slows what follows.", zh: "写进配置文件会在每次启动或重新加载时清空缓存，使随后的访问变慢。" },
  }),
  sysctl("vm.admin_reserve_kbytes", vm(80), {
    type: "integer", range: between(0), unit: "KiB",
    description: "Memory held back for processes with CAP_SYS_ADMIN so that a person can still log in and kill something.",
    descriptionZh: "为具有 CAP_SYS_ADMIN 的进程保留的内存，以便管理员仍能登录并结束进程。",
  }),
  sysctl("vm.user_reserve_kbytes", vm(933), {
    type: "integer", range: between(0), unit: "KiB",
    description: "With vm.overcommit_memory = 2, memory that one user's process must leave to the user's others.",
    descriptionZh: "vm.overcommit_memory = 2 时，单个进程必须为同一用户其他进程留出的内存。",
    conflicts: [{ other: "vm.overcommit_memory", rule: "needs", why: "It has an effect only with vm.overcommit_memory = 2.", whyZh: "仅在 vm.overcommit_memory = 2 时有效。" }],
  }),
  sysctl("vm.oom_kill_allocating_task", vm(708), {
    type: "boolean", default: "0",
    description: "Kills the task that hit out-of-memory instead of looking through all tasks for the worst one.",
    descriptionZh: "内存耗尽时直接结束触发者，而不是扫描所有任务寻找最合适的对象。",
  }),
  sysctl("vm.panic_on_oom", vm(803), {
    type: "enum", default: "0", range: oneOf("0", "1", "2"),
    description: "Panics instead of killing when memory runs out; 1 not when only a cpuset or a memory policy is exhausted, 2 always. For clusters with fail-over.",
    descriptionZh: "内存耗尽时触发 panic 而非结束进程；1 不含仅 cpuset 或内存策略耗尽的情形，2 一律触发。用于有故障切换的集群。",
  }),
  sysctl("vm.lowmem_reserve_ratio", vm(325), {
    type: "list",
    description: "How much of each lower zone is kept from allocations that could use a higher one, as one divisor for each zone.",
    descriptionZh: "各低端内存区对可使用高端区的分配所保留的量，每个区一个除数。",
  }),
  sysctl("vm.page_lock_unfairness", vm(795), {
    type: "integer", default: "5", range: between(0), since: "5.9",
    description: "How often a waiter for a page lock may lose it to another before the lock is handed over.",
    descriptionZh: "等待页锁者最多可被抢占几次，之后锁将直接移交给它。",
  }),
  sysctl("vm.mmap_min_addr", vm(517), {
    type: "integer", range: between(0), unit: "bytes",
    description: "Lowest address that an unprivileged process may map; it makes null-pointer bugs of the kernel harder to exploit.",
    descriptionZh: "非特权进程可映射的最低地址；使内核空指针缺陷更难被利用。",
  }),
  sysctl("vm.oom_dump_tasks", vm(686), {
    type: "boolean", default: "1",
    description: "Lists all tasks with their memory when the OOM killer runs; on machines with many thousands of tasks the list costs time.",
    descriptionZh: "OOM 时打印所有任务及其内存；任务数以万计的机器上打印会耗时。",
  }),
];
