import { existsSync } from "node:fs";
import { loadCases, loadPack } from "../engine/tuning/pack/load";
import type { SuggestSources } from "../engine/tuning/suggest/suggest";
import { openStore } from "../knowledge/store";

/** The pack, its cases, and the store where the user has one. The store must be let go afterwards. */
export async function suggestSources(storePath: string): Promise<SuggestSources & { dispose(): Promise<void> }> {
  const [pack, cases] = await Promise.all([loadPack(), loadCases()]);
  if (!existsSync(storePath)) return { pack, cases, dispose: () => Promise.resolve() };
  const store = openStore(storePath);
  return { pack, cases, store, dispose: () => store.dispose() };
}
