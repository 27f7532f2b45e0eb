import { between, oneOf, vllmArgument } from "../build";
import { applicationDocs } from "../cite-applications";
import type { PackSetting } from "../types";

const { vllmCache, vllmScheduler, vllmParallel, vllmModel, vllmLoad } = applicationDocs;

/** Arguments of `vllm serve`. */
export const vllmSettings: readonly PackSetting[] = [
  vllmArgument("--gpu-memory-utilization", vllmCache(50), {
    type: "number", default: "0.9", range: between(0, 1),
    description: "Part of an accelerator's memory that this instance may take for weights, activations and KV cache; more leaves more room for the cache and less for spikes.",
    descriptionZh: "本实例可使用的显存比例，用于权重、激活与 KV cache；取大缓存更多，但峰值余量更小。",
    trap: { en: "It is a fraction from 0 to 1, not a percentage, and of the whole memory, not of what is free.", zh: "取值为 0 到 1 的小数而非百分数，且相对总显存而非剩余显存。" },
    sane: { min: "0.3", max: "0.98" },
  }),
  vllmArgument("--max-model-len", vllmModel(175), {
    type: "integer", unit: "tokens",
    description: "Longest sequence, prompt and answer together; shorter than the model's own frees KV cache for more requests.",
    descriptionZh: "最大序列长度（提示与回答合计）；小于模型上限可为更多请求腾出 KV cache。",
  }),
  vllmArgument("--max-num-seqs", vllmScheduler(57), {
    type: "integer", range: between(1), unit: "sequences",
    description: "Sequences in one step; more gives throughput and costs time per token.",
    descriptionZh: "单步处理的序列数；取大提高吞吐但增加每 token 时延。",
  }),
  vllmArgument("--max-num-batched-tokens", vllmScheduler(50), {
    type: "integer", range: between(1), unit: "tokens",
    description: "Tokens in one step. Large shortens the time to first token and raises throughput, small keeps the time per token even.",
    descriptionZh: "单步处理的 token 数。取大可缩短首 token 时延并提高吞吐，取小使每 token 时延平稳。",
    conflicts: [
      { other: "--max-num-seqs", rule: "at-least", why: "vLLM refuses to start when a step cannot hold one token of each sequence.", whyZh: "若单步容不下每个序列各一个 token，vLLM 会拒绝启动。" },
    ],
    trap: { en: "Without chunked prefill it must also reach --max-model-len.", zh: "未开启分块预填充时，还须不小于 --max-model-len。" },
  }),
  vllmArgument("--enable-chunked-prefill", vllmScheduler(78), {
    type: "boolean", default: "True",
    description: "Cuts long prompts into pieces that run beside decoding.",
    descriptionZh: "把长提示切块，与解码混合执行。",
  }),
  vllmArgument("--max-num-partial-prefills", vllmScheduler(64), {
    type: "integer", default: "1", range: between(1),
    description: "Prompts that may be in prefill at the same time.",
    descriptionZh: "可同时处于预填充的提示数。",
    conflicts: [{ other: "--enable-chunked-prefill", rule: "needs", why: "More than one needs chunked prefill.", whyZh: "大于 1 时需要分块预填充。" }],
  }),
  vllmArgument("--long-prefill-token-threshold", vllmScheduler(74), {
    type: "integer", default: "0", range: between(0), unit: "tokens",
    description: "Prompts longer than this count as long, so that short ones may pass them.",
    descriptionZh: "长于该值的提示视为长提示，使短提示可先行。",
  }),
  vllmArgument("--scheduling-policy", vllmScheduler(103), {
    type: "enum", default: "fcfs", range: oneOf("fcfs", "priority"),
    description: "Order of requests: as they come, or by the priority that they name.",
    descriptionZh: "请求顺序：先来先服务，或按请求给出的优先级。",
  }),
  vllmArgument("--async-scheduling", vllmScheduler(133), {
    type: "boolean",
    description: "Plans the next step while the accelerator computes, which closes gaps.",
    descriptionZh: "加速器计算时提前调度下一步，消除空隙。",
  }),
  vllmArgument("--stream-interval", vllmScheduler(141), {
    type: "integer", default: "1", range: between(1), unit: "tokens",
    description: "Tokens sent together while streaming; more spares the host CPU.",
    descriptionZh: "流式输出时一次发送的 token 数；取大节省主机 CPU。",
  }),
  vllmArgument("--enable-prefix-caching", vllmCache(77), {
    type: "boolean", default: "True",
    description: "Reuses the KV cache of prompts that begin alike: system prompts, chats, agents.",
    descriptionZh: "复用前缀相同的提示的 KV cache：系统提示、多轮对话、智能体。",
  }),
  vllmArgument("--block-size", vllmCache(43), {
    type: "integer", unit: "tokens",
    description: "Tokens of one block of the KV cache; the platform chooses unless told.",
    descriptionZh: "KV cache 每块的 token 数；默认由平台选择。",
  }),
  vllmArgument("--kv-cache-dtype", vllmCache(60), {
    type: "string", default: "auto",
    description: "Type of the KV cache; fp8 halves it, with a small loss of accuracy that must be checked.",
    descriptionZh: "KV cache 的数据类型；fp8 减半占用，精度略降，需验证。",
  }),
  vllmArgument("--kv-cache-memory-bytes", vllmCache(143), {
    type: "bytes", unit: "bytes",
    description: "Gives the KV cache a size; --gpu-memory-utilization then does not count.",
    descriptionZh: "直接指定 KV cache 大小；此时 --gpu-memory-utilization 不生效。",
  }),
  vllmArgument("--kv-offloading-size", vllmCache(152), {
    type: "number", unit: "GiB",
    description: "Host memory for KV cache that does not fit on the accelerators, in all over the tensor-parallel ranks.",
    descriptionZh: "显存放不下的 KV cache 使用的主机内存，为各张量并行卡之和。",
  }),
  vllmArgument("--swap-space", vllmCache(58), {
    type: "number", default: "4", range: between(0), unit: "GiB per accelerator",
    description: "Host memory for sequences that were put aside.",
    descriptionZh: "为被换出的序列预留的主机内存。",
    trap: { en: "It is for each accelerator: 8 of them take 32 GiB by default. Newer releases have no such argument.", zh: "按每张卡计：8 卡默认占 32 GiB。较新版本已无此参数。" },
  }),
  vllmArgument("--cpu-offload-gb", vllmCache(96), {
    type: "number", default: "0", range: between(0), unit: "GiB per accelerator",
    description: "Weights kept in host memory and fetched at every step; makes a model fit and slows it to the speed of the bus.",
    descriptionZh: "放在主机内存、每步取用的权重量；可装下更大模型，但速度受总线限制。",
  }),
  vllmArgument("--tensor-parallel-size", vllmParallel(102), {
    type: "integer", default: "1", range: between(1),
    description: "Accelerators that share each layer; within one node with fast links.",
    descriptionZh: "共同计算每一层的加速卡数；宜在有高速互联的单节点内。",
    trap: { en: "It must divide the number of attention heads.", zh: "须能整除注意力头数。" },
  }),
  vllmArgument("--pipeline-parallel-size", vllmParallel(100), {
    type: "integer", default: "1", range: between(1),
    description: "Stages of layers, for models that need several nodes with slower links.",
    descriptionZh: "按层划分的流水级数，用于需要跨节点且互联较慢的模型。",
  }),
  vllmArgument("--data-parallel-size", vllmParallel(106), {
    type: "integer", default: "1", range: between(1),
    description: "Copies of the model, or of its attention in mixtures of experts, that serve requests side by side.",
    descriptionZh: "并行服务的模型副本数；对 MoE 为注意力部分的副本数。",
  }),
  vllmArgument("--enable-expert-parallel", vllmParallel(138), {
    type: "boolean", default: "False",
    description: "Spreads the experts of a mixture over accelerators instead of cutting each.",
    descriptionZh: "把 MoE 的专家分布到各加速卡，而不是切分每个专家。",
  }),
  vllmArgument("--enable-eplb", vllmParallel(140), {
    type: "boolean", default: "False",
    description: "Moves experts so that the load of accelerators is even.",
    descriptionZh: "动态迁移专家以平衡各卡负载。",
    conflicts: [{ other: "--enable-expert-parallel", rule: "needs", why: "There are no experts to move without it.", whyZh: "未开启专家并行时无专家可迁移。" }],
  }),
  vllmArgument("--enable-dbo", vllmParallel(171), {
    type: "boolean", default: "False",
    description: "Overlaps computing of one half batch with communication of the other.",
    descriptionZh: "把批次一分为二，使计算与通信重叠。",
  }),
  vllmArgument("--disable-custom-all-reduce", vllmParallel(168), {
    type: "boolean", default: "False",
    description: "Falls back to NCCL for adding up results, where the own kernel fails.",
    descriptionZh: "自带的 all-reduce 内核出问题时退回 NCCL。",
  }),
  vllmArgument("--enforce-eager", vllmModel(196), {
    type: "boolean", default: "False",
    description: "Takes no CUDA graphs: starts sooner and saves memory, and decodes slower.",
    descriptionZh: "不使用 CUDA graph：启动更快、省显存，但解码更慢。",
    trap: { en: "Left over from debugging it costs much of the decode speed.", zh: "调试后忘记去掉会明显降低解码速度。" },
  }),
  vllmArgument("--dtype", vllmModel(135), {
    type: "string", default: "auto",
    description: "Type of weights and activations.",
    descriptionZh: "权重与激活的数据类型。",
  }),
  vllmArgument("--quantization", vllmModel(189), {
    type: "string",
    description: "Method of quantised weights; read from the model unless told.",
    descriptionZh: "权重量化方法；默认从模型配置读取。",
  }),
  vllmArgument("--load-format", vllmLoad(28), {
    type: "string", default: "auto",
    description: "How weights are read; streaming formats shorten the start from object storage.",
    descriptionZh: "权重的读取方式；流式格式可缩短从对象存储启动的时间。",
  }),
];
