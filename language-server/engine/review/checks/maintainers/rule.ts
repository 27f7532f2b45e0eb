import type { Patch, Trailer } from "../../../patch/types";
import type { Draft, Fix, MaintainerEntry, RepositoryCheck } from "../../types";
import { maintainersMessages } from "./messages";

/** Names in the sentence; all of them are in the related places and in the fix. */
const maxNamed = 4;

/** Everybody's list: nobody is asked there in particular, and it is the answer for every file. */
const everybody = new Set(["linux-kernel@vger.kernel.org"]);

export const maintainers: RepositoryCheck = {
  id: "maintainers",
  severity: "hint",
  needs: "repository",
  worksWithoutHistory: true,
  messages: maintainersMessages,
  async run(input, cancel) {
    const { patch } = input;
    const anchor = patch.message.trailers.at(-1);
    if (anchor === undefined || !isOnItsWay(patch)) return [];
    const reached = recipients(patch);
    const missing = (await input.maintainers(cancel)).filter(({ email }) => email !== "" && !everybody.has(email.toLowerCase()) && !reached.has(email.toLowerCase()));
    return missing.length === 0 ? [] : [draft(patch, anchor, missing)];
  },
};

/** A mail that names recipients is meant for somebody; a commit, or a backport that mainline has reviewed, asks nobody. */
function isOnItsWay(patch: Patch): boolean {
  const addressed = patch.header.some(({ name }) => /^(?:to|cc)$/iu.test(name));
  return addressed && patch.message.markers.length === 0;
}

function emailsIn(text: string): readonly string[] {
  return (text.match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/gu) ?? []).map((email) => email.toLowerCase());
}

function recipients(patch: Patch): ReadonlySet<string> {
  const fields = patch.header.filter(({ name }) => /^(?:to|cc|bcc|from)$/iu.test(name)).map(({ value }) => value);
  const tags = patch.message.trailers.map(({ value }) => value);
  return new Set([...fields, ...tags].flatMap(emailsIn));
}

/** MAINTAINERS comes from a tree; what it says becomes one line of text and nothing else. */
function addressOf({ name, email }: MaintainerEntry): string {
  const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, "");
  const shown = clean(name);
  if (shown === "") return clean(email);
  return /[^\p{L}\p{N}\p{M} .'-]/u.test(shown) || /[.]/u.test(shown) ? `"${shown.replace(/["\\]/gu, "\\$&")}" <${clean(email)}>` : `${shown} <${clean(email)}>`;
}

function fix(patch: Patch, missing: readonly MaintainerEntry[]): Fix {
  const { trailers } = patch.message;
  const before = trailers.find(({ key }) => /^signed-off-by$/iu.test(key)) ?? trailers[0];
  const line = before?.lines.first ?? 1;
  const newText = missing.map((entry) => `Cc: ${addressOf(entry)}\n`).join("");
  return { title: { id: "maintainers.add" }, edits: [{ startLine: line, startColumn: 0, endLine: line, endColumn: 0, newText }], safe: false };
}

function draft(patch: Patch, anchor: Trailer, missing: readonly MaintainerEntry[]): Draft {
  const names = missing.slice(0, maxNamed).map(({ name, email }) => (name === "" ? email : name));
  const who = missing.length > maxNamed ? `${names.join(", ")}, …` : names.join(", ");
  return {
    message: { id: "maintainers.missing", args: { count: missing.length, who } },
    side: "message",
    line: anchor.lines.first,
    quote: anchor.text,
    related: missing.map((entry) => ({ message: { id: "maintainers.section", args: { address: addressOf(entry), role: entry.role, section: entry.section } }, path: "MAINTAINERS", pathLine: 1 })),
    fix: fix(patch, missing),
  };
}
