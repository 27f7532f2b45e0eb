import assert from "node:assert/strict";
import { never } from "../../../../language-server/adapters/cancel";
import type { KnowledgeStore, StoreChanges } from "../../../../language-server/engine/tuning/store/types";
import { parameter, sample, update } from "./records";

export const changes = (updates: StoreChanges["updates"], gone: readonly string[] = []): StoreChanges => ({ origin: "/tree", updates, gone, at: 1000 });
export const many = (count: number, word: string, file = "many.rst"): StoreChanges["updates"][number] => update(file, "h", Array.from({ length: count }, (_, i) => parameter(`x.${word}_${i}`, `${word} number ${i}`)));

export async function names(store: KnowledgeStore, text: string, more: { readonly kinds?: readonly ["kconfig"]; readonly components?: readonly string[] } = {}): Promise<readonly string[]> {
  return (await store.search({ text, limit: 5, ...more }, never)).map(({ name }) => name);
}

/** A place that is empty at first and gone after the test; `open` opens a store in it, as another process would. */
export type WithPlace = (work: (open: () => KnowledgeStore, fill: readonly StoreChanges["updates"][number][]) => Promise<void>) => Promise<void>;

export async function using(store: KnowledgeStore, work: (store: KnowledgeStore) => Promise<void>): Promise<void> {
  try {
    await work(store);
  } finally {
    await store.dispose();
  }
}

