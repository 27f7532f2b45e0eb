import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../engine/ports";
import { createDecisionLog, type Decision, type DecisionLog } from "./decisions";

/** Who decides, as git knows the person; undefined when git knows nobody. */
export type WhoDecides = () => Promise<{ readonly name: string; readonly email: string } | undefined>;

/**
 * Only decisions about what a tree carries are shared: a suppressed finding of a review is one person's, and a repository that
 * was just cloned must not be able to hide one.
 */
function isShared(decision: Pick<Decision, "check">): boolean {
  return decision.check.startsWith("upstream/");
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR", "EACCES", "ELOOP"].includes(String(error.code))) return false;
    throw error;
  }
}

/** A file's name for a person: letters and digits of the address, one dash for all else. */
function fileOf(email: string): string {
  const name = email.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/gu, "").slice(0, 80);
  return `${name === "" ? "somebody" : name}.jsonl`;
}

const most = 1000;

/**
 * A repository's decisions when a team shares them: in `.keelson/decisions` at the root of the work tree, one file an author,
 * so that git merges them without a conflict. A team opts in by making that folder; without it, everything goes to `own`.
 */
export function createSharedLog(root: string, own: DecisionLog, who: WhoDecides, log: Log): DecisionLog {
  const keelson = join(root, ".keelson");
  const folder = join(keelson, "decisions");
  const files = new Map<string, DecisionLog>();
  const fileLog = (name: string): DecisionLog => {
    const known = files.get(name);
    if (known !== undefined) return known;
    const made = createDecisionLog(join(folder, name), log);
    files.set(name, made);
    return made;
  };
  // A link could lead the writer anywhere; only folders that are really there are used.
  const shares = async (): Promise<boolean> => (await isFolder(keelson)) && (await isFolder(folder));
  return {
    async all() {
      const mine = await own.all();
      if (!(await shares())) return mine;
      const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).sort().slice(0, most);
      const theirs = (await Promise.all(names.map((name) => fileLog(name).all()))).flat().filter(isShared);
      // The later decision wins, whoever took it. The sort keeps the order of equal times.
      return [...mine, ...theirs].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    },
    async add(decision) {
      if (!isShared(decision) || !(await shares())) {
        await own.add(decision);
        return;
      }
      const person = await who();
      const signed: Decision = person === undefined ? decision : { ...decision, by: `${person.name} <${person.email}>` };
      await fileLog(fileOf(person?.email ?? "")).add(signed);
    },
  };
}
