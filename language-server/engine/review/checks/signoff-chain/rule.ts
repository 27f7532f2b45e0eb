import type { Person } from "../../../patch/types";
import { deleteLines, inHeader, inMessage, insertBefore, replaceSpan, spanInLine, type Span } from "../../message/spans";
import { hasCommitMessage, personOf, sameEmail, sameName, tagsOf, type Tag } from "../../message/tags";
import type { Draft, Fix, TextCheck, TextInput } from "../../types";
import { signoffChainMessages } from "./messages";

const signedOff = "Signed-off-by";
const coDeveloped = "Co-developed-by";

interface SignOff {
  readonly tag: Tag;
  readonly person: { readonly name: string; readonly email: string } | undefined;
}

export const signoffChain: TextCheck = {
  id: "signoff-chain",
  severity: "warning",
  needs: "text",
  messages: signoffChainMessages,
  run(input) {
    if (!hasCommitMessage(input.patch)) return [];
    const tags = tagsOf(input.patch);
    const chain = signOffs(tags);
    return [...spelling(input, tags), ...authorSigned(input, chain), ...senderSignedLast(input, chain), ...twice(input, tags), ...coAuthors(input, tags)];
  },
};

function signOffs(tags: readonly Tag[]): readonly SignOff[] {
  return tags.filter((tag) => isSignOff(tag.key)).map((tag) => ({ tag, person: personOf(tag.value) }));
}

/** Misspelt ones count: a typing error is one finding, not two. */
function isSignOff(key: string): boolean {
  return /^sign(?:ed)?-?off?-?by$/iu.test(key) || /^singed-off-by$/iu.test(key);
}

function isCoAuthor(key: string): boolean {
  return /^co-?(?:developed|authored)-by$/iu.test(key);
}

function spelling(input: TextInput, tags: readonly Tag[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const tag of tags) {
    const wanted = isSignOff(tag.key) ? signedOff : /^co-?developed-by$/iu.test(tag.key) ? coDeveloped : undefined;
    if (wanted !== undefined && tag.key !== wanted) {
      const span = spanInLine(input, tag.line, tag.key);
      const message = { id: "signoff-chain.spelling", args: { wanted } };
      drafts.push({ message, ...inMessage(span), ...replaceFix(span, wanted, { id: "signoff-chain.spelling.fix", args: { wanted } }) });
    }
    if (isSignOff(tag.key) && personOf(tag.value) === undefined) {
      drafts.push({ message: { id: "signoff-chain.no-address" }, ...inMessage(spanInLine(input, tag.line, tag.text)) });
    }
  }
  return drafts;
}

function authorSigned(input: TextInput, chain: readonly SignOff[]): readonly Draft[] {
  const { author } = input.patch;
  if (chain.length === 0) return [noSignOff(input, author)];
  if (author === undefined || !author.email.includes("@") || isRelay(author)) return [];
  if (chain.some(({ person }) => person !== undefined && sameEmail(person.email, author.email))) return [];
  const named = chain.find(({ tag, person }) => sameName(person?.name ?? tag.value, author.name));
  if (named?.person !== undefined) return [otherAddress(input, named.tag, named.person.email, author)];
  // A sign-off without address is its own finding.
  if (named !== undefined) return [];
  const first = chain[0]?.tag;
  const fix = first === undefined ? {} : { fix: addSignOff(input, author, first.line) };
  return [{ message: { id: "signoff-chain.author", args: { author: format(author) } }, severity: "error", ...authorPlace(input, author), ...fix }];
}

/** A mailing list or a relay that rewrote From: hides who the author is. */
function isRelay(author: Person): boolean {
  return /\bvia\b/iu.test(author.name) || /^devnull\+|noreply/iu.test(author.email);
}

function noSignOff(input: TextInput, author: Person | undefined): Draft {
  const { patch } = input;
  const place = author === undefined ? inHeader({ line: patch.subjectLine ?? patch.lines.first, quote: patch.rawSubject }) : authorPlace(input, author);
  const at = messageEnd(input);
  const fix = author === undefined || author.email === "" || at === undefined ? {} : { fix: addSignOff(input, author, at.line, at.blankBefore) };
  return { message: { id: "signoff-chain.none" }, severity: "error", ...place, ...fix };
}

function otherAddress(input: TextInput, tag: Tag, signed: string, author: Person): Draft {
  const message = { id: "signoff-chain.address", args: { name: author.name, signed, author: author.email } };
  return { message, severity: "hint", ...inMessage(spanInLine(input, tag.line, signed)) };
}

