import { hunkLines } from "../../../patch/lines";
import type { PatchLine } from "../../../patch/types";
import { readableFiles } from "../../diff-lines";
import { columns } from "../../draft";
import type { Draft, TextCheck } from "../../types";
import { entropy } from "./entropy";
import { secretsMessages } from "./messages";

interface Hit {
  readonly kind: string;
  readonly at: number;
  readonly length: number;
}

interface Form {
  readonly kind: string;
  /** Cheap test before the expression is tried. */
  readonly has: string;
  readonly form: RegExp;
}

/** Tokens whose own form tells what they are; nobody writes these letters by chance. */
const forms: readonly Form[] = [
  { kind: "aws", has: "AKIA", form: /\bAKIA[0-9A-Z]{16}\b/g },
  { kind: "github", has: "gh", form: /\bgh[pousr]_[A-Za-z0-9]{36}\b/g },
  { kind: "github", has: "github_pat_", form: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g },
  { kind: "gitlab", has: "glpat-", form: /\bglpat-[\w-]{20}\b/g },
  { kind: "slack", has: "xox", form: /\bxox[abprs]-\d{8,}-[\w-]{16,}\b/g },
  { kind: "google", has: "AIza", form: /\bAIza[\w-]{35}\b/g },
  { kind: "huggingface", has: "hf_", form: /\bhf_[A-Za-z]{34}\b/g },
  { kind: "npm", has: "npm_", form: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: "openai", has: "sk-", form: /\bsk-(?:proj-|ant-api\d\d-)?[A-Za-z0-9_-]{40,}\b/g },
  { kind: "jwt", has: "eyJ", form: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g },
];

const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/;
const address = /[a-z][a-z+]{2,12}:\/\/[\w.-]+:([^\s:@/'"<>${}*]{6,})@[\w.-]+/gi;
const assigned = /\b(?:\w+[_-])?(?:passw(?:or)?d|secret|api[_-]?key|access[_-]?key|auth[_-]?token|private[_-]?key)["']?\s*(?:=|:|=>|:=)\s*["']([^"'\s\\]{12,})["']/gi;
const placeholder = /example|sample|dummy|change.?me|your|placeholder|xxxx|\*\*\*|<|>|\$|%|test|redacted|0123|1234|abcd/i;

export const secrets: TextCheck = {
  id: "secrets",
  severity: "error",
  needs: "text",
  messages: secretsMessages,
  run(input) {
    const drafts: Draft[] = [];
    for (const file of readableFiles(input)) {
      if (file.added === 0) continue;
      for (const hunk of file.hunks) {
        const lines = hunkLines(input.patch, hunk, input.decode);
        for (const [index, line] of lines.entries()) {
          if (line.role !== "added") continue;
          for (const hit of hitsIn(line.text, lines, index)) {
            const place = columns(input.patch, hit.at, hit.at + hit.length);
            // The secret itself is not repeated in lists, exports and logs.
            const quote = line.text.slice(hit.at, hit.at + (hit.kind === "key" ? hit.length : 6));
            drafts.push({ message: { id: `secrets.${hit.kind}` }, side: "new", file: file.newPath, line: line.line, ...place, quote });
          }
        }
      }
    }
    return drafts;
  },
};

function hitsIn(text: string, lines: readonly PatchLine[], index: number): readonly Hit[] {
  if (text.length < 16) return [];
  const hits: Hit[] = [];
  const key = text.includes("PRIVATE KEY") ? privateKey.exec(text) : null;
  if (key !== null && hasKeyBody(text.slice(key.index + key[0].length), lines, index)) hits.push({ kind: "key", at: key.index, length: key[0].length });
  for (const { kind, has, form } of forms) {
    if (!text.includes(has)) continue;
    for (const match of text.matchAll(form)) if (isRandom(match[0])) hits.push({ kind, at: match.index, length: match[0].length });
  }
  if (text.includes("://") && text.includes("@")) hits.push(...valued(text, address, "address", 2.2));
  // A line of code is short; a megabyte of data is not searched for words.
  if (hits.length === 0 && text.length < 1000) hits.push(...valued(text, assigned, "assigned", 3.3));
  return hits;
}

function valued(text: string, form: RegExp, kind: string, threshold: number): readonly Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(form)) {
    const value = match[1] ?? "";
    if (placeholder.test(match[0]) || entropy(value) < threshold) continue;
    if (kind === "assigned" && !(/\d/.test(value) && /[A-Za-z]/.test(value) && !/[/.]/.test(value))) continue;
    hits.push({ kind, at: match.index + match[0].lastIndexOf(value), length: value.length });
  }
  return hits;
}

function isRandom(token: string): boolean {
  return !/EXAMPLE|x{6}|X{6}|0{8}/.test(token) && entropy(token) > 3;
}

/** A heading alone is a parser's constant or a document; a key has base64 behind it. */
function hasKeyBody(behind: string, lines: readonly PatchLine[], index: number): boolean {
  const body = /[A-Za-z0-9+/]{40}/;
  if (body.test(behind)) return true;
  return lines.slice(index + 1, index + 6).some((line) => line.role !== "deleted" && body.test(line.text));
}
