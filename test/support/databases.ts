import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A server of this machine's own programs, in a folder and on a port that are its own. */
export interface DatabaseServer {
  readonly port: number;
  stop(): Promise<void>;
}

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Database servers refuse to run as root; then they run as somebody who owns nothing else here. */
function otherUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [name = "", , uid = "", gid = ""] = readFileSync("/etc/passwd", "utf8").split("\n").find((line) => line.startsWith("nobody:"))?.split(":") ?? [];
  return name === "" ? undefined : { name, uid: Number(uid), gid: Number(gid) };
}

function found(names: readonly string[]): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin", ...versions("/usr/lib/postgresql")];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

function versions(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort().reverse().map((version) => join(folder, version, "bin")) : [];
}

function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === "object" && address !== null) done(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}

interface Start {
  readonly program: string;
  readonly args: readonly string[];
  /** What it writes when it can be asked. */
  readonly ready: RegExp;
  readonly folder: string;
  readonly port: number;
  readonly user: User | undefined;
}

/** Started when the program has said so; its folder goes when it stops. */
async function started({ program, args, ready, folder, port, user }: Start): Promise<DatabaseServer> {
  const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }) });
  const ended = new Promise<void>((done) => child.once("close", () => { done(); }));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await saying(child, ready);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

function saying(child: ChildProcess, ready: RegExp): Promise<void> {
  return new Promise((done, reject) => {
    let said = "";
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (ready.test(said)) done();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("error", reject);
    child.once("close", () => { reject(new Error(`the server ended: ${said.slice(-2000)}`)); });
  });
}

function ownFolder(user: User | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), "keelson-db-"));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  return folder;
}

function prepared(program: string, args: readonly string[], user: User | undefined): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8", ...(user === undefined ? {} : { uid: user.uid, gid: user.gid, cwd: "/" }) });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

/** Undefined when redis is not installed. */
export async function startRedis(password: string): Promise<DatabaseServer | undefined> {
  const program = found(["redis-server", "valkey-server"]);
  if (program === undefined || found(["redis-cli"]) === undefined) return undefined;
  const [folder, port] = [ownFolder(undefined), await freePort()];
  return started({ program, args: ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder, "--requirepass", password], ready: /Ready to accept connections/u, folder, port, user: undefined });
}

/** Undefined when PostgreSQL is not installed. Its user is `keel`, without a password. */
export async function startPostgresql(): Promise<DatabaseServer | undefined> {
  const program = found(["postgres"]);
  const init = program === undefined ? undefined : [join(dirname(program), "initdb"), found(["initdb"])].find((path) => path !== undefined && existsSync(path));
  if (program === undefined || init === undefined || found(["psql"]) === undefined) return undefined;
  const user = otherUser();
  const [folder, port] = [ownFolder(user), await freePort()];
  prepared(init, ["-D", join(folder, "data"), "-U", "keel", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8"], user);
  return started({ program, args: ["-D", join(folder, "data"), "-p", String(port), "-k", folder, "-c", "listen_addresses=127.0.0.1"], ready: /ready to accept connections/u, folder, port, user });
}

/** Undefined when MariaDB is not installed. Its user is `root`, without a password. */
export async function startMariadb(): Promise<DatabaseServer | undefined> {
  const [program, init] = [found(["mariadbd"]), found(["mariadb-install-db"])];
  if (program === undefined || init === undefined || found(["mariadb"]) === undefined) return undefined;
  const user = otherUser();
  const [folder, port] = [ownFolder(user), await freePort()];
  const data = join(folder, "data");
  mkdirSync(data);
  if (user !== undefined) chownSync(data, user.uid, user.gid);
  prepared(init, ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db"], user);
  return started({ program, args: ["--no-defaults", `--datadir=${data}`, `--port=${port}`, "--bind-address=127.0.0.1", `--socket=${join(folder, "s")}`, `--pid-file=${join(folder, "pid")}`], ready: /ready for connections/u, folder, port, user });
}
