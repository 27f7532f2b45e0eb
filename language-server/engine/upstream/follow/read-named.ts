import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";
import { createNames, quotedTitle, sameTitle, type Names } from "./names";
import type { CommitFacts, ShaReference } from "../types";

/** The commit that a message speaks of, and what told it: the sha, or the quoted title where the sha is unknown or another commit's. */
export interface NamedCommit {
  /** Full sha. */
  readonly commit: string;
  readonly by: "sha" | "title";
}

/** What `Fixes:` lines, reverts and CVE records name, looked up once for a whole map. */
export interface NamedCommits {
  /** Undefined when the repository has no such commit, or more than one and no title decides. */
  find(reference: ShaReference): NamedCommit | undefined;
  /** Whether a full sha that {@link find} gave is in the history of both: an ancestor of downstream that is mainline's as well. */
  shared(sha: string): boolean;
}

/** The two ranges of a map and downstream's tip. */
export interface NamedRange {
  readonly downstream: string;
  readonly candidates: readonly CommitFacts[];
  readonly commits: readonly CommitFacts[];
}

/** An abbreviation of so many digits that fits one commit of the range is that commit: 1.4 million others share it once in a million times. */
const safeDigits = 10;
const hex = /^[0-9a-f]{5,64}$/u;
const fullName = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;

interface Lookup {
  readonly repository: GitRepository;
  readonly decode: Decode;
  readonly range: NamedRange;
  readonly own: Names;
  readonly cancel: Cancel | undefined;
}

/**
 * Looks up all references with at most four git calls: the abbreviations that the range does not know, which of them downstream reaches,
 * their subjects, and, where a sha leads nowhere, one walk for the quoted titles.
 */
export async function readNamed(repository: GitRepository, decode: Decode, range: NamedRange, references: readonly ShaReference[], cancel?: Cancel): Promise<NamedCommits> {
  const lookup: Lookup = { repository, decode, range, own: createNames([...range.candidates, ...range.commits].map(({ sha }) => sha)), cancel };
  const bySha = await resolveShas(lookup, references);
  const outside = new Set([...bySha.values()].filter((sha) => !lookup.own.has(sha)));
  const shared = await reachedByDownstream(lookup, [...outside]);
  const subjects = await readSubjects(lookup, [...outside]);
  for (const { sha, subject } of [...range.candidates, ...range.commits]) subjects.set(sha, subject);
  /** A copy on a side branch, or another commit than the title says: the title leads to mainline's. */
  const doubtful = (reference: ShaReference): string | undefined => {
    const sha = bySha.get(reference.sha);
    const subject = sha === undefined ? undefined : subjects.get(sha);
    if (sha === undefined || subject === undefined) return reference.title;
    if (reference.title !== "" && !sameTitle(reference.title, subject)) return reference.title;
    return lookup.own.has(sha) || shared.has(sha) ? undefined : subject;
  };
  const titles = await findTitles(lookup, references.flatMap((reference) => doubtful(reference) ?? []), shared);
  const answers = new Map<string, NamedCommit | undefined>();
  const judge = (reference: ShaReference): NamedCommit | undefined => {
    const sha = bySha.get(reference.sha);
    const title = doubtful(reference);
    const titled = title === undefined ? undefined : titles.get(title);
    if (titled !== undefined && titled !== sha) return { commit: titled, by: "title" };
    return sha === undefined ? undefined : { commit: sha, by: "sha" };
  };
  return {
    find(reference) {
      const key = `${reference.sha} ${reference.title}`;
      if (!answers.has(key)) answers.set(key, judge(reference));
      return answers.get(key);
    },
    shared: (sha) => shared.has(sha),
  };
}

function withCancel(cancel: Cancel | undefined, input: string): { readonly input: string; readonly cancel?: Cancel } {
  return { input, ...(cancel === undefined ? {} : { cancel }) };
}

