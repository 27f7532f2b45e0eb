import type { Decode, Hash } from "../../ports";

/** A commit that exists to be merged and for nothing else. */
export interface SyntheticCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  /** Tells commits of the same tree and parents apart. */
  readonly role: string;
}

/** An object's name is as long as the repository's hash: 40 digits of SHA-1, 64 of SHA-256. */
function digest(data: Uint8Array, digits: number, hash: Hash): string {
  return digits === 64 ? hash.sha256(data) : hash.sha1(data);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function commitText({ tree, parents, role }: SyntheticCommit): string {
  const person = "Keelson <keelson@example.com> 1 +0000";
  return `tree ${tree}\n${parents.map((parent) => `parent ${parent}\n`).join("")}author ${person}\ncommitter ${person}\n\n${role}\n`;
}

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const value of data) {
    a = (a + value) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const commitType = 1;

/** One entry of a pack: type and size, then a zlib stream (RFC 1950) of one stored block (RFC 1951), since commits are short. */
function entry(data: Uint8Array): Uint8Array {
  const head: number[] = [];
  let size = data.length >>> 4;
  let byte = (commitType << 4) | (data.length & 15);
  while (size > 0) {
    head.push(byte | 0x80);
    byte = size & 0x7f;
    size >>>= 7;
  }
  head.push(byte);
  const { length } = data;
  const sum = adler32(data);
  return joined([
    Uint8Array.from([...head, 0x78, 0x01, 0x01, length & 255, length >>> 8, ~length & 255, (~length >>> 8) & 255]),
    data,
    Uint8Array.from([sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255]),
  ]);
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** Gathers synthetic commits, each once, into one pack for `git index-pack --stdin`: one process however many there are. */
export class CommitPack {
  private readonly entries = new Map<string, Uint8Array>();

  /** `digits`: 40 or 64, how long an object's name is here. */
  constructor(private readonly digits: number, private readonly hash: Hash, private readonly decode: Decode) {}

  /** The commit's full name. */
  add(commit: SyntheticCommit): string {
    const body = this.decode.bytes(commitText(commit));
    const name = digest(joined([this.decode.bytes(`commit ${body.length}\0`), body]), this.digits, this.hash);
    if (!this.entries.has(name)) this.entries.set(name, entry(body));
    return name;
  }

  /** gitformat-pack, version 2. */
  bytes(): Uint8Array {
    const count = this.entries.size;
    const head = Uint8Array.from([0x50, 0x41, 0x43, 0x4b, 0, 0, 0, 2, count >>> 24, (count >>> 16) & 255, (count >>> 8) & 255, count & 255]);
    const body = joined([head, ...this.entries.values()]);
    return joined([body, bytesOfHex(digest(body, this.digits, this.hash))]);
  }
}
