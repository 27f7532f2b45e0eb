import { sourceLineText } from "../../../patch/lines";
import type { FileDiff } from "../../../patch/types";
import { fileLine } from "../../diff-lines";
import type { Draft, Severity, TextCheck, TextInput } from "../../types";
import { fileModeMessages } from "./messages";

/** Files that nothing executes. */
const neverRun = /\.(?:[chSsly]|cc|cpp|hpp|dtsi?|rst|txt|md|ya?ml|json|lds|ini|map|build|asn1|svg|png)$|(?:^|\/)(?:Makefile|Kbuild|Kconfig|MAINTAINERS)[^/]*$/;

export const fileMode: TextCheck = {
  id: "file-mode",
  severity: "information",
  needs: "text",
  messages: fileModeMessages,
  run: (input) => input.patch.files.flatMap((file) => inFile(input, file)),
};

function inFile(input: TextInput, file: FileDiff): readonly Draft[] {
  const { newMode, oldMode } = file;
  if (newMode === undefined || newMode === oldMode || file.status === "deleted" || file.status === "combined") return [];
  if (newMode === "160000") return [draft(input, file, "submodule", "information")];
  if (newMode === "120000") return [draft(input, file, "symlink", "information")];
  const runs = newMode === "100755";
  if (runs && neverRun.test(file.newPath)) return [draft(input, file, "executable-source", "warning")];
  if (oldMode === undefined || file.status === "added") return [];
  return [draft(input, file, runs ? "made-executable" : "not-executable", "information")];
}

function draft(input: TextInput, file: FileDiff, id: string, severity: Severity): Draft {
  const place = modeLine(input, file);
  const args = { path: file.newPath, oldMode: file.oldMode ?? "", newMode: file.newMode ?? "" };
  return { message: { id: `file-mode.${id}`, args }, side: "new", file: file.newPath, line: place.line, quote: place.text, severity };
}

function modeLine(input: TextInput, file: FileDiff): { line: number; text: string } {
  if (input.patch.encoded) return { line: fileLine(file), text: `mode ${file.newMode ?? ""}` };
  const last = file.hunks[0]?.line ?? file.lines.last;
  for (let line = file.lines.first; line <= Math.min(last, file.lines.first + 20); line += 1) {
    const text = sourceLineText(input.set, line, input.decode);
    if (/^new (?:file )?mode /.test(text)) return { line, text };
  }
  const line = fileLine(file);
  return { line, text: sourceLineText(input.set, line, input.decode) };
}
