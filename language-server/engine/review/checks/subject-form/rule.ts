import { hasCommitMessage } from "../../message/tags";
import { inHeader, replaceSpan, spanInSubject, type Span } from "../../message/spans";
import { isGenerated, subjectParts } from "../../message/subject";
import type { Draft, Fix, TextCheck, TextInput } from "../../types";
import type { Message } from "../../../text/message";
import { subjectFormMessages } from "./messages";

/** Documentation/process/submitting-patches.rst: "no more than 70-75 characters". */
const longest = 75;

/** Words that a summary starts with when it tells a story instead of giving an order. */
const imperatives: Readonly<Record<string, string>> = {
  added: "add", adding: "add", adds: "add",
  fixed: "fix", fixing: "fix",
  removed: "remove", removing: "remove", removes: "remove",
  changed: "change", changing: "change",
  updated: "update", updating: "update",
  moved: "move", moving: "move",
  introduced: "introduce", introducing: "introduce", introduces: "introduce",
  implemented: "implement", implementing: "implement", implements: "implement",
  replaced: "replace", replacing: "replace", replaces: "replace",
  corrected: "correct", correcting: "correct",
  renamed: "rename", renaming: "rename",
};

export const subjectForm: TextCheck = {
  id: "subject-form",
  severity: "warning",
  needs: "text",
  messages: subjectFormMessages,
  run(input) {
    if (!hasCommitMessage(input.patch)) return [];
    const { subject } = input.patch;
    if (subject.trim() === "") return missing(input);
    if (isGenerated(subject)) return [];
    return [...prefixFlaws(input, subject), ...period(input, subject), ...mood(input, subject), ...length(input, subject)];
  },
};

function missing(input: TextInput): readonly Draft[] {
  const line = input.patch.subjectLine ?? input.patch.lines.first;
  const message: Message = { id: "subject-form.missing" };
  return [{ message, severity: "error", ...inHeader({ line, quote: input.patch.rawSubject }) }];
}

function prefixFlaws(input: TextInput, subject: string): readonly Draft[] {
  if (subject.trim().endsWith(":")) {
    const message: Message = { id: "subject-form.no-summary", args: { prefix: subject.trim() } };
    return draftsAt(input, subject.trim(), message, "error");
  }
  const odd = oddColons(subject);
  if (odd !== undefined) return colon(input, odd.written, odd.wanted);
  const { prefix, tags } = subjectParts(subject);
  return prefix !== "" || tags.length > 0 ? [] : draftsAt(input, subject, { id: "subject-form.no-prefix" });
}

/** `net :mana :`, `net:mana:`: names at the front whose first colon has no space behind it, or one before it. */
function oddColons(subject: string): { readonly written: string; readonly wanted: string } | undefined {
  const chain = /^(?:[A-Za-z][\w/.-]{0,40}\s*:(?!:)\s*)+/u.exec(subject)?.[0];
  if (chain === undefined || !/^[\w/.-]+(?:\s+:|:\S)/u.test(subject)) return undefined;
  const names = chain.split(":").map((name) => name.trim());
  return { written: chain, wanted: names.slice(0, -1).map((name) => `${name}: `).join("") };
}

function colon(input: TextInput, written: string, wanted: string): readonly Draft[] {
  const args = { wanted: wanted.trim() };
  return withFix(input, written, { id: "subject-form.colon", args }, { id: "subject-form.colon.fix", args }, wanted);
}

function period(input: TextInput, subject: string): readonly Draft[] {
  if (!/[^.\s]\.$/u.test(subject) || /\b(?:etc|e\.g|i\.e|al|vs|Inc|Ltd|Co)\.$/iu.test(subject) || /\d\.$/u.test(subject)) return [];
  const end = subject.slice(-12);
  const span = spanInSubject(input, end);
  if (span === undefined) return [];
  const dot = span.endColumn === undefined ? { line: span.line, quote: "." } : { line: span.line, startColumn: span.endColumn - 1, endColumn: span.endColumn, quote: "." };
  return [{ message: { id: "subject-form.period" }, ...inHeader(dot), ...fixOf(dot, { id: "subject-form.period.fix" }, "") }];
}

function mood(input: TextInput, subject: string): readonly Draft[] {
  const { summary } = subjectParts(subject);
  const word = /^[A-Za-z]+(?=\s+[A-Za-z0-9_])/u.exec(summary)?.[0];
  const order = word === undefined ? undefined : imperatives[word.toLowerCase()];
  if (word === undefined || order === undefined) return [];
  const wanted = /^[A-Z]/u.test(word) ? order.charAt(0).toUpperCase() + order.slice(1) : order;
  const next = summary.slice(word.length, word.length + 2);
  // The word alone may stand in the prefix as well; with what follows it is found where it is meant.
  const around = spanInSubject(input, word + next);
  if (around === undefined) return [];
  const span: Span = around.startColumn === undefined ? { line: around.line, quote: word } : { ...around, endColumn: around.startColumn + word.length, quote: word };
  const message: Message = { id: "subject-form.mood", args: { word, wanted } };
  return [{ message, severity: "information", ...inHeader(span), ...fixOf(span, { id: "subject-form.mood.fix", args: { wanted } }, wanted) }];
}

function length(input: TextInput, subject: string): readonly Draft[] {
  const characters = Array.from(subject).length;
  if (characters <= longest) return [];
  const rest = Array.from(subject).slice(longest).join("");
  return draftsAt(input, rest, { id: "subject-form.long", args: { length: characters } }, "information");
}

function draftsAt(input: TextInput, quote: string, message: Message, severity?: Draft["severity"]): readonly Draft[] {
  const span = spanInSubject(input, quote);
  return span === undefined ? [] : [{ message, ...inHeader(span), ...(severity === undefined ? {} : { severity }) }];
}

function withFix(input: TextInput, written: string, message: Message, title: Message, newText: string): readonly Draft[] {
  const span = spanInSubject(input, written);
  return span === undefined ? [] : [{ message, ...inHeader(span), ...fixOf(span, title, newText) }];
}

function fixOf(span: Span, title: Message, newText: string): { readonly fix?: Fix } {
  const edits = replaceSpan(span, newText);
  return edits.length === 0 ? {} : { fix: { title, edits, safe: true } };
}
