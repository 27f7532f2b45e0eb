import type { PairRef, UpstreamFilter, UpstreamList, UpstreamSort } from "./upstream";

/** What is made of a comparison: texts that the editor opens or saves. The server writes nothing of it. */

export type ExportFormat = "csv" | "markdown" | "json";
export type ReportFormat = "markdown" | "html" | "json";

export interface TemplateView {
  /** `own` is the text of `keelson.upstream.inclusionTemplate`. */
  readonly id: string;
  readonly title: string;
  /** Its keepers name a bug on every commit. */
  readonly bug: boolean;
}

/** A mailbox for `git am`. */
export interface SeriesView {
  readonly text: string;
  /** The mailbox in base64 when it is not UTF-8 and `text` would damage it; undefined otherwise. */
  readonly bytes: string | undefined;
  readonly mails: number;
  /** Options that `git am` needs. */
  readonly amOptions: readonly string[];
  /** What to know before it is sent, in the reader's language. */
  readonly notes: readonly string[];
}

export interface UpstreamActionRequests {
  /** Rows of a list as text for other programs. */
  "keelson/upstream/export": { params: PairRef & { readonly list: UpstreamList; readonly filter: UpstreamFilter; readonly sort: UpstreamSort; readonly format: ExportFormat }; result: { readonly text: string; readonly rows: number } };
  /** The whole comparison as a document. */
  "keelson/upstream/report": { params: PairRef & { readonly format: ReportFormat }; result: { readonly text: string } };
  /** Inclusion headers to choose from; `chosen` is what the settings name, empty for none. */
  "keelson/upstream/templates": { params: { readonly folder: string }; result: { readonly templates: readonly TemplateView[]; readonly chosen: string } };
  /** Mainline's commits as a series under an inclusion header. */
  "keelson/upstream/series": { params: PairRef & { readonly commits: readonly string[]; readonly template: string; readonly bug: string }; result: SeriesView };
  /** Why one of our commits differs from its twin, as Markdown. With an endpoint, a paragraph of the model's stands above the facts. */
  "keelson/upstream/explainDifference": { params: PairRef & { readonly commit: string; readonly again?: boolean }; result: { readonly text: string } };
  /** The exact request that `explainDifference` would send, secrets taken out. */
  "keelson/upstream/previewDifference": { params: PairRef & { readonly commit: string }; result: { readonly text: string } };
  /** Release notes of a range of our commits (`A..B`, or `A..` up to our tip), as Markdown. An empty range is all that is ours. */
  "keelson/upstream/releaseNotes": { params: PairRef & { readonly range: string; readonly again?: boolean }; result: { readonly text: string } };
}
