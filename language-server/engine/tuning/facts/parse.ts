import type { AcceleratorFacts, DiskFacts, FactProblem, MachineFacts, NicFacts } from "./types";

/** A machine has fewer lines to tell; a hostile one must not fill the memory. */
const mostText = 4_000_000;

type Sections = ReadonlyMap<string, string>;

/** Reads what {@link factScript} printed. The text is the machine's: nothing in it is more than a value. */
export function parseFacts(text: string): { readonly value: MachineFacts | undefined; readonly problems: readonly FactProblem[] } {
  const sections = split(text.slice(0, mostText));
  const kernel = line(sections, "kernel");
  if (kernel === undefined) return { value: undefined, problems: [{ what: "no facts in what the machine said" }] };
  const problems = sections.has("end") ? [] : [{ what: "the answer ends early" }];
  const memory = meminfo(sections.get("/proc/meminfo") ?? "");
  const model = /^(?:model name|Model)\s*:\s*(.+)$/mu.exec(sections.get("cpuinfo") ?? "")?.[1];
  const product = line(sections, "/sys/class/dmi/id/product_name");
  const guest = /\bhypervisor\b/u.test(sections.get("cpuinfo") ?? "") ? (product ?? "guest") : undefined;
  const thp = /\[([a-z]+)\]/u.exec(sections.get("/sys/kernel/mm/transparent_hugepage/enabled") ?? "")?.[1];
  const commandLine = tuningWords(line(sections, "/proc/cmdline") ?? "");
  const value: MachineFacts = {
    format: 1,
    host: line(sections, "host") ?? "",
    kernel,
    architecture: line(sections, "architecture") ?? "",
    cpus: number(line(sections, "cpus")) ?? 0,
    ...(model === undefined ? {} : { cpuModel: model.trim() }),
    numaNodes: Math.max(1, [...sections.keys()].filter((key) => /^\/sys\/devices\/system\/node\/node\d+$/u.test(key)).length),
    memory: memory("MemTotal"),
    swap: memory("SwapTotal"),
    hugePages: { size: memory("Hugepagesize"), total: memory("HugePages_Total"), free: memory("HugePages_Free") },
    ...(thp === undefined ? {} : { transparentHugePages: thp }),
    disks: disks(sections),
    nics: nics(sections),
    accelerators: accelerators(sections),
    sysctls: sysctls(sections.get("sysctls") ?? ""),
    ...(commandLine === undefined ? {} : { commandLine }),
    ...(guest === undefined ? {} : { virtualization: guest }),
  };
  return { value, problems };
}

function split(text: string): Sections {
  const found = new Map<string, string>();
  for (const part of text.replace(/\r\n/gu, "\n").split(/^@@ /mu).slice(1)) {
    const end = part.indexOf("\n");
    const name = (end < 0 ? part : part.slice(0, end)).trim();
    const body = end < 0 ? "" : part.slice(end + 1);
    // Each disk comes as a part of its own.
    if (name === "block") found.set(name, `${found.get(name) ?? ""}${body}`);
    else if (!found.has(name)) found.set(name, body);
  }
  return found;
}

function line(sections: Sections, name: string): string | undefined {
  const text = plain(sections.get(name)?.split("\n")[0] ?? "");
  return text === "" ? undefined : text.slice(0, 4096);
}

/** One line without control characters, whatever the machine says. */
function plain(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/gu, " ").trim();
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/u.test(text.trim()) ? Number(text) : undefined;
}

function meminfo(text: string): (key: string) => number {
  const values = new Map([...text.matchAll(/^([A-Za-z_()]+):\s+(\d{1,15})( kB)?$/gmu)].map(([, key = "", value = "0", kib]) => [key, Number(value) * (kib === undefined ? 1 : 1024)]));
  return (key) => values.get(key) ?? 0;
}

function disks(sections: Sections): readonly DiskFacts[] {
  const found = new Map<string, Record<string, string>>();
  for (const [, name = "", what = "", value = ""] of (sections.get("block") ?? "").matchAll(/^([\w.!-]{1,64})\/(?:queue\/)?([a-z_]+):(.*)$/gmu)) {
    const queue = found.get(name) ?? {};
    queue[what] = plain(value).slice(0, 200);
    found.set(name, queue);
  }
  return [...found].map(([name, { size, rotational, scheduler, ...queue }]) => {
    const sectors = number(size);
    const active = scheduler === undefined ? undefined : (/\[([\w-]+)\]/u.exec(scheduler)?.[1] ?? scheduler);
    return { name, rotational: rotational === "1", ...(active === undefined ? {} : { scheduler: active }), queue, ...(sectors === undefined ? {} : { size: sectors * 512 }) };
  });
}

function nics(sections: Sections): readonly NicFacts[] {
  const names = new Set([...sections.keys()].flatMap((key) => /^\/sys\/class\/net\/([\w.:@-]{1,64})\//u.exec(key)?.[1] ?? []));
  return [...names].map((name) => {
    const of = (what: string): string | undefined => line(sections, `/sys/class/net/${name}/${what}`);
    const speed = number(of("speed"));
    const mtu = number(of("mtu"));
    const driver = of("driver")?.split("/").at(-1);
    return { name, receiveQueues: number(of("queues")) ?? 0, ...(speed === undefined || speed <= 0 ? {} : { speed }), ...(mtu === undefined ? {} : { mtu }), ...(driver === undefined ? {} : { driver }) };
  });
}

const vendors: Readonly<Partial<Record<string, string>>> = { "0x10de": "NVIDIA", "0x1002": "AMD", "0x19e5": "Huawei", "0x8086": "Intel", "0x1d94": "Hygon", "0x9999": "MetaX", "0x1e3e": "Iluvatar", "0xcabc": "Cambricon" };

function accelerators(sections: Sections): readonly AcceleratorFacts[] {
  return [...sections].flatMap(([key, text]) => {
    const address = /^pci \/sys\/bus\/pci\/devices\/([\da-f:.]+)$/u.exec(key)?.[1];
    if (address === undefined) return [];
    const [vendor = "", node] = text.split("\n");
    const numaNode = number(node);
    return [{ vendor: vendors[vendor.trim()] ?? vendor.trim(), address, ...(numaNode === undefined || numaNode < 0 ? {} : { numaNode }) }];
  });
}

function sysctls(text: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const row of text.split("\n")) {
    const [, path, value] = /^\/proc\/sys\/([\w./-]+):(.*)$/u.exec(row) ?? [];
    if (path === undefined || value === undefined) continue;
    const name = path.replaceAll("/", ".");
    // What has several lines is a report, not a setting.
    if (found.has(name)) found.set(name, "");
    else found.set(name, plain(value));
  }
  return Object.fromEntries([...found].filter(([, value]) => value !== ""));
}

const tuningParameters = /^(?:hugepages|hugepagesz|default_hugepagesz|transparent_hugepage|isolcpus|nohz_full|rcu_nocbs|irqaffinity|mitigations|intel_idle\.max_cstate|processor\.max_cstate|idle|iommu|iommu\.passthrough|iommu\.strict|intel_iommu|amd_iommu|numa_balancing|skew_tick|tsc|audit|selinux|psi|preempt|nosmt|intel_pstate|amd_pstate|cpufreq\.default_governor|clocksource|nmi_watchdog|cgroup_disable)(?:=|$)/u;

/** A command line may hold what is nobody's business: only what tuning looks at is kept. */
function tuningWords(commandLine: string): string | undefined {
  const words = commandLine.split(/\s+/u).filter((word) => tuningParameters.test(word));
  return words.length === 0 ? undefined : words.join(" ");
}
