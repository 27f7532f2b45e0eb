import { readFileSync } from "node:fs";
import { join } from "node:path";
import { undisputed } from "../../../language-server/engine/tuning/import/conflicts";
import { measured } from "../../../language-server/engine/tuning/import/measured";
import { foldName } from "../../../language-server/engine/tuning/store/terms";
import type { ParameterRecord } from "../../../language-server/engine/tuning/types";
import type { BenchTable } from "../table";

interface Truth {
  readonly version: string;
  readonly seed: string;
  readonly rows: readonly (readonly [name: string, type: string, value: string | null, min: string | null, max: string | null, unit: string | null])[];
}

const fields = ["type", "default", "range", "unit"] as const;

/** Precision of each field against truth written by hand, of what a reader is shown of a name: all of its sources, without what they dispute. */
export function fieldTruthTable(records: readonly ParameterRecord[]): BenchTable {
  const truth = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/tuning/sysctl-truth.json"), "utf8")) as Truth;
  const byName = new Map<string, ParameterRecord[]>();
  for (const record of records) if (record.kind === "sysctl") byName.set(foldName(record.name), [...(byName.get(foldName(record.name)) ?? []), record]);
  const tally = new Map<string, { said: number; right: number; known: number; wrong: string[] }>();
  const count = (field: string, said: boolean, right: boolean, known: boolean, what: string): void => {
    const before = tally.get(field) ?? { said: 0, right: 0, known: 0, wrong: [] };
    tally.set(field, { said: before.said + (said ? 1 : 0), right: before.right + (said && right ? 1 : 0), known: before.known + (known ? 1 : 0), wrong: said && !right ? [...before.wrong, what] : before.wrong });
  };
  for (const [name, type, value, min, max, unit] of truth.rows) {
    const found = undisputed(byName.get(name) ?? []);
    count("name", found.length > 0, !type.startsWith("no such"), true, name);
    if (type.startsWith("no such")) continue;
    for (const field of fields) {
      const said = found.flatMap((record) => (record[field] === undefined ? [] : [{ record, field }]));
      const known = field === "type" || (field === "default" ? value !== null && value !== "?" : field === "range" ? [min, max].some((bound) => bound !== null && bound !== "?") : unit !== null);
      const right = said.every(({ record }) => isRight(record, field, { type, value, min, max, unit }));
      count(field, said.length > 0, right, known, `${name}: ${said.map(({ record }) => JSON.stringify(record[field])).join(", ")}`);
    }
  }
  const toldOf = (field: string): string => {
    const row = measured.find((one) => one.component === "kernel" && one.kind === "sysctl" && one.field === field);
    return row === undefined ? "" : `${row.right}/${row.stated}`;
  };
  const rows = [...tally].map(([field, { said, right, known, wrong }]) => [field, known, said, right, said === 0 ? "" : (right / said).toFixed(3), toldOf(field), wrong.join("; ")]);
  return { title: `Fields of ${truth.rows.length} sysctls of linux ${truth.version} drawn at random (seed ${truth.seed}), against truth written by hand`, columns: ["field", "has one", "stated", "right", "precision", "as told", "wrong"], rows };
}

function isRight(record: ParameterRecord, field: (typeof fields)[number], truth: { readonly type: string; readonly value: string | null; readonly min: string | null; readonly max: string | null; readonly unit: string | null }): boolean {
  const number = (text: string): string => (/^0x[0-9a-f]+$/iu.test(text) ? BigInt(text).toString() : text);
  if (field === "type") return truth.type.split("|").includes(record.type ?? "");
  if (field === "default") return truth.value !== null && number(record.default ?? "") === truth.value;
  if (field === "unit") return record.unit === truth.unit;
  const { min, max, values } = record.range ?? {};
  if (values !== undefined) return values[0] === truth.min && values.at(-1) === truth.max;
  return (min === undefined || min === truth.min) && (max === undefined || max === truth.max);
}
