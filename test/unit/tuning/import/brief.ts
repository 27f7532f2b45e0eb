import type { ParameterRecord } from "../../../../language-server/engine/tuning/types";

/** A record in one line, as the tests show it. */
export function brief(record: ParameterRecord): string {
  const { range } = record;
  const parts = [
    record.name,
    record.type,
    record.default === undefined ? undefined : `default=${record.default}`,
    range === undefined ? undefined : range.values ? `range={${range.values.join(",")}}` : `range=${range.min ?? ""}..${range.max ?? ""}`,
    record.unit === undefined ? undefined : `unit=${record.unit}`,
    record.since === undefined ? undefined : `since=${record.since}`,
    `@${record.source.line}`,
  ];
  return `${parts.filter((part) => part !== undefined).join(" ")} | ${record.description.replace(/\s+/gu, " ")}`;
}
