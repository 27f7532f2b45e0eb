import type { Cancel, Decode, GitRepository } from "../../ports";
import type { Message } from "../../text/message";
import type { ReplayRequest, TreePick } from "./types";

/** A request's three trees, or why there are none. */
export type PickTrees = { readonly found: true; readonly trees: TreePick } | { readonly found: false; readonly reason: Message };

/** git's well-known empty trees, by the length of object names. */
const emptyTrees: Readonly<Record<number, string>> = {
  40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
};

/** One revision in one line of git's input: no white space, no control characters, nothing that searches (`:/text`) or reads an index. */
export function isRevision(name: string): boolean {
  return name !== "" && name.length <= 1000 && !/[\s\u0000-\u0020\u007f:]/u.test(name) && !name.startsWith("-");
}

function isSha(name: string): boolean {
  return /^[0-9a-f]{4,64}$/iu.test(name);
}

interface CommitTrees {
  readonly tree: string;
  readonly parents: readonly string[];
}

interface Answers {
  readonly commits: ReadonlyMap<string, CommitTrees | "missing" | "ambiguous">;
  readonly trees: ReadonlyMap<string, string>;
}

function commitTrees(text: string): CommitTrees {
  const header = text.split("\n\n", 1)[0] ?? "";
  const lines = header.split("\n");
  return {
    tree: lines.find((line) => line.startsWith("tree "))?.slice(5) ?? "",
    parents: lines.filter((line) => line.startsWith("parent ")).map((line) => line.slice(7)),
  };
}

/** Reads the answers of `cat-file --batch-command` to `contents` of the commits, then `info` of the trees, in that order. */
function readAnswers(bytes: Uint8Array, commits: readonly string[], trees: readonly string[], decode: Decode): Answers {
  let at = 0;
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    const text = decode.text(bytes.subarray(at, end < 0 ? bytes.length : end));
    at = end < 0 ? bytes.length : end + 1;
    return text;
  };
  const read = new Map<string, CommitTrees | "missing" | "ambiguous">();
  for (const name of commits) {
    const head = line();
    const size = /^[0-9a-f]+ commit (\d+)$/u.exec(head)?.[1];
    if (size === undefined) read.set(name, head.endsWith(" ambiguous") ? "ambiguous" : "missing");
    else {
      read.set(name, commitTrees(decode.text(bytes.subarray(at, at + Number(size)), "latin1")));
      at += Number(size) + 1;
    }
  }
  const known = new Map<string, string>();
  for (const name of trees) {
    const tree = /^([0-9a-f]+) tree \d+$/u.exec(line())?.[1];
    if (tree !== undefined) known.set(name, tree);
  }
  return { commits: read, trees: known };
}

function treesOf({ commit, onto }: ReplayRequest, { commits, trees }: Answers): PickTrees {
  const none = (id: string, args: Readonly<Record<string, string | number>>): PickTrees => ({ found: false, reason: { id: `upstream.conflict.${id}`, args } });
  if (!isSha(commit)) return none("badName", { name: commit.slice(0, 80) });
  if (!isRevision(onto)) return none("badName", { name: onto.slice(0, 80) });
  const own = commits.get(commit);
  if (own === undefined || own === "missing") return none("unknownCommit", { name: commit });
  if (own === "ambiguous") return none("ambiguous", { name: commit });
  const target = trees.get(`${onto}^{tree}`);
  if (target === undefined) return none("unknownCommit", { name: onto });
  if (own.parents.length > 1) return none("merge", { commit, count: own.parents.length });
  const base = own.parents[0] === undefined ? emptyTrees[own.tree.length] : trees.get(`${commit}^^{tree}`);
  if (base === undefined) return none("noParent", { parent: own.parents[0] ?? "", commit });
  return { found: true, trees: { base, onto: target, pick: own.tree } };
}

/** Finds the trees of every request in one git process (`--batch-command`: 2.36). The change of a root commit is all of it. */
export async function pickTrees(requests: readonly ReplayRequest[], repo: GitRepository, decode: Decode, cancel?: Cancel): Promise<readonly PickTrees[]> {
  const commits = [...new Set(requests.map(({ commit }) => commit).filter(isSha))];
  const ontos = [...new Set(requests.map(({ onto }) => onto).filter(isRevision))];
  const trees = [...commits.map((commit) => `${commit}^^{tree}`), ...ontos.map((onto) => `${onto}^{tree}`)];
  const input = [...commits.map((commit) => `contents ${commit}^{commit}\n`), ...trees.map((tree) => `info ${tree}\n`)].join("");
  const { stdout } = await repo.run(["cat-file", "--batch-command", "--buffer"], { input, ...(cancel === undefined ? {} : { cancel }) });
  const answers = readAnswers(stdout, commits, trees, decode);
  return requests.map((request) => treesOf(request, answers));
}
