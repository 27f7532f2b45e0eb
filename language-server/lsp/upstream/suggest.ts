import { mergeBase } from "../../engine/upstream/revisions";
import type { Cancel, GitRepository } from "../../engine/ports";
import type { PairCheck, RefSuggestion } from "../../protocol/upstream";
import type { Words } from "../../words";
import type { Services } from "../services";
import { tipOf } from "./pairs";

/** A ref of the repository, as `git for-each-ref` lists it. */
export interface Ref {
  readonly kind: "branch" | "remote" | "tag";
  /** `main`, `mainline/master`, `v6.12`. */
  readonly name: string;
  /** ISO date and subject of its commit. */
  readonly date: string;
  readonly subject: string;
}

export interface Remote {
  readonly name: string;
  /** Without user and password. */
  readonly url: string;
}

export interface Suggestions {
  readonly name: string;
  readonly mainline: readonly RefSuggestion[];
  readonly downstream: readonly RefSuggestion[];
}

const offered = 200;
/** How remotes of mainline are called, and how their addresses look. */
const mainlineName = /^(?:mainline|upstream|torvalds|linus|linux)$/iu;
const mainlineUrl = /(?:torvalds\/linux|\/linux|\/dpdk|\/systemd|\/qemu)(?:\.git)?\/?$/iu;
const mainBranch = /^(?:master|main|mainline|trunk)$/iu;
const release = /^v?\d+(?:\.\d+)+$/u;

export async function suggestPairs(repository: GitRepository, services: Pick<Services, "workbench" | "words">, cancel: Cancel): Promise<Suggestions> {
  const { decode } = services.workbench;
  const format = "%(refname)%00%(committerdate:short)%(taggerdate:short)%00%(subject)";
  const listed = await repository.run(["for-each-ref", "--sort=-creatordate", `--format=${format}`, "refs/heads", "refs/remotes", "refs/tags"], { cancel });
  const config = await repository.run(["config", "--get-regexp", "^remote\\..*\\.url$"], { cancel });
  return rankRefs(readRefs(decode.text(listed.stdout)), readRemotes(decode.text(config.stdout)), repository.branch, services.words);
}

export function readRefs(text: string): readonly Ref[] {
  return text.split("\n").flatMap((line) => {
    const [full = "", date = "", subject = ""] = line.split("\0");
    const read = /^refs\/(heads|remotes|tags)\/(.+)$/u.exec(full);
    if (read === null || full.endsWith("/HEAD")) return [];
    const kind = read[1] === "heads" ? "branch" : read[1] === "tags" ? "tag" : "remote";
    return [{ kind, name: read[2] ?? "", date: date.slice(0, 10), subject }];
  });
}

export function readRemotes(text: string): readonly Remote[] {
  return text.split("\n").flatMap((line) => {
    const read = /^remote\.(.+)\.url (.+)$/u.exec(line);
    return read === null ? [] : [{ name: read[1] ?? "", url: (read[2] ?? "").replace(/^(\w+:\/\/)[^@/]*@/u, "$1") }];
  });
}

/** The likeliest first. What is checked out is never offered as mainline. */
export function rankRefs(refs: readonly Ref[], remotes: readonly Remote[], branch: string | undefined, words: Words): Suggestions {
  const scored = refs.filter(({ kind, name }) => kind !== "branch" || name !== branch).map((ref) => ({ ref, ...likelihood(ref, remotes, words) }));
  const ranked = scored.sort((a, b) => b.score - a.score);
  const best = ranked[0];
  const head: RefSuggestion = { ref: "HEAD", description: words.say({ id: "upstream.suggest.head", args: { name: branch ?? "HEAD" } }), reason: "" };
  const own = refs.filter(({ kind }) => kind === "branch");
  const current = own.filter(({ name }) => name === branch).map((ref) => ({ ...plain(ref), reason: words.say({ id: "upstream.suggest.checkedOut" }) }));
  const others = [...own.filter(({ name }) => name !== branch), ...refs.filter(({ kind }) => kind === "remote"), ...refs.filter(({ kind }) => kind === "tag")].map(plain);
  return {
    name: best === undefined || best.score === 0 ? "mainline" : nameFor(best.ref),
    mainline: ranked.map(({ ref, reason }) => ({ ...plain(ref), reason })).slice(0, offered),
    downstream: [...current, head, ...others].slice(0, offered),
  };
}

function nameFor(ref: Ref): string {
  if (ref.kind === "tag") return ref.name;
  const remote = ref.kind === "remote" ? (ref.name.split("/")[0] ?? "") : "";
  return remote !== "" && remote !== "origin" ? remote : "mainline";
}

function plain({ name, date, subject }: Ref): RefSuggestion {
  return { ref: name, description: [date, subject].filter((part) => part !== "").join(" · "), reason: "" };
}

function likelihood({ kind, name }: Ref, remotes: readonly Remote[], words: Words): { readonly score: number; readonly reason: string } {
  if (kind === "remote") {
    const remote = remotes.find((entry) => name.startsWith(`${entry.name}/`));
    const branch = remote === undefined ? name : name.slice(remote.name.length + 1);
    if (!mainBranch.test(branch)) return { score: 0, reason: "" };
    if (remote !== undefined && mainlineName.test(remote.name)) return { score: 5, reason: words.say({ id: "upstream.suggest.remote", args: { remote: remote.name } }) };
    if (remote !== undefined && mainlineUrl.test(remote.url)) return { score: 4, reason: words.say({ id: "upstream.suggest.url", args: { remote: remote.name, url: remote.url } }) };
    return { score: 2, reason: words.say({ id: "upstream.suggest.branch", args: { branch } }) };
  }
  if (kind === "branch") return mainBranch.test(name) ? { score: 3, reason: words.say({ id: "upstream.suggest.branch", args: { branch: name } }) } : { score: 0, reason: "" };
  return { score: release.test(name) ? 0.5 : 0, reason: "" };
}

/** Whether two revisions can be compared, and how much there is to compare. */
export async function checkPair(repository: GitRepository, mainline: string, downstream: string, services: Pick<Services, "workbench" | "words">, cancel: Cancel): Promise<PairCheck> {
  const { words, workbench } = services;
  const problem = (id: string, args: Readonly<Record<string, string>> = {}): PairCheck => ({ problem: words.say({ id: `upstream.view.${id}`, args }), mainlineCommits: 0, downstreamCommits: 0 });
  const tips: string[] = [];
  for (const revision of [mainline, downstream]) {
    const tip = await tipOf(repository, revision, services, cancel);
    if (tip === undefined) return problem("unknownRevision", { revision });
    tips.push(tip);
  }
  const [up = "", down = ""] = tips;
  if (up === down) return problem("sameSides");
  if ((await mergeBase(repository, workbench.decode, up, down, cancel)) === undefined) return problem("noBase", { mainline, downstream });
  const counted = await repository.run(["rev-list", "--left-right", "--count", "--no-merges", `${up}...${down}`], { cancel });
  const [mainlineCommits = 0, downstreamCommits = 0] = workbench.decode.text(counted.stdout).trim().split(/\s+/u).map(Number);
  if (downstreamCommits === 0) return problem("nothingOfOurs", { mainline, downstream });
  return { problem: undefined, mainlineCommits, downstreamCommits };
}
