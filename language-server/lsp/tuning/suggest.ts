import type { Cancel, Model } from "../../engine/ports";
import { wordSuggestions } from "../../engine/tuning/suggest/model";
import { suggestTuning } from "../../engine/tuning/suggest/suggest";
import type { SuggestionsView, TuningMachine } from "../../protocol/tuning-suggest";
import { suggestSources } from "../../tuning/sources";
import { factsOf, type MachineServices } from "./machine";
import { answerView } from "./suggest-view";

export async function suggestFor({ workload, machine }: { readonly workload: string; readonly machine: TuningMachine }, services: MachineServices, endpoint: () => Promise<Pick<Model, "describe" | "stream">>, cancel: Cancel): Promise<SuggestionsView> {
  const facts = machine.kind === "none" ? undefined : await factsOf(machine, services, cancel);
  await services.settings.for();
  const sources = await suggestSources(services.knowledge.environment());
  try {
    const answer = await suggestTuning({ workload, facts, limit: 20 }, sources, cancel);
    const worded = await wordSuggestions(answer, workload, services.words.locale === "zh-cn" ? "zh" : "en", { model: await endpoint(), random: services.workbench.random }, cancel);
    return answerView(worded, { workload, facts }, services.words.locale);
  } finally {
    await sources.dispose();
  }
}
