import type { Cancel } from "../../../ports";
import { fixesLines, fixesText, shaDigits, type FixesLine } from "../../message/fixes-line";
import { inMessage, replaceLines, spanInLine } from "../../message/spans";
import { hasCommitMessage } from "../../message/tags";
import type { CommitInfo, Draft, Fix, RepositoryCheck, RepositoryInput } from "../../types";
import type { Message } from "../../../text/message";
import { fixesKnownMessages } from "./messages";

export const fixesKnown: RepositoryCheck = {
  id: "fixes-known",
  severity: "warning",
  needs: "repository",
  messages: fixesKnownMessages,
  async run(input, cancel) {
    if (!hasCommitMessage(input.patch)) return [];
    const drafts: Draft[] = [];
    for (const fixes of fixesLines(input.patch)) drafts.push(...(await judge(input, fixes, cancel)));
    return drafts;
  },
};

async function judge(input: RepositoryInput, fixes: FixesLine, cancel: Cancel | undefined): Promise<readonly Draft[]> {
  const sha = fixes.sha?.toLowerCase();
  if (sha === undefined || sha.length < 7 || isInSeries(input, sha)) return [];
  const found = await input.history.findCommit(sha, cancel);
  switch (found.kind) {
    case "missing":
      return missing(input, fixes, sha, cancel);
    case "ambiguous":
      return [draft(input, fixes, sha, { id: "fixes-known.ambiguous", args: { sha, count: found.candidates.length } })];
    case "found":
      return present(input, fixes, sha, found.commit, cancel);
  }
}

/** A fix of an earlier patch of the same series is the series' own affair. */
function isInSeries(input: RepositoryInput, sha: string): boolean {
  return input.set.patches.some((patch) => patch !== input.patch && patch.commit?.startsWith(sha) === true);
}

async function missing(input: RepositoryInput, fixes: FixesLine, sha: string, cancel: Cancel | undefined): Promise<readonly Draft[]> {
  if ((await input.history.carriedAs(sha, cancel)) !== undefined) return [];
  const named = await bySubject(input, fixes, cancel);
  const only = named.length === 1 ? named[0] : undefined;
  if (only === undefined) return [draft(input, fixes, sha, { id: "fixes-known.unknown", args: { sha } })];
  const message: Message = { id: "fixes-known.unknown-subject", args: { sha, found: short(only) } };
  return [draft(input, fixes, sha, message, only)];
}

async function present(input: RepositoryInput, fixes: FixesLine, sha: string, commit: CommitInfo, cancel: Cancel | undefined): Promise<readonly Draft[]> {
  const drafts: Draft[] = [];
  if (fixes.subject !== undefined && !sameSubject(fixes.subject, commit.subject)) {
    const named = (await bySubject(input, fixes, cancel)).filter((other) => other.sha !== commit.sha);
    const only = named.length === 1 ? named[0] : undefined;
    const args = { sha, actual: commit.subject };
    drafts.push(
      only === undefined
        ? draft(input, fixes, sha, { id: "fixes-known.subject", args }, commit)
        : draft(input, fixes, sha, { id: "fixes-known.wrong-sha", args: { ...args, found: short(only) } }, only),
    );
    if (only !== undefined) return drafts;
  } else if (sha.length < shaDigits) {
    drafts.push({ ...draft(input, fixes, sha, { id: "fixes-known.short", args: { sha, found: short(commit) } }, commit), severity: "hint" });
  }
  if (!(await isCarried(input, commit, cancel))) {
    const args = { sha, base: input.history.base.slice(0, shaDigits) };
    drafts.push(draft(input, fixes, sha, { id: "fixes-known.not-in-base", args }));
  }
  return drafts;
}

/** Ancestor of the base; or carried there by a marker; or, where keepers leave no marker, under the same subject. */
async function isCarried(input: RepositoryInput, commit: CommitInfo, cancel: Cancel | undefined): Promise<boolean> {
  const { history } = input;
  if (await history.isAncestor(commit.sha, history.base, cancel)) return true;
  if ((await history.carriedAs(commit.sha, cancel)) !== undefined) return true;
  for (const twin of await history.findSubject(commit.subject, cancel)) {
    if (twin.sha !== commit.sha && (await history.isAncestor(twin.sha, history.base, cancel))) return true;
  }
  return false;
}

async function bySubject(input: RepositoryInput, fixes: FixesLine, cancel: Cancel | undefined): Promise<readonly CommitInfo[]> {
  return fixes.subject === undefined ? [] : input.history.findSubject(fixes.subject, cancel);
}

function draft(input: RepositoryInput, fixes: FixesLine, sha: string, message: Message, right?: CommitInfo): Draft {
  const subject = message.id === "fixes-known.subject" ? fixes.subject : undefined;
  const quote = subject ?? fixes.sha ?? sha;
  const span = spanInLine(input, fixes.first, quote);
  return { message, ...inMessage(span), ...(right === undefined ? {} : { fix: rewrite(input, fixes, right) }) };
}

function rewrite(input: RepositoryInput, fixes: FixesLine, right: CommitInfo): Fix {
  const digits = Math.max(shaDigits, Math.min(fixes.sha?.length ?? 0, right.sha.length));
  const text = fixesText(right.sha.slice(0, digits), right.subject);
  return { title: { id: "fixes-known.fix", args: { text } }, edits: [replaceLines(input, fixes.first, fixes.last, text)], safe: true };
}

function short(commit: CommitInfo): string {
  return commit.sha.slice(0, shaDigits);
}

function sameSubject(a: string, b: string): boolean {
  return a.replace(/\s+/gu, " ").trim() === b.replace(/\s+/gu, " ").trim();
}
