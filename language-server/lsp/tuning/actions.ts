import { CodeActionKind, type CodeAction, type CodeActionParams, type TextEdit } from "vscode-languageserver";
import type { SettingFinding, SettingFix, SpanEdit } from "../../engine/tuning/files/rules/types";
import { diagnosticOf } from "./diagnostics";
import type { TuningDocument } from "./documents";
import { rangeOf } from "./places";

/** Fixes of the findings in a range: the cited one, a new name, or a rewrite that old and new versions both take. */
export async function tuningActions(tuning: TuningDocument, { range, context }: CodeActionParams): Promise<CodeAction[]> {
  if (context.only?.some((kind) => CodeActionKind.QuickFix.startsWith(kind)) === false) return [];
  const actions: CodeAction[] = [];
  for (const finding of tuning.findings) {
    const own = rangeOf(finding.at);
    if (own.start.line > range.end.line || own.end.line < range.start.line) continue;
    const made = await diagnosticOf(finding, tuning, false);
    const diagnostic = context.diagnostics.find((entry) => entry.source === "keelson" && entry.message === made.message && entry.range.start.line === own.start.line) ?? made;
    for (const fix of [...finding.fixes, ...portable(finding, tuning)]) actions.push({ title: tuning.words.say(fix.title), kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], isPreferred: fix.preferred, edit: { documentChanges: [{ textDocument: { uri: tuning.document.uri, version: tuning.document.version }, edits: fix.edits.map(edit) }] } });
  }
  return actions;
}

function edit({ at, newText }: SpanEdit): TextEdit {
  return { range: rangeOf(at), newText };
}

/** sysctl.d's leading `-` lets a system without the name go on; with it a renamed one can stand beside its new name. */
function portable(finding: SettingFinding, { kind, file, view }: TuningDocument): readonly SettingFix[] {
  if (kind !== "sysctl" || (finding.rule !== "moved" && finding.rule !== "unknown")) return [];
  const setting = file.settings.find(({ at }) => at === finding.at);
  if (setting === undefined || setting.lenient === true) return [];
  const start = { ...setting.at, end: setting.at.start };
  const lenient: SettingFix = { title: { id: "tuning.action.lenient", args: { name: setting.written } }, edits: [{ at: start, newText: "-" }], preferred: false };
  const renamed = view.of(setting)?.moves.find((move) => move.what === "renamed")?.to;
  if (renamed === undefined || !/^[\w./-]+$/u.test(renamed) || setting.value === undefined) return [lenient];
  return [{ title: { id: "tuning.action.both" }, edits: [{ at: start, newText: `-${renamed} = ${setting.value}\n-` }], preferred: false }, lenient];
}
