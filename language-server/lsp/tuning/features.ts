import type { Services } from "../services";
import type { PatchDocument } from "../documents";
import { tuningActions } from "./actions";
import { resolveTuningItem, tuningCompletion } from "./completion";
import { tuningDiagnostics } from "./diagnostics";
import { createTuningDocuments, type TuningDocument } from "./documents";
import { tuningHints } from "./hints";
import { tuningDefinition, tuningHover } from "./hover";
import type { TuningFeatures } from "./route";
import { targetView } from "./target";

/** What {@link TuningFeatures} promises, for documents that are no patches; loaded with the first of them. */
export function createLoadedFeatures(services: Pick<Services, "workbench" | "settings" | "log" | "words" | "documents" | "folders" | "knowledge">): TuningFeatures {
  const documents = createTuningDocuments(services);
  const asked = async <R>(document: PatchDocument, work: (tuning: TuningDocument) => Promise<R> | R, otherwise: R): Promise<R> => {
    const tuning = await documents.of(document);
    return tuning === undefined ? otherwise : work(tuning);
  };
  return {
    diagnostics: (document, previous, related) => asked(document, (tuning) => tuningDiagnostics(tuning, previous, related, services.workbench.hash), { kind: "full", items: [] }),
    hover: (document, at) => asked(document, (tuning) => tuningHover(tuning, at), null),
    completion: (document, at) => asked(document, (tuning) => tuningCompletion(tuning, at), null),
    resolve: (item) => resolveTuningItem(item, documents),
    actions: (document, params) => asked(document, (tuning) => tuningActions(tuning, params), []),
    hints: (document, range) => asked(document, (tuning) => tuningHints(tuning, range), []),
    definition: (document, at) => asked(document, (tuning) => tuningDefinition(tuning, at), []),
    target: (document) => asked(document, targetView, null),
    changed: () => {
      documents.changed();
    },
  };
}
