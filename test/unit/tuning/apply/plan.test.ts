import assert from "node:assert/strict";
import fc from "fast-check";
import { planApply } from "../../../../language-server/engine/tuning/apply/plan";
import { planDiff, readRollbackFile, sysctlFile } from "../../../../language-server/engine/tuning/apply/rollback-file";
import { normal, readReports } from "../../../../language-server/engine/tuning/apply/run";
import type { MachineFacts } from "../../../../language-server/engine/tuning/facts/types";
import { loadPack, type Pack } from "../../../../language-server/engine/tuning/pack/load";

const machine: MachineFacts = {
  format: 1, host: "web1", kernel: "6.6.0", architecture: "x86_64", cpus: 8, numaNodes: 1, memory: 16 * 1024 ** 3, swap: 0, hugePages: { size: 2 << 20, total: 0, free: 0 },
  disks: [{ name: "sda", rotational: true, scheduler: "mq-deadline", queue: { nr_requests: "64", read_ahead_kb: "128", write_cache: "write back" } }], transparentHugePages: "always", nics: [], accelerators: [],
  sysctls: { "vm.swappiness": "60", "vm.dirty_ratio": "20", "vm.dirty_bytes": "0", "net.ipv4.ip_forward": "0", "net.ipv4.tcp_rmem": "4096 131072 6291456", "vm.min_free_kbytes": "67584", "vm.nr_hugepages": "0", "net.core.somaxconn": "4096" },
};

describe("a plan of what to write", () => {
  let pack: Pack;
  before(async () => {
    pack = await loadPack();
  });
  const plan = (values: Readonly<Record<string, string>>, locked: readonly string[] = []) => planApply(Object.entries(values).map(([name, value]) => ({ name, value })), machine, pack, locked);
  const refusal = (name: string, value: string, locked: readonly string[] = []): string => {
    const { changes, refused } = plan({ [name]: value }, locked);
    assert.deepEqual(changes, [], name);
    return refused[0]?.why.en ?? "";
  };

  it("shows each change as a diff", () => {
    assert.equal(planDiff({ ...plan({ "vm.swappiness": "10" }), files: [] }, "web1"), "--- web1 now\n+++ web1 after\n-vm.swappiness = 60\n+vm.swappiness = 10");
  });

  it("remembers the other one of an exclusive pair", () => {
    assert.deepEqual(plan({ "vm.dirty_bytes": "268435456" }).changes, [
      { name: "vm.dirty_bytes", path: "proc/sys/vm/dirty_bytes", old: "0", value: "268435456" },
      { name: "vm.dirty_ratio", path: "proc/sys/vm/dirty_ratio", old: "20" },
    ]);
  });

  it("writes the queue of a disk and the huge pages, the scheduler first and its depth in sight", () => {
    assert.deepEqual(plan({ "/sys/block/sda/queue/read_ahead_kb": "4096", "/sys/block/sda/queue/scheduler": "bfq", "/sys/kernel/mm/transparent_hugepage/enabled": "madvise" }).changes, [
      { name: "/sys/block/sda/queue/scheduler", path: "sys/block/sda/queue/scheduler", old: "mq-deadline", value: "bfq" },
      { name: "/sys/block/sda/queue/read_ahead_kb", path: "sys/block/sda/queue/read_ahead_kb", old: "128", value: "4096" },
      { name: "/sys/kernel/mm/transparent_hugepage/enabled", path: "sys/kernel/mm/transparent_hugepage/enabled", old: "always", value: "madvise" },
      { name: "/sys/block/sda/queue/nr_requests", path: "sys/block/sda/queue/nr_requests", old: "64" },
    ]);
    assert.match(refusal("/sys/block/sdb/queue/scheduler", "bfq"), /does not show it/u);
    assert.match(refusal("/sys/block/sda/queue/write_cache", "write through"), /no setting|set in a file/u);
    assert.match(refusal("/sys/block/../power/queue/scheduler", "x"), /no setting/u);
    assert.match(refusal("/sys/kernel/mm/transparent_hugepage/enabled", "sometimes"), /not one of/u);
  });

  it("writes nothing that reads so already, in whatever blanks", () => {
    assert.deepEqual(plan({ "net.ipv4.tcp_rmem": "4096  131072\t6291456", "vm.swappiness": "60" }), { changes: [], refused: [] });
  });

  it("refuses what is locked, owned by others, unknown, out of range, beyond the machine, or needs a restart", () => {
    assert.match(refusal("vm.swappiness", "10", ["vm/swappiness"]), /lock list/u);
    assert.match(refusal("net.ipv4.ip_forward", "1"), /container network/u);
    assert.match(refusal("vm.swapiness", "10"), /no setting that the pack knows/u);
    assert.match(refusal("vm.swappiness", "201"), /outside/u);
    assert.match(refusal("vm.swappiness", "10; reboot"), /no number/u);
    assert.match(refusal("vm.min_free_kbytes", "8388608"), /more than this machine can bear/u);
    assert.match(refusal("vm.min_free_kbytes", "10"), /nearly always a mistake/u);
    assert.match(refusal("vm.nr_hugepages", "8192"), /more than this machine can bear/u);
    assert.match(refusal("net.ipv4.tcp_rmem", "4096"), /needs 3 numbers/u);
    assert.match(refusal("innodb_buffer_pool_size", "1G"), /takes a restart/u);
    assert.match(refusal("vm.overcommit_memory", "1"), /does not show it/u);
  });

  it("gives a file for the next boot with the old values beside", () => {
    assert.equal(sysctlFile(plan({ "vm.swappiness": "10" }), "2026-01-02"), "# Written by Keelson, 2026-01-02. Old values stand behind.\n# was 60\nvm.swappiness = 10\n");
  });

  it("takes any wanted value without an exception, and never lets a line break through", () => {
    fc.assert(
      fc.property(fc.constantFrom(...pack.settings.map(({ name }) => name)), fc.string({ unit: "binary" }), (name, value) => {
        const { changes } = plan({ [name]: value });
        assert.ok(changes.every((change) => !/[\n\t]/u.test(normal(change.value ?? ""))));
      }),
    );
  });
});

