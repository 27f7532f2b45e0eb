import { factual } from "../../import/measured";
import type { PackSetting } from "../../pack/types";
import { foldName, lastPart } from "../../store/terms";
import { createVocabulary, type Vocabulary } from "../../store/spelling";
import type { KnownName } from "../../store/types";
import type { KnowledgeSource, ParameterKind, ParameterRecord } from "../../types";
import { sysctlSpellings } from "../sysctl/names";
import type { Setting } from "../types";
import type { Fact, KnowledgeView, KnownSetting, WholeNames } from "./types";
import { wholeNames, type NameOrigin } from "./whole";

/** What a view is made of; `records` and `pack` are asked by {@link lookups}. */
export interface KnowledgeParts {
  pack(name: string): readonly PackSetting[];
  records(name: string): readonly ParameterRecord[];
  readonly names: readonly NameList[];
  readonly origins: readonly NameOrigin[];
}

/** Names of one kind that the store has, made once for as long as the store is as it is. */
export interface NameList {
  readonly kind: ParameterKind;
  readonly names: readonly KnownName[];
  readonly byComponent: ReadonlyMap<string, { readonly vocabulary: Vocabulary; readonly folded: readonly string[]; readonly written: ReadonlyMap<string, string> }>;
}

export function nameList(kind: ParameterKind, names: readonly KnownName[]): NameList {
  const groups = new Map<string, Map<string, string>>();
  for (const { name, component } of names) {
    const key = component.toLowerCase();
    const written = groups.get(key) ?? new Map<string, string>();
    written.set(foldName(name), name);
    groups.set(key, written);
  }
  return { kind, names, byComponent: new Map([...groups].map(([component, written]) => [component, { vocabulary: createVocabulary(written.keys()), folded: [...written.keys()], written }])) };
}

/** Components that know each other's settings. */
const families: readonly (readonly string[])[] = [["mysql", "mariadb"], ["redis", "valkey"]];

export function componentsOf(component: string): readonly string[] {
  return families.find((family) => family.includes(component)) ?? [component];
}

/** The names under which a setting may be known, the exact one first. */
export function lookups(setting: Pick<Setting, "name" | "kind">): readonly string[] {
  return setting.kind === "sysctl" ? sysctlSpellings(setting.name) : [setting.name];
}

/** A view remembers what it was asked; `parts` may learn more names and records meanwhile, but never change what they said. */
export function createView(parts: KnowledgeParts): KnowledgeView {
  const made = new Map<string, KnownSetting>();
  const near = new Map<string, readonly string[]>();
  return {
    of(setting) {
      const key = `${setting.component}\n${setting.kind}\n${setting.name}`;
      const known = made.get(key) ?? knownSetting(setting, parts);
      // What is not known yet may be asked for later.
      if (known !== undefined) made.set(key, known);
      return known;
    },
    near(name, component, kind) {
      const key = `${component}\n${kind}\n${name}`;
      const found = near.get(key) ?? nearNames(name, component, kind, parts);
      near.set(key, found);
      return found;
    },
    whole: (setting): WholeNames | undefined => wholeNames(setting, parts.names.find(({ kind }) => kind === setting.kind), parts.origins),
  };
}

/** A parameter of a module may stand on the kernel's command line too. */
function fits(kind: ParameterKind, wanted: ParameterKind): boolean {
  return kind === wanted || (wanted === "kernel-parameter" && kind === "module-parameter");
}

function knownSetting(setting: Pick<Setting, "name" | "component" | "kind">, parts: KnowledgeParts): KnownSetting | undefined {
  const components = componentsOf(setting.component);
  const matches = ({ component, kind }: Pick<ParameterRecord, "component" | "kind">): boolean => components.includes(component.toLowerCase()) && fits(kind, setting.kind);
  for (const name of lookups(setting)) {
    // What is of the component itself goes before what its kin have.
    const nearest = <T extends Pick<ParameterRecord, "component">>(list: readonly T[]): readonly T[] => list.toSorted((a, b) => Number(b.component === setting.component) - Number(a.component === setting.component));
    const packed = nearest(parts.pack(name).filter(matches));
    const records = nearest(factual(parts.records(name).filter(matches)));
    const [first] = [...packed, ...records];
    if (first !== undefined) return merged(first, packed[0], records);
  }
  return undefined;
}

