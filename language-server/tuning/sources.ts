import { existsSync } from "node:fs";
import { loadCases, loadPack } from "../engine/tuning/pack/load";
import type { SuggestSources } from "../engine/tuning/suggest/suggest";
import { defaultStorePath, placedStore, teamSettings } from "../knowledge/store";

/** The pack, its cases, and the store: the named file, else the team's, else the user's own where there is one. It must be let go afterwards. */
export async function suggestSources(environment: Readonly<Record<string, string | undefined>>, file?: string): Promise<SuggestSources & { dispose(): Promise<void> }> {
  const [pack, cases] = await Promise.all([loadPack(), loadCases()]);
  const isTeams = file === undefined && teamSettings(environment) !== undefined;
  if (!isTeams && !existsSync(file ?? defaultStorePath(environment))) return { pack, cases, dispose: () => Promise.resolve() };
  const { store } = placedStore(environment, file);
  return { pack, cases, store, dispose: () => store.dispose() };
}
