import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { backports, chen, history, stableFrom } from "./history";
import { seriesList } from "./series";
import { tree } from "./tree";
import type { Author, Commit, Edit, Expected, SampleSeries } from "./types";

/** Turns every text of the sample into another, so that a test can show that no check knows the sample by heart. */
export interface Variation {
  readonly rename: (text: string) => string;
  /** Comment lines that every C file gets below its first line. */
  readonly padding: number;
  /** Reverses the order of series whose patches do not build on one another. */
  readonly reversed: boolean;
}

const plain: Variation = { rename: (text) => text, padding: 0, reversed: false };

/** Seconds since the epoch of the first commit: 2 March 2026, 08:00 UTC. */
const firstCommit = 1772438400;

interface Named {
  readonly sha: string;
  readonly subject: string;
}

/** What the checks have to say of each patch file, by path below `patches/`. */
export type SampleExpectations = ReadonlyMap<string, readonly Expected[]>;

/** Makes the sample: a repository with history on `main` and `keel-6.1.y`, and patches to review under `patches/`. */
export function generateSample(folder: string, variation: Variation = plain): SampleExpectations {
  return new Sample(folder, variation).build();
}

/** One repository being written; it lives as long as the generator's run. */
class Sample {
  private readonly names = new Map<string, Named>();
  private readonly expectations = new Map<string, readonly Expected[]>();
  private hour = 0;

  constructor(
    private readonly folder: string,
    private readonly variation: Variation,
  ) {}

  build(): SampleExpectations {
    mkdirSync(this.folder, { recursive: true });
    this.git("init", "-q", "-b", "main");
    for (const [path, text] of Object.entries(tree)) this.write(path, this.padded(path, text));
    this.commit({ name: "import", subject: "Import the sample tree", body: "The sample starts here.", author: chen, edits: [] }, chen);
    for (const commit of history) this.commit(commit, commit.author);
    this.buildStable();
    for (const series of seriesList) this.buildSeries(series);
    this.git("checkout", "-q", "main");
    this.publish();
    return this.expectations;
  }

  private buildStable(): void {
    this.git("checkout", "-q", "-b", "keel-6.1.y", this.sha(stableFrom));
    for (const { of, marker, by } of backports) {
      const original = history.find(({ name }) => name === of);
      if (original === undefined) throw new Error(`no commit ${of}`);
      const body = `${marker}\n\n${original.body}\nSigned-off-by: ${by.name} <${by.email}>`;
      this.commit({ ...original, name: `stable-${of}`, body }, by);
    }
    this.git("checkout", "-q", "main");
  }

  /** Commits the series where it belongs, formats it as mails, and spoils those. */
  private buildSeries(series: SampleSeries): void {
    const patches = this.variation.reversed && series.independent ? [...series.patches].reverse() : series.patches;
    const start = series.start === undefined ? "main" : (this.names.get(series.start)?.sha ?? series.start);
    this.git("checkout", "-q", "--detach", start);
    for (const patch of patches) {
      // Mails of one commit each: none builds on another.
      if (series.independent && series.single === true) this.git("checkout", "-q", "--detach", start);
      this.commit(patch, patch.author);
      if (series.single === true) this.format(series, `${this.sha(patch.name)}^!`, [patch]);
    }
    if (series.single !== true) this.format(series, `${this.git("rev-parse", start)}..HEAD`, patches);
  }

  private format(series: SampleSeries, range: string, patches: SampleSeries["patches"]): void {
    const scratch = join(this.folder, ".git/sample");
    rmSync(scratch, { recursive: true, force: true });
    const cover = series.cover === undefined ? [] : ["--cover-letter"];
    const numbered = series.single === true ? "-N" : "-n";
    this.git("format-patch", "-q", "--no-signature", "--no-renames", numbered, ...(series.version === undefined ? [] : ["-v", String(series.version)]), ...cover, "-o", scratch, range);
    const files = readdirSync(scratch).sort();
    const first = files.length - patches.length;
    const mails = files.map((file, index) => {
      const text = readFileSync(join(scratch, file), "utf8");
      const patch = patches[index - first];
      if (patch !== undefined) return patch.damage === undefined ? text : this.spoil(text, patch.damage);
      const { subject = "", text: blurb = "" } = series.cover ?? {};
      return text.replace("*** SUBJECT HERE ***", this.text(subject)).replace("*** BLURB HERE ***", this.text(blurb));
    });
    const kept = series.arrange === undefined ? mails : series.arrange(mails);
    if (series.mbox === true) {
      this.deliver(`${series.name}.mbox`, kept.join("\n"), series.expected ?? []);
      return;
    }
    for (const [index, mail] of mails.entries()) {
      const patch = patches[index - first];
      const file = series.single === true && patch !== undefined ? `${patch.name}.patch` : (files[index] ?? "");
      this.deliver(`${series.name}/${file}`, mail, patch?.expected ?? []);
    }
  }

