import type { MessageTable } from "../../../text/message";
import { fileMessages } from "../messages";
import { conflicts } from "./conflicts";
import { duplicate } from "./duplicate";
import { moved } from "./moved";
import { overridden } from "./overridden";
import type { Rule, RuleInput, SettingFinding } from "./types";
import { unknown } from "./unknown";
import { values } from "./values";

export const settingRules: readonly Rule[] = [unknown, moved, values, overridden, duplicate, conflicts];

export const tuningRuleMessages: MessageTable = Object.assign({}, fileMessages, ...settingRules.map((rule) => rule.messages)) as MessageTable;

/** All that the rules say of a file, by line. What is gone from the target is not judged further. */
export function judgeFile(input: RuleInput): readonly SettingFinding[] {
  const problems: SettingFinding[] = input.file.problems.map(({ at, message }) => ({ rule: "syntax", severity: "warning", at, message, sources: [], fixes: [] }));
  const findings = [...problems, ...settingRules.flatMap((rule) => rule.run(input))];
  const gone = new Set(findings.filter(({ rule }) => rule === "moved").map(({ at }) => `${at.line}:${at.start}`));
  return findings.filter(({ rule, at }) => rule === "moved" || rule === "overridden" || !gone.has(`${at.line}:${at.start}`)).sort((a, b) => a.at.line - b.at.line || a.at.start - b.at.start);
}
