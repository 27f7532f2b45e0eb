import { checkCancel, type Cancel, type Decode, type Files, type GitRepository, type Hash } from "../../ports";
import type { TextChange } from "./change-text";
import { compareChange, type CompareContext } from "./compare-change";
import { MovedPaths, PathIndex, TextCache } from "./find-file";
import { GitObjects } from "./objects";
import { readChanges } from "./read-changes";
import { resolveNames, type Names } from "./resolve";
import { directoryTree, gitTree, type SourceTree } from "./source-tree";
import type { Presence, PresenceRequest, TreeRef } from "./types";
import { vote } from "./vote";

export interface PresencePorts {
  readonly repo: GitRepository;
  readonly files: Files;
  readonly decode: Decode;
  readonly hash: Hash;
}

export interface PresenceOptions {
  readonly cancel?: Cancel;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Requests whose diffs and files are read together. */
const chunkSize = 48;

interface OpenTree {
  readonly tree: SourceTree;
  readonly index: PathIndex;
}

function unknown({ commit }: PresenceRequest, id: string, name: string): Presence {
  return { commit, state: "unknown", share: 0, evidence: [], reason: { id: `upstream.presence.${id}`, args: { name } } };
}

function treeName(tree: TreeRef): string {
  return tree.kind === "revision" ? tree.name : tree.path;
}

/** Trees stay open as long as they are asked for again; a few at a time, since their lists of paths are long. */
class Trees {
  private readonly open = new Map<string, OpenTree>();
  constructor(private readonly make: (tree: TreeRef) => SourceTree) {}

  of(ref: TreeRef): OpenTree {
    const key = `${ref.kind} ${treeName(ref)}`;
    let found = this.open.get(key);
    if (found === undefined) {
      const tree = this.make(ref);
      found = { tree, index: new PathIndex(tree) };
    }
    this.open.delete(key);
    this.open.set(key, found);
    const oldest = this.open.size > 2 * chunkSize ? this.open.keys().next().value : undefined;
    if (oldest !== undefined) this.open.delete(oldest);
    return found;
  }
}

function pathsOf(change: TextChange): readonly string[] {
  return change.files.flatMap(({ oldPath, newPath }) => (oldPath === newPath ? [newPath] : [newPath, oldPath]));
}

function blobsOf(change: TextChange): readonly string[] {
  return change.files.filter(({ binary, oldBlob, oldMode }) => !binary && oldBlob !== "" && !/^0+$/u.test(oldBlob) && oldMode !== "160000").map(({ oldBlob }) => oldBlob);
}

/**
 * Says for each commit whether its change is in the tree, whatever history that has: by the lines that the commit adds and
 * takes away, at the places where its unchanged lines stand. One result a request, in order. Throws `Cancelled`.
 */
export async function presences(requests: readonly PresenceRequest[], ports: PresencePorts, options: PresenceOptions = {}): Promise<readonly Presence[]> {
  const { repo, files, decode, hash } = ports;
  const { cancel } = options;
  const names = await resolveNames(requests, repo, files, decode, cancel);
  const objects = new GitObjects(repo, decode, cancel);
  const texts = new TextCache();
  const moved = new MovedPaths();
  const trees = new Trees((ref) => (ref.kind === "revision" ? gitTree(repo, ref.name, objects, decode, cancel) : directoryTree(files, ref.path, hash, decode, names.digits, cancel)));
  const results: Presence[] = [];
  for (let from = 0; from < requests.length; from += chunkSize) {
    const chunk = requests.slice(from, from + chunkSize);
    const changes = await readChanges(repo, decode, [...new Set(chunk.flatMap(({ commit }) => names.commits.get(commit)?.sha ?? []))], cancel);
    const work = chunk.map((request) => openRequest(request, names, changes, trees));
    await objects.load(work.flatMap((one) => ("change" in one ? [...blobsOf(one.change), ...one.open.tree.objectNames(pathsOf(one.change).flatMap((path) => [path, ...moved.guesses(path)]))] : [])));
    for (const one of work) {
      checkCancel(cancel);
      results.push("change" in one ? await answer(one, { objects, texts, moved, decode }) : one);
      options.onProgress?.(results.length, requests.length);
    }
  }
  return results;
}

interface OpenRequest {
  readonly request: PresenceRequest;
  readonly change: TextChange;
  readonly open: OpenTree;
}

function openRequest(request: PresenceRequest, names: Names, changes: Awaited<ReturnType<typeof readChanges>>, trees: Trees): OpenRequest | Presence {
  const { commit, tree } = request;
  const found = names.commits.get(commit);
  if (found?.sha === undefined) return unknown(request, found?.problem ?? "badName", commit.slice(0, 80));
  if (!names.trees.has(`${tree.kind} ${treeName(tree)}`)) return unknown(request, "noTree", treeName(tree).slice(0, 200));
  const change = changes.get(found.sha);
  if (change === undefined || typeof change === "string") return unknown(request, change === "missing-blob" ? "missingBlob" : "unreadable", commit);
  return { request, change, open: trees.of(tree) };
}

async function answer({ request, change, open }: OpenRequest, shared: Pick<CompareContext, "objects" | "texts" | "moved" | "decode">): Promise<Presence> {
  await open.tree.prepare(pathsOf(change));
  const evidence = await compareChange(change, { ...open, ...shared });
  const { state, share } = vote(evidence);
  const why = evidence.length === 0 ? "nothing" : evidence.some((one) => one.state === "unreadable") ? "treeBlob" : "unclear";
  const reason = state !== "unknown" ? undefined : { id: `upstream.presence.${why}`, args: { name: request.commit } };
  return { commit: request.commit, state, share, evidence, reason };
}
