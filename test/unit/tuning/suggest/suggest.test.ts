import assert from "node:assert/strict";
import fc from "fast-check";
import type { MachineFacts } from "../../../../language-server/engine/tuning/facts/types";
import { loadCases, loadPack } from "../../../../language-server/engine/tuning/pack/load";
import { suggestTuning, type SuggestSources } from "../../../../language-server/engine/tuning/suggest/suggest";
import { absoluteValue, checkValue, sameValue } from "../../../../language-server/engine/tuning/suggest/value";
import { readWorkload } from "../../../../language-server/engine/tuning/suggest/workload";

const gib = 1024 ** 3;
const machine: MachineFacts = {
  format: 1, host: "db1", kernel: "6.6.0-28.oe2403.aarch64", architecture: "aarch64", cpus: 128, numaNodes: 4, memory: 512 * gib, swap: 4 * gib,
  hugePages: { size: 2 << 20, total: 0, free: 0 }, disks: [{ name: "nvme0n1", rotational: false, scheduler: "none", queue: {} }], nics: [], accelerators: [], sysctls: {},
};

describe("suggestions for a workload", () => {
  let sources: SuggestSources;
  before(async () => {
    sources = { pack: await loadPack(), cases: await loadCases() };
  });
  const ask = (workload: string, facts?: MachineFacts) => suggestTuning({ workload, facts }, sources, undefined);
  const names = async (workload: string, facts?: MachineFacts) => (await ask(workload, facts)).suggestions.map(({ name }) => name);

  it("finds what a web server with short connections wants, in English and in Chinese", async () => {
    for (const words of ["nginx with very many short http connections", "nginx 大量短连接 网站服务器"]) {
      const found = await names(words);
      for (const name of ["net.core.somaxconn", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_tw_reuse"]) assert.ok(found.includes(name), `${words}: ${name} of ${found.join(" ")}`);
    }
  });

  it("finds the arguments of a model server", async () => {
    const found = await names("大模型推理服务 vLLM 高并发");
    assert.ok(found.includes("--max-num-batched-tokens") && found.includes("--max-num-seqs"), found.join(" "));
  });

  it("gives each suggestion a value of its type and range, evidence with a source, a risk and a restart need", async () => {
    for (const words of ["redis", "postgresql oltp", "kafka", "kubernetes node", "hpc mpi", "LLM inference vllm", "JuiceFS training data loading"]) {
      for (const { name, component, value, evidence, risk, restart } of (await ask(words, machine)).suggestions) {
        const setting = sources.pack.get(name.replace(/^\/sys\/block\/[^/]+/u, "/sys/block/<disk>")).find((found) => found.component === component);
        assert.ok(setting, name);
        assert.deepEqual(checkValue(setting, value), { value }, name);
        assert.ok(evidence.length > 0 && evidence.every(({ source }) => source.title !== "" && source.line > 0), name);
        assert.ok(risk.says.en !== "" && ["none", "service", "reboot"].includes(restart), name);
      }
    }
  });

  it("says nothing of a workload that is like no other, and says what is missing", async () => {
    for (const words of ["", "a poem about spring", "xyzzy", "你好"]) {
      const { suggestions, missing } = await ask(words);
      assert.deepEqual(suggestions, [], words);
      assert.match(missing[0]?.en ?? "", /say what runs/u);
      assert.match(missing[0]?.zh ?? "", /请说明/u);
    }
  });

  it("says that nobody looked at the machine", async () => {
    assert.match((await ask("redis")).missing.map(({ en }) => en).join(), /facts of the machine/u);
    assert.doesNotMatch((await ask("redis", machine)).missing.map(({ en }) => en).join(), /facts of the machine/u);
  });

  it("shows the current value, and leaves out what is set already or high enough", async () => {
    const { suggestions, already, leftOut } = await ask("redis", { ...machine, sysctls: { "vm.overcommit_memory": "1", "net.core.somaxconn": "65535", "net.ipv4.tcp_max_syn_backlog": "1024" } });
    assert.ok(already.includes("vm.overcommit_memory"));
    assert.match(leftOut.find(({ name }) => name === "net.core.somaxconn")?.why.en ?? "", /65535 is high enough/u);
    assert.equal(suggestions.find(({ name }) => name === "net.ipv4.tcp_max_syn_backlog")?.current, "1024");
  });

  it("leaves out names that this kernel no longer has, with where they went", async () => {
    const { leftOut, suggestions } = await ask("compute intensive programs", machine);
    assert.match(leftOut.find(({ name }) => name === "kernel.sched_min_granularity_ns")?.why.en ?? "", /moved in Linux 5\.13, \/sys\/kernel\/debug\/sched\/min_granularity_ns/u);
    assert.ok(!suggestions.some(({ name }) => name.includes("granularity")));
  });

  it("leaves out what needs several NUMA nodes on a machine with one", async () => {
    const { leftOut } = await ask("hpc mpi scientific", { ...machine, numaNodes: 1 });
    assert.match(leftOut.find(({ name }) => name === "kernel.numa_balancing")?.why.en ?? "one NUMA node", /one NUMA node/u);
    assert.ok(!(await names("hpc mpi scientific", { ...machine, numaNodes: 1 })).includes("kernel.numa_balancing"));
  });

  it("never suggests what weakens the machine's defences, though benchmarks set it", async () => {
    for (const words of ["SPEC CPU benchmark", "memory intensive programs"]) {
      const { suggestions, leftOut } = await ask(words, { ...machine, sysctls: { "kernel.randomize_va_space": "2", "vm.swappiness": "60" } });
      assert.ok(!suggestions.some(({ name }) => name === "kernel.randomize_va_space"), words);
      assert.match(leftOut.find(({ name }) => name === "kernel.randomize_va_space")?.why.en ?? "", /weakens/u);
    }
  });

  it("keeps values in step with each other and with what is set", async () => {
    for (const words of ["AES encryption", "kernel build", "Spark", "virtual machine", "storage"]) {
      const { suggestions } = await ask(words, { ...machine, sysctls: { "vm.dirty_ratio": "20", "vm.dirty_background_ratio": "10" } });
      const value = (name: string, otherwise: number): number => Number(suggestions.find((suggestion) => suggestion.name === name)?.value ?? otherwise);
      assert.ok(value("vm.dirty_background_ratio", 10) <= value("vm.dirty_ratio", 20), words);
    }
  });

  it("suggests settings of the program that is named, not of its rivals", async () => {
    const components = async (words: string): Promise<readonly string[]> => [...new Set((await ask(words, { ...machine, accelerators: [{ vendor: "Huawei", address: "0000:01:00.0" }] })).suggestions.map(({ component }) => component))].filter((component) => component !== "kernel");
    assert.deepEqual(await components("vLLM 推理服务 高并发"), ["vllm"]);
    assert.deepEqual(await components("MySQL oltp"), ["mariadb"]);
    assert.deepEqual(await components("PostgreSQL oltp on nvme"), ["postgresql"]);
  });

  it("does not shrink buffers that are large enough", async () => {
    const { leftOut } = await ask("redis", { ...machine, sysctls: { "net.ipv4.tcp_rmem": "4096 131072 33554432", "net.core.rmem_default": "212992" } });
    assert.match(leftOut.find(({ name }) => name === "net.ipv4.tcp_rmem")?.why.en ?? "", /33554432 is high enough/u);
  });

  it("never suggests both of an exclusive pair", async () => {
    for (const words of ["PostgreSQL on nvme", "storage with slow disks and write bursts", "postgresql database"]) {
      const found = await names(words, machine);
      assert.ok(!(found.includes("vm.dirty_ratio") && found.includes("vm.dirty_bytes")), words);
      assert.ok(!(found.includes("vm.dirty_background_ratio") && found.includes("vm.dirty_background_bytes")), words);
    }
  });

  it("turns a share of memory into an amount of this machine", async () => {
    const { suggestions } = await ask("MySQL InnoDB dedicated server", machine);
    assert.equal(suggestions.find(({ name }) => name === "innodb_buffer_pool_size")?.value, String(Math.floor(512 * 0.7 * 1024) * 1024 ** 2));
    const [pages] = sources.pack.get("vm.nr_hugepages");
    if (pages !== undefined) assert.equal(absoluteValue(pages, "50%", machine), String((256 * gib) / (2 << 20)));
  });

  it("leaves what container networks own to them", async () => {
    const { suggestions, leftOut } = await ask("kubernetes node containers", machine);
    assert.ok(!suggestions.some(({ name }) => name === "net.ipv4.ip_forward"));
    assert.ok(leftOut.some(({ name, why }) => name === "net.ipv4.ip_forward" && why.zh.includes("容器网络")));
  });

  it("tells what the machine itself shows: schedulers, reading ahead, huge pages for all", async () => {
    const disks = [
      { name: "nvme0n1", rotational: false, scheduler: "bfq", queue: { read_ahead_kb: "128" } },
      { name: "sda", rotational: true, scheduler: "none", queue: { read_ahead_kb: "128" } },
      { name: "vda", rotational: true, scheduler: "none", queue: { read_ahead_kb: "8192" } },
    ];
    const told = async (words: string): Promise<readonly string[]> => (await ask(words, { ...machine, disks, transparentHugePages: "always" })).suggestions.filter(({ kind }) => kind === "sysfs").map(({ name, current, value }) => `${name} ${current ?? ""} ${value}`);
    assert.deepEqual(await told("redis"), ["/sys/kernel/mm/transparent_hugepage/enabled always madvise"]);
    assert.deepEqual(await told("Ceph storage"), ["/sys/block/nvme0n1/queue/scheduler bfq none", "/sys/block/sda/queue/scheduler none mq-deadline"]);
    assert.ok((await told("Spark big data")).includes("/sys/block/sda/queue/read_ahead_kb 128 4096"));
    assert.deepEqual(await told("a poem"), []);
  });

  it("stops when it is cancelled", async () => {
    const cancel = { cancelled: true, onCancel: () => ({ dispose: () => undefined }) };
    await assert.rejects(suggestTuning({ workload: "redis", facts: undefined }, sources, cancel), /cancelled/u);
  });

  it("takes any text", async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: "binary", maxLength: 300 }), async (text) => { await ask(text); }), { numRuns: 40 });
    await ask("数据库 ".repeat(100_000));
  });
});

