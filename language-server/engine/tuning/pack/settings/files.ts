import { between, oneOf, sysctl } from "../build";
import { kernelDocs, kernelSources } from "../cite";
import type { PackSetting } from "../types";

const { fs } = kernelDocs;
const { inotify, pipe } = kernelSources;

/** Open files, watches, asynchronous I/O. */
export const fileSettings: readonly PackSetting[] = [
  sysctl("fs.aio-max-nr", fs(29), {
    type: "integer", default: "65536", range: between(0),
    description: "Asynchronous I/O requests that all programs may have set up; Oracle, MariaDB and Ceph reserve many.",
    descriptionZh: "全系统可预留的异步 I/O 请求数；Oracle、MariaDB 与 Ceph 会大量预留。",
    more: [kernelSources.aio(224)],
  }),
  sysctl("fs.file-max", fs(108), {
    type: "integer", range: between(0),
    description: "Open files of the whole system. systemd already sets the largest value there is.",
    descriptionZh: "全系统可打开文件总数。systemd 已设为最大值。",
    trap: { en: "It is not the limit of one process: that is RLIMIT_NOFILE, bounded by fs.nr_open.", zh: "它不是单进程限制：单进程由 RLIMIT_NOFILE 决定，其上限为 fs.nr_open。" },
  }),
  sysctl("fs.nr_open", fs(130), {
    type: "integer", default: "1048576", range: between(0),
    description: "Highest limit of open files that a process may be given.",
    descriptionZh: "单个进程文件描述符限制可设的最大值。",
    more: [kernelSources.file(28)],
  }),
  sysctl("fs.inotify.max_user_watches", inotify(72), {
    type: "integer", range: between(0),
    description: "Files that one user may watch; editors, containers and log shippers need more. Each takes about 1 KiB of kernel memory.",
    descriptionZh: "单个用户可监视的文件数；编辑器、容器与日志采集需要更多。每个约占 1 KiB 内核内存。",
  }),
  sysctl("fs.inotify.max_user_instances", inotify(63), {
    type: "integer", default: "128", range: between(0),
    description: "inotify instances of one user; each container runtime and log tailer takes some.",
    descriptionZh: "单个用户的 inotify 实例数；容器运行时与日志工具都会占用。",
    more: [inotify(870)],
  }),
  sysctl("fs.inotify.max_queued_events", inotify(81), {
    type: "integer", default: "16384", range: between(0),
    description: "Events that wait for a slow reader before the queue overflows.",
    descriptionZh: "读取者较慢时可排队的事件数，超过即溢出。",
    more: [inotify(869)],
  }),
  sysctl("fs.pipe-max-size", pipe(1474), {
    type: "bytes", default: "1048576", range: between(4096), unit: "bytes",
    description: "Largest pipe that an unprivileged program may ask for.",
    descriptionZh: "非特权程序可申请的最大管道容量。",
    more: [pipe(54)],
  }),
  sysctl("fs.pipe-user-pages-soft", fs(189), {
    type: "integer", range: between(0), unit: "pages",
    description: "Pipe memory of one unprivileged user beyond which new pipes are small; 0 takes the limit away.",
    descriptionZh: "单个非特权用户的管道内存超过该值后，新管道会变小；0 不限制。",
  }),
  sysctl("fs.mount-max", fs(322), {
    type: "integer", default: "100000", range: between(1), since: "4.9",
    description: "Mounts of one mount namespace; hosts with very many containers and volumes reach it.",
    descriptionZh: "单个挂载命名空间的挂载数；容器与卷极多的主机会触及。",
    more: [kernelSources.namespace(40)],
  }),
  sysctl("fs.epoll.max_user_watches", fs(374), {
    type: "integer", range: between(0),
    description: "Descriptors that one user may have in all epoll sets; computed from memory.",
    descriptionZh: "单个用户在所有 epoll 集合中的描述符数；按内存计算。",
  }),
  sysctl("fs.suid_dumpable", fs(275), {
    type: "enum", default: "0", range: oneOf("0", "1", "2"),
    description: "Whether programs that changed privileges dump core: 0 no, 1 as any, 2 only readable by root.",
    descriptionZh: "改变过权限的程序是否生成核心转储：0 不生成，1 与普通程序相同，2 仅 root 可读。",
    trap: { en: "1 lets users read secrets of privileged programs; it is for debugging only.", zh: "取 1 时用户可读到特权程序的机密；仅供调试。" },
  }),
];
