import { contentText, hunkLines, roleAt } from "../../../patch/lines";
import type { FileDiff, Hunk, Patch } from "../../../patch/types";
import { columns } from "../../draft";
import { readableFiles } from "../../diff-lines";
import type { Draft, TextCheck, TextInput } from "../../types";
import { whitespaceDamageMessages } from "./messages";

/** Trees whose C code is indented with tabs throughout: the kernel's and DPDK's. */
const tabbed = /^(?:arch|block|certs|crypto|drivers|fs|include\/(?:linux|net|uapi|asm-generic)|init|io_uring|ipc|kernel|lib|mm|net|security|sound|virt)\/.*\.[chS]$/;
/** A statement or a block's start: text in a comment is often indented with spaces. */
const indentedCode = /^(?: {4})+[A-Za-z_}].*[;{]$/;
const half = /^(?: {8})* {4}[A-Za-z_}]/;
const enoughLines = 3;

export const whitespaceDamage: TextCheck = {
  id: "whitespace-damage",
  severity: "error",
  needs: "text",
  messages: whitespaceDamageMessages,
  run(input) {
    const drafts: Draft[] = [];
    for (const file of readableFiles(input)) {
      for (const hunk of file.hunks) drafts.push(...brokenLines(input, file, hunk));
      drafts.push(...noBreakSpaces(input, file), ...leftEncoded(input, file));
      const spaces = tabsBecameSpaces(input, file);
      if (spaces !== undefined) drafts.push(spaces);
    }
    return drafts;
  },
};

function draftAt(file: FileDiff, line: number, id: string, quote: string): Draft {
  return { message: { id: `whitespace-damage.${id}` }, side: "new", file: file.newPath, line, quote: quote.slice(0, 200) };
}

/** Lines in a hunk, or right behind one that is too short, that begin with no sign. */
function brokenLines(input: TextInput, file: FileDiff, hunk: Hunk): readonly Draft[] {
  const { patch } = input;
  const drafts: Draft[] = [];
  const last = hunk.actualOld < hunk.oldLines || hunk.actualNew < hunk.newLines ? hunk.end : hunk.end - 1;
  for (let i = hunk.start; i <= last && i < patch.content.lineCount; i += 1) {
    if (roleAt(patch.content, i) !== undefined) continue;
    const text = contentText(patch, i, input.decode);
    if (i >= hunk.end && !isDamaged(text)) break;
    const line = patch.content.sourceLines?.[i] ?? i + 1;
    drafts.push(draftAt(file, line, /^\s/.test(text) ? "lost-blank" : "wrapped", text));
  }
  return drafts;
}

/** Not the start of what may follow a hunk: another file, a signature, a mail. */
function isDamaged(text: string): boolean {
  return text !== "" && !/^(?:diff |index |--- |\+\+\+ |@@|From |-- ?$|Index: |GIT binary|=====)/.test(text);
}

/** A mailer's no-break spaces in front of code. */
function noBreakSpaces(input: TextInput, file: FileDiff): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const hunk of file.hunks) {
    for (const { role, text, line } of hunkLines(input.patch, hunk, input.decode)) {
      if (role === "eof" || !text.includes("\u00a0")) continue;
      const indent = /^[ \t]*\u00a0[\s\u00a0]*/.exec(text);
      if (indent === null) continue;
      drafts.push({ ...draftAt(file, line, "no-break-space", indent[0]), ...columns(input.patch, 0, indent[0].length) });
    }
  }
  return drafts;
}

/** Quoted-printable that nobody decoded: `=3D` for `=`, `=20` or `=` at the ends of lines. */
function leftEncoded(input: TextInput, file: FileDiff): readonly Draft[] {
  let first: { line: number; text: string } | undefined;
  let escapes = 0;
  let plain = 0;
  for (const hunk of file.hunks) {
    for (const { role, text, line } of hunkLines(input.patch, hunk, input.decode)) {
      if (role === "eof" || !text.includes("=")) continue;
      if (/=3D|=20$|=09/.test(text)) {
        escapes += 1;
        first ??= { line, text };
      } else if (/[^=]= ?\S/.test(text)) plain += 1;
    }
  }
  return first !== undefined && escapes >= 2 && plain === 0 ? [draftAt(file, first.line, "encoded", first.text.trim())] : [];
}

/** Every line that should be indented with tabs has spaces instead, and the whole patch has no tab. */
function tabsBecameSpaces(input: TextInput, file: FileDiff): Draft | undefined {
  if (!tabbed.test(file.newPath) || hasTab(input.patch)) return undefined;
  let first: number | undefined;
  let quote = "";
  let count = 0;
  for (const hunk of file.hunks) {
    for (const { role, text, line } of hunkLines(input.patch, hunk, input.decode)) {
      if (role !== "context" && role !== "deleted") continue;
      // Somebody else's code, indented by four.
      if (half.test(text)) return undefined;
      if (!indentedCode.test(text)) continue;
      count += 1;
      if (first === undefined) {
        first = line;
        quote = text;
      }
    }
  }
  return first !== undefined && count >= enoughLines ? { ...draftAt(file, first, "tabs-to-spaces", quote), severity: "warning" } : undefined;
}

/** Looks at the bytes of the hunks; decoding is not needed. */
function hasTab(patch: Patch): boolean {
  const { bytes, lineStarts } = patch.content;
  return patch.files.some((file) => file.hunks.some((hunk) => {
    const at = bytes.indexOf(9, lineStarts[hunk.start]);
    return at >= 0 && at < (lineStarts[hunk.end] ?? bytes.length);
  }));
}
