import { between, ext4Option, oneOf, xfsOption } from "../build";
import { kernelDocs } from "../cite";
import type { PackSetting } from "../types";

const { ext4, xfs } = kernelDocs;

/** Mount options of ext4 and XFS. They take effect at the next mount. */
export const filesystemSettings: readonly PackSetting[] = [
  ext4Option("data", ext4(172), {
    type: "enum", range: oneOf("journal", "ordered", "writeback"),
    description: "What ext4 journals: data too, data before its metadata, or metadata alone. writeback is fastest, and a crash may leave old data in new files.",
    descriptionZh: "ext4 的日志模式：连同数据、先写数据再写元数据、或仅元数据。writeback 最快，但崩溃后新文件中可能留有旧数据。",
  }),
  ext4Option("commit", ext4(185), {
    type: "integer", default: "5", range: between(0), unit: "s",
    description: "How often ext4 syncs metadata and data; longer means less writing and more to lose at a power cut.",
    descriptionZh: "ext4 同步的间隔；取长减少写入，断电时丢失更多。",
  }),
  ext4Option("barrier", ext4(198), {
    type: "boolean",
    description: "Whether the journal makes the disk flush its cache; off is safe only with a cache that survives a power cut.",
    descriptionZh: "日志是否让磁盘刷新缓存；仅当缓存掉电不丢时才可关闭。",
    trap: { en: "Off on an ordinary disk can damage the filesystem at a power cut.", zh: "在普通磁盘上关闭，断电可能损坏文件系统。" },
  }),
  ext4Option("delalloc", ext4(289), {
    type: "boolean",
    description: "Chooses blocks only when data is written out, so that files lie in one piece.",
    descriptionZh: "写出数据时才分配块，使文件连续存放。",
  }),
  ext4Option("inode_readahead_blks", ext4(210), {
    type: "integer", default: "32", range: between(0), unit: "blocks",
    description: "Blocks of the inode table that are read ahead; more helps walks over many small files. A power of two.",
    descriptionZh: "预读的 inode 表块数；遍历大量小文件时取大。须为 2 的幂。",
  }),
  ext4Option("stripe", ext4(284), {
    type: "integer", range: between(0), unit: "filesystem blocks",
    description: "Aligns allocation to a RAID: number of data disks times chunk size, in filesystem blocks.",
    descriptionZh: "按 RAID 对齐分配：数据盘数乘以条带大小，以文件系统块计。",
  }),
  ext4Option("max_batch_time", ext4(300), {
    type: "integer", default: "15000", range: between(0), unit: "µs",
    description: "How long a synchronous write may wait for others to share its commit.",
    descriptionZh: "同步写为与其他写共用一次提交可等待的时间。",
  }),
  ext4Option("journal_async_commit", ext4(155), {
    type: "boolean",
    description: "Writes the commit block without waiting for the blocks before it; implies checksums of the journal.",
    descriptionZh: "不等待前面的块即写提交块；同时启用日志校验。",
  }),
  ext4Option("discard", ext4(354), {
    type: "boolean",
    description: "Tells the disk of freed blocks at once; a weekly fstrim costs less on most SSDs.",
    descriptionZh: "立即通知磁盘释放的块；多数 SSD 上每周 fstrim 开销更小。",
  }),
  ext4Option("dioread_nolock", ext4(371), {
    type: "boolean",
    description: "Lets direct reads run beside writes without the inode's lock; good for databases on fast disks.",
    descriptionZh: "直接读不持有 inode 锁，可与写并行；适合高速磁盘上的数据库。",
  }),
  xfsOption("allocsize", xfs(24), {
    type: "bytes",
    description: "How far XFS allocates beyond the end of a growing file; larger keeps files that grow side by side in one piece.",
    descriptionZh: "XFS 为增长中的文件超前分配的量；取大可使并行增长的文件保持连续。",
  }),
  xfsOption("logbufs", xfs(115), {
    type: "integer", range: between(2, 8),
    description: "Log buffers of XFS in memory; 8 for many changes of metadata.",
    descriptionZh: "XFS 内存中的日志缓冲个数；元数据修改密集时取 8。",
  }),
  xfsOption("logbsize", xfs(127), {
    type: "bytes", range: between(16384, 262144), unit: "bytes",
    description: "Size of each log buffer; 262144 for many changes of metadata.",
    descriptionZh: "每个日志缓冲的大小；元数据修改密集时取 262144。",
  }),
  xfsOption("largeio", xfs(101), {
    type: "boolean",
    description: "Tells programs the stripe width as the preferred size of I/O.",
    descriptionZh: "把条带宽度作为建议 I/O 大小告知程序。",
  }),
];
