import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

/**
 * A git directory can come with an unpacked archive, and so can what lies where we keep our state: a link to a file of the
 * user's, a pipe that nobody writes to, a file without end. Only plain files are opened, and no link is followed.
 */
const guarded = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Codes that mean "there is no plain file to use here", as opposed to a fault of the disk. */
const unusable = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENXIO", "EACCES", "EPERM", "ENAMETOOLONG"]);

async function openPlain(path: string, flags: number): Promise<FileHandle | undefined> {
  try {
    // 0o600: what people wrote down about a patch is theirs.
    const handle = await open(path, flags | guarded, 0o600);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && unusable.has(String(error.code))) return undefined;
    throw error;
  }
}

/** The text of a plain file of at most `maxBytes`; undefined when there is none. */
export async function readPlain(path: string, maxBytes: number): Promise<string | undefined> {
  const handle = await openPlain(path, constants.O_RDONLY);
  if (handle === undefined) return undefined;
  try {
    return (await handle.stat()).size > maxBytes ? undefined : await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/** The bytes of a plain file of at most `maxBytes`; undefined when there is none. */
export async function readPlainBytes(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const handle = await openPlain(path, constants.O_RDONLY);
  if (handle === undefined) return undefined;
  try {
    return (await handle.stat()).size > maxBytes ? undefined : await handle.readFile();
  } finally {
    await handle.close();
  }
}

/**
 * Appends bytes in one write to a plain file, made when it is not there, and returns true; false when what is there is no plain file.
 * `keep` first cuts a longer file back to that many bytes.
 */
export async function appendPlainBytes(path: string, bytes: Uint8Array, keep?: number): Promise<boolean> {
  const handle = await openPlain(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
  if (handle === undefined) return false;
  try {
    if (keep !== undefined && (await handle.stat()).size > keep) await handle.truncate(keep);
    await handle.appendFile(bytes);
    return true;
  } finally {
    await handle.close();
  }
}

/** Appends whole lines to a plain file, made when it is not there. False when what is there is no plain file. */
export async function appendLine(path: string, line: string): Promise<boolean> {
  const handle = await openPlain(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
  if (handle === undefined) return false;
  try {
    // A tail without its line end was cut by a kill; a line end before ours keeps it from swallowing the new line.
    const start = (await endsMidLine(handle)) ? "\n" : "";
    await handle.appendFile(`${start}${line}\n`);
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}

async function endsMidLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}
