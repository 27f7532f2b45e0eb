import type { Decode } from "../../ports";
import { unquoteName } from "../../patch/paths";
import type { DiffState } from "../types";
import { byteHash, lineHash, mix } from "./hash";
import { packDiff, type OpenFile } from "./record";
import { eachName } from "./words";

/** Lines kept of one commit's diff; more than this is data or a code drop, and its first lines tell it well enough. */
export const maxLines = 4096;
/** A diff with no more changed lines is also known by the names in them: one edited word makes another line. */
const smallDiff = 12;

/** No file has more lines. */
const maxNumber = 2 ** 31;

const lf = 10;
const plus = 43;
const minus = 45;
const at = 64;
const backslash = 92;

/** A growing list of 32-bit words. */
class Words {
  words = new Uint32Array(256);
  length = 0;
  push(word: number): void {
    if (this.length === this.words.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    this.words[this.length++] = word;
  }
}

interface Open {
  readonly sha: string;
  readonly files: OpenFile[];
  readonly deleted: Words;
  readonly added: Words;
  id: [number, number];
  capped: boolean;
  lines: number;
  words: number[];
}

/** Takes the output of `git diff-tree --stdin --always -r -p -U0` as it comes. */
export interface DiffParser {
  push(chunk: Uint8Array): void;
  /** No more comes: the last commit is complete, unless git failed. */
  end(complete: boolean): void;
}

/** A line of input that is no commit comes back as it is, behind all that git had to say until then. */
export const mark = "keelson: so far";

/**
 * `each` gets every complete commit's record (see record.ts), in git's order; a commit is complete when the next begins, or at a
 * {@link mark}, which `marked` hears of. Line content is only hashed, never decoded.
 */
export function diffParser(decode: Decode, each: (sha: string, record: Uint8Array<ArrayBuffer>) => void, marked?: () => void): DiffParser {
  let carry = new Uint8Array(0);
  let open: Open | undefined;
  let file: OpenFile | undefined;
  let oldLeft = 0;
  let newLeft = 0;

  const close = (): void => {
    if (open === undefined) return;
    const state: DiffState = open.capped ? "too-large" : "known";
    each(open.sha, packDiff({ state, id: [open.id[0] >>> 0, open.id[1] >>> 0], files: open.files, deleted: open.deleted, added: open.added, words: open.lines <= smallDiff ? open.words : [] }, decode));
    open = undefined;
    file = undefined;
  };

  /** The id goes on over every line, kept or not, so that two large commits are still told apart. */
  const note = (hash: number, sign: number): void => {
    if (open === undefined || hash === 0) return;
    open.id = [mix(Math.imul(open.id[0], 31) ^ hash ^ sign), mix(Math.imul(open.id[1], 37) + hash + sign)];
  };

  const changed = (bytes: Uint8Array, from: number, to: number, added: boolean): void => {
    if (open === undefined) return;
    const hash = lineHash(bytes, from + 1, to);
    note(hash, added ? plus : minus);
    const { words } = open;
    if (++open.lines <= smallDiff) {
      eachName(bytes, from + 1, to, (name) => {
        words.push(added ? mix(name) : name);
      });
    }
    if (!open.capped) (added ? open.added : open.deleted).push(hash);
  };

  const hunkHeader = (bytes: Uint8Array, from: number, to: number): void => {
    const header = hunkCounts(bytes, from, to);
    if (header === undefined || open === undefined || file === undefined) return;
    const { oldStart, oldCount, newStart, newCount, end } = header;
    if (open.lines <= smallDiff) {
      const hash = lineHash(bytes, end, to);
      if (hash !== 0) open.words.push(mix(hash ^ at));
    }
    oldLeft = oldCount;
    newLeft = newCount;
    // A group is kept whole or not at all, so that its counts always name hashes that are there.
    if (open.capped || open.deleted.length + open.added.length + oldCount + newCount > maxLines) open.capped = true;
    else file.groups.push(oldStart, oldCount, newStart, newCount);
  };

  const whole = (oldHash: number, newHash: number): void => {
    if (open === undefined || file === undefined) return;
    note(oldHash, minus);
    note(newHash, plus);
    if (open.capped) return;
    file.groups.push(0, 1, 0, 1);
    open.deleted.push(oldHash);
    open.added.push(newHash);
  };

  const pathNote = (path: string): void => {
    const bytes = decode.bytes(path);
    note(lineHash(bytes, 0, bytes.length), at);
  };

  const header = (bytes: Uint8Array, from: number, to: number): void => {
    const first = bytes[from];
    if (first === at) {
      hunkHeader(bytes, from, to);
      return;
    }
    // Lines that come with every file and are looked at for few: what is not decoded costs nothing.
    if (first === plus || (first === minus && file?.status !== "mode")) return;
    const text = decode.text(bytes.subarray(from, Math.min(to, from + 5000)));
    if (text.startsWith("diff --git ")) {
      file = { status: "modified", oldPath: "", newPath: "", groups: [] };
      [file.oldPath, file.newPath] = gitPaths(text.slice(11), decode);
      open?.files.push(file);
      pathNote(file.newPath);
    } else if (/^[0-9a-f]{40,64}$/.test(text)) {
      close();
      open = { sha: text, files: [], deleted: new Words(), added: new Words(), id: [1, 2], capped: false, lines: 0, words: [] };
    } else if (text === mark) {
      close();
      marked?.();
    } else if (file !== undefined) fileHeader(text, file);
  };

  const fileHeader = (text: string, into: OpenFile): void => {
    if (text.startsWith("new file mode ")) into.status = "added";
    else if (text.startsWith("deleted file mode ")) into.status = "deleted";
    else if (text.startsWith("rename from ")) {
      into.status = "renamed";
      into.oldPath = plainName(text.slice(12), decode);
    } else if (text.startsWith("copy from ")) {
      into.status = "copied";
      into.oldPath = plainName(text.slice(10), decode);
    } else if (text.startsWith("rename to ")) into.newPath = plainName(text.slice(10), decode);
    else if (text.startsWith("copy to ")) into.newPath = plainName(text.slice(8), decode);
    else if (text.startsWith("new mode ")) {
      into.status = "mode";
      const mode = decode.bytes(text);
      whole(0, byteHash(mode, 0, mode.length));
    } else if (text.startsWith("--- ") && into.status === "mode") into.status = "modified";
    else if (text.startsWith("index ")) blobs = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/.exec(text) ?? undefined;
    else if (text.startsWith("Binary files ") && blobs !== undefined) {
      into.status = "binary";
      const [, one = "", other = ""] = blobs;
      const [a, b] = [decode.bytes(one), decode.bytes(other)];
      whole(byteHash(a, 0, a.length), byteHash(b, 0, b.length));
    }
  };
  let blobs: RegExpExecArray | undefined;

  const line = (bytes: Uint8Array, from: number, to: number): void => {
    const first = bytes[from];
    if (oldLeft > 0 && first === minus) {
      oldLeft--;
      changed(bytes, from, to, false);
    } else if (newLeft > 0 && first === plus) {
      newLeft--;
      changed(bytes, from, to, true);
    } else if (first !== backslash) header(bytes, from, to);
  };

  return {
    push(chunk) {
      const bytes = carry.length === 0 ? chunk : joined(carry, chunk);
      let from = 0;
      for (let to = bytes.indexOf(lf, carry.length); to >= 0; to = bytes.indexOf(lf, from)) {
        line(bytes, from, to);
        from = to + 1;
      }
      carry = bytes.slice(from);
    },
    end(complete) {
      carry = new Uint8Array(0);
      if (complete) close();
      open = undefined;
    },
  };
}

interface HunkCounts {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** Offset behind the second `@@`. */
  readonly end: number;
}

/** `@@ -1,2 +3,4 @@`, read without making a text of it: there are as many as changes. */
function hunkCounts(bytes: Uint8Array, from: number, to: number): HunkCounts | undefined {
  let i = from;
  const expect = (text: string): boolean => {
    for (let k = 0; k < text.length; k++) if (i + k >= to || bytes[i + k] !== text.charCodeAt(k)) return false;
    i += text.length;
    return true;
  };
  const number = (): number => {
    const start = i;
    let value = 0;
    for (let digit = (bytes[i] ?? 0) - 48; i < to && digit >= 0 && digit <= 9; digit = (bytes[i] ?? 0) - 48) {
      value = value * 10 + digit;
      i++;
    }
    return i === start || value > maxNumber ? Number.NaN : value;
  };
  const count = (): number => (expect(",") ? number() : 1);
  if (!expect("@@ -")) return undefined;
  const [oldStart, oldCount] = [number(), count()];
  if (!expect(" +")) return undefined;
  const [newStart, newCount] = [number(), count()];
  if (!expect(" @@") || Number.isNaN(oldStart + oldCount + newStart + newCount)) return undefined;
  return { oldStart, oldCount, newStart, newCount, end: i };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function plainName(text: string, decode: Decode): string {
  return unquoteName(text, 0, decode)?.name ?? text;
}

/** The two names of `diff --git a/x b/x`; a rename's own lines tell them again, without doubt. */
function gitPaths(text: string, decode: Decode): [string, string] {
  const quoted = unquoteName(text, 0, decode);
  if (quoted !== undefined) {
    const rest = plainName(text.slice(quoted.end + 1), decode);
    return [quoted.name.slice(2), rest.slice(2)];
  }
  // "a/NAME b/NAME": both names are equally long, unless the file was renamed.
  const half = (text.length - 1) / 2;
  if (Number.isInteger(half) && text.slice(2, half) === text.slice(half + 3)) return [text.slice(2, half), text.slice(half + 3)];
  const quote = text.indexOf(' "');
  const cut = quote >= 0 ? quote : text.indexOf(" b/");
  return cut < 0 ? [text.slice(2), text.slice(2)] : [text.slice(2, cut), plainName(text.slice(cut + 1), decode).slice(2)];
}
