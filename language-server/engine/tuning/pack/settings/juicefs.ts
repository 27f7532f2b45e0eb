import { between, juicefsOption, mlperfSetting } from "../build";
import { applicationDocs } from "../cite-applications";
import type { KnowledgeSource } from "../../types";
import type { PackSetting } from "../types";

const { juicefsFlags, juicefsFormat } = applicationDocs;

/** What `juicefs mount` takes, for checkpoints, data sets and model files. */
export const juicefsSettings: readonly PackSetting[] = [
  juicefsOption("--buffer-size", juicefsFlags(198), {
    type: "bytes", unit: "MiB", default: "300M",
    description: "Memory for reading ahead and for writes under way; 1 GB or more for training data and checkpoints on fast networks.",
    descriptionZh: "预读与写入中数据的内存；快速网络上的训练数据与检查点宜取 1 GB 以上。",
    trap: { en: "A bare number is MiB. The mount may take several times this in all.", zh: "不带单位的数字为 MiB。挂载进程总占用可能是其数倍。" },
  }),
  juicefsOption("--max-readahead", juicefsFlags(203), {
    type: "bytes", unit: "MiB",
    description: "Bounds the reading ahead of one file; small random reads waste less bandwidth with less.",
    descriptionZh: "限制单个文件的预读量；小块随机读取小可减少带宽浪费。",
  }),
  juicefsOption("--prefetch", juicefsFlags(207), {
    type: "integer", default: "1", range: between(0),
    description: "Whole blocks fetched in parallel when a part of one is read; 0 for small random reads.",
    descriptionZh: "读取块的一部分时并行预取的整块数；小块随机读应设 0。",
  }),
  juicefsOption("--writeback", juicefsFlags(212), {
    type: "boolean",
    description: "Answers writes when they are on the local cache disk and uploads later: fast for many small files.",
    descriptionZh: "写到本地缓存盘即返回，随后上传：适合大量小文件写入。",
    trap: { en: "Until the upload is done the only copy is on that disk: losing the machine loses data.", zh: "上传完成前唯一副本在该盘上：机器损坏会丢数据。" },
  }),
  juicefsOption("--upload-delay", juicefsFlags(221), {
    type: "duration", default: "0s",
    description: "Waits before uploading, so that short-lived files never leave the machine.",
    descriptionZh: "延迟上传，使短命文件不必离开本机。",
    conflicts: [{ other: "--writeback", rule: "needs", why: "Only staged writes can be delayed.", whyZh: "仅对暂存写入有效。" }],
  }),
  juicefsOption("--cache-size", juicefsFlags(240), {
    type: "bytes", unit: "MiB", default: "100G",
    description: "Local cache of blocks; large enough for the data set makes the second epoch local.",
    descriptionZh: "本地块缓存；能容纳数据集时，第二个 epoch 起即为本地读取。",
    trap: { en: "A bare number is MiB.", zh: "不带单位的数字为 MiB。" },
  }),
  juicefsOption("--free-space-ratio", juicefsFlags(250), {
    type: "number", default: "0.1", range: between(0, 1),
    description: "Part of the cache disk that is left free; the cache shrinks before its size is reached.",
    descriptionZh: "缓存盘保留的空闲比例；未达到缓存上限也会因此收缩。",
  }),
  juicefsOption("--cache-dir", juicefsFlags(230), {
    type: "string",
    description: "Where blocks are cached; several NVMe folders share the load.",
    descriptionZh: "块缓存目录；可用多个 NVMe 目录分担负载。",
  }),
  juicefsOption("--max-uploads", juicefsFlags(133), {
    type: "integer", default: "20", range: between(1),
    description: "Uploads at once; more needs a larger buffer.",
    descriptionZh: "并发上传数；调大需同时加大缓冲。",
  }),
  juicefsOption("--max-downloads", juicefsFlags(138), {
    type: "integer", default: "200", range: between(1),
    description: "Downloads at once.",
    descriptionZh: "并发下载数。",
  }),
  juicefsOption("--attr-cache", juicefsFlags(379), {
    type: "duration", default: "1.0s",
    description: "How long the kernel keeps file attributes; minutes for data that is only read.",
    descriptionZh: "内核缓存文件属性的时间；只读数据集可取数分钟。",
  }),
  juicefsOption("--entry-cache", juicefsFlags(384), {
    type: "duration",
    description: "How long the kernel keeps names of files.",
    descriptionZh: "内核缓存文件名查找结果的时间。",
  }),
  juicefsOption("--dir-entry-cache", juicefsFlags(389), {
    type: "duration", default: "1.0s",
    description: "How long the kernel keeps names of directories.",
    descriptionZh: "内核缓存目录名查找结果的时间。",
  }),
  juicefsOption("--open-cache", juicefsFlags(402), {
    type: "duration", default: "0s",
    description: "Opens again without asking the metadata engine; for data sets that never change.",
    descriptionZh: "再次打开文件时不询问元数据引擎；适合不变的数据集。",
    trap: { en: "Changes from other machines are not seen in that time.", zh: "在此时间内看不到其他机器的修改。" },
  }),
  juicefsOption("--max-deletes", juicefsFlags(148), {
    type: "integer", default: "10", range: between(0),
    description: "Threads that delete objects.",
    descriptionZh: "删除对象的线程数。",
  }),
  juicefsOption("--io-retries", juicefsFlags(128), {
    type: "integer", default: "10", range: between(0),
    description: "Tries before an I/O error is told.",
    descriptionZh: "报告 I/O 错误前的重试次数。",
  }),
  juicefsOption("--backup-meta", juicefsFlags(292), {
    type: "duration", default: "1h",
    description: "How often metadata is backed up; with very many files each backup loads the engine.",
    descriptionZh: "备份元数据的间隔；文件极多时每次备份都会给引擎带来负载。",
  }),
  juicefsOption("--verify-cache-checksum", juicefsFlags(263), {
    type: "enum", default: "extend", range: { values: ["none", "full", "shrink", "extend"] },
    description: "How cached data is checked when read.",
    descriptionZh: "读取缓存时的校验方式。",
  }),
  juicefsOption("--block-size", juicefsFormat(155), {
    type: "bytes", default: "4M", restart: "service",
    description: "Size of objects, fixed when the volume is made.",
    descriptionZh: "对象大小，创建卷时确定，之后不可更改。",
  }),
  juicefsOption("--compress", juicefsFormat(160), {
    type: "enum", default: "none", range: { values: ["lz4", "zstd", "none"] }, restart: "service",
    description: "Compression of objects, fixed when the volume is made; it makes every small read fetch a whole block.",
    descriptionZh: "对象压缩方式，创建卷时确定；开启后每次小读都要取整块。",
  }),
];

