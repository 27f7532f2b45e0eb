import { sourceLineText } from "../../../patch/lines";
import { fileLine } from "../../diff-lines";
import type { RepositoryCheck } from "../../types";
import { alreadyAppliedMessages } from "./messages";

export const alreadyApplied: RepositoryCheck = {
  id: "already-applied",
  severity: "warning",
  needs: "repository",
  worksWithoutHistory: true,
  messages: alreadyAppliedMessages,
  async run(input, cancel) {
    const [file] = input.patch.files;
    if (file === undefined) return [];
    const result = await input.apply(cancel);
    if (result.state !== "already-applied") return [];
    const merged = result.steps.some((step) => step.how === "3way" && step.ok);
    const base = result.base === "" ? "the source tree" : result.base.slice(0, 12);
    const line = input.patch.subjectLine ?? fileLine(file);
    return [
      {
        message: { id: merged ? "already-applied.merge" : "already-applied.whole", args: { base } },
        side: input.patch.subjectLine === undefined ? "old" : "header",
        file: file.newPath,
        line,
        quote: sourceLineText(input.set, line, input.decode).trim().slice(0, 200),
      },
    ];
  },
};
