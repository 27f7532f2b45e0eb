import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource, LSPErrorCodes, type ResponseError, type Hover } from "vscode-languageserver-protocol";
import type { KnowledgeHit, KnowledgeReading, KnowledgeReport, KnowledgeSummary } from "../../../language-server/protocol/knowledge";
import { startClient, type Client } from "../../support/lsp-client";
import { startPostgres, type PostgresServer } from "../../support/postgres/server";

/** Two sections, each long enough to be a passage. */
const notes = `# Keels\n\n${"A keel is laid on blocks that bear its weight along the whole of its length, before any frame stands. ".repeat(4)}\n\n# Sails\n\n${"A sail that tore is mended at sea with a palm and a needle, by whoever has the watch below. ".repeat(4)}\n`;

describe("the Knowledge view's server side", () => {
  let folder: string;
  let client: Client;
  let address = "";
  const write = (path: string, text: string): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  /** A tree of that many Kconfig files. */
  const makeTree = (files: number): string => {
    write("linux/Makefile", "VERSION = 6\nPATCHLEVEL = 1\n");
    for (let i = 0; i < files; i++) write(`linux/d${i}/Kconfig`, Array.from({ length: 40 }, (_, k) => `config KEEL_${i}_${k}\n\tint "Keel ${i} ${k}"\n\tdefault ${k}\n\thelp\n\t  Sails ${k} of keel ${i}, in words that are long enough to be searched for.\n`).join("\n"));
    return join(folder, "linux");
  };
  const read = (reading: KnowledgeReading, token?: CancellationTokenSource): Promise<KnowledgeReport> => client.connection.sendRequest<KnowledgeReport>("keelson/knowledge/read", reading, token?.token);
  const summary = (): Promise<KnowledgeSummary> => client.connection.sendRequest<KnowledgeSummary>("keelson/knowledge/summary", null);
  const progressed = (): Promise<void> =>
    new Promise((resolve) => {
      const listening = client.connection.onNotification("keelson/knowledge/progress", ({ done }: { readonly done: number }) => {
        if (done === 0) return;
        listening.dispose();
        resolve();
      });
    });
  const hover = (): Promise<Hover | null> => {
    const uri = pathToFileURL(join(folder, "etc/sysctl.d/1.conf")).toString();
    return client.connection.sendRequest<Hover | null>("textDocument/hover", { textDocument: { uri }, position: { line: 0, character: 4 } });
  };
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };

  beforeEach(async () => {
    address = "";
    folder = mkdtempSync(join(tmpdir(), "keelson-view 视图 "));
    client = await startClient({ folders: [folder], env: { KEELSON_HOME: join(folder, "home"), KEELSON_PG_URL: "", KEELSON_PG_PASSWORD: "", PGPASSWORD: "", PGPASSFILE: "/nonexistent" }, settings: () => ({ knowledge: { store: address } }) });
    client.open(pathToFileURL(join(folder, "etc/sysctl.d/1.conf")).toString(), "vm.swappiness = 10\n", "properties");
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers a hover while a source is read, and the reading goes on", async () => {
    const tree = makeTree(400);
    await hover();
    const order: string[] = [];
    const reading = read({ kind: "tree", path: tree }).then((report) => {
      order.push("read");
      return report;
    });
    await progressed();
    for (let i = 0; i < 3; i++) {
      const found = await hover();
      assert.match((found?.contents as { readonly value: string }).value, /swappiness/u);
    }
    order.push("hovered");
    const report = await reading;
    assert.deepEqual([order, report.files, report.records], [["hovered", "read"], 400, 16_000]);
    assert.equal((await summary()).records, 16_000);
  });

  it("stops a reading that is cancelled, and the store stays as it was", async () => {
    const tree = makeTree(400);
    const token = new CancellationTokenSource();
    const reading = read({ kind: "tree", path: tree }, token);
    await progressed();
    token.cancel();
    await assert.rejects(reading, (error: ResponseError<unknown>) => error.code === LSPErrorCodes.RequestCancelled);
    assert.equal((await summary()).records, 0);
    assert.equal((await read({ kind: "tree", path: tree })).records, 16_000);
  });

  it("takes one document as a source of its own, reads it again, finds its line, and tells when it is gone", async () => {
    const file = write("notes/run book.md", notes);
    write("notes/other.md", "# Other\n\nNot asked for.\n");
    const report = await read({ kind: "file", path: file, component: "fleet" });
    assert.deepEqual([report.files, report.records], [1, 2]);
    assert.deepEqual((await summary()).origins.map(({ origin, kind, present, files }) => [origin, kind, present, files]), [[file, "file", true, 1]]);
    const { hits } = await client.connection.sendRequest<{ readonly hits: readonly KnowledgeHit[] }>("keelson/knowledge/search", { text: "sail mended", limit: 5 });
    assert.deepEqual([hits[0]?.place, hits[0]?.component], [{ path: file, line: 5 }, "fleet"]);
    assert.equal((await client.connection.sendRequest<KnowledgeReport>("keelson/knowledge/readAgain", { origin: file })).files, 1);
    rmSync(file);
    assert.equal((await summary()).origins[0]?.present, false);
    assert.match(await refusal(read({ kind: "file", path: file })), /is no file that can be read/u);
    assert.match(await refusal(read({ kind: "file", path: join(folder, "notes") })), /is no file that can be read/u);
  });

  describe("with a team's store in the settings", () => {
    const settle = async (to: string): Promise<void> => {
      address = to;
      void client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
      await client.refreshed();
    };
    const servers: Server[] = [];
    afterEach(() => {
      for (const server of servers.splice(0)) server.close();
    });

    it("keeps it there, shows where without a secret, and comes back to the user's own", async () => {
      const team: PostgresServer = await startPostgres();
      try {
        const file = write("notes/a.md", notes);
        await settle(team.url);
        await client.connection.sendRequest("keelson/knowledge/password", { address: team.url, password: "hush-hush" });
        assert.equal((await read({ kind: "file", path: file })).records, 2);
        const shown = await summary();
        assert.deepEqual([shown.records, shown.store.startsWith("postgresql://"), shown.store.includes("?")], [2, true, false]);
        await settle("");
        assert.equal((await summary()).records, 0);
      } finally {
        await team.stop();
      }
      assert.ok(client.logs.every((line) => !line.includes("hush-hush")));
    });

    it("says what to do when it is not there, refuses the password, or lacks a right; the password goes to its own address only", async () => {
      await settle("postgresql://me@127.0.0.1:1/keel");
      assert.match(await refusal(summary()), /can't be reached \(postgresql:\/\/me@127\.0\.0\.1:1\/keel: .*keelson\.knowledge\.store/u);
      const heard: string[] = [];
      const picky = await play(servers, (password) => {
        heard.push(password);
        return password === "right" ? "42501" : "28P01";
      });
      await settle(`postgresql://me@127.0.0.1:${picky}/keel?sslmode=disable`);
      assert.match(await refusal(summary()), /refuses the user or the password.*Set Password of the Team's Knowledge Store/u);
      await client.connection.sendRequest("keelson/knowledge/password", { address: "postgresql://me@elsewhere/keel", password: "of-another" });
      assert.match(await refusal(summary()), /refuses the user or the password/u);
      assert.deepEqual([...new Set(heard)], [""], "none was given, none was sent");
      await client.connection.sendRequest("keelson/knowledge/password", { address, password: "wrong-one" });
      const wrong = await refusal(summary());
      assert.match(wrong, /refuses the user or the password/u);
      assert.doesNotMatch(wrong, /wrong-one/u);
      await client.connection.sendRequest("keelson/knowledge/password", { address, password: "right" });
      assert.match(await refusal(summary()), /lacks a right.*create the schema/u);
      assert.deepEqual([...new Set(heard)], ["", "wrong-one", "right"]);
      assert.ok(client.logs.every((line) => !/wrong-one|of-another/u.test(line)));
      for (const path of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) assert.doesNotMatch(readFileSync(join(path.parentPath, path.name), "utf8"), /wrong-one|of-another/u);
    });

    it("takes no address with a password in it", async () => {
      for (const wrong of ["postgresql://me:secret@127.0.0.1/keel", "postgresql://127.0.0.1/keel?password=secret", "mysql://127.0.0.1/keel", "somewhere"]) {
        await settle(wrong);
        const said = await refusal(summary());
        assert.match(said, /without a password/u, wrong);
        assert.doesNotMatch(said, /secret/u);
      }
    });
  });
});

/** Plays as much of a PostgreSQL server as asks for a password and then refuses with what `verdict` says; its port. */
function play(servers: Server[], verdict: (password: string) => string): Promise<number> {
  const refuse = (socket: Socket, code: string): void => {
    const fields = Buffer.from(`SERROR\0VERROR\0C${code}\0Mno\0\0`);
    const head = Buffer.alloc(5);
    head.write("E");
    head.writeInt32BE(fields.length + 4, 1);
    socket.write(Buffer.concat([head, fields]));
  };
  const server = createServer((socket) => {
    let started = false;
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      if (!started) {
        started = true;
        socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
      } else if (bytes[0] === 0x70) {
        const code = verdict(bytes.subarray(5, -1).toString("utf8"));
        if (code === "28P01") {
          refuse(socket, code);
          socket.end();
        } else socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]));
      } else if (bytes[0] === 0x51) {
        refuse(socket, "42501");
        socket.write(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]));
      }
    });
  });
  servers.push(server);
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => {
    const at = server.address();
    resolve(typeof at === "object" && at !== null ? at.port : 0);
  }));
}
