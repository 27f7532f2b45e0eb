import type { SettingFinding } from "../engine/tuning/files/rules/types";
import type { KnowledgeSource } from "../engine/tuning/types";
import type { Words } from "../words";

/** `Documentation/…/vm.rst:120, Title`: where a person finds it. */
export function sourceText({ title, file, line }: KnowledgeSource): string {
  return `${file}:${line}${title === "" ? "" : `, ${title}`}`;
}

/** A finding in words, with its first source behind it. */
export function findingText(finding: SettingFinding, words: Words): string {
  const [source] = finding.sources;
  const text = words.say(finding.message).trim();
  return source === undefined ? text : `${text} [${sourceText(source)}]`;
}
