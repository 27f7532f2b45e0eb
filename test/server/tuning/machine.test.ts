import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { isHostName } from "../../../language-server/adapters/remote";
import { dist } from "../../support/lsp-client";

const sshd = [process.env["KEELSON_SSHD"] ?? "", "/usr/sbin/sshd", "/usr/local/sbin/sshd"].find((path) => path !== "" && existsSync(path));

interface Answer {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

describe("keelson tuning on a machine", function () {
  this.timeout(120_000);
  if (process.platform !== "linux") return;
  let folder: string;
  let root: string;
  const inRoot = (path: string): string => join(root, path);
  const now = (path: string): string => readFileSync(inRoot(path), "utf8").trim();
  const keelson = (args: readonly string[], locale = "C.UTF-8"): Answer => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, "server", "cli.mjs"), "tuning", ...args], { encoding: "utf8", env: { ...process.env, LC_ALL: locale, XDG_CONFIG_HOME: "/nonexistent", XDG_CACHE_HOME: join(folder, "cache"), KEELSON_HOME: join(folder, "home"), XDG_RUNTIME_DIR: folder } });
    return { status, out: stdout, error: stderr };
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-tuning-"));
    root = join(realpathSync(folder), "machine");
    for (const path of ["proc/sys/vm", "etc/sysctl.d", "etc/postgresql/15/main"]) mkdirSync(inRoot(path), { recursive: true });
  });
  // What is shown comes from the kernel: the tree of this test begins like it.
  const live = readFileSync("/proc/sys/vm/swappiness", "utf8").trim();
  const wanted = live === "10" ? "20" : "10";
  const wish = `vm.swappiness=${wanted}`;
  beforeEach(() => {
    writeFileSync(inRoot("proc/sys/vm/swappiness"), `${live}\n`);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("tells facts, keeps them in a file, and suggests from that file", () => {
    const facts = keelson(["facts", "--format", "json"]);
    assert.equal(facts.status, 0, facts.error);
    const path = join(folder, "facts 事实.json");
    writeFileSync(path, facts.out);
    const { status, out } = keelson(["suggest", "--workload", "redis cache", "--facts", path, "--format", "json"]);
    assert.equal(status, 0);
    const suggestions = JSON.parse(out) as readonly Readonly<Record<string, unknown>>[];
    assert.ok(suggestions.length > 0);
    for (const suggestion of suggestions) {
      for (const key of ["name", "value", "current", "reason", "evidence", "risk", "restart"]) assert.ok(key in suggestion, key);
      assert.ok((suggestion["evidence"] as readonly unknown[]).length > 0);
    }
  });

  it("suggests in Chinese where the terminal speaks it", () => {
    const { out } = keelson(["suggest", "--workload", "redis 缓存"], "zh_CN.UTF-8");
    assert.match(out, /风险：/u);
    assert.match(out, /效果：/u);
  });

  it("says what is missing instead of guessing", () => {
    const { status, out, error } = keelson(["suggest", "--workload", "a poem about spring"]);
    assert.equal(status, 0);
    assert.match(out, /Nothing is suggested/u);
    assert.match(out, /say what runs/u);
    assert.equal(error, "");
    assert.equal(keelson(["suggest"]).status, 2);
    assert.equal(keelson(["suggest", "--workload", "redis", "--facts", "/nonexistent"]).status, 2);
  });

  const walk = (where: readonly string[]): void => {
    const dry = keelson(["apply", "--set", wish, ...where]);
    assert.equal(dry.status, 0, dry.error);
    assert.ok(dry.out.includes(`-vm.swappiness = ${live}\n+vm.swappiness = ${wanted}\n`), dry.out);
    assert.equal(now("proc/sys/vm/swappiness"), live);

    const applied = keelson(["apply", "--set", wish, "--root", root, "--yes", ...where]);
    assert.equal(applied.status, 0, applied.error);
    assert.equal(now("proc/sys/vm/swappiness"), wanted);
    const file = /keelson tuning confirm (\S+)/u.exec(applied.error)?.[1] ?? "";
    const saved = JSON.parse(readFileSync(file, "utf8")) as { readonly id: string };

    const config = where.includes("--ssh-config") ? ["--ssh-config", where[where.indexOf("--ssh-config") + 1] ?? ""] : [];
    assert.equal(keelson(["confirm", file, ...config]).status, 0);
    assert.equal(keelson(["rollback", file, "--check", ...config]).status, 1);
    const back = keelson(["rollback", file, ...config]);
    assert.equal(back.status, 0, back.error);
    assert.match(back.out, /as before\nThe old values are back\./u);
    assert.equal(now("proc/sys/vm/swappiness"), live);
    assert.equal(keelson(["rollback", file, "--check", ...config]).status, 0);

    const audit = readFileSync(join(folder, "home", "tuning", "audit.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>).filter(({ id }) => id === saved.id);
    assert.deepEqual(audit.map(({ action, ended }) => `${String(action)} ${String(ended)}`), ["apply begun", "apply applied", "confirm confirmed", "rollback restored"]);
    rmSync(`/run/keelson/${saved.id}`, { recursive: true, force: true });
  };

  it("shows, applies, confirms and rolls back on this machine, with a line in the audit log for each step", () => {
    walk([]);
  });

  const postgres = "etc/postgresql/15/main/postgresql.conf";
  const samples = { "etc/sysctl.d/10-site.conf": `# ours\nvm.swappiness = ${live}\n`, [postgres]: "#random_page_cost = 4.0\nssl_passphrase_command = 'echo hunter2'\n" };
  const walkFiles = (where: readonly string[]): void => {
    for (const [path, text] of Object.entries(samples)) writeFileSync(inRoot(path), text);
    const set = ["--set", wish, "--set", "random_page_cost=1.1", "--set", "vm.dirty_background_ratio=9", "--files", "--root", root];
    const dry = keelson(["apply", ...set, ...where]);
    assert.equal(dry.status, 0, dry.error);
    assert.ok(dry.out.includes(`+++ /etc/sysctl.d/10-site.conf\n@@ -1,2 +1,2 @@\n # ours\n-vm.swappiness = ${live}\n+vm.swappiness = ${wanted}\n`), dry.out);
    assert.ok(dry.out.includes("+++ /etc/postgresql/15/main/postgresql.conf\n@@ -1,2 +1,3 @@\n #random_page_cost = 4.0\n+random_page_cost = 1.1\n"), dry.out);
    assert.match(dry.out, /--- \/dev\/null\n\+\+\+ \/etc\/sysctl\.d\/90-keelson\.conf\n.*\n\+# Written by Keelson.*\n\+vm\.dirty_background_ratio = 9\n/u);
    for (const [path, text] of Object.entries(samples)) assert.equal(readFileSync(inRoot(path), "utf8"), text);

    const applied = keelson(["apply", ...set, "--yes", ...where]);
    assert.equal(applied.status, 0, applied.error);
    assert.match(applied.error, /postgresql\.conf: the program reads it/u);
    assert.match(readFileSync(inRoot(postgres), "utf8"), /^random_page_cost = 1\.1$/mu);
    const file = /keelson tuning confirm (\S+)/u.exec(applied.error)?.[1] ?? "";
    const config = where.includes("--ssh-config") ? ["--ssh-config", where[where.indexOf("--ssh-config") + 1] ?? ""] : [];
    assert.equal(keelson(["confirm", file, ...config]).status, 0);
    assert.equal(keelson(["rollback", file, "--check", ...config]).status, 1);
    const back = keelson(["rollback", file, ...config]);
    assert.equal(back.status, 0, back.error + back.out);
    assert.match(back.out, /10-site\.conf is as before, SHA-256 [0-9a-f]{12}…/u);
    for (const [path, text] of Object.entries(samples)) assert.equal(readFileSync(inRoot(path), "utf8"), text);
    assert.ok(!existsSync(inRoot("etc/sysctl.d/90-keelson.conf")));
    assert.equal(keelson(["rollback", file, "--check", ...config]).status, 0);
    const { id } = JSON.parse(readFileSync(file, "utf8")) as { readonly id: string };
    const audit = readFileSync(join(folder, "home", "tuning", "audit.jsonl"), "utf8").trim().split("\n").filter((line) => line.includes(id)).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    assert.deepEqual(audit.filter((line) => line["file"] === "/etc/postgresql/15/main/postgresql.conf").map(({ action, ended }) => `${String(action)} ${String(ended)}`), ["apply begun", "apply applied", "confirm confirmed", "rollback restored"]);
    for (const kept of [readFileSync(file, "utf8"), JSON.stringify(audit)]) assert.ok(!kept.includes("hunter2"));
    rmSync(`/run/keelson/${id}`, { recursive: true, force: true });
  };

  it("edits the files that make values last, and gives them back byte for byte", () => {
    writeFileSync(inRoot("proc/sys/vm/dirty_background_ratio"), readFileSync("/proc/sys/vm/dirty_background_ratio", "utf8"));
    walkFiles([]);
  });

  it("asks which file is meant, and takes one that is named", () => {
    const compose = join(folder, "compose 推理.yaml");
    writeFileSync(compose, "services:\n  llm:\n    image: vllm/vllm-openai\n    command:\n      - --model=m\n      - --max-num-seqs=64\n");
    const none = keelson(["apply", "--set=--max-num-seqs=256", "--files", "--root", root]);
    assert.match(none.error, /no file of vllm was found on this machine: name it/u);
    const dry = keelson(["apply", "--set=--max-num-seqs=256", "--file", compose]);
    assert.equal(dry.status, 0, dry.error);
    assert.match(dry.out, /-      - --max-num-seqs=64\n\+      - --max-num-seqs=256/u);
  });

  it("takes no host that ssh could read as an option", () => {
    for (const host of ["-oProxyCommand=touch x", "a b", "a;b", "$(x)", "user@-x", "", "a\nb", "ssh://x"]) assert.ok(!isHostName(host), host);
    for (const host of ["gpu-1", "root@10.0.0.7", "fe80::1", "node_1.example.com"]) assert.ok(isHostName(host), host);
    assert.equal(keelson(["facts", "--host", "-oProxyCommand=true"]).status, 2);
  });

  describe("over ssh", () => {
    let daemon: ChildProcess | undefined;
    let config = "";
    before(async function () {
      if (sshd === undefined) {
        console.log("      skipped: no sshd here");
        this.skip();
      }
      const port = await freePort();
      const key = (name: string): string => {
        spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, name)]);
        return join(folder, name);
      };
      const host = key("host_key");
      const mine = key("user_key");
      writeFileSync(join(folder, "authorized_keys"), readFileSync(`${mine}.pub`), { mode: 0o600 });
      writeFileSync(join(folder, "known_hosts"), `[127.0.0.1]:${String(port)} ${readFileSync(`${host}.pub`, "utf8")}`);
      writeFileSync(join(folder, "sshd_config"), [`Port ${String(port)}`, "ListenAddress 127.0.0.1", `HostKey ${host}`, `AuthorizedKeysFile ${join(folder, "authorized_keys")}`, "StrictModes no", "UsePAM no", "PasswordAuthentication no", "PermitRootLogin yes", `PidFile ${join(folder, "sshd.pid")}`, "AcceptEnv XDG_RUNTIME_DIR", ""].join("\n"));
      config = join(folder, "ssh_config");
      writeFileSync(config, ["Host box", "  HostName 127.0.0.1", `  Port ${String(port)}`, `  User ${userInfo().username}`, `  IdentityFile ${mine}`, "  IdentitiesOnly yes", `  UserKnownHostsFile ${join(folder, "known_hosts")}`, ""].join("\n"));
      // As root it wants this folder for its unprivileged child.
      if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
      daemon = spawn(sshd, ["-D", "-e", "-f", join(folder, "sshd_config")], { stdio: ["ignore", "ignore", "pipe"] });
      let said = "";
      const listening = await new Promise<boolean>((resolve) => {
        let up = false;
        daemon?.stderr?.on("data", (chunk: Buffer) => {
          said += chunk.toString();
          up ||= said.includes("Server listening");
          if (up) resolve(true);
        });
        daemon?.once("exit", () => {
          resolve(false);
        });
      });
      assert.ok(listening, `sshd says: ${said.trim()}`);
    });
    after(() => {
      daemon?.kill();
    });

    it("tells the facts of the other machine", () => {
      const { status, out, error } = keelson(["facts", "--host", "box", "--ssh-config", config, "--format", "json"]);
      assert.equal(status, 0, error);
      assert.ok((JSON.parse(out) as { readonly cpus: number }).cpus > 0);
    });

    it("shows, applies, confirms and rolls back there", () => {
      walk(["--host", "box", "--ssh-config", config]);
    });

    it("edits files there, and gives them back byte for byte", () => {
      writeFileSync(inRoot("proc/sys/vm/dirty_background_ratio"), readFileSync("/proc/sys/vm/dirty_background_ratio", "utf8"));
      walkFiles(["--host", "box", "--ssh-config", config]);
    });

    it("gets the old files back when the line is cut after the write", async () => {
      for (const [path, text] of Object.entries(samples)) writeFileSync(inRoot(path), text);
      const applied = keelson(["apply", "--set", "random_page_cost=1.1", "--files", "--root", root, "--yes", "--within", "5", "--host", "box", "--ssh-config", config]);
      assert.equal(applied.status, 0, applied.error);
      assert.match(readFileSync(inRoot(postgres), "utf8"), /^random_page_cost = 1\.1$/mu);
      while (readFileSync(inRoot(postgres), "utf8") !== samples[postgres]) await new Promise((resolve) => setTimeout(resolve, 50));
    });

    it("says why it cannot connect, and changes nothing", () => {
      const { status, error } = keelson(["apply", "--set", wish, "--root", root, "--yes", "--host", "nowhere.invalid", "--ssh-config", config]);
      assert.equal(status, 2);
      assert.match(error, /nowhere\.invalid/u);
      assert.equal(now("proc/sys/vm/swappiness"), live);
    });

    it("gets the old values back when the line is cut after the write", async () => {
      const applied = keelson(["apply", "--set", wish, "--root", root, "--yes", "--within", "10", "--host", "box", "--ssh-config", config]);
      assert.equal(applied.status, 0, applied.error);
      assert.equal(now("proc/sys/vm/swappiness"), wanted);
      daemon?.kill("SIGKILL");
      const file = /keelson tuning confirm (\S+)/u.exec(applied.error)?.[1] ?? "";
      assert.equal(keelson(["confirm", file, "--ssh-config", config]).status, 2);
      // A file of a made-up /proc is empty for a moment while it is written.
      while ([wanted, ""].includes(now("proc/sys/vm/swappiness"))) await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(now("proc/sys/vm/swappiness"), live);
    });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}
