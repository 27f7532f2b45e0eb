import type { ClientCapabilities, CodeAction, CompletionList, DocumentDiagnosticReport, Hover, InlayHint, LocationLink } from "vscode-languageserver";
import { codeActions } from "./codeActions";
import { codeLenses, resolveCodeLens } from "./codeLens";
import { definition } from "./definition";
import { pullDiagnostics } from "./diagnostics";
import { documentLinks } from "./documentLinks";
import type { PatchDocument } from "./documents";
import type { Guard } from "./guard";
import { hover } from "./hover";
import { inlayHints } from "./inlayHints";
import { semanticTokens } from "./semanticTokens";
import type { Services } from "./services";
import { isPatchDocument, type TuningFeatures } from "./tuning/route";
import { documentSymbols, foldingRanges } from "./symbols";
import { sourceLanguages, type SourceLenses } from "./upstream/source-lens";

/** Connects each LSP feature to its function. A document that the server does not know has nothing to say. */
export function registerFeatures(services: Services, guard: Guard, capabilities: ClientCapabilities, sources: SourceLenses, tuning: TuningFeatures): void {
  const { connection, documents } = services;
  const related = capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? capabilities.textDocument?.diagnostic?.relatedInformation ?? false;
  const on = <R>(params: { readonly textDocument: { readonly uri: string } }, work: (document: PatchDocument) => R, otherwise: R): R => {
    const document = documents.get(params.textDocument.uri);
    return document === undefined || !isPatchDocument(document) ? otherwise : work(document);
  };
  /** A patch is answered for by its own function, a configuration file by the settings'. */
  const either = <R>(params: { readonly textDocument: { readonly uri: string } }, patch: (document: PatchDocument) => Promise<R>, settings: (document: PatchDocument) => Promise<R>, otherwise: R): Promise<R> => {
    const document = documents.get(params.textDocument.uri);
    return document === undefined ? Promise.resolve(otherwise) : isPatchDocument(document) ? patch(document) : settings(document);
  };
  connection.languages.diagnostics.on(
    guard("textDocument/diagnostic", (params, cancel) => either<DocumentDiagnosticReport>(params, (document) => pullDiagnostics(document, params.previousResultId, related, services, cancel), (document) => tuning.diagnostics(document, params.previousResultId, related), { kind: "full", items: [] })),
  );
  connection.onHover(guard("textDocument/hover", (params, cancel) => either<Hover | null>(params, (document) => hover(document, params.position, services, cancel), (document) => tuning.hover(document, params.position), null)));
  connection.onCodeLens(
    guard("textDocument/codeLens", (params) => {
      const document = documents.get(params.textDocument.uri);
      if (document === undefined) return [];
      return sourceLanguages.includes(document.languageId) ? sources.of(document) : isPatchDocument(document) ? codeLenses(document, services) : [];
    }),
  );
  connection.onCodeLensResolve(guard("codeLens/resolve", (lens, cancel) => resolveCodeLens(lens, services, cancel)));
  connection.onCodeAction(guard("textDocument/codeAction", (params, cancel) => either<CodeAction[]>(params, (document) => codeActions(document, params, services, cancel), (document) => tuning.actions(document, params), [])));
  connection.onDefinition(guard("textDocument/definition", (params, cancel) => either<LocationLink[]>(params, (document) => definition(document, params.position.line + 1, services, cancel), (document) => tuning.definition(document, params.position), [])));
  connection.onCompletion(guard("textDocument/completion", (params) => either<CompletionList | null>(params, () => Promise.resolve(null), (document) => tuning.completion(document, params.position), null)));
  connection.onCompletionResolve(guard("completionItem/resolve", (item) => tuning.resolve(item)));
  connection.onDocumentLinks(guard("textDocument/documentLink", (params) => on(params, (document) => documentLinks(document, services), Promise.resolve([]))));
  connection.onDocumentSymbol(guard("textDocument/documentSymbol", (params) => on(params, (document) => documentSymbols(document, services.words), [])));
  connection.onFoldingRanges(guard("textDocument/foldingRange", (params) => on(params, foldingRanges, [])));
  connection.languages.semanticTokens.on(guard("textDocument/semanticTokens/full", (params) => on(params, (document) => semanticTokens(document), { data: [] })));
  connection.languages.semanticTokens.onRange(guard("textDocument/semanticTokens/range", (params) => on(params, (document) => semanticTokens(document, params.range), { data: [] })));
  connection.languages.inlayHint.on(
    guard("textDocument/inlayHint", async (params) => {
      const { inlayHints: wanted } = await services.settings.for(params.textDocument.uri);
      return either<InlayHint[]>(params, (document) => Promise.resolve(inlayHints(document, params.range, wanted.lineNumbers, services)), (document) => (wanted.units ? tuning.hints(document, params.range) : Promise.resolve([])), []);
    }),
  );
}
