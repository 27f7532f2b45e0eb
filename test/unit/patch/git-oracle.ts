import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FileDiff, Patch } from "../../../language-server/engine/patch/types";

/** git without anybody's configuration. */
export function git(cwd: string, args: readonly string[], input?: Uint8Array | string, env: Readonly<Record<string, string>> = {}): Buffer {
  const pinned = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", GIT_CEILING_DIRECTORIES: cwd, GIT_NO_LAZY_FETCH: "1", LC_ALL: "C.UTF-8" };
  const result = spawnSync("git", args, { cwd, input, env: { ...process.env, ...pinned, ...env }, maxBuffer: 1 << 30 });
  if (result.status !== 0) throw new Error(`git ${args.join(" ")}: ${result.stderr.toString()}`);
  return result.stdout;
}

/** What git says of one mail. */
export interface GitView {
  readonly subject: string;
  readonly author: string;
  readonly email: string;
  readonly date: string;
  /** `added deleted path` a file. */
  readonly numstat: readonly string[];
  /** Lines of `git apply --summary`. */
  readonly summary: readonly string[];
  /** `key: value` a trailer. */
  readonly trailers: readonly string[];
  readonly hasHunks: boolean;
}

function field(info: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, "m").exec(info)?.[1] ?? "";
}

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** `added deleted path` a file; names are not quoted and may hold tabs. */
export function askNumstat(folder: string, diff: string, strip: string): readonly string[] {
  const entries = git(folder, ["apply", strip, "--numstat", "-z", diff]).toString().split("\0").filter((entry) => entry !== "");
  return entries.map((entry) => entry.replace("\t", " ").replace("\t", " "));
}

/** numstat and summary of a diff; the directory must lie outside of any work tree, or git prints nothing and succeeds. */
export function askApply(folder: string, diff: string): Pick<GitView, "numstat" | "summary"> {
  const numstat = askNumstat(folder, diff, "-p1");
  const summary = lines(git(folder, ["apply", "--summary", diff]).toString());
  return { numstat, summary };
}

/** Passes one mail through `git mailinfo -b`, its patch through `git apply`, its message through `git interpret-trailers`. */
export function askGit(folder: string, mail: string): GitView {
  const info = git(folder, ["mailinfo", "-b", "msg", "patch"], readFileSync(mail)).toString();
  const patch = readFileSync(join(folder, "patch"));
  const subject = field(info, "Subject");
  const message = readFileSync(join(folder, "msg"), "utf8");
  const trailers = lines(git(folder, ["interpret-trailers", "--parse", "--no-divider"], `${subject}\n\n${message}`).toString());
  const hasHunks = /^@@ -/m.test(patch.toString("latin1"));
  const applied = hasHunks || /^diff --git /m.test(patch.toString("latin1")) ? askApply(folder, "patch") : { numstat: [], summary: [] };
  return { subject, author: field(info, "Author"), email: field(info, "Email"), date: field(info, "Date"), ...applied, trailers, hasHunks };
}

function modeChange(file: FileDiff, name: string): readonly string[] {
  const { oldMode, newMode } = file;
  return oldMode !== undefined && newMode !== undefined && oldMode !== newMode ? [` mode change ${oldMode} => ${newMode}${name}`] : [];
}

/** apply.c, show_rename_copy. */
function renameLine(file: FileDiff): string {
  const oldParts = file.oldPath.split("/");
  const newParts = file.newPath.split("/");
  let common = 0;
  while (common < oldParts.length - 1 && common < newParts.length - 1 && oldParts[common] === newParts[common]) common++;
  const verb = file.status === "renamed" ? "rename" : "copy";
  const tail = `${oldParts.slice(common).join("/")} => ${newParts.slice(common).join("/")}`;
  const names = common === 0 ? tail : `${oldParts.slice(0, common).join("/")}/{${tail}}`;
  return ` ${verb} ${names} (${file.similarity ?? 0}%)`;
}

function summaryOf(file: FileDiff): readonly string[] {
  switch (file.status) {
    case "added":
      return [` create${file.newMode === undefined ? "" : ` mode ${file.newMode}`} ${file.newPath}`];
    case "deleted":
      return [` delete${file.oldMode === undefined ? "" : ` mode ${file.oldMode}`} ${file.oldPath}`];
    case "renamed":
    case "copied":
      return [renameLine(file), ...modeChange(file, "")];
    default:
      return modeChange(file, ` ${file.newPath}`);
  }
}

/** The same facts from our parser, in git's words. */
export function ourView(patch: Patch): GitView {
  return {
    subject: patch.subject,
    author: patch.author?.name ?? "",
    email: patch.author?.email ?? "",
    date: patch.date ?? "",
    numstat: patch.files.map((file) => (file.binary ? `- - ${file.newPath}` : `${file.added} ${file.deleted} ${file.newPath}`)),
    summary: patch.files.flatMap(summaryOf),
    trailers: patch.message.trailers.map((trailer) => `${trailer.key}: ${trailer.value}`),
    hasHunks: patch.files.some((file) => file.hunks.length > 0),
  };
}

/** Splits a mailbox as `git mailsplit` does; returns the files' names in order. */
export function mailsplit(folder: string, mbox: Uint8Array): readonly string[] {
  const target = join(folder, "split");
  mkdirSync(target, { recursive: true });
  writeFileSync(join(folder, "mbox"), mbox);
  git(folder, ["mailsplit", "-d6", `-o${target}`, "mbox"]);
  return readdirSync(target).sort().map((name) => join(target, name));
}
