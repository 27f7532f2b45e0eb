import { createServer, request as httpRequest } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/** A proxy on loopback that sends every host to one port of this machine and remembers who was asked for. */
export interface Proxy {
  readonly url: string;
  readonly hosts: readonly string[];
  close(): Promise<void>;
}

export async function startProxy(targetPort: number): Promise<Proxy> {
  const hosts: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "");
    hosts.push(url.host);
    const onward = httpRequest({ host: "127.0.0.1", port: targetPort, method: request.method, path: url.pathname, headers: request.headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    request.pipe(onward);
  });
  server.on("connect", (request, socket, first) => {
    hosts.push(request.url ?? "");
    const onward = connect(targetPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(first);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    sockets.add(onward);
    const drop = (): void => {
      onward.destroy();
      socket.destroy();
    };
    onward.on("error", drop).on("close", drop);
    socket.on("error", drop).on("close", drop);
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hosts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => { resolve(); }));
    },
  };
}
