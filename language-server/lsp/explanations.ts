import type { Cancel } from "../engine/ports";
import type { CapabilityRow, ExplainTarget, ExplanationView } from "../protocol/requests";
import type { PatchDocument } from "./documents";
import type { Services } from "./services";
export interface Explanations {
  start(document: PatchDocument, target: ExplainTarget, again: boolean, cancel: Cancel): Promise<ExplanationView>;
  view(session: string): Promise<ExplanationView | null>;
  cancel(session: string): void;
  preview(document: PatchDocument, target: ExplainTarget, cancel: Cancel): Promise<string>;
  test(id: string | undefined, cancel: Cancel): Promise<{ readonly text: string; readonly rows: readonly CapabilityRow[] }>;
}
export function createExplanations(services: Services, keys: () => Readonly<Record<string, string>>): Explanations {
  void services; void keys;
  const no = () => Promise.reject(new Error("not yet"));
  return { start: no, view: () => Promise.resolve(null), cancel: () => undefined, preview: no, test: no };
}
