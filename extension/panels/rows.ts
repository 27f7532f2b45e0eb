import type { UpstreamList } from "../../language-server/protocol/upstream";
import type { UpstreamRows } from "../../language-server/protocol/upstream-panels";

type Verdict = NonNullable<UpstreamRows["filter"]["verdict"]>[number];

const lists: Readonly<Record<UpstreamList, true>> = { missing: true, wrong: true, unsure: true, partial: true, adapted: true, same: true, ours: true, revert: true, "not-built": true, decided: true };
const verdicts: Readonly<Record<Verdict, true>> = { same: true, adapted: true, partial: true, extended: true, squash: true, split: true, revert: true, "downstream-only": true, unsure: true };

/** What a panel asks the Upstream view to list, or undefined when it has not the form of it. */
export function readRows(value: unknown): UpstreamRows | undefined {
  const rows = membersOf(value);
  const given = membersOf(rows?.["filter"]);
  if (rows === undefined || given === undefined) return undefined;
  const { folder, pair, list } = rows;
  if (typeof folder !== "string" || folder === "" || typeof pair !== "string" || pair === "") return undefined;
  if (list !== undefined && !isKey(lists, list)) return undefined;
  const { subsystem, unfiled, path, verdict } = given;
  if ((unfiled !== undefined && unfiled !== true) || !isText(subsystem) || !isText(path) || !isVerdicts(verdict)) return undefined;
  const filter = { ...(subsystem === undefined ? {} : { subsystem }), ...(unfiled === undefined ? {} : { unfiled: true as const }), ...(path === undefined ? {} : { path }), ...(verdict === undefined ? {} : { verdict }) };
  return { folder, pair, ...(list === undefined ? {} : { list }), filter };
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isVerdicts(value: unknown): value is readonly Verdict[] | undefined {
  return value === undefined || (Array.isArray(value) && value.every((entry) => isKey(verdicts, entry)));
}

function isKey<K extends string>(record: Readonly<Record<K, true>>, value: unknown): value is K {
  return typeof value === "string" && Object.hasOwn(record, value);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}
