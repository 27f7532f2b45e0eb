import type { CodeAction, CodeActionParams, CompletionItem, CompletionList, DocumentDiagnosticReport, Hover, InlayHint, LocationLink, Position, Range } from "vscode-languageserver";
import type { TargetView } from "../../protocol/tuning";
import type { PatchDocument } from "../documents";
import type { Services } from "../services";

/** What is answered for configuration files. A document that is none gets empty answers. */
export interface TuningFeatures {
  diagnostics(document: PatchDocument, previous: string | undefined, related: boolean): Promise<DocumentDiagnosticReport>;
  hover(document: PatchDocument, at: Position): Promise<Hover | null>;
  completion(document: PatchDocument, at: Position): Promise<CompletionList | null>;
  resolve(item: CompletionItem): Promise<CompletionItem>;
  actions(document: PatchDocument, params: CodeActionParams): Promise<CodeAction[]>;
  hints(document: PatchDocument, range: Range): Promise<InlayHint[]>;
  definition(document: PatchDocument, at: Position): Promise<LocationLink[]>;
  target(document: PatchDocument): Promise<TargetView | null>;
  /** Settings, files beside or the store may have changed. */
  changed(): void;
}

const patchLanguages = new Set(["diff", "mbox", "patch", "mail", "gitsendemail", "gitcommit", "git-commit"]);

/** Editors call patches by many names; a file's own name tells as well. */
export function isPatchDocument({ uri, languageId }: Pick<PatchDocument, "uri" | "languageId">): boolean {
  return patchLanguages.has(languageId) || /\.(?:patch|diff|rej|mbox|mbx|eml)$/iu.test(uri);
}

/** Source code is looked at for missing fixes only. */
const sourceLanguages = new Set(["c", "cpp"]);

/** The parsers, rules and the store are loaded when the first configuration file is asked about. */
export function createTuningFeatures(services: Pick<Services, "workbench" | "settings" | "log" | "words" | "documents" | "folders" | "knowledge">): TuningFeatures {
  let loading: Promise<TuningFeatures> | undefined;
  const load = (): Promise<TuningFeatures> => (loading ??= import("./features").then(({ createLoadedFeatures }) => createLoadedFeatures(services)));
  const asked = async <R>(document: PatchDocument, work: (features: TuningFeatures) => Promise<R>, otherwise: R): Promise<R> => (sourceLanguages.has(document.languageId) || isPatchDocument(document) ? otherwise : work(await load()));
  return {
    async diagnostics(document, previous, related) {
      const wanted = (await services.settings.for(document.uri)).tuning.diagnostics;
      return asked<DocumentDiagnosticReport>(document, (features) => (wanted ? features.diagnostics(document, previous, related) : Promise.resolve({ kind: "full", items: [] })), { kind: "full", items: [] });
    },
    hover: (document, at) => asked(document, (features) => features.hover(document, at), null),
    completion: (document, at) => asked(document, (features) => features.completion(document, at), null),
    resolve: async (item) => (await load()).resolve(item),
    actions: (document, params) => asked(document, (features) => features.actions(document, params), []),
    hints: (document, range) => asked(document, (features) => features.hints(document, range), []),
    definition: (document, at) => asked(document, (features) => features.definition(document, at), []),
    target: (document) => asked(document, (features) => features.target(document), null),
    changed() {
      void loading?.then((features) => {
        features.changed();
      });
    },
  };
}
