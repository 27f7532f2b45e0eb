import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CancellationTokenSource, LSPErrorCodes } from "vscode-languageserver-protocol/node";
import { startClient, type Client } from "../../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../../support/repository";

/** Processes below one, by the process table. */
function descendants(of: number): readonly string[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/u.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // One that has ended and was not yet asked for its status runs no more.
      if (state !== "Z") parents.set(Number(name), Number(parent));
    } catch (error) {
      // It ended while we looked.
      if (!(error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))) throw error;
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === of || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).map(String);
}

/** Resolves when the file is there. */
function appears(path: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(dirname(path), () => {
      look();
    });
    const look = (): void => {
      if (!existsSync(path)) return;
      watcher.close();
      resolve();
    };
    look();
  });
}

describe("a comparison that is cancelled over the language protocol", function () {
  this.timeout(120_000);
  let repository: TestRepository;
  let client: Client | undefined;
  before(function () {
    if (process.platform !== "linux") {
      console.log("skipped: the process table is read from /proc, which only Linux has");
      this.skip();
    }
    repository = createRepository();
    repository.commit("start", { "net/dev.c": numbered(60) });
    repository.git("branch", "ours");
    for (let i = 1; i < 9; i++) repository.commit(`net: change ${i}`, { "net/dev.c": numbered(60, { [i * 5]: `changed ${i}` }) });
    repository.git("checkout", "-q", "ours");
    for (let i = 1; i < 9; i++) repository.commit(`ours: change ${i}`, { "net/dev.c": numbered(60, { [i * 5]: `changed ${i}` }) });
  });
  afterEach(async () => {
    await client?.stop();
    client = undefined;
  });
  after(() => {
    (repository as TestRepository | undefined)?.remove();
  });

  for (const verb of ["log", "diff-tree"]) {
    it(`leaves no git behind when ${verb} is at work`, async () => {
      rmSync(join(repository.root, ".git", "keelson"), { recursive: true, force: true });
      const folder = dirname(repository.root);
      const [path, started] = [join(folder, `git-${verb}.sh`), join(folder, `started-${verb}`)];
      // Never answers: it reads what it is told to the end, which does not come.
      writeFileSync(path, `#!/bin/sh\ncase " $* " in *" ${verb} "*) : > '${started}'; tail -f /dev/null;; *) exec git "$@";; esac\n`);
      chmodSync(path, 0o755);
      const settings = { git: { path }, upstream: { pairs: [{ name: "mainline", mainline: "main", downstream: "ours" }] } };
      client = await startClient({ folders: [repository.root], settings: () => settings, initializationOptions: { storagePath: join(folder, "storage"), settings } });
      const source = new CancellationTokenSource();
      const answer = client.connection.sendRequest("keelson/upstream/refresh", { folder: repository.root, pair: "mainline" }, source.token).then(
        () => "an answer",
        (error: unknown) => error,
      );
      const early = await Promise.race([appears(started), answer]);
      assert.equal(early, undefined);
      const pid = client.process.pid ?? 0;
      assert.notDeepEqual(descendants(pid), []);
      source.cancel();
      const told = await answer;
      assert.equal(told instanceof Error && "code" in told ? told.code : told, LSPErrorCodes.RequestCancelled);
      // A process that has closed its files may stand in the table a moment longer; one that goes on would stand there for ever.
      while (descendants(pid).length > 0) await new Promise((resolve) => setImmediate(resolve));
    });
  }
});
