import { between, oneOf, sysctl } from "../build";
import { kernelDocs, kernelSources, tcpManual } from "../cite";
import type { PackSetting } from "../types";

const { ip } = kernelDocs;

/** TCP over IPv4 and IPv6; the names say ipv4 for both. */
export const tcpSettings: readonly PackSetting[] = [
  sysctl("net.ipv4.tcp_rmem", ip(701), {
    type: "list", unit: "bytes",
    description: "Least, initial and largest receive buffer of a TCP socket. The largest bounds the window: bandwidth times round-trip time is what a long fat path needs.",
    descriptionZh: "TCP 套接字接收缓冲区的最小、初始与最大值。最大值限制窗口：长肥管道需要带宽乘以往返时延。",
    trap: { en: "Three numbers in bytes. The third counts for autotuning, not net.core.rmem_max; a program that sets SO_RCVBUF switches autotuning off.", zh: "三个字节数。自动调节受第三个值限制而非 net.core.rmem_max；程序设置 SO_RCVBUF 会关闭自动调节。" },
  }),
  sysctl("net.ipv4.tcp_wmem", ip(985), {
    type: "list", unit: "bytes",
    description: "Least, initial and largest send buffer of a TCP socket.",
    descriptionZh: "TCP 套接字发送缓冲区的最小、初始与最大值。",
    trap: { en: "Three numbers in bytes; the third counts for autotuning, not net.core.wmem_max.", zh: "三个字节数；自动调节受第三个值限制而非 net.core.wmem_max。" },
  }),
  sysctl("net.ipv4.tcp_mem", ip(552), {
    type: "list", unit: "pages",
    description: "Memory of all TCP sockets: below the first no pressure, above the second buffers shrink, above the third allocations fail. Computed from memory at boot.",
    descriptionZh: "全部 TCP 套接字的内存：低于第一个值无压力，超过第二个值收缩缓冲区，超过第三个值分配失败。启动时按内存计算。",
    trap: { en: "It is in pages, not bytes. Values copied from tcp_rmem allow far more than the machine has.", zh: "单位是页而不是字节。把 tcp_rmem 的值照抄过来会远超机器内存。" },
  }),
  sysctl("net.ipv4.tcp_congestion_control", ip(380), {
    type: "string",
    description: "Congestion control of new connections. bbr holds throughput on lossy long paths and wants net.core.default_qdisc = fq; dctcp is for data centres with ECN.",
    descriptionZh: "新连接的拥塞控制算法。bbr 在有丢包的长路径上保持吞吐，宜配 net.core.default_qdisc = fq；dctcp 用于启用 ECN 的数据中心。",
    trap: { en: "The module must be loaded or built in, else the write is refused.", zh: "模块须已加载或内建，否则写入会被拒绝。" },
  }),
  sysctl("net.ipv4.tcp_max_syn_backlog", ip(530), {
    type: "integer", range: between(1), unit: "requests per listener",
    description: "Connection requests of a listener that wait for the last packet of the handshake, before SYN cookies or drops.",
    descriptionZh: "每个监听端口半连接队列可容纳的请求数，超过则启用 SYN cookie 或丢弃。",
    trap: { en: "The listener's backlog, bounded by net.core.somaxconn, limits it too.", zh: "还受监听 backlog（以 net.core.somaxconn 为上限）限制。" },
  }),
  sysctl("net.ipv4.tcp_syncookies", ip(766), {
    type: "enum", default: "1", range: oneOf("0", "1", "2"),
    description: "Answers handshakes without keeping state when the queue of requests is full; 2 always does so, for tests.",
    descriptionZh: "半连接队列满时用无状态 cookie 应答；2 表示总是如此，用于测试。",
    trap: { en: "It is a defence against floods; a busy server that lives on it needs larger queues.", zh: "它用于抵御洪泛；依赖它的繁忙服务器应加大队列。" },
  }),
  sysctl("net.ipv4.tcp_fin_timeout", ip(437), {
    type: "integer", default: "60", range: between(1), unit: "s",
    description: "How long a connection that no program owns stays in FIN-WAIT-2.",
    descriptionZh: "无主连接停留在 FIN-WAIT-2 的时间。",
    trap: { en: "It does not shorten TIME-WAIT, which is fixed at 60 s.", zh: "它不缩短 TIME-WAIT，后者固定为 60 秒。" },
  }),
  sysctl("net.ipv4.tcp_tw_reuse", ip(954), {
    type: "enum", default: "2", range: oneOf("0", "1", "2"),
    description: "Lets a new outgoing connection take over a port in TIME-WAIT: 0 never, 1 always, 2 on loopback. For clients and proxies that open many short connections.",
    descriptionZh: "允许新的外连连接复用处于 TIME-WAIT 的端口：0 否，1 是，2 仅环回。适合大量短连接的客户端与代理。",
    trap: { en: "It needs timestamps, and helps only the side that connects, not a server that accepts.", zh: "需要开启时间戳，且只对发起连接的一方有效，对接受连接的服务器无效。" },
    conflicts: [{ other: "net.ipv4.tcp_timestamps", rule: "needs", why: "A port is taken over safely only when timestamps tell old packets from new ones.", whyZh: "只有时间戳才能区分新旧报文，从而安全复用端口。" }],
    moves: [{ version: "4.19", what: "default-changed", to: "2", source: ip(954) }],
  }),
  sysctl("net.ipv4.tcp_tw_recycle", tcpManual(944), {
    type: "boolean", until: "4.11",
    description: "Recycled TIME-WAIT quickly by the peer's timestamps; it broke connections from behind address translation and is gone.",
    descriptionZh: "曾按对端时间戳快速回收 TIME-WAIT；会破坏 NAT 之后的连接，已被移除。",
    moves: [{ version: "4.12", what: "removed", source: tcpManual(944) }],
  }),
  sysctl("net.ipv4.tcp_max_tw_buckets", ip(544), {
    type: "integer", range: between(0),
    description: "Connections in TIME-WAIT; more are destroyed at once with a warning.",
    descriptionZh: "TIME-WAIT 连接数上限；超过则立即销毁并告警。",
    trap: { en: "Lowering it saves little memory and lets late packets hit new connections.", zh: "调低节省不了多少内存，反而会让迟到报文命中新连接。" },
  }),
  sysctl("net.ipv4.tcp_keepalive_time", ip(491), {
    type: "integer", default: "7200", range: between(1, 32767), unit: "s",
    description: "Idle time before the first keepalive probe of a socket that asked for them.",
    descriptionZh: "启用 keepalive 的套接字空闲多久后发送第一个探测。",
    more: [kernelSources.tcpHeader(159)],
  }),
  sysctl("net.ipv4.tcp_keepalive_probes", ip(495), {
    type: "integer", default: "9", range: between(1, 127),
    description: "Unanswered probes after which the connection is dead.",
    descriptionZh: "多少个探测无应答后判定连接已断。",
  }),
  sysctl("net.ipv4.tcp_keepalive_intvl", ip(499), {
    type: "integer", default: "75", range: between(1, 32767), unit: "s",
    description: "Time between probes.",
    descriptionZh: "两次 keepalive 探测之间的间隔。",
  }),
  sysctl("net.ipv4.tcp_fastopen", ip(816), {
    type: "integer", default: "1", range: between(0), unit: "bit mask",
    description: "Sends data with the first packet: 1 as a client, 2 as a server, 3 both; saves a round trip for short connections.",
    descriptionZh: "在首个报文中携带数据：1 客户端，2 服务端，3 两者；短连接可省一个往返。",
    trap: { en: "A server also needs the TCP_FASTOPEN socket option, and some middleboxes drop such packets.", zh: "服务端还需 TCP_FASTOPEN 套接字选项，且部分中间设备会丢弃此类报文。" },
  }),
  sysctl("net.ipv4.tcp_slow_start_after_idle", ip(744), {
    type: "boolean", default: "1",
    description: "Shrinks the window again after an idle time; off keeps long-lived connections with bursts fast.",
    descriptionZh: "空闲后重新缩小拥塞窗口；关闭可使突发型长连接保持高速。",
    more: [kernelSources.tcpIpv4(3193)],
  }),
  sysctl("net.ipv4.tcp_mtu_probing", ip(583), {
    type: "enum", default: "0", range: oneOf("0", "1", "2"),
    description: "Finds the path's packet size by trial where routers swallow the messages that tell it: 1 after a black hole is seen, 2 always.",
    descriptionZh: "当路由器吞掉 MTU 通知时用探测确定路径 MTU：1 发现黑洞后启用，2 总是启用。",
  }),
  sysctl("net.ipv4.tcp_timestamps", ip(885), {
    type: "enum", default: "1", range: oneOf("0", "1", "2"),
    description: "Stamps each packet, for round-trip times and against wrapped sequence numbers; off saves 12 bytes a packet and breaks what needs it.",
    descriptionZh: "在报文中加时间戳，用于测量往返时延与防序号回绕；关闭每包省 12 字节，但依赖它的功能失效。",
  }),
  sysctl("net.ipv4.tcp_sack", ip(720), {
    type: "boolean", default: "1",
    description: "Selective acknowledgements, so that one loss costs one resend.",
    descriptionZh: "选择性确认，使一次丢包只需重传一个报文。",
    more: [kernelSources.tcpIpv4(3188)],
  }),
  sysctl("net.ipv4.tcp_window_scaling", ip(967), {
    type: "boolean", default: "1",
    description: "Windows above 64 KiB; without it a long path cannot be filled.",
    descriptionZh: "允许大于 64 KiB 的窗口；没有它无法用满长路径。",
    more: [kernelSources.tcpIpv4(3189)],
  }),
  sysctl("net.ipv4.tcp_no_metrics_save", ip(601), {
    type: "boolean", default: "0",
    description: "Forgets a path's measures when a connection closes, so that one bad connection does not slow the next ones.",
    descriptionZh: "连接关闭时不保存路径指标，避免一次糟糕的连接拖慢后续连接。",
  }),
  sysctl("net.ipv4.tcp_moderate_rcvbuf", ip(577), {
    type: "boolean", default: "1",
    description: "Lets the kernel grow receive buffers up to the third value of net.ipv4.tcp_rmem.",
    descriptionZh: "由内核自动增大接收缓冲区，上限为 net.ipv4.tcp_rmem 的第三个值。",
  }),
  sysctl("net.ipv4.tcp_adv_win_scale", ip(320), {
    type: "integer", default: "1", range: between(-31, 31),
    description: "Part of the receive buffer that is kept for overhead rather than told as window.",
    descriptionZh: "接收缓冲区中用于开销而不通告为窗口的部分。",
  }),
  sysctl("net.ipv4.tcp_notsent_lowat", ip(1006), {
    type: "integer", range: between(0), unit: "bytes",
    description: "A socket is writable only while less than this is waiting unsent; 131072 or so cuts memory and latency of servers with many streams.",
    descriptionZh: "未发送数据少于该值时套接字才可写；设为 131072 左右可降低多流服务器的内存与时延。",
  }),
  sysctl("net.ipv4.tcp_limit_output_bytes", ip(1040), {
    type: "integer", default: "1048576", range: between(0), unit: "bytes",
    description: "Bytes of one socket that may sit in the queues below; smaller means less delay, larger suits virtual cards that complete late.",
    descriptionZh: "单个套接字可滞留在下层队列的字节数；取小降低时延，完成中断较慢的虚拟网卡宜取大。",
  }),
  sysctl("net.ipv4.tcp_syn_retries", ip(878), {
    type: "integer", default: "6", range: between(1, 127),
    description: "Resends of the first packet before connect() gives up, about two minutes at 6.",
    descriptionZh: "connect() 放弃前重发首个报文的次数，6 次约两分钟。",
  }),
  sysctl("net.ipv4.tcp_synack_retries", ip(759), {
    type: "integer", default: "5", range: between(0, 255),
    description: "Resends of the answer to a connection request; fewer frees the queue sooner under a flood.",
    descriptionZh: "对连接请求应答的重发次数；洪泛时取小可更快释放队列。",
  }),
  sysctl("net.ipv4.tcp_retries2", ip(679), {
    type: "integer", default: "15", range: between(0, 255),
    description: "Resends before an established connection is given up, 15 to 30 minutes at 15; clusters that must fail over lower it.",
    descriptionZh: "放弃已建立连接前的重传次数，15 次约 15 至 30 分钟；需要快速切换的集群会调低。",
  }),
  sysctl("net.ipv4.tcp_orphan_retries", ip(614), {
    type: "integer", range: between(0),
    description: "Resends on a connection that its program has closed.",
    descriptionZh: "程序已关闭的连接的重传次数。",
  }),
  sysctl("net.ipv4.tcp_max_orphans", ip(518), {
    type: "integer", range: between(0),
    description: "Connections without a program that are kept; more are reset. Each may hold 64 KiB.",
    descriptionZh: "保留的无主连接数，超过则重置。每个最多占 64 KiB。",
  }),
  sysctl("net.ipv4.tcp_abort_on_overflow", ip(312), {
    type: "boolean", default: "0",
    description: "Resets a connection when the accept queue is full instead of letting the client retry.",
    descriptionZh: "全连接队列满时直接重置连接，而不是让客户端重试。",
    trap: { en: "It turns a short burst into visible errors; raise the queue first.", zh: "会把短暂突发变成可见错误；应先加大队列。" },
  }),
  sysctl("net.ipv4.tcp_ecn", ip(405), {
    type: "enum", default: "2", range: oneOf("0", "1", "2"),
    description: "Congestion marks instead of drops: 0 off, 1 asks for it and accepts it, 2 only accepts it.",
    descriptionZh: "以拥塞标记代替丢包：0 关闭，1 主动请求并接受，2 仅接受。",
  }),
  sysctl("net.ipv4.tcp_autocorking", ip(344), {
    type: "boolean", default: "1",
    description: "Joins small writes while earlier packets wait in a queue; fewer packets for a little delay.",
    descriptionZh: "前面的报文仍在排队时合并小写入；以少许时延换取更少的包。",
  }),
  sysctl("net.ipv4.tcp_low_latency", ip(515), {
    type: "boolean",
    description: "A leftover that does nothing since Linux 4.14.",
    descriptionZh: "历史遗留选项，自 Linux 4.14 起不起作用。",
  }),
  sysctl("net.ipv4.tcp_comp_sack_delay_ns", ip(723), {
    type: "integer", default: "1000000", range: between(0), unit: "ns",
    description: "How long selective acknowledgements may be gathered; 0 sends each.",
    descriptionZh: "选择性确认可被合并的时间；0 逐个发送。",
  }),
  sysctl("net.ipv4.tcp_min_tso_segs", ip(895), {
    type: "integer", default: "2", range: between(1),
    description: "Least segments that are given to the card at once for pacing.",
    descriptionZh: "为 pacing 一次交给网卡的最少分段数。",
  }),
];