  private deliver(path: string, text: string, expected: readonly Expected[]): void {
    const file = join(this.folder, ".git/sample-patches", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    this.expectations.set(path, expected.map((entry) => ({ ...entry, at: this.text(entry.at) })));
  }

  private spoil(mail: string, damage: (mail: string) => string): string {
    const spoiled = damage(mail);
    if (spoiled === mail) throw new Error(`a sample patch was meant to be spoiled and is not:\n${mail}`);
    return spoiled;
  }

  /** Commits the patches, and leaves one staged change to review. */
  private publish(): void {
    renameSync(join(this.folder, ".git/sample-patches"), join(this.folder, "patches"));
    rmSync(join(this.folder, ".git/sample"), { recursive: true, force: true });
    this.commit({ name: "patches", subject: "patches: collect what is to be reviewed", body: `Mails as they came.`, author: chen, edits: [] }, chen);
    appendFileSync(join(this.folder, "Documentation/driver-api/keel.rst"), "It waits for the bus before that.  \n");
    this.git("add", "Documentation");
  }

  private commit(commit: Commit, committer: Author): void {
    for (const edit of commit.edits) this.edit(edit);
    this.git("add", "-A");
    const when = `${firstCommit + 3600 * this.hour++} +0000`;
    const subject = this.text(commit.subject);
    const env = {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: when,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: when,
    };
    this.run(["commit", "-q", "--cleanup=verbatim", "-F", "-"], env, `${subject}\n\n${this.text(commit.body)}\n`);
    this.names.set(commit.name, { sha: this.git("rev-parse", "HEAD"), subject });
  }

  private edit(edit: Edit): void {
    if ("executable" in edit) {
      chmodSync(this.path(edit.path), 0o755);
    } else if ("create" in edit) {
      this.write(edit.path, typeof edit.create === "string" ? this.text(edit.create) : edit.create);
    } else {
      const text = readFileSync(this.path(edit.path), "utf8");
      const [head, tail, ...more] = text.split(this.text(edit.from));
      if (head === undefined || tail === undefined || more.length > 0) throw new Error(`${edit.path} does not hold exactly once:\n${edit.from}`);
      writeFileSync(this.path(edit.path), `${head}${this.text(edit.to)}${tail}`);
    }
  }

  /** Fills in what is only known now: shas, subjects, a made-up secret; then the variation's own names. */
  private text(text: string): string {
    const filled = text.replace(/\{(sha|short|short7|subject):([a-z-]+)\}/g, (_all, what: string, name: string) => {
      const { sha, subject } = this.names.get(name) ?? { sha: "", subject: "" };
      if (sha === "") throw new Error(`no commit ${name} yet`);
      if (what === "subject") return subject;
      return what === "sha" ? sha : sha.slice(0, what === "short" ? 12 : 7);
    });
    // Put together here, so that nobody's scanner takes the sample's source for a leak.
    return this.variation.rename(filled.replaceAll("{token}", "x7Qm2VbT9kLw4RzN8sYc1HdJ5fGp3AeU6oWi"));
  }

  private padded(path: string, text: string): string {
    const renamed = this.text(text);
    if (!/\.[ch]$/.test(path)) return renamed;
    const padding = Array.from({ length: this.variation.padding }, (_, index) => `/* line ${index + 1} of the variation */\n`).join("");
    return renamed.replace("\n", `\n${padding}`);
  }

  private write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  private path(path: string): string {
    return join(this.folder, this.variation.rename(path));
  }

  private sha(name: string): string {
    const found = this.names.get(name);
    if (found === undefined) throw new Error(`no commit ${name}`);
    return found.sha;
  }

  private git(...args: readonly string[]): string {
    return this.run(args, { GIT_COMMITTER_NAME: chen.name, GIT_COMMITTER_EMAIL: chen.email, GIT_COMMITTER_DATE: `${firstCommit + 3600 * this.hour} +0000` }, "").trim();
  }

  private run(args: readonly string[], env: Readonly<Record<string, string>>, input: string): string {
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
    const settings = ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "core.fileMode=true", "-c", "core.autocrlf=false", "-c", "diff.noprefix=false"];
    return execFileSync("git", [...settings, ...args], {
      cwd: this.folder,
      encoding: "utf8",
      input,
      env: { ...own, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...env },
    });
  }
}
