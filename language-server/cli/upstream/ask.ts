import { resolve } from "node:path";
import type { GitRepository } from "../../engine/ports";
import { createWorkbench, userCacheFolder, type Workbench } from "../../workbench";
import { UsageError } from "../usage";
import type { Run } from "../main";

/** What a verb that asks about commits needs of the command line. */
export type AskRun = Pick<Run, "settings" | "words" | "terminal" | "log" | "cancel">;

export interface AskLine {
  readonly commit: string;
  /** The second word of the line, as it stands. */
  readonly other: string | undefined;
}

/** Reads `commit [other]` lines; empty lines and those that start with # are left out. */
export function askLines(text: string): readonly AskLine[] {
  return text
    .replace(/^\ufeff/u, "")
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const space = line.search(/\s/u);
      return space < 0 ? { commit: line, other: undefined } : { commit: line.slice(0, space), other: line.slice(space).trim() };
    });
}

async function standardInput(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The lines of a file, or of standard input for `-`. Throws {@link UsageError}. */
export async function readAsk(path: string, workbench: Workbench): Promise<readonly AskLine[]> {
  const bytes = path === "-" ? await standardInput() : await workbench.files.read(resolve(path));
  if (bytes === undefined) throw new UsageError({ id: "cli.noSuchFile", args: { path } });
  return askLines(workbench.decode.text(bytes));
}

export function askWorkbench(run: AskRun): Workbench {
  return createWorkbench({ trusted: () => true, gitPath: () => run.settings.git.path, log: run.log, storage: userCacheFolder(process.env) });
}

/** Throws {@link UsageError} when there is no repository. */
export async function openRepo(path: string | undefined, workbench: Workbench): Promise<GitRepository> {
  const named = path ?? ".";
  const repo = await workbench.git().open(resolve(named));
  if (repo === undefined) throw new UsageError({ id: "cli.noRepo", args: { path: named } });
  return repo;
}

/** One object a line, safe for a terminal: controls and direction marks are escaped. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

/** Tells a person at a terminal how far the work is; a pipe or a file sees nothing of it. */
export function progressLine(run: AskRun, label: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let shown = "";
  return (done, total) => {
    const text = done >= total ? "" : `${label}: ${done}/${total}`;
    if (text === shown) return;
    shown = text;
    run.terminal.error(`\r\u001b[K${text}`);
  };
}
