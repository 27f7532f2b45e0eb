import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { createGit } from "../../../language-server/adapters/git";
import { nodeHash } from "../../../language-server/adapters/hash";
import { replays } from "../../../language-server/engine/upstream/conflict/replay";
import type { ReplayRequest } from "../../../language-server/engine/upstream/conflict/types";
import type { BenchTable } from "../table";

export interface ConflictsBench {
  readonly repo: string;
  /** Lines of downstream, upstream and class: the upstream commit replayed on the downstream commit's parent. */
  readonly replay: string;
  /** Runs of each side, one after the other in turn; 3 unless told. */
  readonly runs?: number;
  /** Processes of git at a time on our side; 1 unless told. */
  readonly jobs?: number;
}

interface Raw {
  readonly classes: readonly string[];
  readonly seconds: number;
}

/** git itself: commits made beforehand (not timed), then one `git merge-tree --stdin`; its objects go to a folder of their own. */
class RawMerges {
  private readonly folder = mkdtempSync(join(tmpdir(), "keelson-bench-"));
  private readonly lines: string;
  private readonly trees: readonly string[];

  constructor(private readonly repo: string, requests: readonly ReplayRequest[]) {
    mkdirSync(join(this.folder, "objects"));
    const names = this.git(["cat-file", "--batch-check=%(objectname)"], requests.map(({ onto, commit }) => `${onto}^{tree}\n${commit}^\n`).join("")).split("\n");
    this.trees = requests.map((_, i) => names[2 * i] ?? "");
    const files = requests.map((_, i) => {
      const file = join(this.folder, `${i}`);
      writeFileSync(file, `tree ${names[2 * i] ?? ""}\nparent ${names[2 * i + 1] ?? ""}\nauthor a <a@example.com> 1 +0000\ncommitter a <a@example.com> 1 +0000\n\nonto\n`);
      return file;
    });
    const bases = this.git(["hash-object", "-t", "commit", "-w", "--stdin-paths"], files.join("\n")).split("\n");
    this.lines = requests.map(({ commit }, i) => `${bases[i] ?? ""} ${commit}\n`).join("");
  }

  private git(args: readonly string[], input = ""): string {
    const objects = this.common();
    const env = { ...process.env, GIT_OBJECT_DIRECTORY: join(this.folder, "objects"), GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
    return spawnSync("git", [...args], { cwd: this.repo, env, input, encoding: "utf8", maxBuffer: 1 << 30 }).stdout;
  }

  private common(): string {
    return join(spawnSync("git", ["rev-parse", "--absolute-git-dir"], { cwd: this.repo, encoding: "utf8" }).stdout.trim(), "objects");
  }

  run(): Raw {
    const started = performance.now();
    const out = this.git(["merge-tree", "--write-tree", "--stdin", "--name-only", "--no-messages"], this.lines);
    const seconds = (performance.now() - started) / 1000;
    const fields = out.split("\0");
    const classes: string[] = [];
    // Status, tree, then for a conflict the paths and an empty field; every record ends with an empty one.
    for (let at = 0; at + 1 < fields.length; ) {
      const clean = fields[at] === "1";
      classes.push(!clean ? "conflict" : fields[at + 1] === this.trees[classes.length] ? "empty" : "clean");
      at += 2;
      if (!clean) while (at < fields.length && fields[at] !== "") at++;
      at += 1;
    }
    return { classes, seconds };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function requestsOf(file: string): readonly ReplayRequest[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").filter((line) => line !== "").map((line) => line.split("\t")).map(([down = "", up = ""]) => ({ commit: up, onto: `${down}^` }));
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Our classes and time against `git merge-tree --stdin` on the same input, the runs in turn. */
export async function benchConflicts(options: ConflictsBench): Promise<BenchTable[]> {
  const git = createGit({ trusted: () => true });
  const repo = await git.open(options.repo);
  if (repo === undefined) throw new Error(`${options.repo} is no repository`);
  const version = await git.version();
  const requests = requestsOf(options.replay);
  const raw = new RawMerges(options.repo, requests);
  try {
    const [ours, theirs]: [number[], number[]] = [[], []];
    let same = 0;
    for (let run = 0; run < (options.runs ?? 3); run++) {
      const git = raw.run();
      theirs.push(git.seconds);
      const started = performance.now();
      const own = await replays(requests, { repo, version, decode: nodeDecode, hash: nodeHash }, { jobs: options.jobs ?? 1 });
      ours.push((performance.now() - started) / 1000);
      same = own.filter((result, i) => result.class === git.classes[i]).length;
    }
    const columns = ["commits", "same class", "ours s", "git s", "ratio"];
    return [{ title: "Replay classes against git merge-tree --stdin (medians)", columns, rows: [[requests.length, same, median(ours).toFixed(2), median(theirs).toFixed(2), (median(ours) / median(theirs)).toFixed(2)]] }];
  } finally {
    raw.dispose();
  }
}
