import type { ParameterRecord } from "../types";
import { undisputed } from "./conflicts";

/** A field that importers state; bounds count together. */
export type MeasuredField = "type" | "default" | "range" | "unit" | "since" | "until";

/** How often a field that importers stated was right, where somebody looked. */
export interface Measured {
  readonly component: string;
  readonly kind: ParameterRecord["kind"];
  readonly field: MeasuredField;
  /** Whose statements were measured: an importer's, or those of all importers of the kind together, as a reader is shown them. */
  readonly importer?: string;
  /** Names for which the field was stated and the truth known, and those of them that were right. */
  readonly stated: number;
  readonly right: number;
  /** What it was compared with. */
  readonly truth: "read by hand" | "running server";
}

const live = (component: string, importer: string, field: MeasuredField, stated: number, right: number): Measured => ({ component, kind: "setting", field, importer, stated, right, truth: "running server" });
/** Of names drawn at random (seed 2026) from what came and went between linux 6.1 and 6.12: both trees were searched for each by hand. */
const drawn = (kind: ParameterRecord["kind"], since: number, until: number): readonly Measured[] => [
  { component: "kernel", kind, field: "since", stated: since, right: since, truth: "read by hand" },
  { component: "kernel", kind, field: "until", stated: until, right: until, truth: "read by hand" },
];
const byHand = (field: MeasuredField, stated: number, right: number): Measured => ({ component: "kernel", kind: "sysctl", field, stated, right, truth: "read by hand" });

/** Measured by `npm run bench -- --only tuning-retrieval` (sysctls) and `tuning-live` (servers), which say when a figure here is no longer theirs. */
export const measured: readonly Measured[] = [
  byHand("type", 80, 80),
  byHand("default", 36, 35),
  byHand("range", 28, 28),
  byHand("unit", 14, 14),
  ...drawn("sysctl", 5, 3),
  ...drawn("kernel-parameter", 5, 3),
  ...drawn("sysfs", 6, 4),
  ...drawn("module-parameter", 5, 3),
  ...drawn("kconfig", 4, 2),
  live("postgresql", "postgresql-document", "type", 324, 324),
  live("postgresql", "postgresql-source", "type", 330, 330),
  live("postgresql", "postgresql-source", "default", 252, 252),
  live("postgresql", "postgresql-source", "range", 161, 160),
  live("mariadb", "server-help", "type", 411, 411),
  live("mariadb", "server-help", "default", 481, 477),
  live("mariadb", "server-help", "range", 22, 22),
  live("mariadb", "server-source", "type", 575, 568),
  live("mariadb", "server-source", "default", 324, 319),
  live("mariadb", "server-source", "range", 271, 269),
  live("redis", "redis-source", "default", 137, 137),
];

/** Below this a field is shown to nobody as a fact. */
const least = 0.95;

/**
 * True for a field that was measured and found wrong too often, be it in one importer's statements: a record does not tell which
 * importer it is from. What nobody measured is shown with its source and its confidence.
 */
export function isDoubtful(record: Pick<ParameterRecord, "component" | "kind">, field: MeasuredField, table: readonly Measured[] = measured): boolean {
  return table.some((one) => one.component === record.component && one.kind === record.kind && one.field === field && one.stated > 0 && one.right / one.stated < least);
}

/**
 * The records of a name with what may be shown of them as a fact: without fields that its sources dispute, and without those that
 * importers of its kind state wrongly too often. What a running system says of itself (confidence 1) stays.
 */
export function factual(records: readonly ParameterRecord[], table: readonly Measured[] = measured): readonly ParameterRecord[] {
  return undisputed(records).map((record) => (record.confidence >= 1 ? record : withoutDoubtful(record, table)));
}

const fields: readonly MeasuredField[] = ["type", "default", "range", "unit", "since", "until"];

function withoutDoubtful(record: ParameterRecord, table: readonly Measured[]): ParameterRecord {
  const doubtful = new Set<string>(fields.filter((field) => record[field] !== undefined && isDoubtful(record, field, table)));
  return doubtful.size === 0 ? record : (Object.fromEntries(Object.entries(record).filter(([key]) => !doubtful.has(key))) as unknown as ParameterRecord);
}
