import { foldName } from "../../store/terms";
import type { Setting } from "../types";
import type { NameList } from "./known";
import type { WholeNames } from "./types";

/** Something that was imported whole: a kernel tree, a running system, a program's source. */
export interface NameOrigin {
  /** The name of the folder or system, for a sentence. */
  readonly name: string;
  /** Absolute path; undefined for what is no folder. */
  readonly root: string | undefined;
  /** Of the component, where the origin tells. */
  readonly version: string | undefined;
  readonly component: string;
}

interface Whole {
  readonly component: string;
  readonly kind: Setting["kind"];
  /** Fewer names than this can't be all. */
  readonly atLeast: number;
  /** Without each of these the list is no whole one. */
  readonly sentinels: readonly string[];
  /** Directories whose entries are all found; names elsewhere are made at run time. Undefined for all. */
  readonly directories?: readonly string[];
  /** Folded names of which some are in files that no importer reads. */
  readonly beside?: RegExp;
}

/** When a store's names of a component count as whole. Command line parameters, nginx directives and MySQL options never do: others add to them. */
const wholes: readonly Whole[] = [
  {
    component: "kernel",
    kind: "sysctl",
    atLeast: 500,
    sentinels: ["vm.swappiness", "kernel.panic", "net.core.somaxconn", "net.ipv4.tcp_rmem", "fs.file-max"],
    // The tables of keys, neighbours, routes and modules have names that a tree does not show; in these all do.
    directories: ["vm", "kernel", "fs", "net", "net.core", "net.ipv4"],
  },
  { component: "kernel", kind: "kconfig", atLeast: 5000, sentinels: ["CONFIG_SMP", "CONFIG_NET", "CONFIG_MODULES"], beside: /^config_gcc_plugin/u },
  { component: "postgresql", kind: "setting", atLeast: 250, sentinels: ["shared_buffers", "work_mem", "max_connections", "wal_level"] },
  { component: "redis", kind: "setting", atLeast: 120, sentinels: ["maxmemory", "appendonly", "tcp-backlog", "save"] },
  { component: "vllm", kind: "engine-argument", atLeast: 80, sentinels: ["max-num-seqs", "gpu-memory-utilization", "tensor-parallel-size", "host", "served-model-name"] },
  { component: "sglang", kind: "engine-argument", atLeast: 100, sentinels: ["mem-fraction-static", "tp-size", "model-path", "host"] },
  { component: "fio", kind: "setting", atLeast: 150, sentinels: ["iodepth", "ioengine", "bs", "runtime"] },
];

export function wholeNames(setting: Pick<Setting, "name" | "component" | "kind">, list: NameList | undefined, origins: readonly NameOrigin[]): WholeNames | undefined {
  const rule = wholes.find(({ component, kind }) => component === setting.component && kind === setting.kind);
  const group = list?.byComponent.get(setting.component);
  if (rule === undefined || group === undefined || group.folded.length < rule.atLeast) return undefined;
  if (!rule.sentinels.every((name) => group.written.has(foldName(name)))) return undefined;
  const folded = foldName(setting.name);
  if (rule.beside?.test(folded) === true) return undefined;
  const directory = folded.slice(0, Math.max(0, folded.lastIndexOf(".")));
  if (rule.directories?.includes(directory) === false) return undefined;
  const own = origins.filter(({ component }) => component === setting.component);
  return { versions: [...new Set(own.flatMap(({ version }) => (version === undefined ? [] : [version])))], origin: own.map(({ name }) => name).join(", ") };
}
