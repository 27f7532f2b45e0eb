import { randomBytes } from "node:crypto";
import { lstat, mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Cancelled, type Cancel } from "../engine/ports";

export interface Lease {
  /**
   * Runs work that no other process does at the same time under this name. One that waits finds the first one's result in
   * the cache. A holder that died is not waited for. Without a folder to write to, the work simply runs.
   */
  hold<T>(name: string, work: () => Promise<T>, cancel: Cancel | undefined): Promise<T>;
}

/** A living holder touches its file this often; one that has not for `staleMs` is dead. */
const beatMs = 1000;
const staleMs = 5000;
const lookAgainMs = 60;

function code(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

async function isStale(file: string): Promise<boolean> {
  try {
    // Far in the future is no living holder either: a wrong clock, or a file that came with an archive.
    return Math.abs(Date.now() - (await lstat(file)).mtimeMs) > staleMs;
  } catch (error) {
    if (code(error) === "ENOENT") return true;
    throw error;
  }
}

function pause(ms: number, cancel: Cancel | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      bond?.dispose();
      resolve();
    }, ms);
    const bond = cancel?.onCancel(() => {
      clearTimeout(timer);
      reject(new Cancelled());
    });
  });
}

/** Takes the file, waiting while somebody else has it. False when the folder can't be written. */
async function take(file: string, owner: string, cancel: Cancel | undefined): Promise<boolean> {
  for (;;) {
    if (cancel?.cancelled === true) throw new Cancelled();
    try {
      await writeFile(file, owner, { flag: "wx" });
      return true;
    } catch (error) {
      if (code(error) !== "EEXIST") return false;
    }
    if (await isStale(file)) await rm(file, { force: true, recursive: true });
    else await pause(lookAgainMs, cancel);
  }
}

export function createLease(folder: string): Lease {
  return {
    async hold(name, work, cancel) {
      const file = join(folder, `${name.replace(/[^\w-]/gu, "_")}.lease`);
      const owner = `${process.pid} ${randomBytes(8).toString("hex")}`;
      await mkdir(folder, { recursive: true }).catch(() => undefined);
      if (!(await take(file, owner, cancel))) return work();
      const beat = setInterval(() => {
        const now = new Date();
        // Taken over after a sleep of the machine: whoever has it now keeps it.
        utimes(file, now, now).catch(() => undefined);
      }, beatMs);
      beat.unref();
      try {
        return await work();
      } finally {
        clearInterval(beat);
        const held = await readFile(file, "utf8").catch(() => "");
        if (held === owner) await rm(file, { force: true });
      }
    },
  };
}
