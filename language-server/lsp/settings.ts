import type { Connection } from "vscode-languageserver";
import type { Log } from "../engine/ports";
import type { CheckSettings } from "../engine/review/types";
import { readSettings, type Settings } from "../protocol/settings";

export interface SettingsStore {
  /** Settings that hold for a document (or for all, without one); remembered until they change. */
  for(uri?: string): Promise<Settings>;
  /** The last known settings for all, for callers that can't wait. */
  current(): Settings;
  /** The editor's own proxy settings. */
  proxy(): { readonly httpProxy: string | undefined; readonly httpNoProxy: readonly string[] };
  /** Forgets what was read; `pushed` are settings of a client that only pushes. */
  changed(pushed: unknown): void;
}

export function checkSettings(settings: Settings): CheckSettings {
  return { checks: settings.review.checks, byPath: settings.review.checksByPath };
}

/** Settings by `workspace/configuration` with the document's scope, else what the client pushed or gave at the start. */
export function createSettings(connection: Connection, canAsk: boolean, given: unknown, log: Log): SettingsStore {
  let pushed = given;
  let known = new Map<string, Promise<Settings>>();
  let current = readSettings(given).value;
  let proxy: { readonly httpProxy: string | undefined; readonly httpNoProxy: readonly string[] } = { httpProxy: undefined, httpNoProxy: [] };
  const told = new Set<string>();

  const read = (raw: unknown): Settings => {
    const { value, problems } = readSettings(raw);
    for (const { key, detail } of problems) {
      const line = `keelson.${key}: ${detail}`;
      if (!told.has(line)) log.warn(line);
      told.add(line);
    }
    return value;
  };
  const ask = async (uri: string | undefined): Promise<Settings> => {
    if (!canAsk) return read(pushed);
    const scope = uri === undefined ? {} : { scopeUri: uri };
    const answers = (await connection.workspace.getConfiguration([{ section: "keelson", ...scope }, { section: "http" }])) as readonly unknown[];
    proxy = readProxy(answers[1]);
    return read(answers[0]);
  };
  return {
    async for(uri) {
      const key = uri ?? "";
      let promise = known.get(key);
      if (promise === undefined) {
        promise = ask(uri);
        known.set(key, promise);
      }
      try {
        const value = await promise;
        if (uri === undefined || known.size === 1) current = value;
        return value;
      } catch (error) {
        known.delete(key);
        log.warn(`settings: ${error instanceof Error ? error.message : String(error)}`);
        return current;
      }
    },
    current: () => current,
    proxy: () => proxy,
    changed(settings) {
      if (typeof settings === "object" && settings !== null && "keelson" in settings) pushed = settings.keelson;
      known = new Map();
    },
  };
}

function readProxy(http: unknown): { readonly httpProxy: string | undefined; readonly httpNoProxy: readonly string[] } {
  const given = typeof http === "object" && http !== null ? http : {};
  const httpProxy = "proxy" in given && typeof given.proxy === "string" && given.proxy !== "" ? given.proxy : undefined;
  const list: unknown = "noProxy" in given ? given.noProxy : [];
  return { httpProxy, httpNoProxy: Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [] };
}
