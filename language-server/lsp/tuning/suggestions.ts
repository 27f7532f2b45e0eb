import type { Cancel, Model } from "../../engine/ports";
import type { TuningSuggestRequests } from "../../protocol/tuning-suggest";
import type { Services } from "../services";

type Method = keyof TuningSuggestRequests;
type On = <M extends Method>(method: M, handler: (params: TuningSuggestRequests[M]["params"], cancel: Cancel) => Promise<TuningSuggestRequests[M]["result"]>) => void;

/** Connects the requests of protocol/tuning-suggest.ts; what they need is loaded with the first of them. `endpoint` is asked at each suggestion. */
export function registerTuningSuggestions(services: Services, on: On, endpoint: () => Promise<Pick<Model, "describe" | "stream">>): void {
  const load = () => import("./suggest");
  const loadApply = () => import("./apply");
  on("keelson/tuning/suggest", async (params, cancel) => (await load()).suggestFor(params, services, endpoint, cancel));
  on("keelson/tuning/plan", async (params, cancel) => (await loadApply()).planFor(params, services, cancel));
  on("keelson/tuning/apply", async (params, cancel) => (await loadApply()).applyTo(params, services, cancel));
  on("keelson/tuning/edit", async (params) => (await loadApply()).editFor(params, services));
  on("keelson/tuning/confirm", async ({ path }, cancel) => (await loadApply()).afterwards("confirm", path, services, cancel));
  on("keelson/tuning/rollback", async ({ path }, cancel) => (await loadApply()).afterwards("rollback", path, services, cancel));
  on("keelson/tuning/rollbacks", async () => (await loadApply()).rollbackChoices());
}
