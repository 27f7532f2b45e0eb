import { baseName } from "../../patch/load";
import type { Patch } from "../../patch/types";
import { messageFacts } from "../facts/message";
import type { Claim, CommitDiff, CommitFacts } from "../types";
import { dep3Claims } from "./dep3";

/** Milliseconds of a Date field; undefined for what is none. */
function timeOf(date: string | undefined): number {
  const time = Date.parse((date ?? "").replace(/\s*\([^()]*\)\s*$/u, ""));
  return Number.isFinite(time) ? Math.floor(time / 1000) : 0;
}

function claimsOf(patch: Patch): readonly Claim[] {
  const written = patch.message.markers.flatMap(({ sha, dialect, origin }) => (sha === undefined ? [] : [{ sha, dialect, origin }]));
  return [...written, ...dep3Claims(patch).filter((claim) => !written.some(({ sha }) => sha === claim.sha))];
}

/** A subject for a patch that has none: the first line of its words, else its file's name without number and ending. */
function subjectOf(patch: Patch, path: string): string {
  if (patch.subject !== "") return patch.subject;
  const described = /^(?:description|subject)\s*:\s*(\S.*)$/iu;
  for (const { text } of patch.message.body) {
    const found = described.exec(text)?.[1];
    if (found !== undefined) return found.trim();
  }
  const first = patch.message.body.find(({ text }) => text.trim() !== "")?.text.trim();
  return first ?? baseName(path).replace(/^\d+[-_.]/u, "").replace(/\.(?:patch|diff)$/iu, "").replace(/[-_]+/gu, " ");
}

function pathsOf(diff: CommitDiff): readonly string[] {
  return [...new Set(diff.files.flatMap(({ oldPath, newPath }) => [oldPath, newPath]))].sort();
}

/** What a commit made of this patch would be known by. A patch without a date has time 0. */
export function seriesFacts(patch: Patch, path: string, diff: CommitDiff, parents: readonly string[]): CommitFacts {
  const body = patch.message.body.map(({ text }) => text).join("\n");
  const { fixes, reverts, ccStable, marks } = messageFacts(patch.subject, body);
  const time = timeOf(patch.date);
  return {
    sha: diff.sha,
    parents,
    author: patch.author ?? { name: "", email: "" },
    authorTime: time,
    commitTime: time,
    subject: subjectOf(patch, path),
    claims: claimsOf(patch),
    fixes,
    reverts,
    ccStable,
    marks,
    paths: pathsOf(diff),
  };
}
