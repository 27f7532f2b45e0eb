import type { ModelSettings } from "./adapters/model";
import type { Settings } from "./protocol/settings";

/** What the model adapter asks for, out of the product's settings and the editor's proxy. */
export function modelSettingsOf(settings: Settings, proxy: { readonly httpProxy: string | undefined; readonly httpNoProxy: readonly string[] }): ModelSettings {
  return { models: settings.models, roles: settings.model.roles, budget: settings.model.budget, httpProxy: proxy.httpProxy, httpNoProxy: proxy.httpNoProxy };
}
