import { inMessage, replaceLines, spanInLine } from "../../message/spans";
import { hasCommitMessage } from "../../message/tags";
import type { MessageLine } from "../../../patch/types";
import type { Draft, TextCheck, TextInput } from "../../types";
import { ccStableFormMessages } from "./messages";

const list = "stable@vger.kernel.org";

/** Documentation/process/stable-kernel-rules.rst names the first two; the last asks the stable keepers' scripts to stay away. */
const rightAddresses = new Set([list, "stable@kernel.org", "stable+noautosel@kernel.org"]);

/** Seen on the lists: turned round, misspelt, another list's name in front. */
const wrongAddress = /^(?:linux-)?stable@(?:vger\.kernal\.org|kernel\.vger\.org|vger\.kernel\.com|vger\.kernel|vger\.linux\.org|kernel\.com|kernal\.org|lists\.kernel\.org|vger\.org|vger\.kerenl\.org)$|^(?:linux-stable|stable-kernel)@(?:vger\.)?kernel\.org$/iu;

const ccLine = /^(\s*)(cc)(\s*:\s*)(.*?)\s*$/iu;
const stableAddress = /(<?)\s*((?:linux-)?stable(?:-kernel)?(?:\+[a-z]+)?@[\w.-]*\w)\s*(>?)/iu;

export const ccStableForm: TextCheck = {
  id: "cc-stable-form",
  severity: "warning",
  needs: "text",
  messages: ccStableFormMessages,
  run(input) {
    return hasCommitMessage(input.patch) ? input.patch.message.body.flatMap((line) => judge(input, line)) : [];
  },
};

function judge(input: TextInput, line: MessageLine): readonly Draft[] {
  const [, , key = "", , value = ""] = ccLine.exec(line.text) ?? [];
  const match = stableAddress.exec(value);
  if (match === null) return [];
  const [whole, open = "", address = "", close = ""] = match;
  const known = rightAddresses.has(address.toLowerCase());
  if (!known && !wrongAddress.test(address)) return [];
  const name = value.slice(0, match.index);
  const rest = value.slice(match.index + whole.length).trim();
  const comment = commentOf(rest);
  const right = `Cc: ${wanted(name, known ? address : list, open !== "" || close !== "")}`;
  const text = comment === "" ? right : `${right} # ${comment}`;
  const report = (id: string, quote: string): readonly Draft[] => [
    {
      message: { id: `cc-stable-form.${id}`, args: { address, wanted: text } },
      ...inMessage(spanInLine(input, line.line, quote)),
      ...(id === "key" ? { severity: "information" as const } : {}),
      fix: { title: { id: "cc-stable-form.fix", args: { text } }, edits: [replaceLines(input, line.line, line.line, text)], safe: true },
    },
  ];
  if (!known) return report("address", address);
  if ((open === "") !== (close === "")) return report("brackets", whole.trim());
  // More addresses on the line are allowed; only text is not.
  if (rest !== "" && !rest.startsWith("#") && !/^,\s*[^#]*@/u.test(rest)) return report("comment", rest);
  return key === "Cc" ? [] : report("key", key);
}

function wanted(name: string, address: string, bracketed: boolean): string {
  return name.trim() === "" && !bracketed ? address : `${name.trim()} <${address}>`.trim();
}

/** The versions or remarks behind the address, without what they were wrapped in. */
function commentOf(rest: string): string {
  return rest.replace(/^[\s#,;.([]+/u, "").replace(/[\])\s]+$/u, "");
}
