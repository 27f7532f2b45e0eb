import assert from "node:assert/strict";
import { formatNamed } from "../../../../language-server/engine/tuning/files/formats";
import { createView, nameList } from "../../../../language-server/engine/tuning/files/rules/known";
import { inUnits } from "../../../../language-server/engine/tuning/files/rules/values";
import { judgeFile, tuningRuleMessages } from "../../../../language-server/engine/tuning/files/rules/registry";
import type { NamedFile, SettingFinding, Target } from "../../../../language-server/engine/tuning/files/rules/types";
import { compareVersions } from "../../../../language-server/engine/tuning/files/rules/versions";
import { loadOrder, sysctlRoot } from "../../../../language-server/engine/tuning/files/sysctl/order";
import type { FileKind } from "../../../../language-server/engine/tuning/files/types";
import type { PackSetting } from "../../../../language-server/engine/tuning/pack/types";
import { foldName } from "../../../../language-server/engine/tuning/store/terms";
import type { ParameterRecord } from "../../../../language-server/engine/tuning/types";
import { render } from "../../../../language-server/engine/text/message";

const source = { title: "T", file: "a.rst", line: 7 };
const pack = (name: string, more: Partial<PackSetting> = {}): PackSetting => ({ name, component: "kernel", kind: "sysctl", description: name, descriptionZh: name, sources: [source], ...more });
const record = (name: string, more: Partial<ParameterRecord> = {}): ParameterRecord => ({ name, component: "kernel", kind: "sysctl", description: name, source, confidence: 0.9, ...more });

const packed: readonly PackSetting[] = [
  pack("vm.dirty_ratio", { type: "integer", range: { min: "0", max: "100" }, conflicts: [{ other: "vm.dirty_bytes", rule: "exclusive", why: "W.", whyZh: "文。" }] }),
  pack("vm.dirty_bytes", { type: "bytes", unit: "bytes", conflicts: [{ other: "vm.dirty_ratio", rule: "exclusive", why: "W.", whyZh: "文。" }] }),
  pack("net.core.rmem_default", { type: "bytes", conflicts: [{ other: "net.core.rmem_max", rule: "at-most", why: "W.", whyZh: "文。" }] }),
  pack("net.core.rmem_max", { type: "bytes" }),
  pack("kernel.sched_latency_ns", { type: "integer", moves: [{ version: "5.13", what: "moved", to: "/sys/kernel/debug/sched/latency_ns", source }] }),
  pack("kernel.old_name", { moves: [{ version: "6.2", what: "renamed", to: "kernel.new_name", source }] }),
  pack("net.ipv4.young", { moves: [{ version: "6.5", what: "added", source }] }),
  pack("vm.min_free_kbytes", { type: "integer", unit: "kB", sane: { min: "8192" }, trap: { en: "It is in kB.", zh: "单位为 kB。" } }),
  pack("vm.compact_unevictable_allowed", { type: "boolean" }),
  pack("work_mem", { component: "postgresql", kind: "setting", type: "integer", unit: "kB", range: { min: "64", max: "2147483647" } }),
  pack("wal_level", { component: "postgresql", kind: "setting", type: "enum", range: { values: ["minimal", "replica", "logical"] } }),
  pack("shared_buffers", { component: "postgresql", kind: "setting", type: "bytes", unit: "8kB", range: { min: "128kB" } }),
  pack("wal_buffers", { component: "postgresql", kind: "setting", type: "bytes", range: { min: "32kB" } }),
  pack("worker_connections", { component: "nginx", kind: "setting", type: "integer", conflicts: [{ other: "worker_rlimit_nofile", rule: "at-most", why: "W.", whyZh: "文。" }] }),
  pack("worker_rlimit_nofile", { component: "nginx", kind: "setting", type: "integer" }),
  pack("tcp_nopush", { component: "nginx", kind: "setting", type: "boolean", default: "off", conflicts: [{ other: "sendfile", rule: "needs", why: "W.", whyZh: "文。" }] }),
  pack("fsync", { component: "postgresql", kind: "setting", type: "boolean" }),
  pack("max-num-batched-tokens", { component: "vllm", kind: "engine-argument", type: "integer", conflicts: [{ other: "max-num-seqs", rule: "at-least", why: "W.", whyZh: "文。" }] }),
  pack("max-num-seqs", { component: "vllm", kind: "engine-argument", type: "integer" }),
];
const stored: readonly ParameterRecord[] = ["vm.swappiness", "kernel.panic", "net.core.somaxconn", "net.ipv4.tcp_rmem", "fs.file-max", "net.ipv4.tcp_keepalive_time", "net.core.netdev_max_backlog", "net.ipv4.conf.*.rp_filter", ...Array.from({ length: 600 }, (_, i) => `kernel.filler_${"abcdefghij".charAt(i % 10).repeat(9)}${i}`)].map((name) => record(name, name === "vm.swappiness" ? { type: "integer", range: { min: "0", max: "200" } } : name === "kernel.panic" ? { type: "integer", confidence: 0.5 } : {}));

