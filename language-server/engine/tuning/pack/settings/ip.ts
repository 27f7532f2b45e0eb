import { between, oneOf, sysctl } from "../build";
import { kernelDocs } from "../cite";
import type { PackSetting } from "../types";

const { ip, conntrack } = kernelDocs;

/** Ports, neighbours, routing, UDP and connection tracking. */
export const ipSettings: readonly PackSetting[] = [
  sysctl("net.ipv4.ip_local_port_range", ip(1177), {
    type: "list",
    description: "First and last port for outgoing connections: a client or proxy to one address can have no more connections than there are ports.",
    descriptionZh: "外连连接使用的起止端口：到同一地址的连接数不会超过端口数。",
    trap: { en: "A range that reaches down to 1024 takes ports of services that start later; keep those in net.ipv4.ip_local_reserved_ports.", zh: "下限取到 1024 会占用稍后启动的服务端口；应把它们列入 net.ipv4.ip_local_reserved_ports。" },
  }),
  sysctl("net.ipv4.ip_local_reserved_ports", ip(1186), {
    type: "list",
    description: "Ports that are not given to outgoing connections, such as NodePorts and database ports.",
    descriptionZh: "不分配给外连连接的端口，例如 NodePort 与数据库端口。",
  }),
  sysctl("net.ipv4.ip_forward", ip(10), {
    type: "boolean", default: "0",
    description: "Forwards packets between interfaces; containers, virtual machines and routers need it.",
    descriptionZh: "在接口之间转发报文；容器、虚拟机与路由器需要。",
    trap: { en: "Writing it resets other settings of the interfaces to those of a host or a router; container networks own it.", zh: "写入它会把接口的其他设置重置为主机或路由器默认值；容器网络拥有该项。" },
  }),
  sysctl("net.ipv4.neigh.default.gc_thresh1", ip(159), {
    type: "integer", default: "128", range: between(0), unit: "entries",
    description: "Neighbours below which none is collected.",
    descriptionZh: "邻居表项少于该值时不做回收。",
    conflicts: [{ other: "net.ipv4.neigh.default.gc_thresh2", rule: "at-most", why: "The three thresholds rise.", whyZh: "三个阈值应递增。" }],
  }),
  sysctl("net.ipv4.neigh.default.gc_thresh2", ip(165), {
    type: "integer", default: "512", range: between(0), unit: "entries",
    description: "Neighbours above which old ones are collected after five seconds.",
    descriptionZh: "邻居表项超过该值时，5 秒后回收旧表项。",
    conflicts: [{ other: "net.ipv4.neigh.default.gc_thresh3", rule: "at-most", why: "The three thresholds rise.", whyZh: "三个阈值应递增。" }],
  }),
  sysctl("net.ipv4.neigh.default.gc_thresh3", ip(172), {
    type: "integer", default: "1024", range: between(0), unit: "entries",
    description: "Most neighbours that are kept; a cluster with more pods or hosts on one link than this logs a table overflow and drops packets.",
    descriptionZh: "邻居表项的硬上限；同一链路上的主机或 Pod 超过它会报表溢出并丢包。",
  }),
  sysctl("net.ipv6.neigh.default.gc_thresh1", ip(159), {
    type: "integer", default: "128", range: between(0), unit: "entries",
    description: "IPv6 neighbours below which none is collected.",
    descriptionZh: "IPv6 邻居表项少于该值时不做回收。",
  }),
  sysctl("net.ipv6.neigh.default.gc_thresh2", ip(165), {
    type: "integer", default: "512", range: between(0), unit: "entries",
    description: "IPv6 neighbours above which old ones are collected after five seconds.",
    descriptionZh: "IPv6 邻居表项超过该值时，5 秒后回收旧表项。",
  }),
  sysctl("net.ipv6.neigh.default.gc_thresh3", ip(172), {
    type: "integer", default: "1024", range: between(0), unit: "entries",
    description: "Most IPv6 neighbours that are kept.",
    descriptionZh: "IPv6 邻居表项的硬上限。",
  }),
  sysctl("net.ipv4.udp_mem", ip(1101), {
    type: "list", unit: "pages",
    description: "Memory of all UDP sockets: no pressure below, pressure above, and the limit. Computed from memory at boot.",
    descriptionZh: "全部 UDP 套接字的内存：无压力、有压力与上限三个阈值。启动时按内存计算。",
    trap: { en: "It is in pages, not bytes.", zh: "单位是页而不是字节。" },
  }),
  sysctl("net.ipv4.udp_rmem_min", ip(1112), {
    type: "integer", range: between(1), unit: "bytes",
    description: "Receive buffer that a UDP socket keeps even under memory pressure.",
    descriptionZh: "内存紧张时 UDP 套接字仍可保有的接收缓冲区。",
  }),
  sysctl("net.ipv4.udp_wmem_min", ip(1119), {
    type: "integer", range: between(1), unit: "bytes",
    description: "Meant as the send buffer that a UDP socket keeps under pressure; the kernel does not use it any more.",
    descriptionZh: "原意为内存紧张时 UDP 的最小发送缓冲区；内核已不再使用。",
  }),
  sysctl("net.ipv4.conf.all.rp_filter", ip(1572), {
    type: "enum", default: "0", range: oneOf("0", "1", "2"),
    description: "Drops packets whose answer would leave another way: 1 strictly, 2 when no way at all leads back. Hosts with several paths need 2 or 0.",
    descriptionZh: "丢弃应答会走其他接口的报文：1 严格，2 仅当完全无回程路由。多路径主机需要 2 或 0。",
    trap: { en: "The larger of the value for all and that of the interface counts.", zh: "取 all 与接口两者中较大的值。" },
  }),
  sysctl("net.ipv4.conf.all.arp_announce", ip(1631), {
    type: "enum", default: "0", range: oneOf("0", "1", "2"),
    description: "Which own address an ARP request names; 2 picks the best for the target, needed behind load balancers with shared addresses.",
    descriptionZh: "ARP 请求中使用哪个本机地址；2 选择最合适的，共享 VIP 的负载均衡后端需要。",
  }),
  sysctl("net.ipv4.conf.all.arp_ignore", ip(1663), {
    type: "integer", default: "0", range: between(0, 8),
    description: "Which ARP requests are answered; 1 only for addresses of the interface that was asked.",
    descriptionZh: "应答哪些 ARP 请求；1 仅应答目标为该接口地址的请求。",
  }),
  sysctl("net.ipv4.ipfrag_high_thresh", ip(241), {
    type: "integer", range: between(0), unit: "bytes",
    description: "Memory for fragments that wait for the rest; more are dropped beyond it.",
    descriptionZh: "等待重组的分片可占用的内存，超过则丢弃。",
  }),
  sysctl("net.ipv4.ip_early_demux", ip(1251), {
    type: "boolean", default: "1",
    description: "Finds the socket before the route; off is faster on pure routers.",
    descriptionZh: "先查套接字再查路由；纯路由器关闭更快。",
  }),
  sysctl("net.netfilter.nf_conntrack_max", conntrack(95), {
    type: "integer", range: between(0), unit: "entries",
    description: "Connections that are tracked; when full, new ones are dropped with a table-full message.",
    descriptionZh: "可跟踪的连接数；满时丢弃新连接并报 table full。",
    trap: { en: "The hash table should grow with it, about one bucket for an entry or two; kube-proxy sets both on Kubernetes nodes.", zh: "散列表应同步增大，大约每一两个表项一个桶；Kubernetes 节点上由 kube-proxy 设置。" },
  }),
  sysctl("net.nf_conntrack_max", conntrack(95), {
    type: "integer", range: between(0), unit: "entries",
    description: "The older name of net.netfilter.nf_conntrack_max; both are the same value.",
    descriptionZh: "net.netfilter.nf_conntrack_max 的旧名；两者是同一个值。",
  }),
  sysctl("net.netfilter.nf_conntrack_buckets", conntrack(17), {
    type: "integer", range: between(1),
    description: "Buckets of the table of tracked connections.",
    descriptionZh: "连接跟踪散列表的桶数。",
  }),
  sysctl("net.netfilter.nf_conntrack_tcp_timeout_established", conntrack(136), {
    type: "integer", default: "432000", range: between(1), unit: "s",
    description: "How long an idle established connection stays tracked, five days unless set.",
    descriptionZh: "空闲的已建立连接保持跟踪的时间，默认五天。",
  }),
  sysctl("net.netfilter.nf_conntrack_tcp_timeout_time_wait", conntrack(154), {
    type: "integer", default: "120", range: between(1), unit: "s",
    description: "How long a closed connection stays tracked; shorter saves entries on gateways with many short connections.",
    descriptionZh: "已关闭连接保持跟踪的时间；短连接多的网关缩短它可节省表项。",
  }),
  sysctl("net.bridge.bridge-nf-call-iptables", ip(2655), {
    type: "boolean", default: "1",
    description: "Passes bridged packets through iptables; Kubernetes networks need it, plain bridges are faster without.",
    descriptionZh: "让网桥报文经过 iptables；Kubernetes 网络需要，普通网桥关闭更快。",
    trap: { en: "It exists only while the module br_netfilter is loaded.", zh: "仅在加载 br_netfilter 模块后存在。" },
  }),
];
