import assert from "node:assert/strict";
import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { nodeHash } from "../../../language-server/adapters/hash";
import { localRemote } from "../../../language-server/adapters/remote";
import { toBase64 } from "../../../language-server/engine/text/base64";
import { lookAtFiles } from "../../../language-server/engine/tuning/apply/look";
import { beforeOf, compareNow, confirmApply, rollBack, startApply } from "../../../language-server/engine/tuning/apply/run";
import { applyScript } from "../../../language-server/engine/tuning/apply/scripts";
import type { PlannedChange, RollbackFile, TextEdit } from "../../../language-server/engine/tuning/apply/types";
import { killedAfter } from "./killed-shell";

const secret = "requirepass hunter2\n";
const old: Readonly<Record<string, string>> = {
  "/etc/redis/redis.conf": `# 缓存\n${secret}maxmemory 1gb\r\n`,
  "/etc/sysctl.d/10-site 站点.conf": "vm.swappiness = 60",
  "/proc/sys/vm/swappiness": "60\n",
};

async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 50));
}

interface Wish {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly edits: readonly TextEdit[];
}

describe("files edited behind a timer", function () {
  this.timeout(90_000);
  if (process.platform !== "linux") return;
  let folder: string;
  let root: string;
  let state: string;
  let savedRuntime: string | undefined;
  const ports = { remote: localRemote(), decode: nodeDecode, hash: nodeHash };
  let number = 0;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson files 文件-")));
    root = join(folder, "machine");
    for (const [path, text] of Object.entries(old)) {
      mkdirSync(dirname(root + path), { recursive: true });
      writeFileSync(root + path, text);
    }
    chmodSync(`${root}/etc/redis/redis.conf`, 0o640);
    savedRuntime = process.env["XDG_RUNTIME_DIR"];
    process.env["XDG_RUNTIME_DIR"] = folder;
    const uid = process.getuid?.() ?? 0;
    state = uid === 0 ? "/run/keelson" : join(folder, `keelson-${String(uid)}`);
    number += 1;
  });
  afterEach(() => {
    if (savedRuntime === undefined) delete process.env["XDG_RUNTIME_DIR"];
    else process.env["XDG_RUNTIME_DIR"] = savedRuntime;
    rmSync(folder, { recursive: true, force: true });
    rmSync(stateOf(), { recursive: true, force: true });
  });

  const id = (): string => `f${process.pid.toString(16).padStart(8, "0")}${number.toString(16).padStart(4, "0")}`;
  const stateOf = (): string => join(state, id());
  const now = (path: string): string | undefined => (existsSync(root + path) ? readFileSync(root + path, "utf8") : undefined);
  const changed = (path: string, from: string, to: string): Wish => {
    const before = old[path] ?? "";
    return { path, before, after: before.replace(from, to), edits: [{ at: before.indexOf(from), old: from, new: to }] };
  };
  const made = (path: string, after: string): Wish => ({ path, before: undefined, after, edits: [{ at: 0, old: "", new: after }] });
  const usual = (): readonly Wish[] => [changed("/etc/redis/redis.conf", "1gb", "8gb"), changed("/etc/sysctl.d/10-site 站点.conf", "60", "10"), made("/etc/sysctl.d/90-keelson.conf", "vm.dirty_ratio = 10\n")];
  const value: PlannedChange = { name: "vm.swappiness", path: "proc/sys/vm/swappiness", old: "60", value: "10" };
  const record = (wishes: readonly Wish[], changes: readonly PlannedChange[] = [value]): RollbackFile => ({
    format: 1, id: id(), host: "", root, at: "", changes,
    files: wishes.map(({ path, before, after, edits }) => ({ path, ...(before === undefined ? {} : { oldHash: nodeHash.sha256(before) }), newHash: nodeHash.sha256(after), edits })),
  });
  const asBefore = (): void => {
    for (const [path, text] of Object.entries(old)) assert.equal(now(path), text, path);
    assert.equal(now("/etc/sysctl.d/90-keelson.conf"), undefined);
    for (const place of ["redis", "sysctl.d"]) assert.deepEqual(readdirSync(join(root, "etc", place)).filter((name) => name.startsWith(".")), []);
  };
  const noTexts = (): void => {
    assert.deepEqual(existsSync(stateOf()) ? readdirSync(stateOf()).filter((name) => /\.(?:old|new|shown)$/u.test(name)) : [], []);
  };

  it("writes them whole, keeps mode and owner, and forgets their texts once they are confirmed", async () => {
    const plan = record(usual());
    const { state: how, reports } = await startApply(ports, plan, usual(), 60, undefined);
    assert.equal(how, "applied");
    for (const { path, after } of usual()) {
      assert.equal(now(path), after);
      assert.ok(reports.some((report) => report.what === "now" && report.name === path && report.value === nodeHash.sha256(after)), path);
    }
    assert.equal(statSync(`${root}/etc/redis/redis.conf`).mode & 0o777, 0o640);
    assert.equal(statSync(`${root}/etc/sysctl.d/90-keelson.conf`).mode & 0o777, 0o644);
    assert.equal((await confirmApply(ports, plan, undefined)).state, "confirmed");
    noTexts();
    assert.equal(now("/proc/sys/vm/swappiness"), "10\n");
    assert.ok(!JSON.stringify(plan).includes("hunter2"), "passwords of a file stay out of what is kept of it");
  });

  it("puts them back when nobody confirms", async () => {
    await startApply(ports, record(usual()), usual(), 1, undefined);
    await until(() => existsSync(join(stateOf(), "restored")));
    asBefore();
    noTexts();
  });

  it("rolls back on demand, proves it by the same hash, and needs nothing that the machine remembers", async () => {
    const plan = record(usual());
    await startApply(ports, plan, usual(), 60, undefined);
    await confirmApply(ports, plan, undefined);
    rmSync(stateOf(), { recursive: true });
    const { state: how, reports, error } = await rollBack(ports, plan, undefined);
    assert.deepEqual([how, error], ["restored", undefined]);
    asBefore();
    const back = new Map(reports.filter(({ what }) => what === "back").map(({ name, value: of }) => [name, of]));
    assert.deepEqual(back, beforeOf(plan));
    const again = await compareNow(ports, plan, undefined);
    assert.deepEqual(new Map(again.reports.filter(({ what }) => what === "back").map(({ name, value: of }) => [name, of])), beforeOf(plan));
    assert.equal((await rollBack(ports, plan, undefined)).state, "restored", "a second time changes nothing");
  });

  it("leaves a file alone that somebody edited since, and puts the rest back", async () => {
    const plan = record(usual());
    await startApply(ports, plan, usual(), 60, undefined);
    await confirmApply(ports, plan, undefined);
    writeFileSync(`${root}/etc/redis/redis.conf`, "maxmemory 2gb\n");
    assert.deepEqual((await rollBack(ports, plan, undefined)).error, { what: "edited", name: "/etc/redis/redis.conf" });
    assert.equal(now("/etc/redis/redis.conf"), "maxmemory 2gb\n");
    assert.equal(now("/etc/sysctl.d/90-keelson.conf"), undefined);
    assert.equal(now("/proc/sys/vm/swappiness"), "60\n");
  });

  it("the timer too leaves an edit of somebody else alone", async () => {
    await startApply(ports, record(usual()), usual(), 1, undefined);
    writeFileSync(`${root}/etc/redis/redis.conf`, "maxmemory 2gb\n");
    await until(() => existsSync(join(stateOf(), "half-restored")));
    assert.equal(now("/etc/redis/redis.conf"), "maxmemory 2gb\n");
    assert.equal(now("/proc/sys/vm/swappiness"), "60\n");
  });

  it("writes nothing when a file is no longer what was shown, appeared, or went away", async () => {
    writeFileSync(`${root}/etc/redis/redis.conf`, "maxmemory 2gb\n");
    assert.deepEqual((await startApply(ports, record(usual()), usual(), 60, undefined)).error, { what: "changed", name: "/etc/redis/redis.conf" });
    rmSync(stateOf(), { recursive: true });
    rmSync(`${root}/etc/redis/redis.conf`);
    assert.deepEqual((await startApply(ports, record(usual()), usual(), 60, undefined)).error, { what: "missing", name: "/etc/redis/redis.conf" });
    rmSync(stateOf(), { recursive: true });
    writeFileSync(`${root}/etc/sysctl.d/90-keelson.conf`, "");
    const own = [made("/etc/sysctl.d/90-keelson.conf", "x = 1\n")];
    assert.deepEqual((await startApply(ports, record(own), own, 60, undefined)).error, { what: "changed", name: "/etc/sysctl.d/90-keelson.conf" });
    assert.equal(now("/etc/sysctl.d/90-keelson.conf"), "");
    assert.equal(now("/proc/sys/vm/swappiness"), "60\n");
    noTexts();
  });

  it("follows no link, writes to no file of several names, and stays where configuration is", async () => {
    writeFileSync(join(folder, "outside"), "a\n");
    symlinkSync(join(folder, "outside"), `${root}/etc/link.conf`);
    symlinkSync(folder, `${root}/etc/away`);
    writeFileSync(`${root}/etc/one`, "a\n");
    linkSync(`${root}/etc/one`, `${root}/etc/two`);
    for (const path of ["/etc/link.conf", "/etc/away/outside", "/etc/../outside", "/etc/one", "/proc/sys/vm/swappiness", "/dev/null", "relative"]) {
      const wish = [{ path, before: "a\n", after: "b\n", edits: [] }];
      assert.deepEqual((await startApply(ports, record(wish, []), wish, 60, undefined)).error, { what: "place", name: path }, path);
      rmSync(stateOf(), { recursive: true, force: true });
    }
    assert.equal(readFileSync(join(folder, "outside"), "utf8"), "a\n");
    assert.equal(now("/etc/two"), "a\n");
  });

  it("never runs what a path or a text holds", async () => {
    const marker = join(folder, "ran");
    const odd = `/etc/$(touch ${marker.replaceAll("/", "_")}) \`id\` ; '"*.conf`;
    const wish = [made(odd, `$(touch '${marker}') \`touch ${marker}\`\n`)];
    assert.equal((await startApply(ports, record(wish, []), wish, 60, undefined)).state, "applied");
    assert.equal(now(odd), `$(touch '${marker}') \`touch ${marker}\`\n`);
    assert.equal((await rollBack(ports, record(wish, []), undefined)).state, "restored");
    assert.equal(now(odd), undefined);
    assert.ok(!existsSync(marker));
  });

  it("takes a choice of the kernel's by its chosen word, and gives a queue's depth back after its scheduler", async () => {
    mkdirSync(`${root}/sys/block/sda/queue`, { recursive: true });
    writeFileSync(`${root}/sys/block/sda/queue/scheduler`, "none [mq-deadline] bfq\n");
    writeFileSync(`${root}/sys/block/sda/queue/nr_requests`, "64\n");
    const plan = record([], [{ name: "scheduler", path: "sys/block/sda/queue/scheduler", old: "mq-deadline", value: "bfq" }, { name: "nr_requests", path: "sys/block/sda/queue/nr_requests", old: "64" }]);
    assert.equal((await startApply(ports, plan, [], 60, undefined)).state, "applied");
    writeFileSync(`${root}/sys/block/sda/queue/nr_requests`, "256\n");
    assert.equal((await rollBack(ports, plan, undefined)).state, "restored");
    assert.equal(now("/sys/block/sda/queue/nr_requests"), "64\n");
  });

  it("comes back to the old texts wherever the line breaks or the shell is killed", async () => {
    const wishes = usual();
    const packed = (text: string | undefined): string => (text === undefined ? "-" : `b${toBase64(nodeDecode.bytes(text))}`);
    const lines = ["set\tproc/sys/vm/swappiness\t10\t60", ...wishes.map(({ path, before, after }) => `file\t${path}\t${packed(after)}\t${packed(before)}`)];
    for (const after of ["old\tproc", "old\t/etc/redis", "old\t/etc/sysctl.d/90", "state\tarmed", "now\tproc", "now\t/etc/redis", "now\t/etc/sysctl.d/10", "now\t/etc/sysctl.d/90", "state\tapplied"]) {
      number += 1;
      await killedAfter(after, applyScript, [root, id(), "1", ...lines, ""].join("\n"));
      if (existsSync(join(stateOf(), "armed"))) await until(() => existsSync(join(stateOf(), "restored")) || existsSync(join(stateOf(), "half-restored")));
      asBefore();
      rmSync(stateOf(), { recursive: true, force: true });
    }
  });

  it("are found where they are: the usual places, links within their folder, and what cannot be read", async () => {
    mkdirSync(`${root}/etc/mysql/mariadb.conf.d`, { recursive: true });
    writeFileSync(`${root}/etc/mysql/mariadb.conf.d/50-server.cnf`, "[mysqld]\n");
    mkdirSync(`${root}/etc/postgresql/15/main`, { recursive: true });
    mkdirSync(`${root}/etc/postgresql/16/main`, { recursive: true });
    for (const version of ["15", "16"]) writeFileSync(`${root}/etc/postgresql/${version}/main/postgresql.conf`, "");
    writeFileSync(`${root}/etc/sysctl.conf`, "# none\n");
    symlinkSync("../sysctl.conf", `${root}/etc/sysctl.d/99-sysctl.conf`);
    writeFileSync(`${root}/odd.yaml`, Buffer.from([0x61, 0xff]));
    const looked = await lookAtFiles(ports, root, { components: ["mariadb", "postgresql", "nginx", "$(id)"], named: ["/odd.yaml", "/nowhere/x"], boot: true }, undefined);
    assert.deepEqual(
      looked.map(({ why, given, path, text, problem }) => [why, given, path === given ? "" : path, problem ?? (text === undefined ? "absent" : "read")].join(" ")),
      [
        "find /etc/mysql/mariadb.conf.d/50-server.cnf  read", "find /etc/postgresql/15/main/postgresql.conf  read", "find /etc/postgresql/16/main/postgresql.conf  read",
        "named /odd.yaml  bytes", "named /nowhere/x  missing",
        "sysctl /etc/sysctl.d/10-site 站点.conf  read", "sysctl /etc/sysctl.d/99-sysctl.conf /etc/sysctl.conf read", "sysctl /etc/sysctl.conf  read", "sysctl /etc/sysctl.d/90-keelson.conf  absent", "tmpfiles /etc/tmpfiles.d/90-keelson.conf  missing",
      ],
    );
  });
});
