import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";

export interface FoundBlob {
  readonly blob: string;
  readonly bytes: Uint8Array;
}

/** Bytes kept; more are read again when they are wanted again. */
const room = 160 << 20;

/** Reads objects by name (`TREE:path` or a blob's own), many in one `git cat-file --batch`, and keeps them for a while. */
export class GitObjects {
  private readonly kept = new Map<string, FoundBlob | undefined>();
  private size = 0;

  constructor(private readonly repo: GitRepository, private readonly decode: Decode, private readonly cancel: Cancel | undefined) {}

  /** Undefined when it is not there, can't be read, or was not loaded. */
  get(name: string): FoundBlob | undefined {
    return this.kept.get(name);
  }

  async load(names: readonly string[]): Promise<void> {
    const wanted = [...new Set(names)].filter((name) => !this.kept.has(name) && !/[\n\r\0]/u.test(name));
    if (this.size > room) {
      for (const name of [...this.kept.keys()]) if (!names.includes(name)) this.kept.delete(name);
      this.size = [...this.kept.values()].reduce((sum, one) => sum + (one?.bytes.length ?? 0), 0);
    }
    if (wanted.length > 0) await this.read(wanted);
  }

  private async read(names: readonly string[]): Promise<void> {
    checkCancel(this.cancel);
    const { status, stdout } = await this.repo.run(["cat-file", "--batch", "--buffer"], { input: names.map((name) => `${name}\n`).join(""), ...(this.cancel === undefined ? {} : { cancel: this.cancel }) });
    if (status === 0) this.take(names, stdout);
    else if (names.length === 1) this.kept.set(names[0] ?? "", undefined);
    else {
      // A damaged object, or more than fits: find which.
      const half = names.length >> 1;
      await this.read(names.slice(0, half));
      await this.read(names.slice(half));
    }
  }

  private take(names: readonly string[], out: Uint8Array): void {
    let at = 0;
    for (const name of names) {
      const end = out.indexOf(10, at);
      const head = this.decode.text(out.subarray(at, end < 0 ? out.length : end));
      at = end < 0 ? out.length : end + 1;
      const [, blob, type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/u.exec(head) ?? [];
      if (blob === undefined) {
        this.kept.set(name, undefined);
        continue;
      }
      const bytes = out.slice(at, at + Number(size));
      at += Number(size) + 1;
      this.kept.set(name, type === "blob" ? { blob, bytes } : undefined);
      this.size += bytes.length;
    }
  }
}
