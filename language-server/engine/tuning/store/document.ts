import type { Hash } from "../../ports";
import type { KnowledgeKind, KnowledgeSource, ParameterRecord, ProseRecord } from "../types";
import { contentKey } from "./content";
import { abbreviations } from "./words/abbreviations";
import { foldName, terms } from "./terms";

/** A record made ready for search; term lists are blank-separated. */
export interface StoredDocument {
  readonly file: string;
  readonly folded: string;
  readonly kind: KnowledgeKind;
  readonly component: string;
  readonly name: string;
  /** Terms of the name. */
  readonly nameTerms: string;
  /** What the abbreviations in the name stand for, and the title it stands under. */
  readonly aliasTerms: string;
  readonly textTerms: string;
  /** See {@link contentKey}. */
  readonly content: string;
  /** The record as JSON. */
  readonly record: string;
}

/** What both engines keep of a document in columns of the same names. */
export function documentFields(row: Readonly<Record<string, unknown>>): Omit<StoredDocument, "file" | "content" | "record"> {
  return {
    folded: String(row["folded"]),
    kind: String(row["kind"]) as KnowledgeKind,
    component: String(row["component"]),
    name: String(row["name"]),
    nameTerms: String(row["name_terms"]),
    aliasTerms: String(row["alias_terms"]),
    textTerms: String(row["text_terms"]),
  };
}

/** More terms than this say no more about a parameter. */
const maxTerms = 400;

export function parameterDocument(record: ParameterRecord, file: string, hash: Hash): StoredDocument {
  const name = terms(record.name);
  return {
    file,
    folded: foldName(record.name),
    kind: record.kind,
    component: record.component,
    name: record.name,
    nameTerms: name.join(" "),
    aliasTerms: aliases(name, record.source).join(" "),
    textTerms: terms(`${record.description} ${record.unit ?? ""} ${(record.range?.values ?? []).join(" ")}`).slice(0, maxTerms).join(" "),
    content: contentKey(record, hash),
    record: JSON.stringify(record),
  };
}

export function proseDocument(record: ProseRecord, file: string, hash: Hash): StoredDocument {
  const { heading, component } = record;
  return { file, folded: foldName(heading), kind: "prose", component, name: heading, nameTerms: terms(heading).join(" "), aliasTerms: "", textTerms: terms(record.text).slice(0, maxTerms).join(" "), content: contentKey(record, hash), record: JSON.stringify(record) };
}

function aliases(name: readonly string[], source: KnowledgeSource): readonly string[] {
  const known = new Set(name);
  const words = name.flatMap((part) => abbreviations.get(part) ?? []);
  return [...new Set([...words, ...terms(source.title).slice(0, 12)])].filter((word) => !known.has(word));
}

export function documentRecord(document: Pick<StoredDocument, "record">): ParameterRecord | ProseRecord {
  return JSON.parse(document.record) as ParameterRecord | ProseRecord;
}