function merged(first: Pick<ParameterRecord, "name" | "component" | "kind">, pack: PackSetting | undefined, records: readonly ParameterRecord[]): KnownSetting {
  const description = records.toSorted((a, b) => b.description.length - a.description.length)[0]?.description ?? "";
  const main = pack?.sources[0];
  const fact: FactOf = (key) => {
    const own = pack?.[key];
    if (own !== undefined && main !== undefined) return { [key]: { value: own, source: main, confidence: 1 } } as never;
    const record = records.find((entry) => tells(entry, key));
    return record === undefined ? {} : ({ [key]: { value: record[key], source: record.source, confidence: record.confidence } } as never);
  };
  return {
    name: first.name,
    component: first.component,
    kind: first.kind,
    ...fact("type"),
    ...fact("default"),
    ...fact("range"),
    ...fact("unit"),
    ...fact("restart"),
    ...versionFacts(fact, pack, records),
    ...fact("renamedTo"),
    description: { en: pack?.description ?? description, zh: pack?.descriptionZh ?? description },
    sources: unique([...(pack?.sources ?? []), ...records.map(({ source }) => source)]),
    moves: pack?.moves ?? [],
    conflicts: pack?.conflicts ?? [],
    ...(pack?.trap === undefined ? {} : { trap: pack.trap }),
    ...(pack?.sane === undefined ? {} : { sane: pack.sane }),
  };
}

type FactOf = <K extends keyof Told>(key: K) => { readonly [P in K]?: Fact<NonNullable<Told[K]>> };

function tells(record: ParameterRecord, key: keyof Told): boolean {
  return record[key] !== undefined;
}

/** A version that a document states goes before one that was found by comparing some. */
function versionFacts(fact: FactOf, pack: PackSetting | undefined, records: readonly ParameterRecord[]): Pick<KnownSetting, "since" | "until" | "absent"> {
  const ofRecords = (key: "since" | "until"): ParameterRecord | undefined => (pack?.[key] !== undefined ? undefined : (records.find((entry) => entry[key] !== undefined && entry.absent === undefined) ?? records.find((entry) => entry[key] !== undefined)));
  const [came, went] = [ofRecords("since"), ofRecords("until")];
  const stated = (record: ParameterRecord | undefined, key: "since" | "until"): Pick<KnownSetting, "since" | "until"> => (record?.[key] === undefined ? fact(key) : { [key]: { value: record[key], source: record.source, confidence: record.confidence } });
  const absent = { ...(came?.absent?.before === undefined ? {} : { before: came.absent.before }), ...(went?.absent?.after === undefined ? {} : { after: went.absent.after }) };
  return { ...stated(came, "since"), ...stated(went, "until"), ...(Object.keys(absent).length === 0 ? {} : { absent }) };
}

type Told = Pick<ParameterRecord, "type" | "default" | "range" | "unit" | "restart" | "since" | "until" | "renamedTo">;

function unique(sources: readonly KnowledgeSource[]): readonly KnowledgeSource[] {
  return [...new Map(sources.map((source) => [`${source.file}:${source.line}`, source])).values()];
}

/** More would help nobody choose. */
const most = 3;

/** Vendors make up names near to others'; a slip of the finger is smaller. */
function mostMistakes(folded: string, kind: ParameterKind): number {
  return kind === "kconfig" ? 0 : lastPart(folded).length < 14 ? 1 : 2;
}

function nearNames(name: string, component: string, kind: ParameterKind, parts: KnowledgeParts): readonly string[] {
  const list = parts.names.find((entry) => entry.kind === kind);
  const folded = foldName(name);
  const found: string[] = [];
  for (const member of componentsOf(component)) {
    const group = list?.byComponent.get(member);
    if (group === undefined) continue;
    const close = group.vocabulary.near(folded).filter(({ mistakes }) => mistakes <= mostMistakes(folded, kind)).map(({ word }) => word);
    // Cut short, or put into another directory.
    const begun = folded.length < 6 ? [] : group.folded.filter((known) => known.startsWith(`${folded}_`)).slice(0, most + 1);
    const elsewhere = kind === "sysctl" && lastPart(folded).length > 4 ? group.folded.filter((known) => lastPart(known) === lastPart(folded)) : [];
    for (const candidate of [close, begun.length > most ? [] : begun, elsewhere.length > most ? [] : elsewhere].flat()) found.push(group.written.get(candidate) ?? candidate);
  }
  return [...new Set(found)].slice(0, most);
}