async function resolveShas({ repository, decode, own, cancel }: Lookup, references: readonly ShaReference[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const asked: string[] = [];
  for (const sha of new Set(references.map((reference) => reference.sha))) {
    if (!hex.test(sha)) continue;
    const known = sha.length >= safeDigits ? own.find(sha) : undefined;
    if (known === undefined) asked.push(sha);
    else found.set(sha, known);
  }
  if (asked.length === 0) return found;
  checkCancel(cancel);
  // `^{commit}` makes git prefer a commit where an abbreviation fits other objects as well, and follows a tag.
  const input = asked.map((sha) => `${sha}^{commit}\n`).join("");
  const result = await repository.run(["cat-file", "--batch-check=%(objectname) %(objecttype)"], withCancel(cancel, input));
  const lines = decode.text(result.stdout).split("\n");
  for (const [i, sha] of asked.entries()) {
    const [name = "", type] = (lines[i] ?? "").split(" ");
    // A branch may be called like a sha, and git prefers it.
    if (type === "commit" && fullName.test(name) && name.startsWith(sha)) found.set(sha, name);
  }
  return found;
}

/** Which of these full shas downstream reaches. One walk, and it ends at downstream's history. */
async function reachedByDownstream({ repository, decode, range, cancel }: Lookup, shas: readonly string[]): Promise<Set<string>> {
  if (shas.length === 0) return new Set();
  checkCancel(cancel);
  const input = `${[...shas, `^${range.downstream}`].join("\n")}\n`;
  const result = await repository.run(["rev-list", "--ignore-missing", "--stdin"], withCancel(cancel, input));
  // Without an answer nothing is proven.
  if (result.status !== 0) return new Set();
  const elsewhere = new Set(decode.text(result.stdout).split("\n"));
  return new Set(shas.filter((sha) => !elsewhere.has(sha)));
}

async function readSubjects({ repository, decode, cancel }: Lookup, shas: readonly string[]): Promise<Map<string, string>> {
  const subjects = new Map<string, string>();
  if (shas.length === 0) return subjects;
  checkCancel(cancel);
  const args = ["log", "--no-walk=unsorted", "--ignore-missing", "--no-show-signature", "--no-notes", "--no-decorate", "--encoding=UTF-8", "-s", "-z", "--format=%H%x20%s", "--stdin"];
  const result = await repository.run(args, withCancel(cancel, `${shas.join("\n")}\n`));
  if (result.status !== 0) return subjects;
  for (const record of decode.text(result.stdout).split("\0")) {
    const end = record.indexOf(" ");
    if (end > 0) subjects.set(record.slice(0, end), record.slice(end + 1));
  }
  return subjects;
}

/** Titles looked for: whole ones by their key, cut ones by how they begin. */
interface Wanted {
  readonly whole: ReadonlyMap<string, string[]>;
  readonly cut: readonly { readonly key: string; readonly title: string }[];
}

function wantedTitles(titles: readonly string[]): Wanted {
  const whole = new Map<string, string[]>();
  const cut: { readonly key: string; readonly title: string }[] = [];
  for (const title of new Set(titles)) {
    const quoted = quotedTitle(title);
    if (quoted.key === "") continue;
    const list = whole.get(quoted.key);
    if (list === undefined) whole.set(quoted.key, [title]);
    else list.push(title);
    if (quoted.cut && quoted.key.length >= 20) cut.push({ key: quoted.key, title });
  }
  return { whole, cut };
}

function titlesOf(wanted: Wanted, subject: string): readonly string[] {
  const { key } = quotedTitle(subject);
  const whole = wanted.whole.get(key) ?? [];
  return wanted.cut.length === 0 ? whole : [...whole, ...wanted.cut.filter((entry) => key !== entry.key && key.startsWith(entry.key)).map(({ title }) => title)];
}

/**
 * Mainline's commits by title: the newest in the range, else the newest that downstream shares. What the walk finds joins `shared`.
 * A title that only downstream's own commits have stays unknown.
 */
async function findTitles({ repository, decode, range, cancel }: Lookup, titles: readonly string[], shared: Set<string>): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const note = (wanted: Wanted, sha: string, subject: string): boolean => {
    const fresh = titlesOf(wanted, subject).filter((title) => !found.has(title));
    for (const title of fresh) found.set(title, sha);
    return fresh.length > 0;
  };
  const all = wantedTitles(titles);
  if (all.whole.size === 0) return found;
  for (const { sha, subject } of range.candidates) note(all, sha, subject);
  const rest = wantedTitles([...new Set(titles)].filter((title) => !found.has(title)));
  if (rest.whole.size === 0) return found;
  const own = new Set(range.commits.map(({ sha }) => sha));
  let tail = "";
  const take = (text: string): void => {
    const records = `${tail}${text}`.split("\0");
    tail = records.pop() ?? "";
    for (const record of records) {
      const sha = record.slice(0, record.indexOf(" "));
      if (!own.has(sha) && note(rest, sha, record.slice(sha.length + 1))) shared.add(sha);
    }
  };
  checkCancel(cancel);
  const args = ["log", "--no-merges", "--no-show-signature", "--no-notes", "--no-decorate", "--encoding=UTF-8", "-s", "-z", "--format=%H%x20%s", range.downstream];
  // A character cut by a chunk's edge costs a title that is not found; that never proves anything wrong.
  await repository.stream(args, (chunk) => { take(decode.text(chunk)); }, cancel === undefined ? {} : { cancel });
  take("\0");
  return found;
}
