import { editor, type IDisposable } from "monaco-editor/editor/editor.api";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/diffEditor/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/hover/register";
import "./marks.css";
import type { DiffEditor, DiffMark, DiffShown, DiffSide } from "./api";
import { registerPatchLanguage } from "./languages";
import { applyTheme, onThemeChange } from "./theme";

/** Below this many pixels the two sides stand under each other. */
const sideBySideFrom = 640;

registerPatchLanguage();

function createDiff(host: HTMLElement): DiffEditor {
  applyTheme();
  const theme = onThemeChange(applyTheme);
  const style = getComputedStyle(document.documentElement);
  const made = editor.createDiffEditor(host, {
    theme: "keelson",
    readOnly: true,
    domReadOnly: true,
    automaticLayout: true,
    fontFamily: style.getPropertyValue("--vscode-editor-font-family").trim() || "monospace",
    fontSize: Number.parseFloat(style.getPropertyValue("--vscode-editor-font-size")) || 13,
    renderSideBySideInlineBreakpoint: sideBySideFrom,
    useInlineViewWhenSpaceIsLimited: true,
    renderControlCharacters: true,
    glyphMargin: true,
    folding: false,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderGutterMenu: false,
    lineNumbersMinChars: 5,
    // Room for the bar of a verdict beside monaco's own sign of a changed line.
    lineDecorationsWidth: 20,
    maxComputationTime: 4000,
    occurrencesHighlight: "off",
    // The panel's own keys and Tab go on past the editor.
    tabFocusMode: true,
    stickyScroll: { enabled: false },
  });
  let models: readonly IDisposable[] = [];
  /** Texts of files that were shown before. Monaco fails when one goes while it is still being compared. */
  let old: readonly IDisposable[] = [];
  const labels = { up: "", down: "" };
  /** Where the reader was sent; the comparison, which comes later, moves lines about. */
  let sent: (() => void) | undefined;
  made.onDidUpdateDiff(() => {
    // Also told when the texts are changed; the old ones are still being compared then.
    if (made.getLineChanges() === null) return;
    sent?.();
    sent = undefined;
    for (const model of old) model.dispose();
    old = [];
  });
  const both = (side: DiffMark["side"]): editor.ICodeEditor => (side === "up" ? made.getOriginalEditor() : made.getModifiedEditor());

  for (const side of ["up", "down"] as const) keepLabel(both(side), () => labels[side]);

  return {
    show: (shown) => {
      const original = editor.createModel(shown.up.text, shown.up.language);
      const modified = editor.createModel(shown.down.text, shown.down.language);
      labels.up = shown.up.label;
      labels.down = shown.down.label;
      for (const side of ["up", "down"] as const) both(side).updateOptions({ ariaLabel: labels[side] });
      made.updateOptions({ renderOverviewRuler: host.clientWidth >= sideBySideFrom, hideUnchangedRegions: { enabled: shown.fold, contextLineCount: 8, minimumLineCount: 12 } });
      made.setModel({ original, modified });
      old = [...old, ...models];
      models = [original, modified];
      number(made.getOriginalEditor(), shown.up);
      number(made.getModifiedEditor(), shown.down);
      decorate(made, shown);
    },
    reveal: (side, line, focus) => {
      const target = both(side);
      const go = (): void => {
        target.setPosition({ lineNumber: line, column: 1 });
        target.revealLineInCenter(line, editor.ScrollType.Immediate);
      };
      go();
      sent = made.getLineChanges() === null ? go : undefined;
      if (focus) target.focus();
    },
    ignoreWhitespace: (on) => {
      made.updateOptions({ ignoreTrimWhitespace: on });
    },
    readDifferences: () => {
      made.accessibleDiffViewerNext();
    },
    dispose: () => {
      theme.dispose();
      made.dispose();
      for (const model of [...old, ...models]) model.dispose();
    },
  };
}

/** Monaco forgets a side's label whenever it changes its own options. */
function keepLabel(target: editor.ICodeEditor, label: () => string): void {
  target.onDidChangeConfiguration((event) => {
    if (event.hasChanged(editor.EditorOption.ariaLabel) && target.getOption(editor.EditorOption.ariaLabel) !== label()) target.updateOptions({ ariaLabel: label() });
  });
}

function number(target: editor.ICodeEditor, side: DiffSide): void {
  const { numbers } = side;
  target.updateOptions({ lineNumbers: numbers === undefined ? "on" : (line) => numbers[line - 1] ?? "" });
}

function decorate(made: editor.IDiffEditor, shown: DiffShown): void {
  const of = (side: DiffMark["side"]): editor.IModelDeltaDecoration[] => shown.marks.filter((mark) => mark.side === side).flatMap(decorationsOf);
  made.getOriginalEditor().createDecorationsCollection(of("up"));
  made.getModifiedEditor().createDecorationsCollection(of("down"));
}

/** A glyph and a word on the first line, a bar down the hunk whose pattern differs for each state. */
function decorationsOf(mark: DiffMark): readonly editor.IModelDeltaDecoration[] {
  const line = { startLineNumber: mark.line, startColumn: 1, endLineNumber: mark.line, endColumn: Number.MAX_SAFE_INTEGER };
  return [
    {
      range: line,
      options: {
        glyphMarginClassName: `codicon codicon-${mark.icon} mark-glyph mark-${mark.state}`,
        glyphMarginHoverMessage: { value: mark.label, isTrusted: false, supportHtml: false },
        [mark.where]: { content: ` ${mark.word} `, inlineClassName: `mark-label mark-label-${mark.where}` },
        showIfCollapsed: true,
      },
    },
    { range: { ...line, endLineNumber: mark.endLine }, options: { isWholeLine: true, linesDecorationsClassName: `mark-bar mark-bar-${mark.state}` } },
  ];
}

globalThis.keelsonMonaco = { createDiff };