interface Asked {
  readonly kind?: FileKind;
  readonly target?: Target;
  readonly after?: readonly NamedFile[];
  readonly known?: readonly ParameterRecord[];
}

function told(text: string, { kind = "sysctl", target = new Map([["kernel", "6.1"]]), after = [], known = stored }: Asked = {}): readonly string[] {
  const file = formatNamed(kind)!.parse(text, "");
  const view = createView({
    pack: (name) => packed.filter((entry) => foldName(entry.name) === foldName(name)),
    records: (name) => known.filter((entry) => foldName(entry.name) === foldName(name)),
    names: [nameList("sysctl", known.map(({ name, component, kind: own }) => ({ name, component, kind: own })))],
    origins: [{ name: "linux", root: "/linux", version: "6.1", component: "kernel" }],
  });
  return judgeFile({ path: "/etc/sysctl.d/50-a.conf", kind, file, before: [], after, knowledge: view, target }).map(({ at, severity, message }) => `${at.line}:${at.start} ${severity} ${render(message, tuningRuleMessages, "en").trim()}`);
}

function judged(text: string, kind: FileKind): readonly SettingFinding[] {
  const view = createView({ pack: (name) => packed.filter((entry) => foldName(entry.name) === foldName(name)), records: () => [], names: [], origins: [] });
  return judgeFile({ path: "/etc/a", kind, file: formatNamed(kind)!.parse(text, ""), before: [], after: [], knowledge: view, target: new Map() });
}

