import { foldName } from "../store/terms";
import type { KnowledgeSource, ParameterRecord } from "../types";
import type { PackSetting, TuningCase } from "./types";

/** The built-in pack, by name in any of its spellings. */
export interface Pack {
  readonly settings: readonly PackSetting[];
  /** All settings of a name; the same name may belong to several components. */
  get(name: string): readonly PackSetting[];
}

let loaded: Promise<Pack> | undefined;

/** Reads the pack once; its data is in files of its own, so that who never asks never loads them. */
export function loadPack(): Promise<Pack> {
  loaded ??= import("./settings").then(({ packSettings }) => createPack(packSettings));
  return loaded;
}

let loadedCases: Promise<readonly TuningCase[]> | undefined;

/** Workloads that somebody tuned; apart from the settings, since only suggestions need them. */
export function loadCases(): Promise<readonly TuningCase[]> {
  loadedCases ??= import("./cases").then(({ packCases }) => packCases);
  return loadedCases;
}

export function createPack(settings: readonly PackSetting[]): Pack {
  const byName = new Map<string, PackSetting[]>();
  for (const setting of settings) {
    const folded = foldName(setting.name);
    const same = byName.get(folded);
    if (same === undefined) byName.set(folded, [setting]);
    else same.push(setting);
  }
  return { settings, get: (name) => byName.get(foldName(name)) ?? [] };
}

/** The setting as the store holds parameters, in both languages. What the pack says was looked up by us, so all of its fields are sure. */
export function packRecord({ descriptionZh, sources, ...told }: PackSetting): ParameterRecord {
  return { ...told, description: `${told.description} ${descriptionZh}`, source: sources[0] ?? unknownSource, confidence: 1 };
}

const unknownSource: KnowledgeSource = { title: "", file: "", line: 0 };
