import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { ChatRequest } from "./answer";
import { makeAuthority, type Authority } from "./authority";
import { playReply } from "./play";
import { loadScript, type Reply, type Script, type When } from "./script";

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Endpoint {
  /** With `/v1`. */
  readonly url: string;
  readonly port: number;
  /** The CA to trust, when it speaks TLS. */
  readonly authority: Authority | undefined;
  readonly requests: readonly SeenRequest[];
  /** Replies that are not finished. */
  active(): number;
  /** Resolves once no reply is being given; at once when none is. */
  quiet(): Promise<void>;
  /** Resolves when the next request has come in whole. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}

export const modelName = "scripted-model";

function fits(when: When, request: ChatRequest, seen: SeenRequest, nth: number): boolean {
  const format = request.response_format?.type;
  const tests: readonly (boolean | undefined)[] = [
    when.nth === undefined ? undefined : when.nth === nth,
    when.bodyOver === undefined ? undefined : seen.body.length > when.bodyOver,
    when.tokensOver === undefined ? undefined : countTokens(request) > when.tokensOver,
    when.responseFormat === undefined ? undefined : when.responseFormat === "any" ? format !== undefined : format === when.responseFormat,
    when.stream === undefined ? undefined : (request.stream ?? false) === when.stream,
    when.streamOptions === undefined ? undefined : (request.stream_options !== undefined) === when.streamOptions,
    when.modelNot === undefined ? undefined : request.model !== when.modelNot,
    when.keyNot === undefined ? undefined : seen.headers["authorization"] !== `Bearer ${when.keyNot}`,
    when.tools === undefined ? undefined : (request.tools !== undefined) === when.tools,
  ];
  return tests.every((test) => test !== false);
}

/** This server's own count: a token for each four characters. */
export function countTokens(request: ChatRequest): number {
  return Math.ceil(request.messages.reduce((sum, message) => sum + message.content.length, 0) / 4);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Speaks the OpenAI-compatible protocol on loopback, with the manners of a script. Every answer is computed from its request. */
export async function startEndpoint(which: string | Script): Promise<Endpoint> {
  const script = typeof which === "string" ? loadScript(which) : which;
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let chats = 0;
  let active = 0;
  let waiting: (() => void)[] = [];
  let expecting: (() => void)[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    active++;
    response.once("close", () => {
      active--;
      if (active === 0) {
        for (const resolve of waiting) resolve();
        waiting = [];
      }
    });
    const body = await readBody(request);
    const seen: SeenRequest = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
    requests.push(seen);
    for (const resolve of expecting) resolve();
    expecting = [];
    const path = new URL(seen.url, "http://loopback").pathname;
    if (path.endsWith("/models")) {
      if (script.models === false) json(response, 404, { detail: "Not Found" });
      else json(response, 200, { object: "list", data: [{ id: modelName, object: "model", max_model_len: 32768 }] });
      return;
    }
    if (path.endsWith("/embeddings")) {
      if (script.embeddings === true) json(response, 200, { data: [{ index: 0, embedding: [body.length, 1, 0] }] });
      else json(response, 404, { detail: "Not Found" });
      return;
    }
    if (!path.endsWith("/chat/completions")) {
      json(response, 404, { detail: "Not Found" });
      return;
    }
    chats++;
    const chat = JSON.parse(body) as ChatRequest;
    const reply: Reply = script.replies.find((entry) => fits(entry.when ?? {}, chat, seen, chats)) ?? {};
    await playReply(chat, reply, script, response);
  }

  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch((error: unknown) => {
      // A client that left in the middle is what many scripts are about; anything else is a mistake of this server.
      if (!response.destroyed) response.destroy(error instanceof Error ? error : undefined);
    });
  };
  const authority = script.tls === true ? makeAuthority() : undefined;
  const server: Server = authority === undefined ? createHttp(handler) : createHttps({ key: authority.key, cert: authority.cert }, handler);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as AddressInfo).port;
  return {
    url: `${authority === undefined ? "http" : "https"}://127.0.0.1:${port}/v1`,
    port,
    authority,
    requests,
    active: () => active,
    quiet: () => (active === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    nextRequest: () => new Promise((resolve) => expecting.push(resolve)),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => { resolve(); }));
      authority?.dispose();
    },
  };
}
