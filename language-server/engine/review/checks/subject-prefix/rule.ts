import { inHeader, replaceSpan, spanInSubject } from "../../message/spans";
import { isGenerated, subjectParts } from "../../message/subject";
import { hasCommitMessage } from "../../message/tags";
import type { Draft, Fix, RepositoryCheck, RepositoryInput } from "../../types";
import { subjectPrefixMessages } from "./messages";

/** Subjects that are asked for, and how many with a prefix make a habit. */
const asked = 40;
const fewest = 8;
/** Share of the most common prefix that makes it the files' own. */
const habit = 0.6;
/** A change to more files than this belongs to no single place. */
const mostPaths = 12;

export const subjectPrefix: RepositoryCheck = {
  id: "subject-prefix",
  severity: "information",
  needs: "repository",
  messages: subjectPrefixMessages,
  async run(input, cancel) {
    const { patch } = input;
    if (!hasCommitMessage(patch) || isGenerated(patch.subject) || patch.subject.trim() === "") return [];
    const paths = oldPaths(input);
    if (paths.length === 0 || paths.length > mostPaths) return [];
    const usual = usualPrefix(await input.history.subjectsTouching(paths, asked, cancel));
    return usual === undefined ? [] : judge(input, usual);
  },
};

/** Only files that exist have a history; one added beside them follows their habit. */
function oldPaths(input: RepositoryInput): readonly string[] {
  return input.patch.files.filter((file) => file.status !== "added").map((file) => file.oldPath);
}

interface Usual {
  readonly prefix: string;
  readonly times: number;
  readonly count: number;
  readonly all: ReadonlySet<string>;
}

/** The prefix that most of the subjects share; undefined when there is no habit. */
function usualPrefix(subjects: readonly string[]): Usual | undefined {
  const counts = new Map<string, number>();
  let count = 0;
  for (const subject of subjects) {
    if (isGenerated(subject)) continue;
    const { prefix } = subjectParts(subject);
    if (prefix === "") continue;
    count++;
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  const [top] = [...counts].sort((a, b) => b[1] - a[1]);
  if (top === undefined || count < fewest || top[1] < count * habit) return undefined;
  return { prefix: top[0], times: top[1], count, all: new Set([...counts.keys()].map((prefix) => prefix.toLowerCase())) };
}

function judge(input: RepositoryInput, usual: Usual): readonly Draft[] {
  const { prefix, summary } = subjectParts(input.patch.subject);
  if (prefix !== "" && isKin(prefix.toLowerCase(), usual)) return [];
  const quote = prefix === "" ? summary : `${prefix}:`;
  const span = spanInSubject(input, quote);
  if (span === undefined) return [];
  const edits = replaceSpan(span, prefix === "" ? `${usual.prefix}: ${summary}` : `${usual.prefix}:`);
  const title = { id: "subject-prefix.fix", args: { usual: usual.prefix } };
  const fix: { readonly fix?: Fix } = edits.length === 0 ? {} : { fix: { title, edits, safe: false } };
  const args = { share: usual.times, count: usual.count, usual: usual.prefix, prefix };
  return [{ message: { id: prefix === "" ? "subject-prefix.none" : "subject-prefix.unusual", args }, ...inHeader(span), ...fix }];
}

/** Seen here before, or a part of what was, or more exact than that: `net`, `net: mana` and `net: mana: hw` are kin. */
function isKin(prefix: string, usual: Usual): boolean {
  const words = new Set(wordsOf(prefix));
  for (const other of usual.all) {
    if (other === prefix) return true;
    const theirs = wordsOf(other);
    if (theirs.every((word) => words.has(word)) || [...words].every((word) => theirs.includes(word))) return true;
  }
  return false;
}

function wordsOf(prefix: string): readonly string[] {
  return prefix.split(/[\s:/,]+/u).filter((word) => word !== "");
}
