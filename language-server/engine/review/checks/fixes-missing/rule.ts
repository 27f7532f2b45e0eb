import { fixesLines, fixesText } from "../../message/fixes-line";
import { inHeader, inMessage, insertBefore, spanInLine, spanInSubject } from "../../message/spans";
import { subjectParts } from "../../message/subject";
import { hasCommitMessage, readTag, tagsOf } from "../../message/tags";
import type { Draft, Fix, TextCheck, TextInput } from "../../types";
import { fixesMissingMessages } from "./messages";

/** A sentence of the text, and where each of its lines begins in it. */
interface Paragraph {
  readonly text: string;
  readonly lines: readonly { readonly start: number; readonly line: number }[];
}

const name = String.raw`(?:commit\s+)?([0-9a-f]{8,40})(?![0-9a-z])(?:\s*\(\s*"([^"]{1,200})"\s*\))?`;
const blames: readonly RegExp[] = [
  // "Commit X ("…") broke", "introduced a regression", "causes"
  new RegExp(String.raw`\bcommit\s+([0-9a-f]{8,40})(?![0-9a-z])(?:\s*\(\s*"([^"]{1,200})"\s*\))?\s+(?:has\s+|also\s+|accidentally\s+|inadvertently\s+|unintentionally\s+|mistakenly\s+|wrongly\s+|incorrectly\s+)*(?:broke|breaks|broken|caus(?:ed|es)|regressed|introduced\s+(?:a|an|the|this)\s+(?:\w+\s+){0,2}(?:bug|regression|issue|problem|leak|deadlock|race|crash)|forgot|missed|failed\s+to)\b`, "giu"),
  // "introduced by commit X", "broken since commit X", "regression caused by X"
  new RegExp(String.raw`\b(?:bug|regression|issue|problem|leak|deadlock|race|warning|error|crash|broken|breakage|regressed)\b[^.;:]{0,60}?\b(?:introduced|caused|broken|triggered|exposed|added)?\s*\b(?:by|in|since|with|from)\s+` + String.raw`commit\s+([0-9a-f]{8,40})(?![0-9a-z])(?:\s*\(\s*"([^"]{1,200})"\s*\))?`, "giu"),
  // "This fixes commit X"
  new RegExp(String.raw`\b(?:this|patch|it|to)\s+fix(?:es)?\s+` + name, "giu"),
];

/** Fixes of what never ran: nobody asks them for a culprit. */
const trivial = /\b(?:typos?|spelling|misspell\w*|comments?|grammar|indent\w*|whitespace|white[\s-]space|style|kernel-?doc|docs?|documentation|doc\w*|checkpatch|sparse|coccinelle|clang|gcc|smatch|coverity|warnings?|checks?|format\w*|alignment|naming|name|copyright|license|spdx|maintainers|links?|url|email)\b/iu;

export const fixesMissing: TextCheck = {
  id: "fixes-missing",
  severity: "warning",
  needs: "text",
  messages: fixesMissingMessages,
  run(input) {
    const { patch } = input;
    if (!hasCommitMessage(patch) || fixesLines(patch).length > 0 || /^Revert\s/u.test(patch.subject)) return [];
    const blamed = blamedCommits(input);
    return blamed.length > 0 ? blamed : subjectSaysFix(input);
  },
};

function blamedCommits(input: TextInput): readonly Draft[] {
  const drafts: Draft[] = [];
  const seen = new Set<string>();
  const own = new Set(input.patch.message.markers.map((marker) => marker.sha?.toLowerCase()));
  for (const paragraph of paragraphs(input)) {
    for (const pattern of blames) {
      for (const match of paragraph.text.matchAll(pattern)) {
        const sha = match[1] ?? "";
        if (seen.has(sha) || own.has(sha.toLowerCase())) continue;
        seen.add(sha);
        const line = lineAt(paragraph, match.index + match[0].indexOf(sha));
        drafts.push({
          message: { id: "fixes-missing.named", args: { sha } },
          ...inMessage(spanInLine(input, line, sha)),
          ...addTag(input, sha, match[2]),
        });
      }
    }
  }
  return drafts;
}

function subjectSaysFix(input: TextInput): readonly Draft[] {
  const { patch } = input;
  const { prefix, summary } = subjectParts(patch.subject);
  const verb = /^(?:fix|fixes|fixed)(?=\s)/iu.exec(summary)?.[0];
  if (verb === undefined || prefix === "" || trivial.test(summary) || patch.files.every((file) => !/\.(?:c|h|S|rs|dts[io]?)$/u.test(file.newPath))) return [];
  const span = spanInSubject(input, summary);
  return span === undefined ? [] : [{ message: { id: "fixes-missing.subject" }, severity: "hint", ...inHeader(span) }];
}

function addTag(input: TextInput, sha: string, subject: string | undefined): { readonly fix?: Fix } {
  const before = tagsOf(input.patch).find((tag) => /^(?:signed-off-by|reported-by|reviewed-by|acked-by|tested-by|cc|co-developed-by)$/iu.test(tag.key));
  if (subject === undefined || before === undefined) return {};
  const text = fixesText(sha, subject.replace(/\s+/gu, " "));
  // It is the author who says whether this commit is to blame: no fix-all adds it.
  return { fix: { title: { id: "fixes-missing.fix", args: { text } }, edits: [insertBefore(input, before.line, [text])], safe: false } };
}

/** Prose only: tags, quoted logs and indented text are somebody else's words. */
function paragraphs(input: TextInput): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let text = "";
  let lines: { start: number; line: number }[] = [];
  const flush = (): void => {
    if (lines.length > 0) found.push({ text, lines });
    text = "";
    lines = [];
  };
  for (const line of input.patch.message.body) {
    if (line.text.trim() === "" || /^(?:\s{2,}|\t|>|\[\s*\d+\.\d+\])/u.test(line.text) || readTag(line) !== undefined) {
      flush();
      continue;
    }
    lines.push({ start: text.length, line: line.line });
    text += `${line.text.trim()} `;
  }
  flush();
  return found;
}

function lineAt(paragraph: Paragraph, at: number): number {
  return paragraph.lines.findLast((line) => line.start <= at)?.line ?? paragraph.lines[0]?.line ?? 0;
}
