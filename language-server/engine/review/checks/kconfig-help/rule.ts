import { hunkLines } from "../../../patch/lines";
import type { FileDiff, Hunk, PatchLine } from "../../../patch/types";
import { readableFiles } from "../../diff-lines";
import { draftOnLine } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { kconfigHelpMessages } from "./messages";

const kconfig = /(?:^|\/)Kconfig(?:[.\w-]*)$/;
const entry = /^\s*(?:menu)?config\s+(\w+)\s*$/;
/** What ends an entry when it stands at a line's beginning. */
const next = /^\s*(?:(?:menu)?config\s+\w+\s*$|choice\b|endchoice\b|menu\s+"|endmenu\b|if\s|endif\b|source\s+"|comment\s+")/;
const choice = /^\s*(?:end)?choice\b/;
const prompt = /^\s+(?:(?:bool|tristate|string|hex|int)\s+["']|prompt\s+["'])/;
const help = /^\s+(?:help|---help---)\s*$/;

export const kconfigHelp: TextCheck = {
  id: "kconfig-help",
  severity: "warning",
  needs: "text",
  messages: kconfigHelpMessages,
  run: (input) =>
    readableFiles(input)
      .filter((file) => file.added > 0 && kconfig.test(file.newPath))
      .flatMap((file) => file.hunks.flatMap((hunk) => inHunk(input, file, hunk))),
};

function inHunk(input: TextInput, file: FileDiff, hunk: Hunk): readonly Draft[] {
  const lines = hunkLines(input.patch, hunk, input.decode).filter((line) => line.role === "added" || line.role === "context");
  const drafts: Draft[] = [];
  for (const [at, line] of lines.entries()) {
    const symbol = line.role === "added" ? entry.exec(line.text)?.[1] : undefined;
    if (symbol === undefined || isChoice(lines, at)) continue;
    const found = readEntry(lines, at + 1, file.status === "added");
    if (found.whole && found.prompt && !found.help) drafts.push(draftOnLine(input.patch, file, line, { id: "kconfig-help.missing", args: { symbol } }));
  }
  return drafts;
}

/** One of several answers to a question; the question has the help. */
function isChoice(lines: readonly PatchLine[], at: number): boolean {
  const before = lines.slice(0, at).findLast((line) => choice.test(line.text));
  const behind = lines.slice(at + 1).find((line) => choice.test(line.text));
  return (before !== undefined && !before.text.includes("end")) || behind?.text.includes("end") === true;
}

/** What an entry has, up to the next one; `whole` is false when the hunk ends before it does. */
function readEntry(lines: readonly PatchLine[], from: number, wholeFile: boolean): { prompt: boolean; help: boolean; whole: boolean } {
  let hasPrompt = false;
  for (const line of lines.slice(from)) {
    if (help.test(line.text)) return { prompt: hasPrompt, help: true, whole: true };
    if (next.test(line.text)) return { prompt: hasPrompt, help: false, whole: true };
    if (prompt.test(line.text)) hasPrompt = true;
  }
  return { prompt: hasPrompt, help: false, whole: wholeFile };
}
