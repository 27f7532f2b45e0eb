/** What the adapter needs to know of one endpoint; the settings schema in protocol/ gives exactly this shape. */
export interface EndpointSettings {
  readonly id: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly extraBody: Readonly<Record<string, unknown>>;
  readonly caFile?: string | undefined;
  readonly proxy?: string | undefined;
  readonly timeoutMs: number;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly fullUrl?: string | undefined;
  readonly keyHeader: string;
  readonly keyScheme: string;
}

export interface ModelSettings {
  readonly models: readonly EndpointSettings[];
  readonly roles: {
    readonly explain?: string | undefined;
    readonly review?: string | undefined;
    readonly skeptic?: readonly string[] | undefined;
    readonly supervisor?: string | undefined;
    readonly embed?: string | undefined;
  };
  /** Tokens; 0 is no limit. */
  readonly budget: { readonly perPatch: number; readonly perSeries: number; readonly perDay: number };
  readonly httpProxy?: string | undefined;
  readonly httpNoProxy: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The endpoint that plays a role: the named one, else the first; undefined when the name is unknown or there is none. */
export function endpointFor(settings: ModelSettings, role: "explain" | "review" | "skeptic" | "supervisor"): EndpointSettings | undefined {
  const named = role === "skeptic" ? settings.roles.skeptic?.[0] : settings.roles[role];
  if (named === undefined || named === "") return settings.models[0];
  return settings.models.find((endpoint) => endpoint.id === named);
}

/** The endpoint that turns texts into vectors. Only a named one: a chat model is no stand-in. */
export function embedEndpoint(settings: ModelSettings): EndpointSettings | undefined {
  return settings.models.find((endpoint) => endpoint.id === settings.roles.embed);
}

/** `<baseUrl>/<path>`; whether or not the base ends in a slash. */
export function endpointUrl(endpoint: EndpointSettings, path: string): string {
  return `${endpoint.baseUrl.replace(/\/+$/u, "")}/${path}`;
}

export function chatUrl(endpoint: EndpointSettings): string {
  return endpoint.fullUrl ?? endpointUrl(endpoint, "chat/completions");
}
