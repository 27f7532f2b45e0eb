import { randomBytes } from "node:crypto";
import { lstat, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { StoreError, type StoreFiles } from "../../engine/tuning/store/types";
import { createLease } from "../lease";
import { appendLine, appendPlainBytes, readPlain, readPlainBytes } from "../plain-file";

/** An overlay is compacted long before it is as large. */
const maxOverlay = 64 << 20;
/** 40,000 vectors of 4,096 dimensions are 165 MB. */
const maxVectors = 1 << 30;
const pauseMs = 15;

function code(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (code(error) === "" || error instanceof StoreError) throw error;
    throw new StoreError("not-writable", `${path}: ${code(error)}`);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A store's files beside the path of its base. */
export function createStoreFiles(base: string): StoreFiles {
  const folder = dirname(base);
  const building = `.${basename(base)}.building-`;
  const lease = createLease(folder);
  return {
    base,
    async stamp(path) {
      try {
        const { ino, size, mtimeMs } = await lstat(path);
        return `${ino} ${size} ${mtimeMs}`;
      } catch (error) {
        if (code(error) === "ENOENT" || code(error) === "ENOTDIR") return undefined;
        throw error;
      }
    },
    readLines: async (path) => (await readPlain(path, maxOverlay)) ?? "",
    async appendLine(path, line) {
      await writing(path, async () => {
        await mkdir(folder, { recursive: true });
        if (!(await appendLine(path, line))) throw new StoreError("not-writable", path);
        await sync(folder);
      });
    },
    aside: () =>
      writing(base, async () => {
        await mkdir(folder, { recursive: true });
        // Only who holds the lease builds, so all others are of dead writers.
        for (const name of await readdir(folder)) if (name.startsWith(building)) await rm(join(folder, name), { recursive: true, force: true });
        return join(folder, `${building}${randomBytes(6).toString("hex")}`);
      }),
    async publish(aside) {
      await writing(base, async () => {
        await sync(aside);
        await rename(aside, base);
        await sync(folder);
      });
    },
    async discard(path) {
      await rm(path, { recursive: true, force: true });
    },
    readBytes: (path) => readPlainBytes(path, maxVectors),
    async appendBytes(path, bytes, keep) {
      await writing(path, async () => {
        if (!(await appendPlainBytes(path, bytes, keep))) throw new StoreError("not-writable", path);
        await sync(path);
      });
    },
    async replaceBytes(path, bytes) {
      const aside = join(folder, `${building}${randomBytes(6).toString("hex")}`);
      await writing(path, async () => {
        await mkdir(folder, { recursive: true });
        await writeFile(aside, bytes, { mode: 0o600 });
        await sync(aside);
        await rename(aside, path);
        await sync(folder);
      });
    },
    async companions(ending) {
      const names = await readdir(folder).catch(() => []);
      return names.filter((name) => name.startsWith(`${basename(base)}.`) && name.endsWith(ending)).map((name) => join(folder, name));
    },
    async dropOverlays() {
      for (const name of await readdir(folder)) if (name.startsWith(`${basename(base)}.`) && name.endsWith(".overlay")) await rm(join(folder, name), { force: true });
    },
    exclusive: (work, cancel) => lease.hold(`${basename(base)}-writer`, work, cancel),
    breathe: () => setImmediate(undefined),
    pause: () => setTimeout(pauseMs * (1 + Math.random()), undefined),
  };
}
