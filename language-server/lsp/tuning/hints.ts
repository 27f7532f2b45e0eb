import type { InlayHint, Range } from "vscode-languageserver";
import { inUnits } from "../../engine/tuning/files/rules/values";
import type { TuningDocument } from "./documents";

/** What bare numbers mean, behind them: `= 16 MiB`. */
export function tuningHints({ file, view }: TuningDocument, { start, end }: Range): InlayHint[] {
  return file.settings.flatMap((setting) => {
    const { valueAt } = setting;
    if (valueAt === undefined || valueAt.line <= start.line || valueAt.line > end.line + 1) return [];
    const text = inUnits(setting, view.of(setting));
    return text === undefined ? [] : [{ position: { line: valueAt.line - 1, character: valueAt.end }, label: `= ${text}`, paddingLeft: true }];
  });
}
