import type { KnowledgeSource, ParameterRecord } from "../types";
import { bytesOf } from "./prose-fields";

/** Two sources that state different values of one field; neither is taken for true. */
export interface FieldConflict {
  readonly name: string;
  readonly component: string;
  readonly field: "default" | "type" | "min" | "max" | "unit";
  /** Each value once, with a source that states it. */
  readonly statements: readonly { readonly value: string; readonly source: KnowledgeSource }[];
}

const fields: readonly FieldConflict["field"][] = ["default", "type", "min", "max", "unit"];

/** What the sources of a name say differently. Two spellings of one value (`64kB`, `65536`; `on`, `1`) are no conflict. */
export function conflictsOf(records: readonly ParameterRecord[]): readonly FieldConflict[] {
  return [...groupsOf(records).values()].flatMap(conflictsIn);
}

/** Records of one parameter: the same name, in any of its spellings, of the same component and kind. */
function groupsOf(records: readonly ParameterRecord[]): ReadonlyMap<string, readonly ParameterRecord[]> {
  const groups = new Map<string, ParameterRecord[]>();
  for (const record of records) {
    const key = keyOf(record);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return groups;
}

function keyOf({ component, kind, name }: ParameterRecord): string {
  return `${component}\n${kind}\n${name.toLowerCase().replace(/^--/u, "").replace(/-/gu, "_").replace(/\//gu, ".")}`;
}

function conflictsIn(group: readonly ParameterRecord[]): readonly FieldConflict[] {
  return group.length < 2 ? [] : fields.flatMap((field) => conflictIn(group, field));
}

/**
 * The records without the fields that the sources of a parameter dispute: of two defaults none is shown as a fact. What a running
 * system or the program's own table tells of itself (confidence 1) is not disputed by a document.
 */
export function undisputed(records: readonly ParameterRecord[]): readonly ParameterRecord[] {
  const disputes = new Map([...groupsOf(records)].map(([key, group]) => [key, disputesOf(group)]));
  return records.map((record) => {
    const { all, surest } = disputes.get(keyOf(record)) ?? { all: new Set(), surest: new Set() };
    const gone = record.confidence >= 1 ? surest : all;
    return gone.size === 0 ? record : without(record, gone);
  });
}

interface Disputes {
  /** Fields that any two sources dispute. */
  readonly all: ReadonlySet<FieldConflict["field"]>;
  /** Fields that two of the surest sources dispute. */
  readonly surest: ReadonlySet<FieldConflict["field"]>;
}

function disputesOf(group: readonly ParameterRecord[]): Disputes {
  const of = (some: readonly ParameterRecord[]): ReadonlySet<FieldConflict["field"]> => new Set(conflictsIn(some).map(({ field }) => field));
  return { all: of(group), surest: of(group.filter(({ confidence }) => confidence >= 1)) };
}

function without(record: ParameterRecord, gone: ReadonlySet<FieldConflict["field"]>): ParameterRecord {
  const { default: value, type, unit, range, ...rest } = record;
  const bounds = range === undefined || gone.has("min") || gone.has("max") ? undefined : range;
  return {
    ...rest,
    ...(value === undefined || gone.has("default") ? {} : { default: value }),
    ...(type === undefined || gone.has("type") ? {} : { type }),
    ...(unit === undefined || gone.has("unit") ? {} : { unit }),
    ...(bounds === undefined ? {} : { range: bounds }),
  };
}

function conflictIn(group: readonly ParameterRecord[], field: FieldConflict["field"]): readonly FieldConflict[] {
  const statements = new Map<string, { value: string; source: KnowledgeSource }>();
  for (const record of group) {
    const value = valueOf(record, field);
    if (value === undefined) continue;
    const key = plainValue(value, record);
    if (!statements.has(key)) statements.set(key, { value, source: record.source });
  }
  const [first] = group;
  return statements.size < 2 || first === undefined ? [] : [{ name: first.name, component: first.component, field, statements: [...statements.values()] }];
}

function valueOf(record: ParameterRecord, field: FieldConflict["field"]): string | undefined {
  return field === "min" || field === "max" ? record.range?.[field] : record[field];
}

/** One spelling of each value. A type that is another's special case is not another type. */
function plainValue(value: string, { type, unit }: ParameterRecord): string {
  if (/^(?:on|yes|true|enabled|Y|TRUE|ON)$/u.test(value)) return "1";
  if (/^(?:off|no|false|disabled|N|FALSE|OFF)$/u.test(value)) return "0";
  if (/^0x[0-9a-f]+$/iu.test(value)) return BigInt(value).toString();
  if (value === type && (type === "bytes" || type === "duration" || type === "boolean")) return "integer";
  return unit === undefined || unit === "bytes" ? bytesOf(value).replace(/^(-?\d+)\.0+$/u, "$1").toLowerCase() : value.toLowerCase();
}