describe("what comes back from a machine", () => {
  it("is read line by line, and other lines are left out", () => {
    assert.deepEqual(readReports("Warning: banner\nold\tvm/swappiness\t60\r\nstate\tarmed\t30\nnoise\tx\ty\n"), [
      { what: "old", name: "vm/swappiness", value: "60" },
      { what: "state", name: "armed", value: "30" },
    ]);
  });
});

describe("a rollback file", () => {
  const good = { format: 1, id: "0123456789abcdef", host: "web1", root: "/", at: "2026-01-02T03:04:05Z", changes: [{ name: "vm.swappiness", path: "proc/sys/vm/swappiness", old: "60", value: "10" }] };

  it("is taken when it is whole", () => {
    assert.deepEqual(readRollbackFile(JSON.stringify(good)), good);
  });

  it("is refused when it leads out of the root, holds line breaks, or is cut", () => {
    const bad: unknown[] = [{ ...good, id: "../../x" }, { ...good, changes: [] }, { ...good, root: "proc" }, ...["../../etc/passwd", "/etc/passwd", "etc/passwd", "proc/sys/../self/mem", "sys/power/state", "proc/sys/vm/$(reboot)", "proc/sys/vm/a b"].map((path) => ({ ...good, changes: [{ ...good.changes[0], path }] })), { ...good, changes: [{ ...good.changes[0], old: "60\nset\tx" }] }];
    for (const file of bad) assert.equal(readRollbackFile(JSON.stringify(file)), undefined, JSON.stringify(file));
    const undo = { path: "/etc/x.conf", oldHash: "a".repeat(64), newHash: "b".repeat(64), edits: [{ at: 0, old: "", new: "x\n" }] };
    assert.deepEqual(readRollbackFile(JSON.stringify({ ...good, changes: [], files: [undo] }))?.files, [undo]);
    for (const odd of [{ path: "/etc/../x" }, { path: "/proc/sys/vm/swappiness" }, { path: "x" }, { path: "/etc/" }, { path: "/a\tb" }, { newHash: "b" }, { edits: [{ at: -1, old: "", new: "" }] }]) assert.equal(readRollbackFile(JSON.stringify({ ...good, files: [{ ...undo, ...odd }] })), undefined, JSON.stringify(odd));
    const text = JSON.stringify(good);
    for (let end = 0; end < text.length; end++) assert.equal(readRollbackFile(text.slice(0, end)), undefined);
  });
});
