import { hunkLines } from "../../../patch/lines";
import type { PatchLine } from "../../../patch/types";
import { assignedSecretForm, passwordAddressForm, privateKeyForm, secretForms } from "../../../text/secrets";
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
  const key = text.includes("PRIVATE KEY") ? privateKeyForm.exec(text) : null;
  if (key !== null && hasKeyBody(text.slice(key.index + key[0].length), lines, index)) hits.push({ kind: "key", at: key.index, length: key[0].length });
  for (const { kind, has, form } of secretForms) {
    if (!text.includes(has)) continue;
    for (const match of text.matchAll(form)) if (isRandom(match[0])) hits.push({ kind, at: match.index, length: match[0].length });
  }
  if (text.includes("://") && text.includes("@")) hits.push(...valued(text, passwordAddressForm, "address", 2.2));
  // A line of code is short; a megabyte of data is not searched for words.
  if (hits.length === 0 && text.length < 1000) hits.push(...valued(text, assignedSecretForm, "assigned", 3.3));
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