/** What every engine does; `fill` of a place is put beside the sample. */
export function describeStore(title: string, withPlace: WithPlace): void {
  describe(title, () => {
    const filled = (work: (store: KnowledgeStore, open: () => KnowledgeStore, filler: number) => Promise<void>): Promise<void> =>
      withPlace((open, fill) =>
        using(open(), async (store) => {
          await store.put(changes([update("a.rst", "1", sample), ...fill]), never);
          await work(store, open, fill.reduce((sum, { parameters }) => sum + parameters.length, 0));
        }),
      );

    it("finds a parameter by what it does", () =>
      filled(async (store) => {
        assert.equal((await names(store, "how much memory may be dirty before background writeback starts"))[0], "vm.dirty_background_ratio");
        assert.equal((await names(store, "length of the accept queue"))[0], "net.core.somaxconn");
        assert.equal((await names(store, "size of the socket receive buffer"))[0], "net.ipv4.tcp_rmem");
      }));

    it("finds a parameter by its name in any spelling, and by a part of it", () =>
      filled(async (store) => {
        for (const text of ["net.ipv4.tcp_rmem", "/proc/sys/net/ipv4/tcp_rmem", "NET.IPV4.TCP-RMEM", "tcp_rmem", "rmem"]) assert.equal((await names(store, text))[0], "net.ipv4.tcp_rmem", text);
        assert.deepEqual((await store.get("net/ipv4/tcp_rmem")).map(({ name }) => name), ["net.ipv4.tcp_rmem"]);
      }));

    it("forgives misspelt names and words", () =>
      filled(async (store) => {
        for (const [text, name] of [["vm.swapiness", "vm.swappiness"], ["net.core.somaxcon", "net.core.somaxconn"], ["tcp_remm", "net.ipv4.tcp_rmem"], ["vm.nr_hugepagse", "vm.nr_hugepages"], ["swapines", "vm.swappiness"]] as const) {
          assert.equal((await names(store, text))[0], name, text);
        }
      }));

    it("understands Chinese questions about English records, and Chinese records", () =>
      filled(async (store) => {
        for (const [text, name] of [["接收缓冲区大小", "net.ipv4.tcp_rmem"], ["大页数量", "vm.nr_hugepages"], ["全连接队列长度", "net.core.somaxconn"], ["后台脏页回写比例", "vm.dirty_background_ratio"], ["交换分区使用倾向", "vm.swappiness"], ["等待磁盘完成", "io_timeout"]] as const) {
          assert.equal((await names(store, text))[0], name, text);
        }
      }));

    it("shows the source that says most of a name", () =>
      filled(async (store) => {
        await store.put(changes([update("table.c", "1", [parameter("vm.swappiness", "vm_table", "sysctl", { source: { title: "vm_table", file: "table.c", line: 9 } })])]), never);
        assert.deepEqual((await store.search({ text: "vm.swappiness", limit: 1 }, never)).map(({ source }) => source.file), ["a.rst"]);
      }));

    it("prefers what can be set at run time", () =>
      filled(async (store) => {
        assert.deepEqual((await names(store, "NUMA balancing")).slice(0, 2), ["kernel.numa_balancing", "CONFIG_NUMA_BALANCING"]);
      }));

    it("keeps to the asked kind and component", () =>
      filled(async (store) => {
        assert.deepEqual(await names(store, "numa balancing", { kinds: ["kconfig"] }), ["CONFIG_NUMA_BALANCING"]);
        assert.deepEqual(await names(store, "clients", { components: ["Redis"] }), ["maxclients"]);
        assert.deepEqual(await names(store, "clients", { components: ['x" OR kernel'] }), []);
      }));

    it("leaves out what came after the asked version or went before it", () =>
      filled(async (store) => {
        await store.put(changes([update("v.rst", "1", [parameter("k.old_knob", "Turns a quoll.", "sysctl", { until: "5.12" }), parameter("k.new_knob", "Turns a quoll.", "sysctl", { since: "6.6" }), parameter("k.knob", "Turns a quoll.")])]), never);
        const at = async (version: string, component = "kernel"): Promise<readonly string[]> => (await store.search({ text: "quoll", version: { component, version } }, never)).map(({ name }) => name).sort();
        assert.deepEqual([await at("5.10"), await at("6.1"), await at("6.6.3"), await at("7", "redis")], [["k.knob", "k.old_knob"], ["k.knob"], ["k.knob", "k.new_knob"], ["k.knob", "k.new_knob", "k.old_knob"]]);
      }));

    it("gives many names at once, and all names of a kind", () =>
      filled(async (store) => {
        const many = await store.getMany?.(["vm/swappiness", "no.such", "net.core.somaxconn"]);
        assert.deepEqual([...(many ?? [])].map(([asked, records]) => [asked, records.map(({ name }) => name)]), [["vm/swappiness", ["vm.swappiness"]], ["no.such", []], ["net.core.somaxconn", ["net.core.somaxconn"]]]);
        assert.deepEqual(await store.names?.("setting"), [{ name: "maxclients", component: "redis", kind: "setting" }]);
      }));

    it("takes any text for a query", () =>
      filled(async (store) => {
        for (const text of ["", " ", '"', "AND OR NOT NEAR(", "name:* ^ + - {a b}: x", "a\0b\0", "'; DROP TABLE document; --", "\ud800 \udfff", "\u202e大", "%_%", "x".repeat(200_000), "大".repeat(200_000), "a.b_".repeat(50_000)]) {
          assert.ok(Array.isArray(await store.search({ text }, never)), text.slice(0, 20));
        }
      }));

    it("replaces what a file said, and forgets files that are gone", () =>
      filled(async (store) => {
        await store.put(changes([update("a.rst", "2", [parameter("vm.swappiness", "Now a zebra.")])]), never);
        assert.deepEqual(await names(store, "zebra"), ["vm.swappiness"]);
        assert.deepEqual(await store.get("net.core.somaxconn"), []);
        assert.deepEqual([(await store.get("vm.swappiness")).map(({ description }) => description), (await store.hashes("/tree")).get("a.rst")], [["Now a zebra."], "2"]);
        await store.put(changes([], ["a.rst"]), never);
        assert.deepEqual([await names(store, "zebra"), (await store.hashes("/tree")).get("a.rst")], [[], undefined]);
      }));

    it("counts by kind and component, and says how fresh it is", () =>
      filled(async (store, _open, filler) => {
        const { records, kinds, components, origins, damaged } = await store.stats();
        assert.deepEqual([records, kinds, components, damaged], [13 + filler, { sysctl: 9 + filler, kconfig: 1, "kernel-parameter": 1, setting: 1, sysfs: 1 }, { kernel: 12 + filler, redis: 1 }, 0]);
        assert.deepEqual(origins, [{ origin: "/tree", files: filler > 0 ? 2 : 1, records: 13 + filler, unread: 0, at: 1000 }]);
      }));

    it("stores hostile records as they are", () =>
      filled(async (store) => {
        const hostile = [parameter("a\0b", "nul\0nul"), parameter('x"; DROP TABLE record; --', "\ud800 lone"), parameter("n".repeat(5000), "d ".repeat(500_000)), parameter("", ""), parameter("中".repeat(3000), "字".repeat(130_000)), parameter("__proto__", "constructor toString")];
        await store.put(changes([update("hostile.rst", "1", hostile)]), never);
        assert.deepEqual((await store.get("__proto__")).map(({ description }) => description), ["constructor toString"]);
        assert.deepEqual((await store.get("a\0b")).map(({ description }) => description), ["nul\0nul"]);
        assert.equal((await names(store, "tcp_rmem"))[0], "net.ipv4.tcp_rmem");
      }));

    it("answers alike after it was opened anew", () =>
      filled(async (store, open) => {
        const before = await store.search({ text: "memory" }, never);
        await using(open(), async (other) => {
          assert.deepEqual(await other.search({ text: "memory" }, never), before);
        });
      }));
  });
}
