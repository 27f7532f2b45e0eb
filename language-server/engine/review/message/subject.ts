/** A kernel subject taken apart: `UPSTREAM: net: mana: Add x` has the tag `UPSTREAM`, the prefix `net: mana` and a summary. */
export interface SubjectParts {
  /** Keepers' tags before the prefix: `UPSTREAM`, `BACKPORT`, a distribution's name. */
  readonly tags: readonly string[];
  /** Without the last colon; empty when there is none. */
  readonly prefix: string;
  readonly summary: string;
}

const keeperTag = /^(?:UPSTREAM|BACKPORT|FROMLIST|FROMGIT|CHROMIUM|ANDROID|SAUCE|UBUNTU|anolis|OpenCloudOS|Revert)\s*:\s*/u;
/** The first part may be words ("perf tools", "ARM"); later ones are single names, or a summary with a colon would be one. */
const firstPart = /^([A-Za-z0-9][^\s:]{0,79}(?: [^\s:]{1,30}){0,2}):\s+/u;
const nextPart = /^([^\s:"'`]{1,60}):\s+/u;

/** The parts of a subject; a revert's own subject is quoted and has no prefix. */
export function subjectParts(subject: string): SubjectParts {
  const tags: string[] = [];
  let rest = subject.trim();
  for (let match = keeperTag.exec(rest); match !== null; match = keeperTag.exec(rest)) {
    tags.push(match[0].replace(/\s*:\s*$/u, ""));
    rest = rest.slice(match[0].length);
  }
  const parts: string[] = [];
  for (let match = firstPart.exec(rest); match !== null; match = nextPart.exec(rest)) {
    parts.push(match[1] ?? "");
    rest = rest.slice(match[0].length);
  }
  return { tags, prefix: parts.join(": "), summary: rest };
}

/** Subjects that git or a maintainer's tool writes by itself: no prefix is asked of them. */
export function isGenerated(subject: string): boolean {
  return /^(?:Revert(?:\s+"|:)|Reapply\s+"|Merge\s|Linux\s+\d|(?:fixup|squash|amend)!\s)/u.test(subject);
}
