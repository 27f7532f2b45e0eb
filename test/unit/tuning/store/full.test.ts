import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { openStore } from "../../../../language-server/knowledge/store";
import { drivers, withFolder } from "./places";

const child = join(import.meta.dirname, "full-child.ts");

for (const driver of drivers()) {
  it(`keeps the store as it was when its disk has no room, and says so, on ${driver.name}`, () =>
    withFolder(async (path, folder) => {
      // No file of the child may be larger than 1 MB; its writes then fail as they do on a full disk.
      const { stdout } = await promisify(execFile)("bash", ["-c", 'ulimit -f 1024; exec "$@"', "bash", process.execPath, "--import", "tsx", child, path, driver.name]);
      assert.equal(stdout, "little kept\nmuch not-writable\nmore kept\n");
      const store = openStore(path, driver);
      assert.deepEqual([...(await store.hashes("/tree")).keys()], ["little", "more"]);
      await store.dispose();
      assert.ok(readdirSync(folder).every((name) => !name.includes("building")), "the half-written base is removed");
    })).timeout(60_000);
}
