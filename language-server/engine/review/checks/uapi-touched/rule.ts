import { hunkLines } from "../../../patch/lines";
import type { FileDiff, PatchLine } from "../../../patch/types";
import { readableFiles } from "../../diff-lines";
import { draftOnLine } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { uapiTouchedMessages } from "./messages";

/** Headers that programs outside of the kernel are compiled against. tools/ holds copies for perf and others. */
const uapi = /^(?:include|arch\/[\w-]+\/include)\/uapi\/.+\.h$/;
const documentation = /^Documentation\/|^include\/uapi\/.*\.rst$/;

export const uapiTouched: TextCheck = {
  id: "uapi-touched",
  severity: "information",
  needs: "text",
  messages: uapiTouchedMessages,
  run(input) {
    const documented = input.patch.files.some((file) => documentation.test(file.newPath));
    return readableFiles(input)
      .filter((file) => uapi.test(file.newPath) || uapi.test(file.oldPath))
      .flatMap((file) => inFile(input, file, documented));
  },
};

/** One finding a file, at the first line that programs can notice. */
function inFile(input: TextInput, file: FileDiff, documented: boolean): readonly Draft[] {
  const lines = file.hunks.flatMap((hunk) => hunkLines(input.patch, hunk, input.decode));
  const added = lines.filter((line) => line.role === "added" && isCode(line.text));
  const kept = new Set(added.map((line) => words(line.text)));
  const gone = lines.filter((line) => line.role === "deleted" && isCode(line.text) && !kept.has(words(line.text)));
  const taken = file.status === "deleted" || gone.length > 0;
  const line: PatchLine | undefined = gone[0] ?? added[0];
  if (line === undefined) return [];
  const id = taken ? "changed" : documented ? "added" : "added-undocumented";
  return [{ ...draftOnLine(input.patch, file, line, { id: `uapi-touched.${id}`, args: { path: file.newPath } }), side: line.role === "deleted" ? "old" : "new" }];
}

/** Neither a comment, a blank line, an include guard's end nor a brace. */
function isCode(text: string): boolean {
  return /\w/.test(text) && !/^\s*(?:\/\*|\*|\/\/|#\s*endif)/.test(text);
}

function words(text: string): string {
  return text.replace(/\/\*.*/, "").replace(/\s+/g, " ").trim();
}
