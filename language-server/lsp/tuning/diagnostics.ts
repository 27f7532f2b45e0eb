import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type DiagnosticRelatedInformation, type DocumentDiagnosticReport } from "vscode-languageserver";
import { URI } from "vscode-uri";
import type { FindingSeverity, SettingFinding } from "../../engine/tuning/files/rules/types";
import type { Hash } from "../../engine/ports";
import { findingText } from "../../tuning/report";
import type { TuningDocument } from "./documents";
import { rangeOf, sourceFile } from "./places";

const severityOf: Readonly<Record<FindingSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The findings of a file; `unchanged` when nothing is new. */
export async function tuningDiagnostics(tuning: TuningDocument, previous: string | undefined, related: boolean, hash: Hash): Promise<DocumentDiagnosticReport> {
  const items = await Promise.all(tuning.findings.map((finding) => diagnosticOf(finding, tuning, related)));
  const resultId = hash.sha256(JSON.stringify(items)).slice(0, 32);
  return resultId === previous ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
}

export async function diagnosticOf(finding: SettingFinding, tuning: TuningDocument, related: boolean): Promise<Diagnostic> {
  const [source] = finding.sources;
  const href = source?.url?.startsWith("https://") === true ? source.url : undefined;
  const places = related ? await relatedPlaces(finding, tuning) : [];
  return {
    range: rangeOf(finding.at),
    severity: severityOf[finding.severity],
    code: `tuning-${finding.rule}`,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source: "keelson",
    message: findingText(finding, tuning.words),
    ...(finding.idle === true ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(places.length === 0 ? {} : { relatedInformation: [...places] }),
  };
}

async function relatedPlaces(finding: SettingFinding, tuning: TuningDocument): Promise<readonly DiagnosticRelatedInformation[]> {
  const { document, words, knowledge } = tuning;
  const others = (finding.related ?? []).map(({ path, at, message }) => ({ location: { uri: path === undefined ? document.uri : URI.file(path).toString(), range: rangeOf(at) }, message: words.say(message) }));
  const [source] = finding.sources;
  const file = source === undefined ? undefined : await sourceFile(source, await knowledge.origins());
  if (source === undefined || file === undefined) return others;
  return [...others, { location: { uri: file, range: rangeOf({ line: source.line, start: 0, end: 0 }) }, message: words.say({ id: "tuning.diagnostic.source", args: { title: source.title } }) }];
}
