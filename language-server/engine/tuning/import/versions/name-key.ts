import { foldName } from "../../store/terms";
import type { ParameterRecord } from "../../types";

/** Names of one kind that are the same in two versions have the same key. */
export function nameKey({ kind, name }: Pick<ParameterRecord, "kind" | "name">): string {
  return `${kind}\n${foldName(name)}`;
}
