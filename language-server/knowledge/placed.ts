import type { KnowledgeStore } from "../engine/tuning/store/types";
import { placedStore, type PlacedStore } from "./store";

type Environment = Readonly<Record<string, string | undefined>>;

/** The store of one session, opened when it is first asked; another one when settings or the password changed. */
export interface SessionStore {
  now(): PlacedStore;
  /** What tells where the store is and how it is entered, for a thread that opens it by itself. */
  environment(): Environment;
  /** Another text for another store. */
  key(): string;
  dispose(): Promise<void>;
}

const telling = ["KEELSON_PG_URL", "KEELSON_PG_SCHEMA", "KEELSON_PG_PASSWORD", "KEELSON_HOME", "XDG_DATA_HOME"];

export function createSessionStore(environment: () => Environment): SessionStore {
  let opened: { readonly key: string; readonly placed: PlacedStore } | undefined;
  const key = (): string => JSON.stringify(telling.map((name) => environment()[name] ?? ""));
  return {
    environment,
    key,
    now() {
      const wanted = key();
      if (opened?.key !== wanted) {
        void opened?.placed.store.dispose();
        opened = { key: wanted, placed: placedStore(environment()) };
      }
      return opened.placed;
    },
    async dispose() {
      await opened?.placed.store.dispose();
      opened = undefined;
    },
  };
}

/** Whatever store the session has at the moment of each question. */
export function followedStore(session: SessionStore): Pick<KnowledgeStore, "get" | "getMany" | "names" | "stats"> & Required<Pick<KnowledgeStore, "getMany" | "names">> {
  const store = (): KnowledgeStore => session.now().store;
  return {
    get: (name) => store().get(name),
    async getMany(names) {
      const own = store();
      return own.getMany === undefined ? new Map(await Promise.all(names.map(async (name) => [name, await own.get(name)] as const))) : own.getMany(names);
    },
    names: async (kind) => (await store().names?.(kind)) ?? [],
    stats: () => store().stats(),
  };
}
