import type { Decode } from "../../ports";
import type { ReplayConflict } from "./types";

export interface MergeRecord {
  readonly clean: boolean;
  readonly tree: string;
  readonly files: readonly string[];
  readonly conflicts: readonly ReplayConflict[];
}

type State = "status" | "tree" | "end" | "file" | "count" | "path" | "kind" | "text";

/**
 * Reads what `git merge-tree --write-tree --stdin --name-only` prints, in pieces as they come (git-merge-tree(1), OUTPUT):
 * `status NUL tree NUL`, for a conflict the paths and an empty one, then messages of `count NUL path… NUL kind NUL text NUL`;
 * every record ends with an empty field. The status is 1 for clean, the reverse of the exit code.
 */
export class RecordReader {
  private rest: Uint8Array | undefined;
  private state: State = "status";
  private clean = false;
  private tree = "";
  private files = new Set<string>();
  private conflicts: ReplayConflict[] = [];
  private left = 0;
  private paths: string[] = [];
  private kind = "";

  constructor(private readonly decode: Decode, private readonly onRecord: (record: MergeRecord) => void) {}

  /** The piece may end anywhere. */
  take(chunk: Uint8Array): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      this.field(this.decode.text(this.withRest(chunk.subarray(from, end))));
      from = end + 1;
    }
    // Copied: the chunk's memory may be used again.
    if (from < chunk.length) this.rest = Uint8Array.from(this.withRest(chunk.subarray(from)));
  }

  private withRest(part: Uint8Array): Uint8Array {
    if (this.rest === undefined) return part;
    const whole = new Uint8Array(this.rest.length + part.length);
    whole.set(this.rest);
    whole.set(part, this.rest.length);
    this.rest = undefined;
    return whole;
  }

  private field(text: string): void {
    switch (this.state) {
      case "status":
        this.clean = text === "1";
        this.state = "tree";
        return;
      case "tree":
        this.tree = text;
        this.state = this.clean ? "end" : "file";
        return;
      case "file":
        if (text === "") this.state = "count";
        else this.files.add(text);
        return;
      case "count":
        if (text === "") this.finish();
        else {
          this.left = Number(text);
          this.state = this.left > 0 ? "path" : "kind";
        }
        return;
      case "path":
        this.paths.push(text);
        this.left -= 1;
        if (this.left === 0) this.state = "kind";
        return;
      case "kind":
        this.kind = text;
        this.state = "text";
        return;
      case "text":
        this.message();
        return;
      case "end":
        this.finish();
    }
  }

  private message(): void {
    const kind = /^CONFLICT \((.*)\)$/u.exec(this.kind)?.[1];
    if (kind !== undefined) {
      for (const path of this.paths) this.conflicts.push({ path, kind });
      // Some conflicts, of directory renames above all, leave no file unmerged; their message names the paths.
      if (this.files.size === 0) for (const path of this.paths) this.files.add(path);
    }
    this.paths = [];
    this.state = "count";
  }

  private finish(): void {
    const { clean, tree, files, conflicts } = this;
    this.files = new Set();
    this.conflicts = [];
    this.state = "status";
    this.onRecord({ clean, tree, files: [...files].sort(), conflicts });
  }
}
