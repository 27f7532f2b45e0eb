import assert from "node:assert/strict";
import fc from "fast-check";
import { planApply } from "../../../../language-server/engine/tuning/apply/plan";
import { planDiff, readRollbackFile, sysctlFile } from "../../../../language-server/engine/tuning/apply/rollback-file";
import { normal, readReports } from "../../../../language-server/engine/tuning/apply/run";
import type { MachineFacts } from "../../../../language-server/engine/tuning/facts/types";
import { loadPack, type Pack } from "../../../../language-server/engine/tuning/pack/load";

const machine: MachineFacts = {
  format: 1, host: "web1", kernel: "6.6.0", architecture: "x86_64", cpus: 8, numaNodes: 1, memory: 16 * 1024 ** 3, swap: 0, hugePages: { size: 2 << 20, total: 0, free: 0 },
  disks: [], nics: [], accelerators: [],
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
    assert.equal(planDiff(plan({ "vm.swappiness": "10" }), "web1"), "--- web1 now\n+++ web1 after\n-vm.swappiness = 60\n+vm.swappiness = 10");
  });

  it("remembers the other one of an exclusive pair", () => {
    assert.deepEqual(plan({ "vm.dirty_bytes": "268435456" }).changes, [
      { name: "vm.dirty_bytes", path: "vm/dirty_bytes", old: "0", value: "268435456" },
      { name: "vm.dirty_ratio", path: "vm/dirty_ratio", old: "20" },
    ]);
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
  const good = { format: 1, id: "0123456789abcdef", host: "web1", root: "/proc/sys", at: "2026-01-02T03:04:05Z", changes: [{ name: "vm.swappiness", path: "vm/swappiness", old: "60", value: "10" }] };

  it("is taken when it is whole", () => {
    assert.deepEqual(readRollbackFile(JSON.stringify(good)), good);
  });

  it("is refused when it leads out of the root, holds line breaks, or is cut", () => {
    const bad: unknown[] = [{ ...good, id: "../../x" }, { ...good, changes: [] }, { ...good, root: "proc" }, ...["../../etc/passwd", "/etc/passwd", "vm/$(reboot)", "vm/a b"].map((path) => ({ ...good, changes: [{ ...good.changes[0], path }] })), { ...good, changes: [{ ...good.changes[0], old: "60\nset\tx" }] }];
    for (const file of bad) assert.equal(readRollbackFile(JSON.stringify(file)), undefined, JSON.stringify(file));
    const text = JSON.stringify(good);
    for (let end = 0; end < text.length; end++) assert.equal(readRollbackFile(text.slice(0, end)), undefined);
  });
});
