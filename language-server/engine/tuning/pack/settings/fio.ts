import { fioOption } from "../build";
import { applicationDocs } from "../cite-applications";
import type { PackSetting } from "../types";

const { fioHowto } = applicationDocs;

const pattern = {
  default: "read",
  description: "What is done and in which order: read, write, randread, randwrite, rw or randrw for a mix.",
  descriptionZh: "读写方式与顺序：read、write、randread、randwrite，混合用 rw 或 randrw。",
} as const;
const blockSize = {
  default: "4096", unit: "bytes",
  description: "Size of one request; up to three with commas: reads, writes, trims. 4k tells requests a second, 1m throughput.",
  descriptionZh: "单个请求的大小；可用逗号分为读、写、trim 三个。4k 测 IOPS，1m 测吞吐。",
} as const;

/** Options of fio job files that decide what is measured. */
export const fioSettings: readonly PackSetting[] = [
  fioOption("rw", fioHowto(1211), pattern),
  fioOption("readwrite", fioHowto(1211), pattern),
  fioOption("bs", fioHowto(1753), blockSize),
  fioOption("blocksize", fioHowto(1753), blockSize),
  fioOption("ioengine", fioHowto(2145), {
    description: "How requests are made: io_uring or libaio keep many in flight, psync and sync only one.",
    descriptionZh: "发起请求的方式：io_uring、libaio 可同时保持多个在途请求，psync、sync 只有一个。",
    trap: { en: "With a synchronous engine a larger iodepth changes nothing; raise numjobs instead.", zh: "同步引擎下增大 iodepth 不起作用，应增大 numjobs。" },
  }),
  fioOption("iodepth", fioHowto(3541), {
    default: "1",
    description: "Requests that a job keeps in flight. What was reached is in the depth distribution of the output.",
    descriptionZh: "每个作业保持的在途请求数。实际达到的深度见输出中的深度分布。",
    trap: { en: "libaio reaches it with direct=1 only: buffered I/O is not asynchronous on Linux.", zh: "libaio 仅在 direct=1 时才能达到：Linux 的缓冲 I/O 不是异步的。" },
  }),
  fioOption("direct", fioHowto(1200), {
    default: "0",
    description: "Goes past the page cache, so that the device is measured and not memory.",
    descriptionZh: "绕过页缓存，测到的是设备而不是内存。",
  }),
  fioOption("numjobs", fioHowto(677), {
    default: "1",
    description: "Clones of the job, each with its own file unless filename is set; group_reporting adds them up.",
    descriptionZh: "作业的副本数；未设 filename 时各用自己的文件；group_reporting 会合并统计。",
  }),
  fioOption("size", fioHowto(2083), {
    unit: "bytes",
    description: "What a job reads or writes in all. Less than the memory of the machine measures the cache when direct is off.",
    descriptionZh: "每个作业总共读写的量。未开 direct 且小于内存时，测到的是缓存。",
  }),
  fioOption("runtime", fioHowto(690), {
    unit: "s",
    description: "Ends the job after that time, in seconds where no unit is written. Without time_based it may end sooner, when size is done.",
    descriptionZh: "到时结束作业，不写单位时为秒。未设 time_based 时，完成 size 后会提前结束。",
  }),
  fioOption("time_based", fioHowto(699), {
    description: "Runs for the whole runtime, from the beginning again when size is done.",
    descriptionZh: "运行满 runtime；size 完成后从头再来。",
  }),
  fioOption("ramp_time", fioHowto(711), {
    unit: "s",
    description: "Runs so long before anything is counted, so that caches and the device's own garbage collection settle. Adds to the runtime.",
    descriptionZh: "统计前先运行这么久，使缓存与设备垃圾回收趋于稳定；计入总时长。",
  }),
  fioOption("group_reporting", fioHowto(4483), {
    description: "One report for all clones of a job instead of one for each.",
    descriptionZh: "把同一作业的所有副本合并为一份报告。",
  }),
  fioOption("fsync", fioHowto(1472), {
    default: "0",
    description: "Writes after which the file is synced, as a database's log does; 0 never.",
    descriptionZh: "每写多少次同步一次文件，如同数据库日志；0 从不。",
  }),
  fioOption("fdatasync", fioHowto(1482), {
    description: "As fsync, but without metadata that is not needed to read the data again.",
    descriptionZh: "同 fsync，但不同步读取数据所不需要的元数据。",
  }),
  fioOption("end_fsync", fioHowto(1519), {
    default: "0",
    description: "Syncs once when the writes are done, so that what is still in memory is counted too.",
    descriptionZh: "写完后同步一次，使仍在内存中的数据也计入。",
  }),
  fioOption("rwmixread", fioHowto(1537), {
    default: "50", unit: "%",
    description: "Share of reads in a mixed job.",
    descriptionZh: "混合作业中读的比例。",
  }),
  fioOption("randrepeat", fioHowto(1326), {
    default: "1",
    description: "The same random offsets in each run, so that runs can be compared.",
    descriptionZh: "每次运行使用相同的随机偏移，便于比较。",
  }),
  fioOption("norandommap", fioHowto(1658), {
    description: "Does not remember which blocks were done: less memory and CPU on large files, some blocks are done twice and some never.",
    descriptionZh: "不记录已访问的块：大文件时省内存和 CPU，但有的块会重复，有的访问不到。",
  }),
  fioOption("invalidate", fioHowto(1974), {
    default: "1",
    description: "Drops the file's pages from the cache before the job starts.",
    descriptionZh: "作业开始前丢弃文件的缓存页。",
  }),
];
