import { DiagnosticSeverity, type Diagnostic, type DiagnosticRelatedInformation, type DocumentDiagnosticReport } from "vscode-languageserver";
import { URI, Utils } from "vscode-uri";
import type { Problem } from "../engine/patch/types";
import type { Cancel } from "../engine/ports";
import type { Finding, Related, Severity } from "../engine/review/types";
import type { PatchDocument } from "./documents";
import { findingRange, position, wholeLine } from "./positions";
import type { Services } from "./services";

/** What a diagnostic carries for code actions and for the client's own views. */
export interface DiagnosticData {
  readonly check: string;
  readonly patch: number;
  readonly line: number;
  readonly quote: string;
}

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export interface DiagnosticContext {
  readonly services: Services;
  readonly document: PatchDocument;
  /** Root of the repository, for related places in its files. */
  readonly root: string | undefined;
  readonly related: boolean;
}

export function diagnosticOf(finding: Finding, context: DiagnosticContext): Diagnostic {
  const { services, document } = context;
  const href = services.pageOf(finding.check);
  const data: DiagnosticData = { check: finding.check, patch: finding.patch, line: finding.line, quote: finding.quote };
  const related = context.related ? (finding.related ?? []).flatMap((entry) => relatedInformation(entry, context)) : [];
  return {
    range: findingRange(document.text, finding),
    severity: severityOf[finding.severity],
    code: finding.check,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source: "keelson",
    message: services.words.say(finding.message),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    data,
  };
}

function relatedInformation(related: Related, { services, document, root }: DiagnosticContext): DiagnosticRelatedInformation[] {
  const message = services.words.say(related.message);
  if (related.path !== undefined && root !== undefined) {
    const line = related.pathLine ?? 1;
    return [{ location: { uri: Utils.joinPath(URI.file(root), ...related.path.split("/").filter((part) => part !== "..")).toString(), range: { start: position(line), end: position(line) } }, message }];
  }
  if (related.line === undefined) return [];
  return [{ location: { uri: document.uri, range: wholeLine(document.text, related.line) }, message }];
}

/** What the parser noticed, where no check says it better. */
function problemDiagnostics(problems: readonly Problem[], findings: readonly Finding[], { services, document }: DiagnosticContext): Diagnostic[] {
  const taken = new Set(findings.map((finding) => finding.line));
  return problems
    .filter((problem) => !taken.has(problem.line))
    .map((problem) => ({
      range: wholeLine(document.text, problem.line),
      severity: severityOf[problem.severity],
      code: problem.code,
      source: "keelson",
      message: services.words.say(problem.message),
    }));
}

/** Answers a pull: text findings at once, what the repository has brought so far; `unchanged` when nothing is new. */
export async function pullDiagnostics(document: PatchDocument, previous: string | undefined, related: boolean, services: Services, cancel: Cancel): Promise<DocumentDiagnosticReport> {
  const { findings, facts } = await services.findings.of(document, cancel);
  const context: DiagnosticContext = { services, document, root: facts === undefined || facts.repository?.bare === true ? undefined : facts.root, related };
  const items = [...findings.map((finding) => diagnosticOf(finding, context)), ...problemDiagnostics(document.parsed.problems, findings, context)];
  const resultId = services.workbench.hash.sha256(JSON.stringify(items)).slice(0, 32);
  return resultId === previous ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
}
