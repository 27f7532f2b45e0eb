import { addedLines, withoutCr, type LineInDiff } from "../../diff-lines";
import { columns } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { trailingWhitespaceMessages } from "./messages";

/** White space at a line's end means something in Markdown, and is part of a diff that is kept as a file. */
const meaningful = /\.(?:md|markdown|patch|diff|eml|mbox|mbx|rej|orig)$/i;
/** Here a tab stands for a level of its own, and a space in front of it is a slip of the editor. */
const tabbed = /\.[chS]$|(?:^|\/)Kconfig[^/]*$/;

export const trailingWhitespace: TextCheck = {
  id: "trailing-whitespace",
  severity: "warning",
  needs: "text",
  messages: trailingWhitespaceMessages,
  run(input) {
    const drafts: Draft[] = [];
    for (const one of addedLines(input)) {
      if (meaningful.test(one.file.newPath)) continue;
      const text = withoutCr(one.line.text);
      const end = trailing(input, one, text);
      if (end !== undefined) drafts.push(end);
      else if (tabbed.test(one.file.newPath)) drafts.push(...beforeTab(input, one, text));
    }
    return drafts;
  },
};

function trailing(input: TextInput, { file, line }: LineInDiff, text: string): Draft | undefined {
  let from = text.length;
  while (from > 0 && (text[from - 1] === " " || text[from - 1] === "\t")) from -= 1;
  if (from === text.length) return undefined;
  const fix = {
    title: { id: "trailing-whitespace.fix" },
    edits: [{ startLine: line.line, startColumn: from + 1, endLine: line.line, endColumn: text.length + 1, newText: "" }],
    // A later patch of the series may have this line as context.
    safe: false,
  };
  const id = from === 0 ? "trailing-whitespace.blank" : "trailing-whitespace.end";
  return { message: { id }, side: "new", file: file.newPath, line: line.line, ...columns(input.patch, from, text.length), quote: text.slice(Math.max(0, from - 40)), fix };
}

/** Spaces in front of a tab in the indentation: nobody sees them and git complains. */
function beforeTab(input: TextInput, { file, line }: LineInDiff, text: string): readonly Draft[] {
  const indent = /^[ \t]+/.exec(text)?.[0] ?? "";
  const at = indent.indexOf(" \t");
  if (at < 0) return [];
  let from = at;
  while (from > 0 && indent[from - 1] === " ") from -= 1;
  return [{ message: { id: "trailing-whitespace.before-tab" }, side: "new", file: file.newPath, line: line.line, ...columns(input.patch, from, at + 1), quote: text.slice(0, 80) }];
}
