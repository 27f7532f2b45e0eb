import { between, nginxSetting, oneOf } from "../build";
import { applicationDocs } from "../cite-applications";
import type { PackSetting } from "../types";

const { nginxCore, nginxHttp, nginxGzip, nginxSsl, nginxLog, nginxProxy, nginxUpstream } = applicationDocs;
const onOff = oneOf("on", "off");

/** A reload of nginx takes all of these in without dropping a connection. */
export const nginxSettings: readonly PackSetting[] = [
  nginxSetting("worker_processes", nginxCore(759), {
    type: "string", default: "1",
    description: "Worker processes; auto takes one for each CPU.",
    descriptionZh: "工作进程数；auto 为每个 CPU 一个。",
    trap: { en: "In a container auto counts the host's CPUs, not the container's quota.", zh: "容器中 auto 按宿主机 CPU 计数，而不是容器配额。" },
  }),
  nginxSetting("worker_connections", nginxCore(661), {
    type: "integer", default: "512", range: between(1),
    description: "Connections of one worker, those to upstreams counted too.",
    descriptionZh: "单个工作进程的连接数，包括到上游的连接。",
    conflicts: [{ other: "worker_rlimit_nofile", rule: "at-most", why: "Each connection needs a descriptor, a proxied one two.", whyZh: "每个连接需要一个描述符，代理连接需要两个。" }],
  }),
  nginxSetting("worker_rlimit_nofile", nginxCore(798), {
    type: "integer", range: between(1),
    description: "Open files of a worker; twice worker_connections for a proxy.",
    descriptionZh: "工作进程可打开的文件数；做代理时取 worker_connections 的两倍。",
  }),
  nginxSetting("worker_cpu_affinity", nginxCore(684), {
    type: "string",
    description: "Binds workers to CPUs; auto spreads them.",
    descriptionZh: "把工作进程绑定到 CPU；auto 自动分布。",
  }),
  nginxSetting("multi_accept", nginxCore(390), {
    type: "boolean", default: "off", range: onOff,
    description: "Takes all waiting connections at once; evens out less between workers.",
    descriptionZh: "一次接受所有等待的连接；工作进程间负载可能不均。",
  }),
  nginxSetting("accept_mutex", nginxCore(38), {
    type: "boolean", default: "off", range: onOff,
    description: "Workers take turns in accepting. With listen … reuseport each has a queue of its own instead.",
    descriptionZh: "工作进程轮流接受连接。使用 listen … reuseport 时各有独立队列，无需此项。",
  }),
  nginxSetting("worker_aio_requests", nginxCore(643), {
    type: "integer", default: "32", range: between(1),
    description: "Asynchronous reads under way in one worker.",
    descriptionZh: "单个工作进程同时进行的异步读。",
  }),
  nginxSetting("sendfile", nginxHttp(2513), {
    type: "boolean", default: "off", range: onOff,
    description: "Lets the kernel copy files to sockets.",
    descriptionZh: "由内核把文件直接送到套接字。",
  }),
  nginxSetting("tcp_nopush", nginxHttp(2875), {
    type: "boolean", default: "off", range: onOff,
    description: "Sends headers and the start of a file in one packet.",
    descriptionZh: "把响应头与文件开头合在一个包中发送。",
    conflicts: [{ other: "sendfile", rule: "needs", why: "It works only with sendfile on.", whyZh: "仅在 sendfile 开启时有效。" }],
  }),
  nginxSetting("tcp_nodelay", nginxHttp(2856), {
    type: "boolean", default: "on", range: onOff,
    description: "Sends small pieces at once on connections that are kept alive.",
    descriptionZh: "在保持的连接上立即发送小数据。",
  }),
  nginxSetting("sendfile_max_chunk", nginxHttp(2555), {
    type: "bytes", default: "2m",
    description: "Most that one call sends, so that a fast client cannot occupy a worker.",
    descriptionZh: "单次调用最多发送的数据，避免快速客户端独占工作进程。",
  }),
  nginxSetting("keepalive_timeout", nginxHttp(1079), {
    type: "duration", default: "75s",
    description: "How long an idle client connection stays open; 0 closes at once.",
    descriptionZh: "客户端空闲连接保持的时间；0 立即关闭。",
  }),
  nginxSetting("keepalive_requests", nginxHttp(1031), {
    type: "integer", default: "1000", range: between(1),
    description: "Requests on one connection before it is closed; raise it for benchmarks and gateways.",
    descriptionZh: "单个连接可处理的请求数；压测与网关可调大。",
  }),
  nginxSetting("aio", nginxHttp(37), {
    type: "string", default: "off",
    description: "Reads files without blocking the worker; threads suits large files on slow disks.",
    descriptionZh: "异步读文件而不阻塞工作进程；threads 适合慢盘上的大文件。",
  }),
  nginxSetting("directio", nginxHttp(511), {
    type: "string", default: "off",
    description: "Files of this size and above bypass the page cache.",
    descriptionZh: "不小于该值的文件绕过页缓存读取。",
  }),
  nginxSetting("output_buffers", nginxHttp(2167), {
    type: "string", default: "2 32k",
    description: "Number and size of the buffers for reading a file.",
    descriptionZh: "读文件时缓冲区的个数与大小。",
  }),
  nginxSetting("open_file_cache", nginxHttp(2005), {
    type: "string", default: "off",
    description: "Keeps descriptors and sizes of files in use, for static sites with many files.",
    descriptionZh: "缓存常用文件的描述符与大小，适合文件众多的静态站点。",
  }),
  nginxSetting("client_body_buffer_size", nginxHttp(287), {
    type: "bytes", default: "8k|16k",
    description: "A request body up to this stays in memory; larger goes to a file.",
    descriptionZh: "请求体不超过该值时留在内存，否则写入文件。",
  }),
  nginxSetting("client_max_body_size", nginxHttp(453), {
    type: "bytes", default: "1m",
    description: "Larger request bodies are refused with 413; 0 takes the limit away.",
    descriptionZh: "更大的请求体会被以 413 拒绝；0 不限制。",
  }),
  nginxSetting("reset_timedout_connection", nginxHttp(2282), {
    type: "boolean", default: "off", range: onOff,
    description: "Resets connections that timed out, which frees their memory at once.",
    descriptionZh: "重置超时的连接，立即释放其内存。",
  }),
  nginxSetting("send_timeout", nginxHttp(2495), {
    type: "duration", default: "60s",
    description: "Longest pause of a client between two reads.",
    descriptionZh: "客户端两次读取之间的最长间隔。",
  }),
  nginxSetting("gzip", nginxGzip(51), {
    type: "boolean", default: "off", range: onOff,
    description: "Compresses answers.",
    descriptionZh: "压缩响应内容。",
  }),
  nginxSetting("gzip_comp_level", nginxGzip(86), {
    type: "integer", default: "1", range: between(1, 9),
    description: "Effort of compression; above 5 costs much CPU for little.",
    descriptionZh: "压缩级别；大于 5 耗 CPU 多而收益小。",
  }),
  nginxSetting("gzip_min_length", nginxGzip(140), {
    type: "integer", default: "20", range: between(0), unit: "bytes",
    description: "Shorter answers are not compressed; about 1000 is sensible.",
    descriptionZh: "更短的响应不压缩；取 1000 左右较合理。",
  }),
  nginxSetting("ssl_session_cache", nginxSsl(842), {
    type: "string", default: "none",
    description: "Keeps TLS sessions for quick reconnects; shared over workers, about 4000 sessions in 1 MB.",
    descriptionZh: "缓存 TLS 会话以快速重连；shared 在工作进程间共享，1 MB 约 4000 个会话。",
  }),
  nginxSetting("ssl_session_timeout", nginxSsl(960), {
    type: "duration", default: "5m",
    description: "How long a TLS session may be taken up again.",
    descriptionZh: "TLS 会话可被恢复的时间。",
  }),
  nginxSetting("ssl_buffer_size", nginxSsl(113), {
    type: "bytes", default: "16k",
    description: "Size of TLS records; 4k brings the first byte sooner, 16k suits large answers.",
    descriptionZh: "TLS 记录的大小；4k 首字节更快，16k 适合大响应。",
  }),
  nginxSetting("access_log", nginxLog(49), {
    type: "string",
    description: "Where requests are logged; buffer= and flush= spare a write for each request, off spares all.",
    descriptionZh: "请求日志的位置；buffer= 与 flush= 可避免每请求一次写入，off 则不写。",
  }),
  nginxSetting("proxy_buffering", nginxProxy(172), {
    type: "boolean", default: "on", range: onOff,
    description: "Takes an upstream's answer in at its speed; off for streams such as tokens of a language model.",
    descriptionZh: "以上游的速度接收响应；流式输出（如大模型的逐 token 输出）应关闭。",
  }),
  nginxSetting("proxy_buffers", nginxProxy(213), {
    type: "string", default: "8 4k|8k",
    description: "Number and size of buffers for one answer of an upstream; what does not fit goes to a file.",
    descriptionZh: "单个上游响应的缓冲个数与大小；放不下则写入文件。",
  }),
  nginxSetting("proxy_read_timeout", nginxProxy(1749), {
    type: "duration", default: "60s",
    description: "Longest silence of an upstream; a language model may think longer before its first token.",
    descriptionZh: "上游最长静默时间；大模型首 token 可能更久。",
  }),
  nginxSetting("proxy_http_version", nginxProxy(1153), {
    type: "enum", default: "1.1", range: oneOf("1.0", "1.1", "2"),
    description: "Version towards the upstream; 1.1 is needed to keep connections. It was 1.0 before nginx 1.29.7.",
    descriptionZh: "到上游的协议版本；保持连接需要 1.1。nginx 1.29.7 之前默认为 1.0。",
  }),
  nginxSetting("keepalive", nginxUpstream(549), {
    type: "string", default: "32 local",
    description: "Idle connections to an upstream that each worker keeps; no limit on all connections. Off before nginx 1.29.7.",
    descriptionZh: "每个工作进程保留的上游空闲连接数，并非连接总数限制。nginx 1.29.7 之前默认不保留。",
  }),
];
