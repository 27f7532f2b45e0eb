import { readFile, stat } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import { createView, lookups, nameList, type NameList } from "../engine/tuning/files/rules/known";
import type { KnowledgeView } from "../engine/tuning/files/rules/types";
import type { NameOrigin } from "../engine/tuning/files/rules/whole";
import type { ConfigFile } from "../engine/tuning/files/types";
import type { PackSetting } from "../engine/tuning/pack/types";
import { foldName } from "../engine/tuning/store/terms";
import { StoreError, type KnowledgeStore } from "../engine/tuning/store/types";
import type { ParameterKind, ParameterRecord } from "../engine/tuning/types";

/** What is known of settings, from the built-in pack and the store; asked for many settings at once. */
export interface SettingsKnowledge {
  /** A view that knows all settings of these files. Without a store that can be read the pack alone speaks. */
  viewOf(files: readonly ConfigFile[]): Promise<KnowledgeView>;
  /** All names of a kind, for completion. */
  names(kind: ParameterKind): Promise<NameList>;
  /** What was imported. */
  origins(): Promise<readonly NameOrigin[]>;
  /** The store changed: everything is asked again. */
  forget(): void;
}

export interface SettingsKnowledgePorts {
  readonly store: Pick<KnowledgeStore, "get" | "getMany" | "names" | "stats">;
  readonly pack: () => Promise<{ readonly get: (name: string) => readonly PackSetting[] }>;
  readonly warn: (text: string) => void;
}

/** Kinds whose unknown names are told. */
const namedKinds: readonly ParameterKind[] = ["sysctl", "kconfig", "setting", "engine-argument", "mount-option"];

export function createSettingsKnowledge({ store, pack, warn }: SettingsKnowledgePorts): SettingsKnowledge {
  let records = new Map<string, readonly ParameterRecord[]>();
  let lists = new Map<ParameterKind, Promise<NameList>>();
  let places: Promise<readonly NameOrigin[]> | undefined;
  let view: KnowledgeView | undefined;
  let learnt: NameList[] = [];
  const told = new Set<string>();

  /** A store that can't be read is told once; the pack still speaks. */
  const asked = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (!told.has(error.message)) warn(`knowledge store: ${error.message}`);
      told.add(error.message);
      return otherwise;
    }
  };
  const names = (kind: ParameterKind): Promise<NameList> => {
    let list = lists.get(kind);
    if (list === undefined) {
      list = asked(async () => nameList(kind, (await store.names?.(kind)) ?? []), nameList(kind, []));
      lists.set(kind, list);
    }
    return list;
  };
  const origins = (): Promise<readonly NameOrigin[]> => (places ??= asked(async () => Promise.all((await store.stats()).origins.map(({ origin }) => originOf(origin))), []));
  const fetch = async (wanted: readonly string[]): Promise<void> => {
    const missing = wanted.filter((name) => !records.has(name));
    if (missing.length === 0) return;
    const found = await asked(async () => (store.getMany === undefined ? new Map(await Promise.all(missing.map(async (name) => [name, await store.get(name)] as const))) : store.getMany(missing)), new Map<string, readonly ParameterRecord[]>());
    for (const name of missing) records.set(name, found.get(name) ?? []);
  };
  const recordsOf = (name: string): readonly ParameterRecord[] => records.get(name) ?? records.get(foldName(name)) ?? [];
  return {
    async viewOf(files) {
      const settings = files.flatMap((file) => file.settings);
      const [packed, known] = await Promise.all([pack(), origins()]);
      for (const kind of namedKinds) {
        if (learnt.some((list) => list.kind === kind) || !settings.some((setting) => setting.kind === kind)) continue;
        const list = await names(kind);
        if (!learnt.includes(list)) learnt.push(list);
      }
      await fetch([...new Set(settings.flatMap(lookups))]);
      const now = (view ??= createView({ pack: packed.get, records: recordsOf, names: learnt, origins: known }));
      const strange = settings.filter((setting) => lookups(setting).every((name) => (records.get(name) ?? []).length === 0));
      // Nearest names are told with their source, so they are asked for too.
      await fetch([...new Set(strange.flatMap(({ name, component, kind }) => now.near(name, component, kind)))]);
      return now;
    },
    names,
    origins,
    forget() {
      view = undefined;
      learnt = [];
      records = new Map();
      lists = new Map();
      places = undefined;
    },
  };
}

/** A folder with a kernel's Makefile is that kernel, and has its names whole; a running system shows only what its reader may see. */
async function originOf(origin: string): Promise<NameOrigin> {
  if (!isAbsolute(origin)) return { name: origin, root: undefined, version: undefined, component: "" };
  const makefile = await readFile(join(origin, "Makefile"), "utf8").catch(() => "");
  const part = (key: string): string | undefined => new RegExp(`^${key} = (\\d+)$`, "mu").exec(makefile)?.[1];
  const [major, minor] = [part("VERSION"), part("PATCHLEVEL")];
  const kernel = major !== undefined && minor !== undefined;
  return { name: basename(origin), root: origin, version: kernel ? `${major}.${minor}` : undefined, component: kernel || (await isFile(join(origin, "Kconfig"))) ? "kernel" : "" };
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}
