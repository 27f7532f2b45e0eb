import { between, oneOf, rayArgument, sglangArgument } from "../build";
import { applicationDocs } from "../cite-applications";
import type { PackSetting } from "../types";

const { sglangArguments, rayScripts } = applicationDocs;

/** Arguments of `sglang.launch_server` and of `ray start`. */
export const servingSettings: readonly PackSetting[] = [
  sglangArgument("--mem-fraction-static", sglangArguments(294), {
    type: "number", range: between(0, 1),
    description: "Part of an accelerator's memory for weights and KV cache; what is left serves activations and graphs.",
    descriptionZh: "用于权重与 KV cache 的显存比例；其余留给激活与 CUDA graph。",
    trap: { en: "Too large runs out of memory in the middle of serving, not at the start.", zh: "过大会在服务途中而不是启动时耗尽显存。" },
    sane: { min: "0.3", max: "0.97" },
  }),
  sglangArgument("--max-running-requests", sglangArguments(295), {
    type: "integer", range: between(1),
    description: "Requests that run at the same time.",
    descriptionZh: "同时运行的请求数。",
  }),
  sglangArgument("--max-queued-requests", sglangArguments(296), {
    type: "integer", range: between(1),
    description: "Requests that may wait; more are turned away.",
    descriptionZh: "可排队的请求数，超过则拒绝。",
  }),
  sglangArgument("--chunked-prefill-size", sglangArguments(298), {
    type: "integer", unit: "tokens",
    description: "Piece of a prompt that is computed at once; smaller saves memory and evens out decoding, -1 turns it off.",
    descriptionZh: "单次预填充的 token 数；取小省显存且解码平稳，-1 关闭。",
  }),
  sglangArgument("--max-prefill-tokens", sglangArguments(300), {
    type: "integer", default: "16384", range: between(1), unit: "tokens",
    description: "Prompt tokens of one prefill batch.",
    descriptionZh: "单个预填充批次的 token 数。",
  }),
  sglangArgument("--schedule-policy", sglangArguments(302), {
    type: "string", default: "fcfs",
    description: "Order of requests; lpm puts those with the longest cached prefix first.",
    descriptionZh: "请求顺序；lpm 优先处理命中前缀最长的请求。",
  }),
  sglangArgument("--schedule-conservativeness", sglangArguments(307), {
    type: "number", default: "1.0", range: between(0),
    description: "How much room is kept for answers to grow: raise it when requests are retracted often, lower it when the cache stands empty.",
    descriptionZh: "为回答增长预留的程度：频繁回退时调大，缓存空闲时调小。",
  }),
  sglangArgument("--tp-size", sglangArguments(316), {
    type: "integer", default: "1", range: between(1),
    description: "Accelerators that share each layer.",
    descriptionZh: "共同计算每一层的加速卡数。",
  }),
  sglangArgument("--pp-size", sglangArguments(317), {
    type: "integer", default: "1", range: between(1),
    description: "Stages of layers over nodes.",
    descriptionZh: "跨节点的流水级数。",
  }),
  sglangArgument("--dp-size", sglangArguments(376), {
    type: "integer", default: "1", range: between(1),
    description: "Copies that serve side by side.",
    descriptionZh: "并行服务的副本数。",
  }),
  sglangArgument("--ep-size", sglangArguments(447), {
    type: "integer", default: "1", range: between(1),
    description: "Accelerators over which experts are spread.",
    descriptionZh: "专家分布的加速卡数。",
  }),
  sglangArgument("--enable-dp-attention", sglangArguments(544), {
    type: "boolean", default: "False",
    description: "Copies attention instead of cutting it, so that latent-attention models such as DeepSeek do not hold the same KV cache on each card.",
    descriptionZh: "注意力按数据并行而非切分，使 DeepSeek 等 MLA 模型不在每张卡上重复 KV cache。",
  }),
  sglangArgument("--kv-cache-dtype", sglangArguments(284), {
    type: "string", default: "auto",
    description: "Type of the KV cache; fp8 halves it.",
    descriptionZh: "KV cache 的数据类型；fp8 减半占用。",
  }),
  sglangArgument("--cuda-graph-max-bs", sglangArguments(526), {
    type: "integer", unit: "sequences",
    description: "Largest batch with a CUDA graph; beyond it decoding is slower, each graph costs memory.",
    descriptionZh: "使用 CUDA graph 的最大批量；超过则解码变慢，每个图占用显存。",
  }),
  sglangArgument("--disable-cuda-graph", sglangArguments(528), {
    type: "boolean", default: "False",
    description: "Takes no CUDA graphs, for debugging.",
    descriptionZh: "不使用 CUDA graph，用于调试。",
  }),
  sglangArgument("--disable-radix-cache", sglangArguments(525), {
    type: "boolean", default: "False",
    description: "Does not reuse prefixes; for workloads whose prompts never begin alike.",
    descriptionZh: "不复用前缀；适合提示从不相同的负载。",
  }),
  sglangArgument("--disable-overlap-schedule", sglangArguments(542), {
    type: "boolean", default: "False",
    description: "Plans steps one after another instead of ahead.",
    descriptionZh: "不提前调度下一步。",
  }),
  sglangArgument("--num-continuous-decode-steps", sglangArguments(562), {
    type: "integer", default: "1", range: between(1),
    description: "Decode steps between two looks at the queue: more throughput, later first tokens.",
    descriptionZh: "两次调度之间连续解码的步数：吞吐更高，首 token 更晚。",
  }),
  sglangArgument("--enable-hierarchical-cache", sglangArguments(479), {
    type: "boolean", default: "False",
    description: "Keeps KV cache in host memory and storage too, for long chats and shared documents.",
    descriptionZh: "把 KV cache 扩展到主机内存与存储，适合长对话与共享文档。",
  }),
  sglangArgument("--hicache-ratio", sglangArguments(480), {
    type: "number", default: "2.0", range: between(1),
    description: "Host cache as a multiple of the accelerator's.",
    descriptionZh: "主机缓存相对显存缓存的倍数。",
    conflicts: [{ other: "--enable-hierarchical-cache", rule: "needs", why: "There is no host cache without it.", whyZh: "未开启分层缓存时没有主机缓存。" }],
  }),
  sglangArgument("--hicache-write-policy", sglangArguments(482), {
    type: "enum", default: "write_through", range: oneOf("write_back", "write_through", "write_through_selective"),
    description: "When cache is copied to the host: at once, when evicted, or when it was hit.",
    descriptionZh: "KV cache 何时写到主机：立即、淘汰时或命中后。",
    conflicts: [{ other: "--enable-hierarchical-cache", rule: "needs", why: "There is no host cache without it.", whyZh: "未开启分层缓存时没有主机缓存。" }],
  }),
  sglangArgument("--cpu-offload-gb", sglangArguments(512), {
    type: "integer", default: "0", range: between(0), unit: "GB",
    description: "Weights kept in host memory.",
    descriptionZh: "放在主机内存中的权重量。",
  }),
  sglangArgument("--attention-backend", sglangArguments(405), {
    type: "string",
    description: "Kernels of attention; the best one depends on card and model.",
    descriptionZh: "注意力内核；最佳选择取决于加速卡与模型。",
  }),
  rayArgument("--object-store-memory", rayScripts(553), {
    type: "bytes", range: between(78643200), unit: "bytes",
    description: "Shared memory of a node's object store; what does not fit is spilled to disk.",
    descriptionZh: "节点对象存储的共享内存；放不下则溢写到磁盘。",
    trap: { en: "In a container /dev/shm must be as large, else the store goes to /tmp and is slow.", zh: "容器的 /dev/shm 须同样大，否则存储落到 /tmp 而变慢。" },
  }),
  rayArgument("--num-cpus", rayScripts(561), {
    type: "integer", range: between(0),
    description: "CPUs that Ray may plan with on this node.",
    descriptionZh: "Ray 在该节点可调度的 CPU 数。",
  }),
  rayArgument("--num-gpus", rayScripts(564), {
    type: "integer", range: between(0),
    description: "Accelerators that Ray may plan with on this node.",
    descriptionZh: "Ray 在该节点可调度的加速卡数。",
  }),
  rayArgument("--object-spilling-directory", rayScripts(650), {
    type: "string",
    description: "Where objects go that do not fit in memory; a local NVMe.",
    descriptionZh: "内存放不下的对象溢写的位置；宜用本地 NVMe。",
  }),
];
