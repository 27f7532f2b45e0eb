import { between, bootParameter, oneOf, sysctl, sysfs } from "../build";
import { kernelDocs } from "../cite";
import type { PackSetting } from "../types";

const { vm, parameters, thp, lruGen, ksm, numaDemotion } = kernelDocs;
const big = "/sys/kernel/mm/transparent_hugepage";

/** Huge pages, transparent and reserved, and which node or tier memory comes from. */
export const pageSettings: readonly PackSetting[] = [
  sysctl("vm.nr_hugepages", vm(557), {
    type: "integer", range: between(0), unit: "pages of the default huge page size",
    description: "Huge pages that are reserved for databases, virtual machines and DPDK. Reserve early: later, memory is fragmented and fewer may be found.",
    descriptionZh: "为数据库、虚拟机与 DPDK 预留的大页数。应尽早预留：之后内存碎片化，可能凑不齐。",
    trap: { en: "It counts pages, usually of 2 MiB, not bytes; what is reserved is lost to everything else.", zh: "单位是页（通常 2 MiB）而不是字节；预留的内存不能再作他用。" },
  }),
  sysctl("vm.nr_overcommit_hugepages", vm(611), {
    type: "integer", range: between(0), unit: "pages of the default huge page size",
    description: "Huge pages that may be taken beyond the reserved ones when memory allows.",
    descriptionZh: "内存允许时，可超出预留数额外取得的大页数。",
  }),
  sysctl("vm.hugetlb_optimize_vmemmap", vm(565), {
    type: "boolean", since: "5.19",
    description: "Frees most of the bookkeeping of reserved huge pages, about 14 MiB for each GiB; taking and giving pages gets slower.",
    descriptionZh: "释放预留大页的大部分管理内存，每 GiB 约 14 MiB；但大页的申请与归还变慢。",
  }),
  sysfs(`${big}/enabled`, thp(102), {
    type: "enum", range: oneOf("always", "madvise", "never"),
    description: "Who gets huge pages without asking: all programs, those that call madvise, or none. Redis, Oracle and MongoDB up to 7.0 want madvise or never; MongoDB from 8.0, PyTorch and JVMs with large heaps gain from always or madvise.",
    descriptionZh: "谁可自动获得大页：所有程序、调用 madvise 的程序或无。Redis、Oracle 与 7.0 及更早的 MongoDB 宜取 madvise 或 never；MongoDB 8.0 起、PyTorch 与大堆 JVM 可从 always 或 madvise 受益。",
  }),
  sysfs(`${big}/defrag`, thp(117), {
    type: "enum", range: oneOf("always", "defer", "defer+madvise", "madvise", "never"),
    description: "Whether a fault waits for memory to be compacted into a huge page; always brings stalls, defer+madvise and madvise bound them.",
    descriptionZh: "缺页时是否等待规整出大页；always 会造成停顿，defer+madvise 与 madvise 可加以限制。",
  }),
  sysfs(`${big}/khugepaged/defrag`, thp(176), {
    type: "boolean",
    description: "Whether the background thread compacts memory to make huge pages.",
    descriptionZh: "后台线程是否为生成大页而规整内存。",
  }),
  sysfs(`${big}/khugepaged/pages_to_scan`, thp(182), {
    type: "integer", range: between(1), unit: "pages",
    description: "Pages that the background thread looks at in one pass.",
    descriptionZh: "后台线程每次扫描的页数。",
  }),
  sysfs(`${big}/khugepaged/max_ptes_none`, thp(213), {
    type: "integer", range: between(0, 511), unit: "pages",
    description: "How many pages of a huge one may be unused when the background thread makes it; fewer saves memory.",
    descriptionZh: "后台合成大页时允许其中未使用的页数；取小省内存。",
  }),
  sysfs("/sys/kernel/mm/lru_gen/enabled", lruGen(57), {
    type: "string", since: "6.1",
    description: "The multi-generation reclaim, which finds cold pages with less CPU under memory pressure.",
    descriptionZh: "多代 LRU 回收，内存紧张时以更少 CPU 找到冷页。",
  }),
  sysfs("/sys/kernel/mm/lru_gen/min_ttl_ms", lruGen(71), {
    type: "integer", range: between(0), unit: "ms", since: "6.1",
    description: "Protects what was used so recently from reclaim, and kills rather than thrashes.",
    descriptionZh: "保护最近使用的内存不被回收，宁可 OOM 也不抖动。",
  }),
  sysfs("/sys/kernel/mm/ksm/run", ksm(52), {
    type: "enum", range: oneOf("0", "1", "2"),
    description: "Merges equal pages of virtual machines: saves memory, costs CPU, and opens a side channel between guests.",
    descriptionZh: "合并虚拟机间相同的页：省内存、耗 CPU，并在虚拟机之间留下侧信道。",
  }),
  sysfs("/sys/kernel/mm/numa/demotion_enabled", numaDemotion(6), {
    type: "boolean", since: "5.15",
    description: "Moves cold pages to slower memory, such as CXL, instead of dropping or swapping them.",
    descriptionZh: "把冷页迁移到 CXL 等慢速内存，而不是丢弃或换出。",
  }),
  bootParameter("transparent_hugepage", parameters(6385), {
    type: "enum", range: oneOf("always", "madvise", "never"),
    description: "The same choice as in sysfs, from the first process on.",
    descriptionZh: "与 sysfs 中相同的选择，从第一个进程起生效。",
  }),
  bootParameter("hugepages", parameters(1745), {
    type: "integer", range: between(0),
    description: "Huge pages reserved at boot, before memory is fragmented; the only sure way for pages of 1 GiB.",
    descriptionZh: "启动时预留的大页数，此时内存尚未碎片化；1 GiB 大页只有这样才可靠。",
  }),
  bootParameter("hugepagesz", parameters(1756), {
    type: "bytes",
    description: "Size of the huge pages that the next hugepages= reserves.",
    descriptionZh: "其后 hugepages= 所预留的大页大小。",
    trap: { en: "It must stand before the hugepages= that it is for.", zh: "必须写在对应的 hugepages= 之前。" },
  }),
  bootParameter("default_hugepagesz", parameters(966), {
    type: "bytes",
    description: "Size of huge pages that programs get which name none, and of those that vm.nr_hugepages counts.",
    descriptionZh: "程序未指明时使用的大页大小，也是 vm.nr_hugepages 计数的大小。",
  }),
  bootParameter("numa_balancing", parameters(3930), {
    type: "enum", range: oneOf("enable", "disable"),
    description: "Automatic NUMA balancing from boot on.",
    descriptionZh: "从启动起开关自动 NUMA 平衡。",
  }),
];