const dlio = (key: string): KnowledgeSource => ({ title: "DLIO benchmark documentation, configuration", file: "config.html", line: 1, url: `https://dlio-benchmark.readthedocs.io/en/latest/config.html#${key}`, licence: "Apache-2.0" });

/** What MLPerf Storage passes to its data loader. */
export const dataLoadingSettings: readonly PackSetting[] = [
  mlperfSetting("reader.read_threads", dlio("reader"), {
    type: "integer", range: between(0),
    description: "Threads of each simulated accelerator that read samples ahead: many for few large files, few where memory copies bound the node.",
    descriptionZh: "每个模拟加速卡预读样本的线程数：大文件少时取多，内存拷贝成为瓶颈时取少。",
  }),
  mlperfSetting("reader.odirect", dlio("reader"), {
    type: "boolean",
    description: "Reads past the page cache, which spares a copy in memory when the data set is larger than memory anyway; of the formats only npy and npz know it.",
    descriptionZh: "绕过页缓存读取；数据集本就大于内存时可省一次内存拷贝；仅 npy 与 npz 格式支持。",
  }),
  mlperfSetting("reader.prefetch_size", dlio("reader"), {
    type: "integer", range: between(0), unit: "batches",
    description: "Batches that are kept ready before they are asked for.",
    descriptionZh: "提前准备好的批次数。",
  }),
  mlperfSetting("reader.batch_size", dlio("reader"), {
    type: "integer", range: between(1), unit: "samples",
    description: "Samples of one batch; fixed by the rules of a submission.",
    descriptionZh: "每个批次的样本数；提交规则中固定。",
  }),
];
