import { hunkLines } from "../../../patch/lines";
import type { FileDiff } from "../../../patch/types";
import { documentText, fileLine } from "../../diff-lines";
import type { Draft, Severity, TextCheck, TextInput } from "../../types";
import { generatedOrBinaryMessages } from "./messages";

/** What a build, an editor or a merge leaves behind; nobody wants it in a tree. */
const leftover = /\.(?:o|ko|a|so|pyc|orig|rej|swp|mod|mod\.c|cmd|order)$|(?:^|\/)(?:vmlinux|Module\.symvers|modules\.order|compile_commands\.json|cscope\.out|\.config(?:\.old)?|\.DS_Store|TAGS|tags)$|~$/;
const picture = /\.(?:png|jpe?g|gif|ico|svg|bmp|ttf|woff2?|pdf|pcap|gz|xz|bin|wav)$/i;
const saysGenerated = /do not (?:edit|modify)|(?:automatically|auto[- ]?)generated|generated (?:by|from|automatically|file)|machine generated/i;
const huge = 10_000;

export const generatedOrBinary: TextCheck = {
  id: "generated-or-binary",
  severity: "information",
  needs: "text",
  messages: generatedOrBinaryMessages,
  run: (input) => input.patch.files.flatMap((file) => {
    const found = inFile(input, file);
    return found === undefined ? [] : [found];
  }),
};

function inFile(input: TextInput, file: FileDiff): Draft | undefined {
  if (file.status === "deleted" || file.status === "combined") return undefined;
  if (leftover.test(file.newPath) && (file.status === "added" || file.status === "copied")) return draft(input, file, "leftover", "warning");
  if (file.binary) return draft(input, file, picture.test(file.newPath) ? "binary-data" : "binary", "information");
  const marker = file.added + file.deleted > 0 ? generatedMark(input, file) : undefined;
  if (marker !== undefined) return { ...draft(input, file, "generated", "information"), line: marker.line, quote: marker.text.trim().slice(0, 200) };
  return file.added >= huge ? draft(input, file, "huge", "hint") : undefined;
}

/**
 * The first lines of a file say that a program wrote it. Only a hunk at its top shows them; where they are new themselves,
 * the program has just been run.
 */
function generatedMark(input: TextInput, file: FileDiff): { line: number; text: string } | undefined {
  const hunk = file.hunks[0];
  if (hunk === undefined || hunk.newStart > 1) return undefined;
  for (const line of hunkLines(input.patch, hunk, input.decode).slice(0, 15)) {
    if (line.newNumber > 12 || line.role === "eof") break;
    if (line.role === "context" && isComment(line.text) && saysGenerated.test(line.text)) return line;
  }
  return undefined;
}

function isComment(text: string): boolean {
  return /^\s*(?:\/\*|\*|\/\/|#|;|--|<!--)/.test(text);
}

function draft(input: TextInput, file: FileDiff, id: string, severity: Severity): Draft {
  const line = fileLine(file);
  const args = { path: file.newPath, added: file.added };
  return { message: { id: `generated-or-binary.${id}`, args }, side: "new", file: file.newPath, line, quote: documentText(input, line, file.newPath), severity };
}
