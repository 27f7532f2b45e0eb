import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { parseFacts } from "../../../../language-server/engine/tuning/facts/parse";
import { readSavedFacts } from "../../../../language-server/engine/tuning/facts/saved";
import { factScript } from "../../../../language-server/engine/tuning/facts/script";

const said = `@@ host
gpu-node
@@ kernel
6.6.0-72.oe2403
@@ architecture
aarch64
@@ cpus
192
@@ /proc/meminfo
MemTotal:       1056763904 kB
SwapTotal:             0 kB
HugePages_Total:     512
HugePages_Free:      500
Hugepagesize:       2048 kB
@@ /proc/cmdline
BOOT_IMAGE=/vmlinuz root=/dev/sda1 isolcpus=2-5 token=secret transparent_hugepage=never
@@ cpuinfo
model name	: Kunpeng-920
@@ /sys/kernel/mm/transparent_hugepage/enabled
always [madvise] never
@@ /sys/devices/system/node/node0
1
@@ /sys/devices/system/node/node1
1
@@ block
nvme0n1/size:7501476528
nvme0n1/queue/rotational:0
nvme0n1/queue/scheduler:[none] mq-deadline
nvme0n1/queue/nr_requests:1023
@@ /sys/class/net/eth0/speed
25000
@@ /sys/class/net/eth0/driver
../../../../bus/pci/drivers/hns3
@@ /sys/class/net/eth0/queues
16
@@ pci /sys/bus/pci/devices/0000:81:00.0
0x19e5
1
@@ sysctls
/proc/sys/vm/swappiness:60
/proc/sys/net/ipv4/tcp_rmem:4096	131072	6291456
/proc/sys/vm/report:one
/proc/sys/vm/report:two
@@ end
`;

describe("facts of a machine", () => {
  it("are read from what the script says", () => {
    const { value, problems } = parseFacts(said);
    assert.deepEqual(problems, []);
    assert.deepEqual(value, {
      format: 1, host: "gpu-node", kernel: "6.6.0-72.oe2403", architecture: "aarch64", cpus: 192, cpuModel: "Kunpeng-920", numaNodes: 2, memory: 1056763904 * 1024, swap: 0,
      hugePages: { size: 2 << 20, total: 512, free: 500 }, transparentHugePages: "madvise",
      disks: [{ name: "nvme0n1", rotational: false, scheduler: "none", queue: { nr_requests: "1023" }, size: 7501476528 * 512 }],
      nics: [{ name: "eth0", receiveQueues: 16, speed: 25000, driver: "hns3" }],
      accelerators: [{ vendor: "Huawei", address: "0000:81:00.0", numaNode: 1 }],
      sysctls: { "vm.swappiness": "60", "net.ipv4.tcp_rmem": "4096 131072 6291456" },
      commandLine: "isolcpus=2-5 transparent_hugepage=never",
    });
  });

  it("keep nothing of a command line that is not about tuning", () => {
    assert.doesNotMatch(JSON.stringify(parseFacts(said)), /secret/u);
  });

  it("say when the answer ends early or is none", () => {
    assert.deepEqual(parseFacts(said.slice(0, said.indexOf("@@ sysctls"))).problems, [{ what: "the answer ends early" }]);
    assert.equal(parseFacts("").value, undefined);
    assert.equal(parseFacts("Permission denied").value, undefined);
  });

  it("survive any text, cut anywhere, with CRLF", () => {
    for (let end = 0; end < said.length; end += 37) parseFacts(said.slice(0, end));
    assert.deepEqual(parseFacts(said.replaceAll("\n", "\r\n")).value?.sysctls, { "vm.swappiness": "60", "net.ipv4.tcp_rmem": "4096 131072 6291456" });
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => { parseFacts(`@@ kernel\n6.1\n${text}`); }));
  });

  it("hold no control characters, whatever the machine says", () => {
    const { value } = parseFacts(said.replace("gpu-node", "gpu\u001b[31m-node").replace("swappiness:60", "swappiness:6\u001b]0;x\u00070"));
    assert.doesNotMatch(JSON.stringify(value), /\\u00(?:0|1|7f)/u);
  });

  it("come back from a saved file, and a file that is none is refused", () => {
    const { value } = parseFacts(said);
    assert.deepEqual(readSavedFacts(`\uFEFF${JSON.stringify(value)}`).value, value);
    for (const bad of ["", "{", "[]", "{}", '{"format":1}', JSON.stringify({ ...value, memory: "much" }), JSON.stringify({ ...value, sysctls: { "vm.swappiness": "60\nkernel.core_pattern = |/x" } }), JSON.stringify({ ...value, disks: [{ name: "../x", rotational: false, queue: {} }] })]) assert.equal(readSavedFacts(bad).value, undefined, bad);
  });

  it("are told by this machine, reading only", function () {
    if (process.platform !== "linux") this.skip();
    const { status, stdout } = spawnSync("sh", ["-s"], { input: factScript, encoding: "utf8", maxBuffer: 1 << 26 });
    assert.equal(status, 0);
    const { value, problems } = parseFacts(stdout);
    assert.deepEqual(problems, []);
    assert.ok(value !== undefined && value.cpus > 0 && value.memory > 0 && value.sysctls["vm.swappiness"] !== undefined);
  });
});
