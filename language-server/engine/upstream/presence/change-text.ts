import type { Decode } from "../../ports";
import { unquoteName } from "../../patch/paths";
import { changedLine, type ChangedLine } from "./lines";

/** Adjacent changed lines with their text; numbers are 1-based, and 0-based `at` is where they stand in the old file's lines. */
export interface TextGroup {
  /** Old lines before it. */
  readonly at: number;
  readonly newLine: number;
  readonly deleted: readonly ChangedLine[];
  readonly added: readonly ChangedLine[];
}

export interface TextFile {
  oldPath: string;
  newPath: string;
  kind: "modified" | "added" | "deleted";
  binary: boolean;
  /** Full names of both blobs; empty when the content did not change. */
  oldBlob: string;
  newBlob: string;
  oldMode: string;
  newMode: string;
  readonly groups: TextGroup[];
}

export interface TextChange {
  readonly sha: string;
  readonly files: TextFile[];
  /** Some lines were left out: there are too many. */
  capped: boolean;
}

/** Changed lines kept of one commit; the first ones of a code drop tell it well enough. */
const maxLines = 20000;

interface OpenGroup {
  at: number;
  newLine: number;
  deleted: ChangedLine[];
  added: ChangedLine[];
}

function fileOf(text: string, decode: Decode): TextFile {
  const [oldPath, newPath] = gitPaths(text, decode);
  return { oldPath, newPath, kind: "modified", binary: false, oldBlob: "", newBlob: "", oldMode: "", newMode: "", groups: [] };
}

function plainName(text: string, decode: Decode): string {
  return unquoteName(text, 0, decode)?.name ?? text;
}

/** The two names of `diff --git a/x b/x`; a rename's own lines tell them again, without doubt. */
function gitPaths(text: string, decode: Decode): readonly [string, string] {
  const quoted = unquoteName(text, 0, decode);
  if (quoted !== undefined) return [quoted.name.slice(2), plainName(text.slice(quoted.end + 1), decode).slice(2)];
  const half = (text.length - 1) / 2;
  if (Number.isInteger(half) && text.slice(2, half) === text.slice(half + 3)) return [text.slice(2, half), text.slice(half + 3)];
  const cut = text.indexOf(" b/");
  return cut < 0 ? [text.slice(2), text.slice(2)] : [text.slice(2, cut), text.slice(cut + 3)];
}

/** Header lines of one file's diff, by how they begin. */
const headers: readonly (readonly [string, (file: TextFile, rest: string, decode: Decode) => void])[] = [
  ["index ", (file, rest) => {
    const [, oldBlob = "", newBlob = "", mode = ""] = /^([0-9a-f]+)\.\.([0-9a-f]+)(?: (\d+))?/u.exec(rest) ?? [];
    file.oldBlob = oldBlob;
    file.newBlob = newBlob;
    if (mode !== "") file.oldMode = file.newMode = mode;
  }],
  ["new file mode ", (file, rest) => {
    file.kind = "added";
    file.newMode = rest;
  }],
  ["deleted file mode ", (file, rest) => {
    file.kind = "deleted";
    file.oldMode = rest;
  }],
  ["old mode ", (file, rest) => { file.oldMode = rest; }],
  ["new mode ", (file, rest) => { file.newMode = rest; }],
  ["rename from ", (file, rest, decode) => { file.oldPath = plainName(rest, decode); }],
  ["rename to ", (file, rest, decode) => { file.newPath = plainName(rest, decode); }],
  ["Binary files ", (file) => { file.binary = true; }],
];

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/**
 * Reads the output of `git diff-tree --stdin --always -r -p -U0 -M --full-index` as it comes. `each` gets every commit once the
 * next begins, or at a good end.
 */
export class ChangeReader {
  private rest = new Uint8Array(0);
  private open: TextChange | undefined;
  private file: TextFile | undefined;
  private group: OpenGroup | undefined;
  private oldLeft = 0;
  private newLeft = 0;
  private kept = 0;

  constructor(private readonly decode: Decode, private readonly each: (change: TextChange) => void) {}

  /** The piece may end anywhere. */
  push(chunk: Uint8Array): void {
    const bytes = this.rest.length === 0 ? chunk : joined(this.rest, chunk);
    let from = 0;
    for (let to = bytes.indexOf(10, this.rest.length); to >= 0; to = bytes.indexOf(10, from)) {
      this.line(bytes, from, to);
      from = to + 1;
    }
    // Copied: the chunk's memory may be used again.
    this.rest = bytes.slice(from);
  }

  end(complete: boolean): void {
    this.rest = new Uint8Array(0);
    if (complete) this.close();
    this.open = undefined;
  }

  private close(): void {
    this.endGroup();
    if (this.open !== undefined) this.each(this.open);
    this.open = this.file = undefined;
  }

  private endGroup(): void {
    if (this.group !== undefined) this.file?.groups.push(this.group);
    this.group = undefined;
  }

  private line(bytes: Uint8Array, from: number, to: number): void {
    const first = bytes[from];
    if (this.oldLeft > 0 && first === 45) {
      this.oldLeft -= 1;
      this.group?.deleted.push(changedLine(bytes, from + 1, to, this.decode));
    } else if (this.newLeft > 0 && first === 43) {
      this.newLeft -= 1;
      this.group?.added.push(changedLine(bytes, from + 1, to, this.decode));
    } else if (first !== 92) this.header(this.decode.text(bytes.subarray(from, Math.min(to, from + 9000))));
  }

  private header(line: string): void {
    if (line.startsWith("@@ ")) this.hunk(line);
    else if (line.startsWith("diff --git ")) {
      this.endGroup();
      this.file = fileOf(line.slice(11), this.decode);
      this.open?.files.push(this.file);
    } else if (/^[0-9a-f]{40,64}$/u.test(line)) {
      this.close();
      this.open = { sha: line, files: [], capped: false };
      this.kept = 0;
    } else if (this.file !== undefined) {
      for (const [begin, read] of headers) if (line.startsWith(begin)) read(this.file, line.slice(begin.length), this.decode);
    }
  }

  private hunk(line: string): void {
    const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/u.exec(line);
    if (match === null || this.open === undefined) return;
    this.endGroup();
    this.oldLeft = Number(match[2] ?? 1);
    this.newLeft = Number(match[4] ?? 1);
    this.kept += this.oldLeft + this.newLeft;
    if (this.kept > maxLines) {
      this.open.capped = true;
      return;
    }
    // git names the line before when a side is empty.
    const at = this.oldLeft === 0 ? Number(match[1]) : Number(match[1]) - 1;
    this.group = { at, newLine: Math.max(1, Number(match[3]) + (this.newLeft === 0 ? 1 : 0)), deleted: [], added: [] };
  }
}
