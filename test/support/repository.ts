import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A git repository in a temporary folder, with fixed people and dates. */
export interface TestRepository {
  readonly root: string;
  git(...args: readonly string[]): string;
  write(path: string, text: string): void;
  /** Writes files and commits them; gives the commit's sha. */
  commit(subject: string, files: Readonly<Record<string, string>>, body?: string): string;
  remove(): void;
}

const people = {
  GIT_AUTHOR_NAME: "Alice Example",
  GIT_AUTHOR_EMAIL: "alice@example.com",
  GIT_COMMITTER_NAME: "Alice Example",
  GIT_COMMITTER_EMAIL: "alice@example.com",
  GIT_AUTHOR_DATE: "2024-03-01T10:00:00Z",
  GIT_COMMITTER_DATE: "2024-03-01T10:00:00Z",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

export function createRepository(name = "tree", parent?: string): TestRepository {
  const folder = parent ?? realpathSync(mkdtempSync(join(tmpdir(), "keelson-test-")));
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  const git = (...args: readonly string[]): string => execFileSync("git", [...args], { cwd: root, encoding: "utf8", env: { ...process.env, ...people }, stdio: ["ignore", "pipe", "pipe"] });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  git("init", "-q", "-b", "main");
  git("config", "user.name", "Bob Sample");
  git("config", "user.email", "bob@example.org");
  return {
    root,
    git,
    write,
    commit(subject, files, body = "A change.\n\nSigned-off-by: Alice Example <alice@example.com>") {
      for (const [path, text] of Object.entries(files)) write(path, text);
      git("add", "-A");
      git("commit", "-q", "-m", subject, "-m", body);
      return git("rev-parse", "HEAD").trim();
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `count` numbered lines, the given ones replaced. */
export function numbered(count: number, replaced: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: count }, (_, i) => `${replaced[i + 1] ?? `line ${i + 1}`}\n`).join("");
}