describe("a workload in words", () => {
  it("understands kinds of work and the broader ones", () => {
    assert.deepEqual(readWorkload("联机交易 MySQL 数据库").named, ["database", "oltp", "mysql"]);
    assert.ok((readWorkload("mariadb").features.get("#database") ?? 0) > 0);
    assert.deepEqual(readWorkload("").named, []);
  });
});

describe("values", () => {
  it("are checked by type and range", async () => {
    const pack = await loadPack();
    const check = (name: string, value: string): string => {
      const [setting] = pack.get(name);
      assert.ok(setting, name);
      const checked = checkValue(setting, value);
      return "wrong" in checked ? checked.wrong.en : "right";
    };
    assert.equal(check("vm.swappiness", "10"), "right");
    assert.equal(check("vm.swappiness", "201"), "outside 0..200");
    assert.equal(check("vm.swappiness", "ten"), "no number");
    assert.equal(check("vm.swappiness", "10\n; rm -rf /"), "no value of one line");
    assert.equal(check("--gpu-memory-utilization", "92"), "outside 0..1");
    assert.equal(check("innodb_buffer_pool_size", "64G"), "right");
    assert.equal(check("maxmemory-policy", "lru"), "not one of noeviction, allkeys-lru, allkeys-lfu, allkeys-random, volatile-lru, volatile-lfu, volatile-random, volatile-ttl");
  });

  it("are the same in other blanks and other words for yes and no", () => {
    assert.ok(sameValue("4096\t87380 6291456", "4096 87380   6291456"));
    assert.ok(sameValue("on", "1"));
    assert.ok(!sameValue("10", "100"));
  });
});