describe("what is said of settings", () => {
  it("names that the target lacks, with the nearest, only where its names are known whole", () => {
    assert.deepEqual(told("net.ipv4.tcp_keepalive = 60\nnet.core_netdev_max_backlog = 1\nvm.swapiness = 1\nkernel.nothing_like_it = 1\n"), [
      "1:0 warning Linux 6.1 (linux) has no net.ipv4.tcp_keepalive. Did you mean net.ipv4.tcp_keepalive_time?",
      "2:0 warning Linux 6.1 (linux) has no net.core_netdev_max_backlog. Did you mean net.core.netdev_max_backlog?",
      "3:0 warning Linux 6.1 (linux) has no vm.swapiness. Did you mean vm.swappiness?",
      "4:0 information Linux 6.1 (linux) has no kernel.nothing_like_it, and nothing of a like name.",
    ]);
    assert.deepEqual(told("vm.swapiness = 1\n", { known: stored.slice(0, 40) }), [], "few names are not all");
    assert.deepEqual(told("vm.swapiness = 1\n", { target: new Map([["kernel", "6.6"]]) }), [], "another version may have it");
    assert.deepEqual(told("-vm.swapiness = 1\nnet.ipv4.conf.eth0.rp_filter = 1\nnet.ipv4.conf.*.rp_filter = 1\nnet.netfilter.anything = 1\nvm.{{ x }} = 1\n"), [], "ignored, per device, patterns, modules, templates");
  });

  it("names that moved, were renamed or are not there yet", () => {
    assert.deepEqual(told("kernel.sched_latency_ns = 24000000\n"), ["1:0 warning kernel.sched_latency_ns is no longer set here: since Linux 5.13 it is /sys/kernel/debug/sched/latency_ns."]);
    assert.deepEqual(told("kernel.sched_latency_ns = 24000000\n", { target: new Map([["kernel", "4.19"]]) }), []);
    assert.deepEqual(told("kernel.sched_latency_ns = 1\n", { target: new Map() }), ["1:0 information kernel.sched_latency_ns is no longer set here: since Linux 5.13 it is /sys/kernel/debug/sched/latency_ns."]);
    assert.deepEqual(told("kernel.old_name = 1\n"), []);
    assert.deepEqual(told("kernel.old_name = 1\n", { target: new Map([["kernel", "6.2"]]) }), ["1:0 warning kernel.old_name is called kernel.new_name since Linux 6.2."]);
    assert.deepEqual(told("net.ipv4.young = 1\n"), ["1:0 warning net.ipv4.young came with Linux 6.5; Linux 6.1 does not have it yet."]);
  });

  it("names that came or went between compared versions, and nothing of what lies between", () => {
    const known = [
      record("vm.oars", { until: "6.1", absent: { after: "6.12" } }),
      record("vm.sails", { until: "6.1", absent: { after: "6.12" }, renamedTo: "vm.wings" }),
      record("vm.radar", { since: "6.12", absent: { before: "6.1" } }),
      record("vm.sonar", { since: "6.12", absent: { before: "6.1" }, confidence: 0.95 }),
      record("vm.sonar", { since: "6.4" }),
    ];
    const of = (target: string | undefined): readonly string[] => told("vm.oars = 1\nvm.sails = 1\nvm.radar = 1\nvm.sonar = 1\n", { known, target: target === undefined ? new Map() : new Map([["kernel", target]]) });
    assert.deepEqual(of("6.12"), [
      "1:0 warning Linux 6.12 does not have vm.oars: of the versions compared, Linux 6.1 is the last that has it.",
      "2:0 warning vm.sails is called vm.wings in Linux 6.12.",
    ]);
    assert.deepEqual(of("6.6"), []);
    assert.deepEqual(of("6.1"), [
      "3:0 warning Linux 6.1 does not have vm.radar yet: of the versions compared, Linux 6.12 is the first that has it.",
      "4:0 warning vm.sonar came with Linux 6.4; Linux 6.1 does not have it yet.",
    ]);
    assert.deepEqual(of("6.18").length, 2);
    assert.deepEqual(of(undefined), ["1:0 information Of the Linux versions compared, 6.1 is the last that has vm.oars.", "2:0 information vm.sails is called vm.wings in Linux 6.12."]);
  });

  it("no name near to a misspelt one that the target lacks as well", () => {
    const known = [...stored, record("vm.sailors", { until: "5.10", absent: { after: "6.1" } })];
    assert.deepEqual(told("vm.sailorz = 1\n", { known }), ["1:0 information Linux 6.1 (linux) has no vm.sailorz, and nothing of a like name."]);
    assert.deepEqual(told("vm.sailorz = 1\n", { known: [...stored, record("vm.sailors")] }), ["1:0 warning Linux 6.1 (linux) has no vm.sailorz. Did you mean vm.sailors?"]);
  });

  it("nothing by a field that the sources of a name dispute", () => {
    const known = [record("vm.swappiness", { type: "integer", range: { min: "0", max: "200" } }), record("vm.swappiness", { type: "integer", range: { min: "0", max: "100" }, source: { ...source, line: 9 } })];
    assert.deepEqual(told("vm.swappiness = 300\n", { known }), []);
  });

  it("values of a wrong type, unit or size, by sure fields only", () => {
    assert.deepEqual(told("vm.swappiness = 300\nvm.swappiness = often\nkernel.panic = often\nvm.dirty_bytes = 4G\nvm.compact_unevictable_allowed = yes\nvm.dirty_ratio = $X\n").filter((line) => !line.includes("set again")), [
      "1:16 warning vm.swappiness is at most 200; 300 is refused.",
      "2:16 warning vm.swappiness takes a number, not “often”.",
      "4:17 warning “G” is no unit that vm.dirty_bytes takes.",
      "5:33 warning vm.compact_unevictable_allowed is a switch: 0, 1, not “yes”.",
    ]);
    assert.deepEqual(told("work_mem = 4MB\nwork_mem = 32kB\nfsync = maybe\nfsync = of\nwal_level = Replica\nwal_level = hot_standby\nwork_mem = 4MiB\n", { kind: "postgresql" }).filter((line) => !line.includes("set again")), [
      "2:11 warning work_mem is at least 64kB; 32kB is refused.",
      "3:8 warning fsync is a switch: on, off, not “maybe”.",
      "6:12 warning wal_level takes minimal, replica, logical, not “hot_standby”.",
      "7:11 warning “MiB” is no unit that work_mem takes.",
    ]);
    assert.deepEqual(told("vm.min_free_kbytes = 64\nvm.min_free_kbytes=0"), ["1:0 information vm.min_free_kbytes is set again in line 2, to 0; this line does nothing.", "1:21 information 64 is unusually small for vm.min_free_kbytes (below 8192). It is in kB."]);
  });

  it("values of Kconfig symbols, which take no module where they are a switch", () => {
    const symbols = [record("CONFIG_KEEL", { kind: "kconfig", type: "boolean" }), record("CONFIG_SAIL", { kind: "kconfig", type: "enum", range: { values: ["y", "m", "n"] } }), record("CONFIG_MASTS", { kind: "kconfig", type: "integer", range: { min: "1", max: "8" } })];
    assert.deepEqual(told("CONFIG_KEEL=m\nCONFIG_SAIL=m\n# CONFIG_KEEL is not set\nCONFIG_MASTS=many\nCONFIG_SAIL=yes\nCONFIG_MASTS=9\n", { kind: "kconfig", known: symbols }).filter((line) => !line.includes("set again")), [
      "1:12 warning CONFIG_KEEL is a switch: y, n, not “m”.",
      "4:13 warning CONFIG_MASTS takes a number, not “many”.",
      "5:12 warning CONFIG_SAIL takes y, m, n, not “yes”.",
      "6:13 warning CONFIG_MASTS is at most 8; 9 is refused.",
    ]);
  });

  it("sizes of a mount that are no numbers", () => {
    const options = [record("--buffer-size", { component: "juicefs", kind: "mount-option", type: "bytes", unit: "MiB" })];
    assert.deepEqual(told("r://h /jfs juicefs buffer-size=many,writeback 0 0\nr://h /b juicefs buffer-size=1G 0 0\nr://h /c juicefs buffer-size=300 0 0\n", { kind: "fstab", known: options }), ["1:31 warning buffer-size takes a number, not “many”."]);
  });

  it("nothing of a bare number that is neither bytes nor of a known unit", () => {
    assert.deepEqual(told("shared_buffers = 1024\nwal_buffers = 4\nwal_buffers = 16kB\n", { kind: "postgresql" }).filter((line) => !line.includes("set again")), ["3:14 warning wal_buffers is at least 32kB; 16kB is refused."], "1024 pages are 8 MB");
    assert.deepEqual(told("shared_buffers = 8\n", { kind: "postgresql" }), ["1:17 warning shared_buffers is at least 128kB; 8 is refused."]);
  });

  it("no default that the sources of a setting dispute", () => {
    const disputed = ["100", "250"].map((value, i) => record("CONFIG_HZ", { kind: "kconfig", type: "integer", default: value, source: { ...source, line: i + 1 } }));
    const view = createView({ pack: () => [], records: () => disputed, names: [], origins: [] });
    const known = view.of({ name: "CONFIG_HZ", component: "kernel", kind: "kconfig" });
    assert.deepEqual([known?.default, known?.type?.value], [undefined, "integer"]);
  });

  it("what is set again later, in the file or in one that is read later", () => {
    const later: NamedFile = { path: "/etc/sysctl.d/99-z.conf", kind: "sysctl", file: formatNamed("sysctl")!.parse("vm/swappiness = 60\nvm.dirty_ratio=5\n", "") };
    assert.deepEqual(told("vm.swappiness = 10\nvm.swappiness = 20\nvm.dirty_ratio = 5\n", { after: [later] }), [
      "1:0 information vm.swappiness is set again in line 2, to 20; this line does nothing.",
      "2:0 information vm.swappiness is set again by /etc/sysctl.d/99-z.conf, which is read later, to 60; this line does nothing.",
    ]);
    assert.deepEqual(told("save 900 1\nsave 60 1\nmaxclients 1\nmaxclients 2\n", { kind: "redis" }), ["3:0 information maxclients is set again in line 4, to 2; this line does nothing."]);
  });

  it("two settings that do not go together", () => {
    assert.deepEqual(told("vm.dirty_ratio = 10\nvm.dirty_bytes = 1000000\n"), ["1:0 warning vm.dirty_ratio and vm.dirty_bytes exclude each other: vm.dirty_bytes, set last, makes the other 0. W."]);
    assert.deepEqual(told("vm.dirty_ratio = 10\nvm.dirty_bytes = 0\n"), []);
    assert.deepEqual(told("net.core.rmem_default = 4096\nnet.core.rmem_max = 2048\n"), ["1:0 warning net.core.rmem_default (4096) should be at most net.core.rmem_max (2048). W."]);
    assert.deepEqual(told("worker_rlimit_nofile 1024;\nevents {\n  worker_connections 65536;\n}\nhttp {\n  sendfile off;\n  server {\n    tcp_nopush on;\n  }\n}\n", { kind: "nginx" }), ["3:2 warning worker_connections (65536) should be at most worker_rlimit_nofile (1024). W.", "8:4 information tcp_nopush does nothing while sendfile is off. W."]);
    assert.deepEqual(told("http {\n  server {\n    sendfile off;\n  }\n  tcp_nopush on;\n}\n", { kind: "nginx" }), [], "what a block within sets does not come out");
    assert.deepEqual(told("vllm serve m --max-num-seqs 512 --max-num-batched-tokens 256\nvllm serve m --max-num-batched-tokens 99\n", { kind: "shell" }), ["1:32 warning --max-num-batched-tokens (256) should be at least --max-num-seqs (512). W."]);
  });

  it("values that pam_limits and systemd pass over", () => {
    assert.deepEqual(told("* soft memlock unlimted\nroot - nproc 4096\n@db hard nofile infinity\n* - nice -5\n* - maxlogins 4k\n", { kind: "limits" }), [
      "1:15 warning memlock takes a number, unlimited, infinity or -1, not “unlimted”: pam_limits passes over this line (limits.conf(5)).",
      "5:14 warning maxlogins takes a number, unlimited, infinity or -1, not “4k”: pam_limits passes over this line (limits.conf(5)).",
    ]);
    assert.deepEqual(told("[Service]\nLimitNOFILE=1024:524288\nLimitMEMLOCK=infinit\nLimitNOFILE=\nLimitCORE=8G:infinity\nLimitCPU=10min\nLimitNPROC=1:2:3\nMemoryMax=80%\nMemoryHigh=lots\nCPUQuota=200\nCPUQuota=150%\nTasksMax=infinity\n", { kind: "systemd" }).map((line) => `${line.split(" takes ")[0] ?? ""}${/“[^”]*”/u.exec(line)?.[0] ?? ""}`), [
      "3:13 warning LimitMEMLOCK“infinit”",
      "7:11 warning LimitNPROC“1:2:3”",
      "9:11 warning MemoryHigh“lots”",
      "10:9 warning CPUQuota“200”",
    ]);
  });

  it("with a fix: the value that was meant, the bound, or a comment where the line does nothing", () => {
    const fixes = (text: string, kind: FileKind): readonly string[] => judged(text, kind).flatMap((finding) => finding.fixes.map(({ title, edits, preferred }) => `${render(title, tuningRuleMessages, "en")} → ${JSON.stringify(edits[0]?.newText)} at ${edits[0]?.at.line}:${edits[0]?.at.start}${preferred ? ", preferred" : ""}`));
    assert.deepEqual(fixes("wal_level = 'repl'\nfsync = maybe\nwork_mem = 32kB\nwork_mem = 4MB\n", "postgresql"), [
      'Change to replica → "replica" at 1:13, preferred',
      'Change to on → "on" at 2:8',
      'Change to off → "off" at 2:8',
      'Comment this line out → "# " at 3:0',
      'Change to 64kB → "64kB" at 3:11',
    ]);
    assert.deepEqual(fixes("vm.dirty_ratio = 10\nvm.dirty_bytes = 1000000\n", "sysctl"), ['Comment this line out → "# " at 1:0']);
    assert.deepEqual(fixes("CONFIG_A=y\nCONFIG_A=n\n", "kconfig"), [], "a comment means something to Kconfig");
  });

  it("nothing of a template, whatever stands beside it", () => {
    assert.deepEqual(told("vm.dirty_ratio = {{ ratio }}\nvm.dirty_bytes = ${BYTES}\n"), []);
  });

  it("bare numbers in units that a person reads", () => {
    const hints = (text: string): readonly (string | undefined)[] => formatNamed("sysctl")!.parse(text, "").settings.map((setting) => inUnits(setting, undefined));
    assert.deepEqual(hints("vm.dirty_bytes = 16777216\nkernel.sched_latency_ns = 24000000\nvm.dirty_expire_centisecs=3000\nvm.swappiness=60\nvm.min_free_kbytes=65536\nvm.dirty_bytes=0\n"), ["16 MiB", "24 ms", "30 s", undefined, "64 MiB", undefined]);
    const view = createView({ pack: (name) => packed.filter((entry) => entry.name === name), records: () => [], names: [], origins: [] });
    const hint = (text: string): readonly (string | undefined)[] => formatNamed("postgresql")!.parse(text, "").settings.map((setting) => inUnits(setting, view.of(setting)));
    assert.deepEqual(hint("shared_buffers = 524288\nwork_mem = 4096\nwal_buffers = 2048\n"), ["4 GiB", "4 MiB", undefined], "pages, kB, and a unit that nobody tells");
  });

  it("versions are compared by their numbers, a short one stands for all of its line", () => {
    assert.deepEqual([compareVersions("5.4", "5.13"), compareVersions("6.1.0-18-amd64", "6.1"), compareVersions("v6.10-rc1", "6.9")].map(Math.sign), [-1, 0, 1]);
  });

  it("sysctl files in the order in which they are read, /etc/sysctl.conf last", () => {
    assert.deepEqual(loadOrder(["/etc/sysctl.d/99-a.conf", "/etc/sysctl.d/10-b.conf", "/usr/lib/sysctl.d/10-b.conf", "/usr/lib/sysctl.d/50-c.conf", "/etc/sysctl.conf"]), ["/etc/sysctl.d/10-b.conf", "/usr/lib/sysctl.d/50-c.conf", "/etc/sysctl.d/99-a.conf", "/etc/sysctl.conf"]);
    assert.deepEqual([sysctlRoot("/etc/sysctl.d/a.conf"), sysctlRoot("/srv/image/usr/lib/sysctl.d/a.conf"), sysctlRoot("/srv/sysctl.d/a.conf"), sysctlRoot("/etc/sysctl.conf")], ["", "/srv/image", undefined, ""]);
  });
});
