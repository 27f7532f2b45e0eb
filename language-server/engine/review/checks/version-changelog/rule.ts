import type { Patch } from "../../../patch/types";
import { inHeader, spanInSubject } from "../../message/spans";
import type { Draft, TextCheck, TextInput } from "../../types";
import { versionChangelogMessages } from "./messages";

/** Below `---` anything that speaks of versions or changes is taken for a changelog. */
const loose = /\b(?:v|ver(?:sion)?|rev(?:ision)?|patch\s?set|ps)[\s._-]*\d+\b|\bchange(?:s|d|log)?\b|\bchanges?\s+(?:since|from|in)\b|\bsince\s+(?:the\s+)?(?:last|previous|v\d)|\bno\s+(?:functional\s+)?changes?\b|\brebased?\b|\brange-diff\b|\binterdiff\b|变更|修改|改动/iu;
/** Above it, only what cannot be prose of the change itself. */
const strict = /^\s*(?:[[*-]\s*)*(?:v\d+\b|changes?\s+(?:since|from|in|for)\s+(?:the\s+)?(?:v\d|ver|rev|previous|last)|changelog|change\s+log|version\s+\d+)/iu;

export const versionChangelog: TextCheck = {
  id: "version-changelog",
  severity: "information",
  needs: "text",
  messages: versionChangelogMessages,
  run(input) {
    const { patch } = input;
    if (patch.version < 2 || patch.subjectLine === undefined || isResend(patch)) return [];
    if (patch.kind === "cover") return cover(input);
    if (patch.kind !== "patch" || hasChangelog(patch)) return [];
    // The changelog of a series stands in its cover letter, or only in the patches that changed.
    if ((patch.total !== undefined && patch.total > 1) || hasCover(input)) return [];
    return [draft(input, "version-changelog.missing")];
  },
};

function cover(input: TextInput): readonly Draft[] {
  const { patch, set } = input;
  const series = set.patches.filter((other) => other.kind !== "reply" && other.version === patch.version && other.total === patch.total);
  // Patches that are not here may hold what the cover letter doesn't.
  const complete = series.filter((other) => other.kind === "patch").length >= (patch.total ?? 0);
  return !complete || series.some(hasChangelog) ? [] : [draft(input, "version-changelog.series")];
}

function hasCover(input: TextInput): boolean {
  return input.set.patches.some((other) => other.kind === "cover" && other.version === input.patch.version && other.total === input.patch.total);
}

function isResend(patch: Patch): boolean {
  return patch.prefixes.some((prefix) => /^(?:RESEND|REPOST)/iu.test(prefix));
}

function hasChangelog(patch: Patch): boolean {
  const { body, remarks } = patch.message;
  if (remarks.some((line) => loose.test(line.text))) return true;
  return body.some((line) => (patch.kind === "cover" ? loose : strict).test(line.text));
}

function draft(input: TextInput, id: string): Draft {
  const { version, rawSubject, lines } = input.patch;
  const quote = /\bv\s?\d+\b/iu.exec(rawSubject)?.[0] ?? rawSubject;
  const span = spanInSubject(input, quote) ?? { line: lines.first, quote };
  return { message: { id, args: { version, before: version - 1 } }, ...inHeader(span) };
}
