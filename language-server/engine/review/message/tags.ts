import type { MessageLine, Patch } from "../../patch/types";

/** A line of the message in the form of a tag, wherever it stands: git calls only those of the last paragraph trailers. */
export interface Tag {
  /** As written: `Signed-off-by`. */
  readonly key: string;
  readonly value: string;
  readonly line: number;
  readonly text: string;
}

const tagLine = /^(\s{0,8})([A-Za-z][A-Za-z0-9-]{1,40}) ?:\s*(.*?)\s*$/u;

/** Tags that speak of people or of commits: what a maintainer's scripts collect. */
const coreTag = /^(?:.+-(?:by|to)|fixes|cc)$/u;

/** Others that keepers put among them; a word with a colon that is none of these is prose. */
const otherTags = new Set([
  "link", "closes", "url", "references", "buglink", "bug", "bugzilla", "message-id", "msgid", "change-id", "lore", "cve", "depends-on", "bugzilla-id",
  "git-commit", "patch-mainline", "git-repo", "anbz", "x-stable", "debian-bug", "jira", "upstream", "upstream-status", "conflicts", "assisted-by", "stable-dep-of",
]);

/** True for a tag that a maintainer's scripts collect: people and `Fixes:`. */
export function isCore(tag: Tag): boolean {
  return coreTag.test(tag.key.toLowerCase());
}

/** The tag that a line of a message is, undefined for prose. */
export function readTag(line: MessageLine): Tag | undefined {
  const match = tagLine.exec(line.text);
  if (match === null) return undefined;
  const [, , key = "", value = ""] = match;
  const lower = key.toLowerCase();
  if (!coreTag.test(lower) && !otherTags.has(lower)) return undefined;
  return { key, value, line: line.line, text: line.text.trim() };
}

const known = new WeakMap<Patch, readonly Tag[]>();

/** All tags of a message in its order, above `---`. */
export function tagsOf(patch: Patch): readonly Tag[] {
  let tags = known.get(patch);
  if (tags === undefined) {
    tags = patch.message.body.map(readTag).filter((tag) => tag !== undefined);
    known.set(patch, tags);
  }
  return tags;
}

/** True for what a person sends as a commit: a mail, or a commit as git shows it. A bare diff says nothing to judge. */
export function hasCommitMessage(patch: Patch): boolean {
  return patch.subjectLine !== undefined && (patch.kind === "patch" || patch.kind === "empty");
}

/** Name and address of a tag's value; undefined when there is no address. */
export function personOf(value: string): { readonly name: string; readonly email: string } | undefined {
  const match = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>/u.exec(value);
  if (match !== null) return { name: unquote(match[1] ?? ""), email: match[2] ?? "" };
  const bare = /^([^<>\s]+@[^<>\s]+)\s*(?:#.*)?$/u.exec(value);
  return bare === null ? undefined : { name: "", email: bare[1] ?? "" };
}

function unquote(name: string): string {
  return name.replace(/^["']|["']$/gu, "").trim();
}

/** One person, however the address is written: case and `+tag` don't count. */
export function sameEmail(a: string, b: string): boolean {
  return plainEmail(a) === plainEmail(b);
}

function plainEmail(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*@/u, "@");
}

/** One name, however it is written: accents, case, order and dots don't count. */
export function sameName(a: string, b: string): boolean {
  const left = nameWords(a);
  return left !== "" && left === nameWords(b);
}

function nameWords(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .sort()
    .join(" ");
}
