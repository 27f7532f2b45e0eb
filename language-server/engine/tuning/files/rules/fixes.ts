import type { Message } from "../../../text/message";
import type { FileKind, Setting, Span } from "../types";
import type { SettingFix } from "./types";

/** Kinds in which a line of its own holds a setting, and `#` makes a comment of it. */
const lineComment: ReadonlySet<FileKind> = new Set<FileKind>(["sysctl", "tuned", "postgresql", "mysql", "redis", "fio", "limits"]);

/** Makes a comment of a setting's line, where the file's language has such comments. */
export function commentOut({ at }: Setting, kind: FileKind, title: Message): readonly SettingFix[] {
  return lineComment.has(kind) ? [{ title, edits: [{ at: { ...at, start: 0, end: 0 }, newText: "# " }], preferred: false }] : [];
}

/** More would not be read. */
const most = 5;

/** Other values for one that is refused; one that was only misspelt or cut short is meant for sure. */
export function otherValues(value: string, at: Span, choices: readonly string[]): readonly SettingFix[] {
  if (at.end <= at.start) return [];
  const folded = value.toLowerCase();
  const near = folded.length < 3 ? [] : choices.filter((choice) => choice.toLowerCase().startsWith(folded) || (choice.length > 2 && folded.startsWith(choice.toLowerCase())));
  const offered = near.length > 0 ? near : choices.length <= most ? choices : [];
  return offered.slice(0, most).map((choice) => ({ title: { id: "tuning.value.replace", args: { value: choice } }, edits: [{ at, newText: choice }], preferred: near.length === 1 }));
}
