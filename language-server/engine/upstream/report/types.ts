import type { Locale } from "../../text/message";
import type { MissingFix, UpstreamMap } from "../types";

export type ReportFormat = "markdown" | "html" | "json";
export type TableFormat = "csv" | "markdown" | "json";

/** What a report is made of. */
export interface ReportInput {
  /** Revisions as the user gave them. */
  readonly mainline: string;
  readonly downstream: string;
  readonly map: UpstreamMap;
  /** Undefined when they were not looked for. */
  readonly missing: readonly MissingFix[] | undefined;
  /** Mainline's shas that somebody marked as not for us, with the reason. */
  readonly decided: ReadonlyMap<string, string>;
  /** Names that a path is counted under; undefined counts by directory. */
  readonly subsystems: ((path: string) => readonly string[]) | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** `mono`: shown in the editor's font. `more`: the whole of what `text` shortens. */
export interface Cell {
  readonly text: string;
  readonly mono?: boolean;
  readonly more?: string;
}

export interface Column {
  /** Stable name in CSV and JSON. */
  readonly key: string;
  /** Message id of its heading. */
  readonly title: string;
  readonly numeric?: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  /** One cell a column. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** A sentence under the heading; empty for none. */
  readonly note: string;
  readonly table: Table | undefined;
}

/** A report in words of the reader's language, before it takes a form. */
export interface Report {
  readonly locale: Locale;
  readonly title: string;
  /** Lines under the title: what was compared, when. */
  readonly lead: readonly string[];
  readonly sections: readonly Section[];
}
