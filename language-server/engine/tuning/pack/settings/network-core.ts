import { between, oneOf, sysctl } from "../build";
import { kernelDocs, kernelSources } from "../cite";
import type { PackSetting } from "../types";

const { net, ip, scaling } = kernelDocs;
const { dev } = kernelSources;

/** Queues, polling and socket buffers of all protocols. */
export const networkCoreSettings: readonly PackSetting[] = [
  sysctl("net.core.somaxconn", ip(307), {
    type: "integer", default: "4096", range: between(0, "2147483647"),
    description: "Upper bound of the accept queue that a program may ask for in listen(); connections beyond it are dropped or answered late.",
    descriptionZh: "listen() 可申请的全连接队列上限；超出的连接会被丢弃或延迟应答。",
    moves: [{ version: "5.4", what: "default-changed", to: "4096", source: ip(307) }],
    trap: { en: "The program must ask for it too: nginx's backlog, redis's tcp-backlog, MySQL's back_log.", zh: "程序自身也要申请：nginx 的 backlog、redis 的 tcp-backlog、MySQL 的 back_log。" },
  }),
  sysctl("net.core.netdev_max_backlog", net(280), {
    type: "integer", default: "1000", range: between(0), unit: "packets per CPU",
    more: [dev(4457)],
    description: "How many received packets may wait on a CPU's backlog when the card delivers faster than the stack takes; it matters with RPS and virtual devices.",
    descriptionZh: "网卡快于协议栈时，每个 CPU 积压队列可容纳的接收包数；与 RPS 和虚拟网卡相关。",
  }),
  sysctl("net.core.netdev_budget", net(264), {
    type: "integer", default: "300", range: between(1), unit: "packets",
    more: [dev(4462)],
    description: "Most packets taken from all devices in one round of the receive soft interrupt.",
    descriptionZh: "一轮接收软中断从所有网卡最多取走的包数。",
    conflicts: [{ other: "net.core.netdev_budget_usecs", rule: "needs", why: "A round also ends when its time is up: raise both.", whyZh: "时间用完也会结束一轮：应同时调大。" }],
  }),
  sysctl("net.core.netdev_budget_usecs", net(273), {
    type: "integer", range: between(0), unit: "µs",
    description: "Longest time of one round of the receive soft interrupt.",
    descriptionZh: "一轮接收软中断的最长时间。",
  }),
  sysctl("net.core.dev_weight", net(130), {
    type: "integer", default: "64", range: between(1), unit: "packets",
    description: "Most packets that a driver's poll or the backlog handles before the next one's turn.",
    descriptionZh: "驱动轮询或积压队列每次最多处理的包数。",
  }),
  sysctl("net.core.busy_poll", net(193), {
    type: "integer", default: "0", range: between(0), unit: "µs",
    description: "How long poll() and select() spin on the device queue for packets; lower latency for more CPU. 50 is usual.",
    descriptionZh: "poll() 与 select() 在网卡队列上忙等的时间；以 CPU 换取更低延迟。常用 50。",
    sane: { max: "1000" },
  }),
  sysctl("net.core.busy_read", net(179), {
    type: "integer", default: "0", range: between(0), unit: "µs",
    description: "How long a blocking socket read spins on the device queue; the default of SO_BUSY_POLL. 50 is usual.",
    descriptionZh: "阻塞读在网卡队列上忙等的时间，即 SO_BUSY_POLL 的默认值。常用 50。",
    sane: { max: "1000" },
  }),
  sysctl("net.core.rmem_max", net(218), {
    type: "bytes", range: between(2304, "2147483647"), unit: "bytes",
    description: "Largest receive buffer that a program may set with SO_RCVBUF.",
    descriptionZh: "程序可用 SO_RCVBUF 设置的最大接收缓冲区。",
    trap: { en: "TCP that tunes itself is bounded by the third value of net.ipv4.tcp_rmem, not by this; UDP and programs that set SO_RCVBUF are bounded by this.", zh: "自动调节的 TCP 受 net.ipv4.tcp_rmem 的第三个值限制，而不是它；UDP 和自行设置 SO_RCVBUF 的程序才受它限制。" },
  }),
  sysctl("net.core.rmem_default", net(213), {
    type: "bytes", range: between(2304, "2147483647"), unit: "bytes",
    description: "Receive buffer of a new socket; TCP takes the second value of net.ipv4.tcp_rmem instead.",
    descriptionZh: "新套接字的接收缓冲区；TCP 改用 net.ipv4.tcp_rmem 的第二个值。",
    conflicts: [{ other: "net.core.rmem_max", rule: "at-most", why: "A default above the maximum cannot be asked for by a program.", whyZh: "默认值大于上限时，程序无法自行申请到同样大小。" }],
  }),
  sysctl("net.core.wmem_max", net(237), {
    type: "bytes", range: between(4608, "2147483647"), unit: "bytes",
    description: "Largest send buffer that a program may set with SO_SNDBUF.",
    descriptionZh: "程序可用 SO_SNDBUF 设置的最大发送缓冲区。",
    trap: { en: "TCP that tunes itself is bounded by the third value of net.ipv4.tcp_wmem, not by this.", zh: "自动调节的 TCP 受 net.ipv4.tcp_wmem 的第三个值限制，而不是它。" },
  }),
  sysctl("net.core.wmem_default", net(232), {
    type: "bytes", range: between(4608, "2147483647"), unit: "bytes",
    description: "Send buffer of a new socket; TCP takes the second value of net.ipv4.tcp_wmem instead.",
    descriptionZh: "新套接字的发送缓冲区；TCP 改用 net.ipv4.tcp_wmem 的第二个值。",
    conflicts: [{ other: "net.core.wmem_max", rule: "at-most", why: "A default above the maximum cannot be asked for by a program.", whyZh: "默认值大于上限时，程序无法自行申请到同样大小。" }],
  }),
  sysctl("net.core.optmem_max", net(342), {
    type: "bytes", range: between(0), unit: "bytes",
    description: "Most memory of a socket for control messages and options; zero-copy sends need more.",
    descriptionZh: "每个套接字用于控制消息与选项的内存上限；零拷贝发送需要更多。",
  }),
  sysctl("net.core.default_qdisc", net(163), {
    type: "string", default: "pfifo_fast",
    description: "Queueing discipline of new devices; multi-queue cards put one under each queue. fq suits BBR and pacing, fq_codel suits routers.",
    descriptionZh: "新网卡使用的排队规则；多队列网卡在每个队列下各用一个。fq 适合 BBR 与 pacing，fq_codel 适合路由转发。",
    trap: { en: "Devices that exist already keep theirs.", zh: "已存在的网卡不受影响。" },
  }),
  sysctl("net.core.rps_sock_flow_entries", scaling(324), {
    type: "integer", default: "0", range: between(0),
    description: "Size of the table that steers received packets to the CPU where the program reads; each queue's rps_flow_cnt must be set too.",
    descriptionZh: "把收到的包引导到读取程序所在 CPU 的流表大小；还需设置各队列的 rps_flow_cnt。",
  }),
  sysctl("net.core.flow_limit_table_len", scaling(227), {
    type: "integer", default: "4096", range: between(1),
    description: "Buckets that tell large flows from small ones when a CPU's backlog fills, so that one flow cannot starve the rest. A power of two.",
    descriptionZh: "积压队列将满时区分大小流的桶数，避免单一大流饿死其他流。取 2 的幂。",
  }),
  sysctl("net.core.bpf_jit_enable", net(50), {
    type: "enum", range: oneOf("0", "1", "2"),
    description: "Compiles BPF programs to machine code: 0 off, 1 on, 2 with a trace for debugging.",
    descriptionZh: "是否把 BPF 程序编译为机器码：0 关闭，1 开启，2 开启并输出调试跟踪。",
  }),
  sysctl("net.core.gro_normal_batch", net(394), {
    type: "integer", default: "8", range: between(1), unit: "packets",
    description: "How many received packets are passed up together once they left GRO.",
    descriptionZh: "离开 GRO 的接收包累计多少个后一并上送。",
  }),
  sysctl("net.core.netdev_tstamp_prequeue", net(313), {
    type: "boolean", default: "1",
    description: "Stamps packets before RPS queues them; off moves that cost to the target CPU.",
    descriptionZh: "在 RPS 排队之前打时间戳；关闭则由目标 CPU 承担开销。",
  }),
  sysctl("net.core.skb_defer_max", net(334), {
    type: "integer", default: "64", range: between(0), unit: "packets",
    description: "How many freed packet buffers may wait for the CPU that allocated them; 0 frees at once.",
    descriptionZh: "等待交还分配 CPU 的缓冲区个数；0 表示立即释放。",
  }),
  sysctl("net.core.high_order_alloc_disable", net(403), {
    type: "boolean", default: "0",
    description: "Sockets take single pages instead of larger blocks; only for allocators that suffer under fragmentation.",
    descriptionZh: "套接字只用单页而不用高阶页；仅在碎片严重时有意义。",
  }),
  sysctl("net.core.dev_weight_rx_bias", net(139), {
    type: "integer", default: "1", range: between(1),
    description: "Factor by which the receive share of net.core.dev_weight is multiplied.",
    descriptionZh: "net.core.dev_weight 中接收份额的倍数。",
  }),
  sysctl("net.unix.max_dgram_qlen", ip(3063), {
    type: "integer", default: "10", range: between(0), unit: "datagrams",
    description: "How many datagrams may wait on a Unix socket.",
    descriptionZh: "Unix 数据报套接字可排队的报文数。",
  }),
];
