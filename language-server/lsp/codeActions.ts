import { CodeActionKind, type CodeAction, type CodeActionParams, type Diagnostic, type TextEdit as LspEdit, type WorkspaceEdit } from "vscode-languageserver";
import { documentDecode } from "../adapters/document-decode";
import type { Patch } from "../engine/patch/types";
import { locate } from "../engine/patch/locate";
import type { Cancel } from "../engine/ports";
import type { Finding, TextEdit } from "../engine/review/types";
import type { Commands } from "../protocol/commands";
import type { PatchDocument } from "./documents";
import { diagnosticOf, type DiagnosticData } from "./diagnostics";
import { editRange, findingRange, position } from "./positions";
import { messageLines } from "./references";
import type { Services } from "./services";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.keelson`;

/** Quick fixes, "suppress" with a reason, "add sign-off" and fix-all for a range. */
export async function codeActions(document: PatchDocument, { range, context }: CodeActionParams, services: Services, cancel: Cancel): Promise<CodeAction[]> {
  const wants = (kind: string): boolean => context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const { findings } = await services.findings.of(document, cancel);
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const finding of findings) {
      const at = findingRange(document.text, finding);
      if (at.start.line > range.end.line || at.end.line < range.start.line) continue;
      const diagnostic = context.diagnostics.find((entry) => matches(entry, finding)) ?? diagnosticOf(finding, { services, document, root: undefined, related: false });
      actions.push(...findingActions(document, finding, diagnostic, services));
    }
    actions.push(...(await signOff(document, range.start.line + 1, services, cancel)));
  }
  if (wants(fixAllKind)) {
    const edits = safeEdits(findings);
    if (edits.length > 0) actions.push({ title: services.words.say({ id: "server.action.fixAll" }), kind: fixAllKind, edit: editOf(document, edits.map(({ edit }) => edit)) });
  }
  return actions;
}

function matches(diagnostic: Diagnostic, finding: Finding): boolean {
  const data = diagnostic.data as DiagnosticData | undefined;
  return diagnostic.source === "keelson" && data?.check === finding.check && data.line === finding.line && data.quote === finding.quote;
}

function findingActions(document: PatchDocument, finding: Finding, diagnostic: Diagnostic, services: Services): CodeAction[] {
  const { words } = services;
  const actions: CodeAction[] = [];
  if (finding.fix !== undefined) {
    actions.push({ title: words.say(finding.fix.title), kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], isPreferred: finding.fix.safe, edit: editOf(document, finding.fix.edits) });
  }
  const suppress: Commands["keelson.review.suppress"] = { uri: document.uri, patch: finding.patch, check: finding.check, quote: finding.quote, line: finding.line };
  const title = words.say({ id: "server.action.suppress", args: { check: finding.check } });
  actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command: { title, command: "keelson.review.suppress", arguments: [suppress] } });
  return actions;
}

function editOf(document: PatchDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const changes: LspEdit[] = edits.map((edit) => ({ range: editRange(edit), newText: edit.newText }));
  // The version lets the client refuse an edit that was computed for another text.
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: changes }] };
}

const before = (a: TextEdit, b: TextEdit): number => a.startLine - b.startLine || a.startColumn - b.startColumn || a.endLine - b.endLine || a.endColumn - b.endColumn;

function overlap(a: TextEdit, b: TextEdit): boolean {
  const startsBeforeEnd = (x: TextEdit, y: TextEdit) => x.startLine < y.endLine || (x.startLine === y.endLine && x.startColumn < y.endColumn);
  const same = a.startLine === b.startLine && a.startColumn === b.startColumn;
  return same || (startsBeforeEnd(a, b) && startsBeforeEnd(b, a));
}

/** The edits of all safe fixes. A fix that would touch what an earlier one touches waits for the next round. */
export function safeEdits(findings: readonly Finding[]): readonly { readonly finding: Finding; readonly edit: TextEdit }[] {
  const taken: { readonly finding: Finding; readonly edit: TextEdit }[] = [];
  for (const finding of findings) {
    if (finding.fix?.safe !== true) continue;
    const { edits } = finding.fix;
    if (edits.some((edit) => taken.some((other) => overlap(edit, other.edit)))) continue;
    taken.push(...edits.map((edit) => ({ finding, edit })));
  }
  return taken.sort((a, b) => before(a.edit, b.edit));
}

/** Adds the user's own sign-off, when the cursor is in a message that lacks it. */
async function signOff(document: PatchDocument, line: number, services: Services, cancel: Cancel): Promise<CodeAction[]> {
  const set = document.parsed.value;
  const patch = locate(set, line)?.patch;
  if (patch === undefined) return [];
  const lines = messageLines(patch);
  if (patch.kind !== "patch" || patch.encoded || line > lines.last) return [];
  const edit = await signOffEdit(document, patch, services, cancel);
  if (edit === undefined) return [];
  return [{ title: services.words.say({ id: "server.action.signOff" }), kind: CodeActionKind.QuickFix, edit: editOf(document, [edit]) }];
}

async function signOffEdit(document: PatchDocument, patch: Patch, services: Services, cancel: Cancel): Promise<TextEdit | undefined> {
  const repository = await services.repositories.of(document.uri, document.parsed.value, cancel);
  if (repository === undefined) return undefined;
  const ask = async (key: string): Promise<string> => documentDecode.text((await repository.run(["config", "--get", key], { cancel })).stdout).trim();
  const [name, email] = [await ask("user.name"), await ask("user.email")];
  const { trailers, body } = patch.message;
  if (name === "" || email === "" || trailers.some((trailer) => /^signed-off-by$/iu.test(trailer.key) && trailer.value.includes(`<${email}>`))) return undefined;
  const lastTrailer = trailers.at(-1);
  const lastBody = body.findLast((entry) => entry.text.trim() !== "");
  const after = lastTrailer?.lines.last ?? lastBody?.line;
  if (after === undefined) return undefined;
  const at = position(after + 1);
  return { startLine: at.line + 1, startColumn: 0, endLine: at.line + 1, endColumn: 0, newText: `${lastTrailer === undefined ? "\n" : ""}Signed-off-by: ${name} <${email}>\n` };
}
