import { ModelError } from "../../engine/ports";
import { embedStore } from "../../engine/tuning/store/embed";
import type { KnowledgeStore } from "../../engine/tuning/store/types";
import { openEmbedder, type VectorSettings } from "../../knowledge/embedder";
import { modelSettingsOf } from "../../model-settings";
import { userCacheFolder } from "../../workbench";
import { UsageError } from "../usage";
import type { Run } from "../main";
import { printable, printableJson } from "../terminal";
import { progressLine } from "../upstream/ask";

type EmbedRun = Pick<Run, "settings" | "words" | "terminal" | "log" | "cancel">;

/** Settings for vectors; keys come from the environment, as everywhere in the terminal. */
export function vectorSettings({ settings, log }: EmbedRun): VectorSettings {
  const models = modelSettingsOf(settings, { httpProxy: undefined, httpNoProxy: [] });
  return { settings: () => models, keys: () => ({}), log, storage: userCacheFolder(process.env) };
}

/** `keelson knowledge embed`: vectors for what has none yet. */
export async function runEmbed(run: EmbedRun, store: KnowledgeStore, format: "text" | "json"): Promise<number> {
  const embedder = openEmbedder(vectorSettings(run));
  if (embedder === undefined) throw new UsageError({ id: "knowledge.noEmbedRole" });
  if (store.vectors === undefined) throw new Error("the store keeps no vectors");
  try {
    const { model, made, refused } = await embedStore({ shelf: store.vectors, embedder, cancel: run.cancel, onProgress: progressLine(run, "records") });
    const told = { model: model.name, dimension: model.dimension, made, refused };
    run.terminal.out(format === "json" ? `${printableJson(told)}\n` : `${printable(run.words.say({ id: "knowledge.embedded", args: told }))}\n`);
    return 0;
  } catch (error) {
    if (error instanceof ModelError) throw new UsageError({ id: "knowledge.embedFailed", args: { detail: `${error.code}: ${error.detail}` } });
    throw error;
  }
}
