import { createHash } from "node:crypto";
import { lstat, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Log } from "../engine/ports";
import { appendLine, readPlain } from "./plain-file";

/** What a person decided about a finding or a commit. Nothing is ever taken back by rewriting: a later line wins. */
export interface Decision {
  readonly at: string;
  /** `restore` takes an earlier `suppress` of the same text back. */
  readonly action: "suppress" | "restore";
  readonly check: string;
  /** The text that the finding is about: it finds the place again after a rebase, where the line has changed. Or the commit's sha. */
  readonly quote: string;
  /** Touched path; for a finding in the message, the subject; for a commit, the comparison's name. */
  readonly where: string;
  readonly reason: string;
  /** `Name <address>` in a log that a team shares. */
  readonly by?: string;
}

export interface DecisionLog {
  /** All decisions, those of other windows included. */
  all(): Promise<readonly Decision[]>;
  add(decision: Decision): Promise<void>;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

function isDecision(value: unknown): value is Decision {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Readonly<Record<string, unknown>>;
  return (record["action"] === "suppress" || record["action"] === "restore") && ["at", "check", "quote", "where", "reason"].every((key) => typeof record[key] === "string") && ["string", "undefined"].includes(typeof record["by"]);
}

/** One line is `<16 hex of sha256> <json>`; a line that does not fit its sum was cut by a kill. */
function readLine(line: string): Decision | undefined {
  const space = line.indexOf(" ");
  const body = line.slice(space + 1);
  if (space !== 16 || digest(body) !== line.slice(0, space)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isDecision(value) ? value : undefined;
  } catch (error) {
    // Its sum is right, so that somebody else wrote it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** No person decides this much; a larger file is not ours. */
const maxBytes = 32 << 20;

/**
 * Decisions as checksummed lines that are only ever appended, so that two windows lose nothing of each other's and a kill
 * costs at most the line being written.
 */
export function createDecisionLog(file: string, log: Log): DecisionLog {
  let known: { readonly stamp: string; readonly decisions: readonly Decision[] } = { stamp: "", decisions: [] };
  let told = false;
  const stamp = async (): Promise<string> => {
    try {
      const found = await lstat(file);
      return `${found.size} ${found.mtimeMs}`;
    } catch (error) {
      if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "EACCES")) return "absent";
      throw error;
    }
  };
  return {
    async all() {
      const now = await stamp();
      if (now === known.stamp) return known.decisions;
      const text = now === "absent" ? "" : await readPlain(file, maxBytes);
      const read = (text ?? "").split("\n").filter((line) => line !== "").map(readLine);
      if ((text === undefined || read.includes(undefined)) && !told) {
        told = true;
        log.warn(text === undefined ? `${file}: not a plain file, so it is not read` : `${file}: a damaged line was left out`);
      }
      known = { stamp: now, decisions: read.filter((decision) => decision !== undefined) };
      return known.decisions;
    },
    async add(decision) {
      const body = JSON.stringify(decision);
      await mkdir(dirname(file), { recursive: true });
      if (!(await appendLine(file, `${digest(body)} ${body}`))) throw new Error(`${file} is not a plain file, so nothing is written to it`);
    },
  };
}
