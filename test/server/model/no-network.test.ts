import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const guard = pathToFileURL(join(__dirname, "../../support/no-network.ts")).href;

/** Runs a script in a process without sockets. */
function without(script: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", "--import", guard, "--input-type=module", "--eval", script], { cwd: join(__dirname, "../../..") }, (_error, stdout, stderr) => {
      resolve({ stdout, stderr });
    });
  });
}

describe("a process with every socket refused", () => {
  it("can neither connect, fetch, look a name up nor listen, and says what it tried", async () => {
    let knocked = 0;
    const server = createServer((socket) => {
      knocked++;
      socket.destroy();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const port = (server.address() as AddressInfo).port;
    try {
      const { stdout, stderr } = await without(`
        import net from "node:net";
        import dns from "node:dns";
        const tell = (what) => (error) => console.log(what, error?.cause?.code ?? error?.code ?? "went through");
        net.connect(${port}, "127.0.0.1").on("error", tell("connect"));
        net.createServer().on("error", tell("listen")).listen(0);
        dns.lookup("model.example.org", tell("lookup"));
        await fetch("http://127.0.0.1:${port}/").catch(tell("fetch"));
      `);
      assert.deepEqual(stdout.trim().split("\n").sort(), ["connect ECONNREFUSED", "fetch ECONNREFUSED", "listen ECONNREFUSED", "lookup ECONNREFUSED"]);
      assert.match(stderr, /no-network: refused/);
      assert.equal(knocked, 0);
    } finally {
      server.close();
    }
  });

  it("makes no attempt when the model port is made, asked who it is, and shows what would be sent", async () => {
    const { stdout, stderr } = await without(`
      const { default: { modelOn, explainRequest } } = await import("./test/support/endpoint/client.ts");
      const { model } = modelOn("http://model.example.org/v1");
      model.describe("explain");
      const preview = await model.preview(explainRequest());
      console.log(preview.url);
    `);
    assert.equal(stdout.trim(), "http://model.example.org/v1/chat/completions");
    assert.doesNotMatch(stderr, /no-network: refused/);
  });
});
