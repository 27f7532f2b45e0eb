import { addedLines } from "../../diff-lines";
import { columns } from "../../draft";
import type { Draft, Severity, TextCheck, TextInput } from "../../types";
import { hiddenUnicodeMessages } from "./messages";

interface Hidden {
  readonly at: number;
  readonly code: number;
  readonly kind: "bidi" | "invisible" | "control";
}

/** Anything that is neither printable ASCII, tab, form feed, CR nor escape, to leave ordinary lines quickly. */
const unusual = /[^\t\f\r\x1b\x20-\x7e]/;
const source = /\.(?:[chSsly]|cc|cpp|hpp|rs|py|sh|pl|awk|lds|dtsi?|json|ya?ml|toml|cocci|bash|mk)$|(?:^|\/)(?:Makefile|Kbuild|Kconfig)[^/]*$/;

export const hiddenUnicode: TextCheck = {
  id: "hidden-unicode",
  severity: "error",
  needs: "text",
  messages: hiddenUnicodeMessages,
  run: (input) => [...inMessage(input), ...inAdded(input)],
};

function inAdded(input: TextInput): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const { file, line } of addedLines(input)) {
    if (!unusual.test(line.text)) continue;
    const code = source.test(file.newPath);
    for (const hidden of hiddenIn(line.text, code)) {
      if (hidden.code === 0xfeff && hidden.at === 0 && line.newNumber === 1 && !code) continue;
      drafts.push({
        message: messageOf(hidden),
        side: "new",
        file: file.newPath,
        line: line.line,
        ...columns(input.patch, hidden.at, hidden.at + charAt(line.text, hidden.at).length),
        quote: charAt(line.text, hidden.at),
        ...demoted(hidden, code),
      });
    }
  }
  return drafts;
}

/** Text in several scripts needs joiners and marks; there they are worth a word, not an error. */
function demoted(hidden: Hidden, code: boolean): { readonly severity?: Severity } {
  if (code) return {};
  return { severity: hidden.kind === "bidi" ? "warning" : "information" };
}

function inMessage({ patch }: TextInput): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const { text, line } of patch.message.body) {
    if (!unusual.test(text)) continue;
    for (const hidden of hiddenIn(text, false)) {
      if (hidden.kind !== "bidi") continue;
      const place = patch.encoded ? {} : { startColumn: hidden.at, endColumn: hidden.at + 1 };
      drafts.push({ message: messageOf(hidden), side: "message", line, ...place, quote: charAt(text, hidden.at), severity: "warning" });
    }
  }
  return drafts;
}

function charAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function messageOf(hidden: Hidden): Draft["message"] {
  return { id: `hidden-unicode.${hidden.kind}`, args: { code: `U+${hidden.code.toString(16).toUpperCase().padStart(4, "0")}` } };
}

function hiddenIn(text: string, code: boolean): readonly Hidden[] {
  const found: Hidden[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const point = text.codePointAt(at) ?? 0;
    const kind = kindOf(point);
    if (kind !== undefined && !(point === 0x200d && joinsEmoji(text, at)) && !(kind === "mark" && !code)) {
      found.push({ at, code: point, kind: kind === "mark" ? "bidi" : kind });
    }
    if (point > 0xffff) at += 1;
  }
  return found;
}

/** `mark`: a direction mark changes nothing but its neighbours' order; prose in a right-to-left script has them. */
function kindOf(point: number): Hidden["kind"] | "mark" | undefined {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0c || point === 0x0d || point === 0x1b ? undefined : "control";
  if (point < 0x7f) return undefined;
  if (point <= 0x9f) return "control";
  if ((point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069)) return "bidi";
  if (point === 0x200e || point === 0x200f || point === 0x061c) return "mark";
  if ((point >= 0x200b && point <= 0x200d) || point === 0x2060 || point === 0xfeff || point === 0x00ad || point === 0x180e) return "invisible";
  return point >= 0xe0000 && point <= 0xe007f ? "invisible" : undefined;
}

function joinsEmoji(text: string, at: number): boolean {
  return (text.codePointAt(at + 1) ?? 0) > 0x2190 && text.charCodeAt(at - 1) > 0x2190;
}
