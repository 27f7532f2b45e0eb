import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cancelSource, never } from "../../../../language-server/adapters/cancel";
import { Cancelled } from "../../../../language-server/engine/ports";
import type { KnowledgeStore, SqlDriver, StoreChanges } from "../../../../language-server/engine/tuning/store/types";
import { openStore } from "../../../../language-server/knowledge/store";
import { drivers, withFolder } from "./places";
import { parameter, sample, update } from "./records";

const changes = (updates: StoreChanges["updates"], gone: readonly string[] = []): StoreChanges => ({ origin: "/tree", updates, gone, at: 1000 });
const many = (count: number, word: string, file = "many.rst"): StoreChanges["updates"][number] => update(file, "h", Array.from({ length: count }, (_, i) => parameter(`x.${word}_${i}`, `${word} number ${i}`)));

async function names(store: KnowledgeStore, text: string, more: { readonly kinds?: readonly ["kconfig"]; readonly components?: readonly string[] } = {}): Promise<readonly string[]> {
  return (await store.search({ text, limit: 5, ...more }, never)).map(({ name }) => name);
}

async function withStore(path: string, driver: SqlDriver, work: (store: KnowledgeStore) => Promise<void>): Promise<void> {
  const store = openStore(path, driver);
  try {
    await work(store);
  } finally {
    await store.dispose();
  }
}

function overlayOf(folder: string): string {
  const name = readdirSync(folder).find((entry) => entry.endsWith(".overlay"));
  assert.ok(name !== undefined);
  return join(folder, name);
}

for (const driver of drivers()) {
  /** The same behaviour whether the records lie in the base or in the overlay. */
  for (const place of ["base", "overlay"] as const) {
    describe(`the knowledge store on ${driver.name}, records in the ${place}`, () => {
      const filled = (work: (store: KnowledgeStore, path: string, folder: string) => Promise<void>): Promise<void> =>
        withFolder(async (path, folder) => {
          await withStore(path, driver, async (store) => {
            await store.put(changes([update("a.rst", "1", sample), ...(place === "base" ? [many(500, "filler")] : [])]), never);
            assert.equal(existsSync(path), place === "base");
            await work(store, path, folder);
          });
        });

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
        filled(async (store) => {
          const { records, kinds, components, origins, damaged } = await store.stats();
          const filler = place === "base" ? 500 : 0;
          assert.deepEqual([records, kinds, components, damaged], [13 + filler, { sysctl: 9 + filler, kconfig: 1, "kernel-parameter": 1, setting: 1, sysfs: 1 }, { kernel: 12 + filler, redis: 1 }, 0]);
          assert.deepEqual(origins, [{ origin: "/tree", files: place === "base" ? 2 : 1, records: 13 + filler, unread: 0, at: 1000 }]);
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
        filled(async (store, path) => {
          const before = await store.search({ text: "memory" }, never);
          await withStore(path, driver, async (other) => {
            assert.deepEqual(await other.search({ text: "memory" }, never), before);
          });
        }));
    });
  }

  describe(`the files of the knowledge store on ${driver.name}`, () => {
    it("lets two readers see what a writer puts, each answer whole", () =>
      withFolder(async (path) => {
        await withStore(path, driver, async (writer) => {
          await writer.put(changes([many(450, "first")]), never);
          await withStore(path, driver, (one) =>
            withStore(path, driver, async (two) => {
              const read = async (store: KnowledgeStore): Promise<void> => {
                for (let i = 0; i < 15; i++) {
                  const found = await store.search({ text: "number", limit: 600 }, never);
                  assert.ok(new Set(found.map(({ name }) => name.replace(/_\d+$/u, ""))).size === 1, "a mixture of two states");
                }
              };
              const write = async (): Promise<void> => {
                for (const word of ["second", "third", "fourth"]) await writer.put(changes([many(450, word)]), never);
              };
              await Promise.all([read(one), read(two), write()]);
              for (const store of [one, two]) assert.equal((await store.search({ text: "fourth number 7" }, never))[0]?.name, "x.fourth_7");
            }),
          );
        });
      }));

    it("leaves out damaged lines of the overlay, and says so", () =>
      withFolder(async (path, folder) => {
        await withStore(path, driver, async (store) => {
          await store.put(changes([update("a", "1", [parameter("a.one", "one")])]), never);
          await store.put(changes([update("b", "1", [parameter("b.two", "two")])]), never);
          const overlay = overlayOf(folder);
          writeFileSync(overlay, readFileSync(overlay, "utf8").replace("a.one", "a.oNe"));
          appendFileSync(overlay, 'half a line {"ori');
          await store.put(changes([update("c", "1", [parameter("c.three", "three")])]), never);
          assert.deepEqual([await store.get("a.one"), (await store.get("b.two")).length, (await store.get("c.three")).length, (await store.stats()).damaged], [[], 1, 1, 2]);
          assert.deepEqual([...(await store.hashes("/tree")).keys()], ["b", "c"]);
        });
      }));

    it("tells of a base that is no database, and writes a new one in its place", () =>
      withFolder(async (path) => {
        writeFileSync(path, "not a database ".repeat(1000));
        await withStore(path, driver, async (store) => {
          await assert.rejects(store.search({ text: "x" }, never), { code: "unreadable" });
          await store.put(changes([many(500, "fresh")]), never);
          assert.equal((await names(store, "fresh_7"))[0], "x.fresh_7");
        });
      }));

    it("is as before when the writing was cancelled, and leaves nothing behind", () =>
      withFolder(async (path, folder) => {
        await withStore(path, driver, async (store) => {
          await store.put(changes([many(600, "old")]), never);
          const source = cancelSource();
          const put = store.put(changes([many(5000, "new")]), source.cancel);
          setImmediate(() => {
            source.fire();
          });
          await assert.rejects(put, Cancelled);
          assert.equal((await store.stats()).records, 600);
          assert.deepEqual(readdirSync(folder), ["knowledge.sqlite"]);
        });
      }));

    it("keeps small changes in the overlay, and takes them into the next base", () =>
      withFolder(async (path, folder) => {
        await withStore(path, driver, async (store) => {
          await store.put(changes([many(500, "base")]), never);
          await store.put(changes([update("small", "1", [parameter("s.mall", "tiny")])]), never);
          assert.ok(existsSync(overlayOf(folder)));
          await store.put(changes([many(500, "more", "more.rst")]), never);
          assert.deepEqual([readdirSync(folder), (await store.stats()).records, (await store.get("s.mall")).length], [["knowledge.sqlite"], 1001, 1]);
        });
      }));
  });
}

it("reads on one driver what another wrote", () =>
  withFolder(async (path) => {
    const [first, second = first] = drivers();
    assert.ok(first !== undefined && second !== undefined);
    await withStore(path, first, (store) => store.put(changes([many(500, "one"), update("a.rst", "1", sample)]), never));
    await withStore(path, second, async (store) => {
      assert.equal((await names(store, "接收缓冲区"))[0], "net.ipv4.tcp_rmem");
    });
  }));
