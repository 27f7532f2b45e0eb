// Loaded with `--import`: from then on no socket of this process connects and no server listens on a network address.
// Pipes stay, for a language client talks over them.
//   node --import tsx --import ./test/support/no-network.ts dist/server/server.mjs --stdio
import dgram from "node:dgram";
import dns from "node:dns";
import { Server, Socket } from "node:net";

type Method = (...args: never[]) => unknown;
const realConnect = Reflect.get(Socket.prototype, "connect") as Method;
const realListen = Reflect.get(Server.prototype, "listen") as Method;

/** Every try, with where it wanted to go. */
export const refused: string[] = [];

function isPipe(args: readonly unknown[]): boolean {
  const first: unknown = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  if (typeof first === "string") return Number.isNaN(Number(first));
  return typeof first === "object" && first !== null && "path" in first && typeof first.path === "string";
}

function where(args: readonly unknown[]): string {
  const first: unknown = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  return JSON.stringify([first]);
}

function refusal(args: readonly unknown[]): Error {
  const target = where(args);
  refused.push(target);
  process.stderr.write(`no-network: refused ${target}\n`);
  return Object.assign(new Error(`no-network: refused ${target}`), { code: "ECONNREFUSED" });
}

/** Loopback listeners of a test harness are listening too: a product has no reason for either. */
Socket.prototype.connect = function connect(this: Socket, ...args: readonly unknown[]): Socket {
  if (isPipe(args)) return Reflect.apply(realConnect, this, args) as Socket;
  const error = refusal(args);
  process.nextTick(() => this.destroy(error));
  return this;
};

Server.prototype.listen = function listen(this: Server, ...args: readonly unknown[]): Server {
  if (isPipe(args)) return Reflect.apply(realListen, this, args) as Server;
  const error = refusal(args);
  process.nextTick(() => this.emit("error", error));
  return this;
};

dgram.Socket.prototype.send = function send(...args: readonly unknown[]): void {
  throw refusal([args.find((entry) => typeof entry === "string") ?? "datagram"]);
};

dns.lookup = Object.assign(
  (host: string, ...rest: readonly unknown[]): void => {
    const callback = rest.at(-1) as (error: Error) => void;
    const error = refusal([`lookup ${host}`]);
    process.nextTick(() => { callback(error); });
  },
  { __promisify__: dns.lookup.__promisify__ },
);
