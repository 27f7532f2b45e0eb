import type { Hash } from "../../ports";
import type { ParameterRecord, ProseRecord } from "../types";

/** Models read less than this at once, and the first sentences say what a parameter is. */
const maxText = 1500;

/** What a record says, as a model is given it; kind and component are in it, so records of one content are of one kind. */
export function contentText(record: ParameterRecord | ProseRecord): string {
  if (!("description" in record)) return `${record.heading} (${record.component}): ${record.text}`.slice(0, maxText);
  const { name, component, kind, description } = record;
  return `${name} (${component} ${kind}): ${description}`.slice(0, maxText);
}

/** Names a content: a vector is found again by it, whichever file the record stands in. 32 hex digits. */
export function contentKey(record: ParameterRecord | ProseRecord, hash: Hash): string {
  return hash.sha256(contentText(record)).slice(0, 32);
}
