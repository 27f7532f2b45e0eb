import type { ParameterRecord } from "../../types";
import { nameKey } from "./name-key";

const said = /\b(?:renamed to|now (?:called|named)|obsoleted by|superseded by|replaced by)\s+(?:the\s+)?["'`]{0,2}([A-Za-z/][\w./-]{1,120})/giu;

/** The name that the last words on a name that is gone give it, if a name of its kind in the version after it is called so. */
export function renamedTo({ kind, name, description }: ParameterRecord, after: ReadonlyMap<string, ParameterRecord>): string | undefined {
  const directory = /^.*[./]/u.exec(name)?.[0] ?? "";
  for (const [, found = ""] of description.matchAll(said)) {
    const word = found.replace(/[.,-]+$/u, "");
    for (const candidate of [word, `${directory}${word}`]) {
      const record = after.get(nameKey({ kind, name: candidate }));
      if (record !== undefined && record.name !== name) return record.name;
    }
  }
  return undefined;
}
