import type { SourceUpdate } from "../../../../language-server/engine/tuning/store/types";
import type { ParameterKind, ParameterRecord } from "../../../../language-server/engine/tuning/types";

/** A record as importers make them; written by us. */
export function parameter(name: string, description: string, kind: ParameterKind = "sysctl", more: Partial<ParameterRecord> = {}): ParameterRecord {
  return { name, component: "kernel", kind, description, confidence: 0.9, source: { title: "Test", file: "a.rst", line: 3 }, ...more };
}

export function update(file: string, hash: string, parameters: readonly ParameterRecord[]): SourceUpdate {
  return { file, hash, parameters, prose: [], unread: 0 };
}

/** A few parameters of the kernel, described in our own words. */
export const sample: readonly ParameterRecord[] = [
  parameter("net.ipv4.tcp_rmem", "Three sizes of the buffer into which a TCP socket receives: smallest, initial and largest."),
  parameter("net.ipv4.tcp_wmem", "Three sizes of the buffer from which a TCP socket sends."),
  parameter("net.core.somaxconn", "Upper bound of the queue of connections that a listening socket has not accepted yet."),
  parameter("vm.swappiness", "How eagerly anonymous memory is moved to swap."),
  parameter("vm.dirty_ratio", "Percentage of memory that may hold unwritten data before a writer has to write back itself."),
  parameter("vm.dirty_background_ratio", "Percentage of memory that may hold unwritten data before the kernel starts to write back in the background."),
  parameter("vm.nr_hugepages", "Size of the persistent huge page pool."),
  parameter("fs.file-max", "Upper bound of open file handles of the whole system."),
  parameter("kernel.numa_balancing", "Moves tasks and pages so that memory is near the task that uses it."),
  parameter("CONFIG_NUMA_BALANCING", "Automatic NUMA balancing: moves memory near the task that uses it.", "kconfig"),
  parameter("transparent_hugepage", "Whether huge pages are used without asking.", "kernel-parameter"),
  parameter("maxclients", "Most clients that may be connected at the same time.", "setting", { component: "redis" }),
  parameter("io_timeout", "等待磁盘完成读写请求的毫秒数。", "sysfs"),
];
