import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { nodeHash } from "../../../language-server/adapters/hash";
import { localRemote } from "../../../language-server/adapters/remote";
import { compareNow, confirmApply, rollBack, startApply, type ApplyOutcome } from "../../../language-server/engine/tuning/apply/run";
import { applyScript } from "../../../language-server/engine/tuning/apply/scripts";
import type { PlannedChange, RollbackFile } from "../../../language-server/engine/tuning/apply/types";
import { killedAfter } from "./killed-shell";

const old: Readonly<Record<string, string>> = { "proc/sys/vm/swappiness": "60", "proc/sys/net/ipv4/tcp_rmem": "4096\t131072\t6291456", "proc/sys/vm/dirty_ratio": "20", "proc/sys/vm/dirty_bytes": "0" };

/** Settles when something is so; the timer's own seconds pass meanwhile. */
async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe("values applied behind a timer", function () {
  this.timeout(60_000);
  if (process.platform !== "linux") return;
  let folder: string;
  let root: string;
  let state: string;
  let savedRuntime: string | undefined;
  const ports = { remote: localRemote(), decode: nodeDecode, hash: nodeHash };
  let number = 0;
  /** What was asked of this machine's own kernel. */
  const given: RollbackFile[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson apply 应用-"));
    root = join(folder, "machine root");
    for (const [path, value] of Object.entries(old)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), `${value}\n`);
    }
    savedRuntime = process.env["XDG_RUNTIME_DIR"];
    process.env["XDG_RUNTIME_DIR"] = folder;
    const uid = process.getuid?.() ?? 0;
    state = uid === 0 ? "/run/keelson" : join(folder, `keelson-${String(uid)}`);
    number += 1;
  });
  afterEach(async () => {
    // Whatever a test that fails leaves behind.
    for (const plan of given.splice(0)) await rollBack(ports, plan, undefined);
    if (savedRuntime === undefined) delete process.env["XDG_RUNTIME_DIR"];
    else process.env["XDG_RUNTIME_DIR"] = savedRuntime;
    rmSync(folder, { recursive: true, force: true });
    rmSync(stateOf(), { recursive: true, force: true });
  });

  const id = (): string => `${process.pid.toString(16).padStart(8, "0")}${number.toString(16).padStart(4, "0")}`;
  const stateOf = (): string => join(state, id());
  const now = (path: string): string => readFileSync(join(root, path), "utf8").trim();
  const change = (path: string, value: string | undefined): PlannedChange => ({ name: path.slice("proc/sys/".length).replaceAll("/", "."), path, old: (old[path] ?? "").replaceAll("\t", " "), ...(value === undefined ? {} : { value }) });
  const file = (...changes: readonly PlannedChange[]): RollbackFile => ({ format: 1, id: id(), host: "here", root, at: "2026-01-02T03:04:05Z", changes });
  const usual = (): RollbackFile => file(change("proc/sys/vm/swappiness", "10"), change("proc/sys/net/ipv4/tcp_rmem", "4096 87380 16777216"), change("proc/sys/vm/dirty_ratio", undefined));
  const told = ({ reports, state: how, error }: ApplyOutcome): unknown => ({ reports: reports.map(({ what, name, value }) => `${what} ${name} ${value}`), state: how, error });
  const asBefore = (): void => {
    assert.deepEqual(Object.keys(old).map((path) => now(path).replaceAll("\t", " ")), Object.values(old).map((value) => value.replaceAll("\t", " ")));
  };

  it("writes, reads back and keeps the values once they are confirmed", async () => {
    const plan = usual();
    assert.deepEqual(told(await startApply(ports, plan, [], 60, undefined)), {
      reports: ["old proc/sys/vm/swappiness 60", "old proc/sys/net/ipv4/tcp_rmem 4096 131072 6291456", "old proc/sys/vm/dirty_ratio 20", "state armed 60", "now proc/sys/vm/swappiness 10", "now proc/sys/net/ipv4/tcp_rmem 4096 87380 16777216", `state applied ${plan.id}`],
      state: "applied",
      error: undefined,
    });
    const confirmed = await confirmApply(ports, plan, undefined);
    assert.equal(confirmed.state, "confirmed");
    assert.equal(now("proc/sys/vm/swappiness"), "10");
    assert.equal((await compareNow(ports, plan, undefined)).state, "confirmed");
  });

  it("puts the old values back when nobody confirms", async () => {
    const plan = usual();
    await startApply(ports, plan, [], 1, undefined);
    assert.equal(now("proc/sys/vm/swappiness"), "10");
    await until(() => existsSync(join(stateOf(), "restored")));
    asBefore();
    assert.equal((await compareNow(ports, plan, undefined)).state, "expired");
    assert.deepEqual((await confirmApply(ports, plan, undefined)).error, { what: "late", name: plan.id });
  });

  it("rolls back on demand, proves it, and needs nothing that the machine remembers", async () => {
    const plan = usual();
    await startApply(ports, plan, [], 60, undefined);
    await confirmApply(ports, plan, undefined);
    rmSync(stateOf(), { recursive: true });
    const { state: how, reports } = await rollBack(ports, plan, undefined);
    assert.equal(how, "restored");
    assert.deepEqual(reports.filter(({ what }) => what === "back").map(({ name, value }) => `${name} ${value}`), ["proc/sys/vm/swappiness 60", "proc/sys/net/ipv4/tcp_rmem 4096 131072 6291456", "proc/sys/vm/dirty_ratio 20"]);
    asBefore();
  });

  it("writes nothing when one of the settings is missing", async () => {
    const outcome = await startApply(ports, file(change("proc/sys/vm/swappiness", "10"), change("proc/sys/vm/nothing", "1")), [], 60, undefined);
    assert.deepEqual(outcome.error, { what: "missing", name: "proc/sys/vm/nothing" });
    asBefore();
  });

  it("writes nothing when a value is no longer what was shown", async () => {
    writeFileSync(join(root, "proc/sys/vm/swappiness"), "30\n");
    assert.deepEqual((await startApply(ports, usual(), [], 60, undefined)).error, { what: "changed", name: "proc/sys/vm/swappiness" });
    assert.equal(now("proc/sys/vm/swappiness"), "30");
    assert.equal(now("proc/sys/net/ipv4/tcp_rmem"), old["proc/sys/net/ipv4/tcp_rmem"]);
  });

  it("takes all back at once when a value reads otherwise than it was written", async () => {
    // A file that takes writes and keeps nothing, as a kernel does that bounds a value.
    rmSync(join(root, "proc/sys/net/ipv4/tcp_rmem"));
    mkdirSync(join(root, "proc/sys/net/ipv4"), { recursive: true });
    writeFileSync(join(root, "proc/sys/net/ipv4/tcp_rmem"), "");
    const plan = file(change("proc/sys/vm/swappiness", "10"), { name: "net.ipv4.tcp_rmem", path: "proc/sys/net/ipv4/tcp_rmem", old: "", value: "1  2  3" });
    // Blanks are normalized before they are sent, so the odd one here is the trailing text.
    const outcome = await startApply({ ...ports, remote: { name: "odd", run: (script, input, cancel) => ports.remote.run(script, input.replace("1 2 3", "1 2 3 "), cancel) } }, plan, [], 60, undefined);
    assert.deepEqual(outcome.error, { what: "different", name: "proc/sys/net/ipv4/tcp_rmem" });
    assert.equal(now("proc/sys/vm/swappiness"), "60");
  });

  const real = (path: string, value: (before: string) => string): PlannedChange => {
    const before = readFileSync(`/${path}`, "utf8").trim();
    return { name: path.slice("proc/sys/".length).replaceAll("/", "."), path, old: before, value: value(before) };
  };
  const onKernel = (...changes: readonly PlannedChange[]): RollbackFile => {
    const plan = { ...file(...changes), root: "/" };
    given.push(plan);
    return plan;
  };

  it("writes nothing when the kernel lets nobody write one of the settings", async () => {
    // The kernel keeps even root from this one.
    const outcome = await startApply(ports, onKernel(real("proc/sys/kernel/ostype", () => "Other")), [], 60, undefined);
    assert.deepEqual(outcome.error, { what: "unwritable", name: "proc/sys/kernel/ostype" });
    assert.ok(!existsSync(join(stateOf(), "armed")));
  });

  it("takes all back at once when the kernel refuses a write, as root", async () => {
    const plan = onKernel(
      real("proc/sys/kernel/printk_ratelimit_burst", (before) => String(Number(before) + 1)),
      real("proc/sys/kernel/printk_ratelimit", () => "many"),
    );
    const outcome = await startApply(ports, plan, [], 60, undefined);
    // Only root may write there, and in most containers not even root.
    if (outcome.error?.what === "unwritable") {
      for (const { path, old: before } of plan.changes) assert.equal(readFileSync(`/${path}`, "utf8").trim(), before, "nothing was written");
      return;
    }
    assert.deepEqual(outcome.error, { what: "refused", name: "proc/sys/kernel/printk_ratelimit" });
    assert.equal(outcome.reports.filter(({ what }) => what === "now").length, 1, "the first one had been written");
    assert.equal((await compareNow(ports, plan, undefined)).state, "expired");
    for (const { path, old: before } of plan.changes) assert.equal(readFileSync(`/${path}`, "utf8").trim(), before);
  });

  it("never leaves the root and never runs a value", async () => {
    const marker = join(folder, "ran");
    for (const path of ["../../etc/hostname", "/etc/hostname", "etc/hostname", "proc/self/mem", "proc/sys/../self/mem", "sys/power/state", "proc/sys/vm/$(touch x)", "proc/sys/vm/a;b"]) {
      const outcome = await startApply(ports, file(change(path, "1")), [], 60, undefined);
      assert.deepEqual(outcome.error, { what: "path", name: path }, path);
      rmSync(stateOf(), { recursive: true, force: true });
    }
    await startApply(ports, file(change("proc/sys/vm/swappiness", `$(touch '${marker}') \`touch ${marker}\` '; touch ${marker} #`)), [], 60, undefined);
    assert.ok(!existsSync(marker));
    await rollBack(ports, file(change("proc/sys/vm/swappiness", "1")), undefined);
  });

  it("comes back to the old values wherever the line breaks or the shell is killed", async () => {
    const lines = ["set\tvm/swappiness\t10\t60", "set\tnet/ipv4/tcp_rmem\t4096 87380 16777216\t4096 131072 6291456"];
    for (const after of ["old\tvm/swappiness", "old\tnet/ipv4", "state\tarmed", "now\tvm/swappiness", "now\tnet/ipv4", "state\tapplied"]) {
      number += 1;
      await killedAfter(after, applyScript, [root, id(), "1", ...lines, ""].join("\n"));
      // Either the timer was armed and restores, or nothing had been written.
      if (existsSync(join(stateOf(), "armed"))) await until(() => existsSync(join(stateOf(), "restored")) || existsSync(join(stateOf(), "half-restored")));
      asBefore();
      rmSync(stateOf(), { recursive: true, force: true });
    }
    assert.ok(!existsSync(state) || readdirSync(state).every((name) => name !== id()));
  });

  it("changes a real setting of this kernel and gives it back, as root", async () => {
    const wish = real("proc/sys/kernel/printk_ratelimit_burst", (before) => String(Number(before) + 1));
    const plan = onKernel(wish);
    const value = (): string => readFileSync(`/${wish.path}`, "utf8").trim();
    const outcome = await startApply(ports, plan, [], 60, undefined);
    // Only root may write there, and in most containers not even root.
    if (outcome.error?.what === "unwritable") {
      assert.equal(value(), wish.old, "nothing was written");
      return;
    }
    assert.equal(outcome.state, "applied");
    assert.equal(value(), wish.value);
    assert.equal((await rollBack(ports, plan, undefined)).state, "restored");
    assert.equal(value(), wish.old);
  });
});
