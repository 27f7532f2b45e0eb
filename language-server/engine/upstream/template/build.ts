import { parsePatchSet } from "../../patch/parse";
import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";
import { inOrder, readCommits, type CommitText } from "./commits";
import { mailOf, valuesOf, type Mail } from "./mail";
import type { PickedCommit, PickedMail, PickedSeries, PickProblem, PickRequest } from "./types";

export interface Picked {
  readonly value: PickedSeries;
  readonly problems: readonly PickProblem[];
}

type Tell = (code: string, commit: string, args?: Readonly<Record<string, string>>) => void;

const diffArguments = ["diff-tree", "--no-commit-id", "--root", "-r", "-M", "--binary", "--full-index", "--patch-with-stat", "--summary"];

async function diffOf(repository: GitRepository, sha: string, tell: Tell, cancel: Cancel | undefined): Promise<Uint8Array | undefined> {
  const shown = await repository.run([...diffArguments, sha, "--"], cancel === undefined ? {} : { cancel });
  if (shown.status !== 0) tell("no-diff", sha, { detail: shown.stderr.trim().split("\n")[0] ?? "" });
  else if (shown.stdout.length === 0) tell("empty", sha);
  return shown.status === 0 && shown.stdout.length > 0 ? shown.stdout : undefined;
}

/** The commits that can be sent, in mainline's order. */
async function sendable(repository: GitRepository, decode: Decode, request: PickRequest, tell: Tell, cancel: Cancel | undefined): Promise<readonly CommitText[]> {
  const wanted = [...new Set(request.commits.map(({ sha }) => sha))];
  const found = await readCommits(repository, decode, wanted, cancel);
  const commits: CommitText[] = [];
  for (const sha of wanted) {
    const commit = found.get(sha);
    if (commit === undefined) tell("unknown-commit", sha);
    else if (commit.parents > 1) tell("merge", sha);
    else commits.push(commit);
  }
  return inOrder(repository, decode, commits, request.base, cancel);
}

function includes(bytes: Uint8Array, first: number, second: number): boolean {
  for (let at = bytes.indexOf(second); at > 0; at = bytes.indexOf(second, at + 1)) if (bytes[at - 1] === first) return true;
  return false;
}

/** Reads the mail as any comparison will, and tells when the claim is not found. */
function checkClaim(mail: Mail, sha: string, decode: Decode, tell: Tell): void {
  const markers = parsePatchSet(mail.bytes, decode).value.patches.flatMap((patch) => patch.message.markers);
  if (!markers.some((marker) => marker.sha === sha)) tell("unread", sha);
}

function tellOf(mail: Mail, commit: CommitText, decode: Decode, tell: Tell): readonly string[] {
  const options: string[] = [];
  if (mail.indented !== undefined) tell("indented", commit.sha, { line: mail.indented.slice(0, 60) });
  if (mail.subject.startsWith("[")) {
    tell("brackets", commit.sha);
    options.push("--keep-non-patch");
  }
  if (includes(mail.bytes, 13, 10)) {
    tell("crlf", commit.sha);
    options.push("--keep-cr");
  }
  if (!decode.isUtf8(mail.bytes)) tell("not-utf8", commit.sha);
  return options;
}

interface Sent {
  readonly commit: CommitText;
  readonly picked: PickedCommit;
  readonly diff: Uint8Array;
}

function writeMails(sent: readonly Sent[], request: PickRequest, decode: Decode, tell: Tell): PickedSeries {
  const { template, signer, bug } = request;
  const parts: Uint8Array[] = [];
  const mails: PickedMail[] = [];
  const options = new Set<string>();
  for (const [i, { commit, picked, diff }] of sent.entries()) {
    const values = valuesOf(commit, picked, template, signer, bug);
    if (template.needs.includes("tag") && values["tag"] === "") tell("no-tag", commit.sha);
    const mail = mailOf(commit, template, values, { index: i + 1, total: sent.length }, diff, decode);
    for (const option of tellOf(mail, commit, decode, tell)) options.add(option);
    checkClaim(mail, commit.sha, decode, tell);
    parts.push(mail.bytes);
    mails.push({ sha: commit.sha, subject: mail.subject });
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, mails, amOptions: [...options].sort() };
}

/**
 * A series for `git am` of mainline commits under a team's inclusion header: original author and date, mainline's order, the
 * picker's sign-off. What cannot be sent is left out and told. Nothing is written. Throws only `Cancelled`.
 */
export async function buildPickedSeries(repository: GitRepository, decode: Decode, request: PickRequest, cancel?: Cancel): Promise<Picked> {
  const problems: PickProblem[] = [];
  const tell: Tell = (code, commit, args = {}) => {
    problems.push({ code, commit, message: { id: `upstream.pick.${code}`, args: { ...args, commit: commit.slice(0, 12) } } });
  };
  const byName = new Map(request.commits.map((picked) => [picked.sha, picked]));
  const sent: Sent[] = [];
  for (const commit of await sendable(repository, decode, request, tell, cancel)) {
    checkCancel(cancel);
    const diff = await diffOf(repository, commit.sha, tell, cancel);
    if (diff !== undefined) sent.push({ commit, picked: byName.get(commit.sha) ?? { sha: commit.sha, tag: undefined, cves: [] }, diff });
  }
  if (request.signer === undefined && sent.length > 0) tell("no-signer", "");
  if (request.template.needs.includes("bug") && request.bug.trim() === "" && sent.length > 0) tell("no-bug", "");
  return { value: writeMails(sent, request, decode, tell), problems };
}
