import { basename, dirname, join } from "node:path";
import { documentDecode } from "../adapters/document-decode";
import type { Patch, PatchSet } from "../engine/patch/types";
import type { Cancel, GitRepository } from "../engine/ports";
import type { Requests, WorktreePlan } from "../protocol/requests";
import type { PatchDocument } from "./documents";
import { Told } from "./guard";
import type { Services } from "./services";

interface Prepared {
  readonly repository: GitRepository;
  readonly plan: WorktreePlan;
  /** Patches to apply, in the order of the series. */
  readonly patches: readonly Patch[];
  readonly mails: boolean;
}

/** Folder names keep letters and digits of any script; all else, a path separator above all, becomes one dash. */
function slug(text: string): string {
  return text.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/gu, "").slice(0, 48) || "patch";
}

/** The patch and those before it in its series. */
function upTo(set: PatchSet, wanted: Patch): readonly Patch[] {
  const series = set.patches.filter((patch) => patch.kind === "patch");
  const ordered = series.every((patch) => patch.index !== undefined) ? [...series].sort((a, b) => (a.index ?? 0) - (b.index ?? 0)) : series;
  return ordered.slice(0, ordered.indexOf(wanted) + 1);
}

/** git's own view of the bytes of some patches, as one mailbox or one diff. */
function bytesOf(set: PatchSet, patches: readonly Patch[]): Uint8Array {
  const { bytes, lineStarts } = set.source;
  const parts = patches.map((patch) => bytes.subarray(lineStarts[patch.lines.first - 1] ?? 0, lineStarts[patch.lines.last] ?? bytes.length));
  return Buffer.concat(parts);
}

/** A mailbox begins each mail with `From `; a single mail or one without that line goes to git am as it is. */
function isMail(patch: Patch): boolean {
  return patch.header.length > 0 && patch.author !== undefined && patch.subject !== "";
}

async function prepare(document: PatchDocument, ordinal: number, services: Services, cancel: Cancel): Promise<Prepared> {
  const { words, repositories, findings, workbench } = services;
  if (!workbench.trusted()) throw new Told(words.say({ id: "server.untrusted" }));
  const set = document.parsed.value;
  const wanted = set.patches[ordinal];
  if (wanted?.kind !== "patch") throw new Told(words.say({ id: "server.noPatch", args: { patch: ordinal + 1 } }));
  const repository = await repositories.of(document.uri, set, cancel);
  if (repository === undefined) throw new Told(words.say({ id: (await workbench.git().version()) === undefined ? "server.noGit" : "server.noRepository", args: { path: document.uri } }));
  if (repository.bare) throw new Told(words.say({ id: "server.worktree.bare", args: { name: basename(repository.root) } }));
  const facts = await findings.ready(document, cancel);
  const base = facts?.base.sha ?? "HEAD";
  const patches = upTo(set, wanted);
  const mails = patches.every(isMail);
  const path = join(dirname(repository.root), `${basename(repository.root)}-${slug(wanted.subject || wanted.files[0]?.newPath || "")}`);
  const apply = mails ? `git -C ${path} am --3way` : `git -C ${path} apply --3way --index`;
  const plan: WorktreePlan = { path, base, commands: [`git worktree add --detach ${path} ${base.slice(0, 12)}`, `${apply} # ${words.say({ id: mails ? "server.worktree.mails" : "server.worktree.diffs", args: { count: patches.length } })}`] };
  return { repository, plan, patches, mails };
}

/** What would be done; nothing is written. */
export async function planWorktree(document: PatchDocument, ordinal: number, services: Services, cancel: Cancel): Promise<WorktreePlan> {
  const { plan } = await prepare(document, ordinal, services, cancel);
  if ((await services.workbench.files.stat(plan.path)) !== undefined) throw new Told(services.words.say({ id: "server.worktree.exists", args: { path: plan.path } }));
  return plan;
}

/** Does what the plan said, and only while it is still what would be planned: no path comes from the client. */
export async function applyToWorktree(document: PatchDocument, ordinal: number, shown: WorktreePlan, services: Services, cancel: Cancel): Promise<Requests["keelson/review/applyToWorktree"]["result"]> {
  const { words, workbench, activity } = services;
  const { repository, plan, patches, mails } = await prepare(document, ordinal, services, cancel);
  if (plan.path !== shown.path || plan.base !== shown.base || plan.commands.join("\n") !== shown.commands.join("\n")) throw new Told(words.say({ id: "server.worktree.changed" }));
  if ((await workbench.files.stat(plan.path)) !== undefined) throw new Told(words.say({ id: "server.worktree.exists", args: { path: plan.path } }));
  const task = activity.begin({ id: "server.applying" });
  try {
    const added = await repository.run(["worktree", "add", "--detach", plan.path, plan.base], { cancel });
    if (added.status !== 0) return { ok: false, output: added.stderr.trim(), made: false };
    const tree = await workbench.git().open(plan.path);
    if (tree === undefined) return { ok: false, output: words.say({ id: "server.noRepository", args: { path: plan.path } }), made: true };
    // Not cancelled half-way: a stopped `git am` would leave a state that nobody planned.
    const applied = await tree.run(mails ? ["am", "--3way"] : ["apply", "--3way", "--index"], { input: bytesOf(document.parsed.value, patches), env: committer(patches) });
    const output = [documentDecode.text(applied.stdout), applied.stderr].map((text) => text.trim()).filter((text) => text !== "").join("\n");
    const end = words.say(applied.status === 0 ? { id: "server.worktree.done", args: { path: plan.path, base: plan.base.slice(0, 12) } } : { id: "server.worktree.stopped", args: { path: plan.path } });
    return { ok: applied.status === 0, output: `${output}\n${end}`, made: true };
  } finally {
    task.end();
  }
}

/** `git am` wants a committer; a machine where nobody has told git a name takes the patch's author. */
function committer(patches: readonly Patch[]): Readonly<Record<string, string>> {
  const author = patches[0]?.author;
  return author === undefined ? {} : { EMAIL: author.email };
}