function authorPlace(input: TextInput, author: Person): Pick<Draft, "side" | "line" | "startColumn" | "endColumn" | "quote"> {
  const { patch } = input;
  const field = patch.header.findLast((header) => /^(?:from|author)$/iu.test(header.name));
  const line = field?.lines.first ?? patch.subjectLine ?? patch.lines.first;
  return inHeader(spanInLine(input, line, author.email));
}

/**
 * Only a mail whose own From: differs from the author's in-body From: tells who sends it. A commit printed by git, or a
 * file made by format-patch, names the author there and nobody else.
 */
function senderSignedLast(input: TextInput, chain: readonly SignOff[]): readonly Draft[] {
  const { patch } = input;
  const field = patch.header.find((header) => header.name.toLowerCase() === "from");
  const sender = field === undefined ? undefined : personOf(field.value);
  const last = chain.at(-1);
  if (field === undefined || sender === undefined || last?.person === undefined || patch.author === undefined) return [];
  if (isRelay(sender) || sameEmail(sender.email, patch.author.email) || sameName(sender.name, patch.author.name)) return [];
  if (sameEmail(last.person.email, sender.email) || sameName(last.person.name, sender.name)) return [];
  const message = { id: "signoff-chain.sender", args: { sender: format(sender) } };
  return [{ message, ...inMessage(spanInLine(input, last.tag.line, last.tag.text)) }];
}

function twice(input: TextInput, tags: readonly Tag[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (let i = 1; i < tags.length; i++) {
    const [before, tag] = [tags[i - 1], tags[i]];
    if (before === undefined || tag === undefined || !isSignOff(tag.key) || before.text !== tag.text || tag.line !== before.line + 1) continue;
    const fix = { title: { id: "signoff-chain.twice.fix" }, edits: [deleteLines(tag.line, tag.line)], safe: true };
    drafts.push({ message: { id: "signoff-chain.twice" }, ...inMessage(spanInLine(input, tag.line, tag.text)), fix });
  }
  return drafts;
}

function coAuthors(input: TextInput, tags: readonly Tag[]): readonly Draft[] {
  const drafts: Draft[] = [];
  const { author } = input.patch;
  for (const [i, tag] of tags.entries()) {
    const person = personOf(tag.value);
    if (!isCoAuthor(tag.key) || !/developed/iu.test(tag.key) || person === undefined) continue;
    const span = spanInLine(input, tag.line, tag.text);
    if (author !== undefined && sameEmail(author.email, person.email)) {
      drafts.push({ message: { id: "signoff-chain.co-author-is-author" }, ...inMessage(span) });
      continue;
    }
    const next = tags[i + 1];
    if (next !== undefined && isSignOff(next.key) && signedBy(next, person)) continue;
    const signsLater = tags.some((other) => isSignOff(other.key) && signedBy(other, person));
    // Adding a second sign-off would be wrong; only a person can move the first one.
    const fix = signsLater ? {} : { fix: addSignOff(input, person, tag.line + 1, false, { id: "signoff-chain.co-author.fix", args: { name: person.name } }) };
    drafts.push({ message: { id: "signoff-chain.co-author" }, ...inMessage(span), ...fix });
  }
  return drafts;
}

function signedBy(tag: Tag, person: Person): boolean {
  const signer = personOf(tag.value);
  return signer !== undefined && (sameEmail(signer.email, person.email) || sameName(signer.name, person.name));
}

/** Signing off is a legal statement: never part of fix-all. */
function addSignOff(input: TextInput, person: Person, line: number, blankBefore = false, title: Fix["title"] = { id: "signoff-chain.author.fix" }): Fix {
  const text = `${signedOff}: ${format(person)}`;
  return { title, edits: [insertBefore(input, line, blankBefore ? ["", text] : [text])], safe: false };
}

/** Behind the last line of the message; a blank line is needed there unless tags are the end already. */
function messageEnd(input: TextInput): { readonly line: number; readonly blankBefore: boolean } | undefined {
  const last = input.patch.message.body.findLast((line) => line.text.trim() !== "");
  if (last === undefined) return undefined;
  return { line: last.line + 1, blankBefore: !tagsOf(input.patch).some((tag) => tag.line === last.line) };
}

function format(person: Person): string {
  return person.name === "" ? `<${person.email}>` : `${person.name} <${person.email}>`;
}

function replaceFix(span: Span, newText: string, title: Fix["title"]): { readonly fix?: Fix } {
  const edits = replaceSpan(span, newText);
  return edits.length === 0 ? {} : { fix: { title, edits, safe: true } };
}
