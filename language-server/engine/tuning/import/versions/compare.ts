import type { ParameterRecord } from "../../types";
import { renamedTo } from "./renamed";
import { wordHash } from "./words";

/** What one version of a kernel tree has. */
export interface VersionNames {
  /** As the version is called where it was read: a tag, a folder. */
  readonly label: string;
  /** `6.1`. */
  readonly version: string;
  /** By {@link import("./name-key").nameKey}. */
  readonly names: ReadonlyMap<string, ParameterRecord>;
  /** Of {@link import("./words").wordHashes}, all files together. */
  readonly words: ReadonlySet<number>;
  /** Modules that its Makefiles build. */
  readonly modules: ReadonlySet<string>;
}

/** A name that came or went, told of by one version. */
export interface ComparedName {
  /** Of the version that tells of it. */
  readonly label: string;
  readonly record: ParameterRecord;
}

export interface Comparison {
  readonly names: readonly ComparedName[];
  readonly since: number;
  readonly until: number;
  /** Names that only documents of a version have, or that a version does not show though its sources have the word: nothing is said of them. */
  readonly doubted: number;
  /** Names that went and came again: nothing is said of them. */
  readonly interrupted: number;
}

/** What was found by comparing is as sure as reading names is. */
const confidence = 0.95;

/**
 * What came and what went between versions, the oldest first. `since` is the first of them that has a name, never the oldest one:
 * nobody knows how long before it was there. `until` is the last that has it, never the newest.
 */
export function compareNames(versions: readonly VersionNames[]): Comparison {
  const keys = new Set(versions.flatMap(({ names }) => [...names.keys()]));
  const names: ComparedName[] = [];
  const tally = { since: 0, until: 0, doubted: 0, interrupted: 0 };
  for (const key of keys) {
    const has = versions.map((one) => one.names.has(key));
    const first = has.indexOf(true);
    const last = has.lastIndexOf(true);
    if (first === 0 && last === has.length - 1 && !has.includes(false)) continue;
    if (has.slice(first, last).includes(false)) {
      tally.interrupted++;
      continue;
    }
    const record = versions[last]?.names.get(key);
    if (record === undefined) continue;
    const lacks = (some: readonly VersionNames[]): boolean => some.every((one) => !mayHave(one, record));
    const came = first > 0 && surelyHas(versions[first], key) && lacks(versions.slice(0, first));
    const went = last < has.length - 1 && surelyHas(versions[last], key) && lacks(versions.slice(last + 1));
    if (came) tally.since++;
    if (went) tally.until++;
    if ((first > 0 && !came) || (last < has.length - 1 && !went)) tally.doubted++;
    const told = versions[went ? last : first];
    if (told !== undefined && (came || went)) names.push(comparedName(told, key, came ? [versions[first - 1], versions[first]] : undefined, went ? [versions[last], versions[last + 1]] : undefined));
  }
  return { names, ...tally };
}

type Pair = readonly [VersionNames | undefined, VersionNames | undefined];

function comparedName(told: VersionNames, key: string, came: Pair | undefined, went: Pair | undefined): ComparedName {
  const record = told.names.get(key);
  if (record === undefined) throw new Error(`${told.label} does not have ${key}`);
  const [before, since] = came ?? [];
  const [until, after] = went ?? [];
  const { name, component, kind, description, source } = record;
  const renamed = after === undefined ? undefined : renamedTo(record, after.names);
  return {
    label: told.label,
    record: {
      name,
      component,
      kind,
      ...(since === undefined ? {} : { since: since.version }),
      ...(until === undefined ? {} : { until: until.version }),
      ...(renamed === undefined ? {} : { renamedTo: renamed }),
      absent: { ...(before === undefined ? {} : { before: before.version }), ...(after === undefined ? {} : { after: after.version }) },
      // What is still there is described by the tree itself; of what is gone these are the last words.
      description: went === undefined ? "" : description,
      source: { ...source, title: `Linux ${told.version}: ${source.title}`, file: `${told.label}:${source.file}` },
      confidence,
    },
  };
}

/** Documents list names that no source has, or has no longer. */
function surelyHas(version: VersionNames | undefined, key: string): boolean {
  const record = version?.names.get(key);
  if (version === undefined || record === undefined) return false;
  const word = lastWord(record);
  return !record.source.file.startsWith("Documentation/") || (word !== undefined && version.words.has(wordHash(word)));
}

function lastWord({ name }: ParameterRecord): string | undefined {
  return /[\w-]+$/u.exec(name)?.[0];
}

/** True when a version that does not show a name may have it all the same. */
function mayHave({ words, modules }: VersionNames, record: ParameterRecord): boolean {
  const { kind, name } = record;
  // Kconfig has one way to define a symbol.
  if (kind === "kconfig") return false;
  const [, module] = kind === "module-parameter" ? (/^([\w-]+)\./u.exec(name) ?? []) : [];
  if (module !== undefined && !modules.has(module.replaceAll("-", "_"))) return false;
  const word = lastWord(record);
  return word === undefined || words.has(wordHash(word));
}
