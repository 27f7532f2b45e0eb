import type { ClientCapabilities, DocumentDiagnosticReport } from "vscode-languageserver";
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
import { documentSymbols, foldingRanges } from "./symbols";
import { sourceLanguages, type SourceLenses } from "./upstream/source-lens";

/** Connects each LSP feature to its function. A document that the server does not know has nothing to say. */
export function registerFeatures(services: Services, guard: Guard, capabilities: ClientCapabilities, sources: SourceLenses): void {
  const { connection, documents } = services;
  const related = capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? capabilities.textDocument?.diagnostic?.relatedInformation ?? false;
  const on = <R>(params: { readonly textDocument: { readonly uri: string } }, work: (document: PatchDocument) => R, otherwise: R): R => {
    const document = documents.get(params.textDocument.uri);
    return document === undefined ? otherwise : work(document);
  };
  connection.languages.diagnostics.on(
    guard("textDocument/diagnostic", (params, cancel) => on(params, (document) => pullDiagnostics(document, params.previousResultId, related, services, cancel), Promise.resolve<DocumentDiagnosticReport>({ kind: "full", items: [] }))),
  );
  connection.onHover(guard("textDocument/hover", (params, cancel) => on(params, (document) => hover(document, params.position, services, cancel), Promise.resolve(null))));
  connection.onCodeLens(guard("textDocument/codeLens", (params) => on(params, (document) => (sourceLanguages.includes(document.languageId) ? sources.of(document) : codeLenses(document, services)), [])));
  connection.onCodeLensResolve(guard("codeLens/resolve", (lens, cancel) => resolveCodeLens(lens, services, cancel)));
  connection.onCodeAction(guard("textDocument/codeAction", (params, cancel) => on(params, (document) => codeActions(document, params, services, cancel), Promise.resolve([]))));
  connection.onDefinition(guard("textDocument/definition", (params, cancel) => on(params, (document) => definition(document, params.position.line + 1, services, cancel), Promise.resolve([]))));
  connection.onDocumentLinks(guard("textDocument/documentLink", (params) => on(params, (document) => documentLinks(document, services), Promise.resolve([]))));
  connection.onDocumentSymbol(guard("textDocument/documentSymbol", (params) => on(params, (document) => documentSymbols(document, services.words), [])));
  connection.onFoldingRanges(guard("textDocument/foldingRange", (params) => on(params, foldingRanges, [])));
  connection.languages.semanticTokens.on(guard("textDocument/semanticTokens/full", (params) => on(params, (document) => semanticTokens(document), { data: [] })));
  connection.languages.semanticTokens.onRange(guard("textDocument/semanticTokens/range", (params) => on(params, (document) => semanticTokens(document, params.range), { data: [] })));
  connection.languages.inlayHint.on(
    guard("textDocument/inlayHint", async (params) => {
      const { inlayHints: wanted } = await services.settings.for(params.textDocument.uri);
      return on(params, (document) => inlayHints(document, params.range, wanted.lineNumbers, services), []);
    }),
  );
}
