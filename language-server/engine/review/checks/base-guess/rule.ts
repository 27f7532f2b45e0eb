import { sourceLineText } from "../../../patch/lines";
import { seriesOrder } from "../../apply/apply";
import { fileLine } from "../../diff-lines";
import type { RepositoryCheck } from "../../types";
import { baseGuessMessages } from "./messages";

/** Reasons that are worth a word; a base that the user or the patch names, or HEAD itself, surprises nobody. */
const told: Readonly<Record<string, string>> = { "base.blobs": "base-guess.older", "base.head": "base-guess.unknown" };

export const baseGuess: RepositoryCheck = {
  id: "base-guess",
  severity: "hint",
  needs: "repository",
  messages: baseGuessMessages,
  async run(input, cancel) {
    const { baseReason, base } = input.history;
    const id = told[baseReason.id];
    // One word for a series is enough: all of it is judged against one base.
    const first = seriesOrder(input.set)[0];
    const file = input.patch.files[0];
    if (id === undefined || file === undefined || input.patch !== first) return [];
    // A patch that goes in exactly where it says needs no excuse for its base.
    if (id === "base-guess.unknown" && (await input.apply(cancel)).state === "clean") return [];
    const line = fileLine(file);
    return [
      {
        message: { id, args: { ...baseReason.args, commit: base.slice(0, 12) } },
        side: "old",
        file: file.newPath,
        line,
        quote: sourceLineText(input.set, line, input.decode).trim().slice(0, 200),
      },
    ];
  },
};
