import * as z from "zod";

/** One endpoint of the organisation that speaks the OpenAI-compatible protocol. */
export const modelEndpointSchema = z.object({
  /** Short name, used by roles, by `Set Model Key` and in `KEELSON_API_KEY_<ID>`. */
  id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/u),
  /** With the version part: `http://10.0.0.5:8000/v1`. */
  baseUrl: z.url({ protocol: /^https?$/u }),
  model: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  /** Merged into every chat request, e.g. `{ "chat_template_kwargs": { "enable_thinking": false } }`. */
  extraBody: z.record(z.string(), z.unknown()).default({}),
  /** PEM file of a private certificate authority, trusted besides the public ones. */
  caFile: z.string().optional(),
  /** Proxy of this endpoint alone; `none` goes direct whatever `http.proxy` says. */
  proxy: z.string().optional(),
  /** The longest silence that is waited for, in milliseconds. */
  timeoutMs: z.int().min(1).max(3_600_000).default(120_000),
  contextTokens: z.int().min(1024).default(32_768),
  maxOutputTokens: z.int().min(64).default(4096),
  /** The complete chat URL, for gateways whose path is not `<baseUrl>/chat/completions`. */
  fullUrl: z.url({ protocol: /^https?$/u }).optional(),
  keyHeader: z.string().regex(/^[\w-]+$/u).default("Authorization"),
  /** Word before the key; empty sends the key alone. */
  keyScheme: z.string().default("Bearer"),
});

/** Which endpoint id plays which role; a role without an entry is played by the first endpoint. */
export const modelRolesSchema = z.object({
  explain: z.string().optional(),
  review: z.string().optional(),
  skeptic: z.array(z.string()).optional(),
  supervisor: z.string().optional(),
  embed: z.string().optional(),
});

/** Tokens, prompt and answer together; 0 is no limit. */
export const modelBudgetSchema = z.object({
  perPatch: z.int().min(0).default(200_000),
  perSeries: z.int().min(0).default(1_000_000),
  perDay: z.int().min(0).default(5_000_000),
});

/** `keelson.models`, `keelson.model.roles`, `keelson.model.budget`, and the editor's `http.proxy` and `http.noProxy`. */
export const modelSettingsSchema = z.object({
  models: z.array(modelEndpointSchema).default([]),
  roles: modelRolesSchema.default({}),
  budget: modelBudgetSchema.default({ perPatch: 200_000, perSeries: 1_000_000, perDay: 5_000_000 }),
  httpProxy: z.string().optional(),
  httpNoProxy: z.array(z.string()).default([]),
});

export type ModelSettingsValue = z.infer<typeof modelSettingsSchema>;

/** What is wrong with one setting, told by its own path: `models.0.baseUrl`. */
export interface SettingProblem {
  readonly path: string;
  readonly detail: string;
}

/** Never fails: an endpoint that is wrong is left out and told, the others stay. */
export function readModelSettings(raw: { readonly models?: unknown; readonly roles?: unknown; readonly budget?: unknown; readonly httpProxy?: unknown; readonly httpNoProxy?: unknown }): { readonly value: ModelSettingsValue; readonly problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const tell = (path: string, error: z.ZodError): void => {
    for (const issue of error.issues) problems.push({ path: [path, ...issue.path.map(String)].join("."), detail: issue.message });
  };
  const models: z.infer<typeof modelEndpointSchema>[] = [];
  if (raw.models !== undefined && raw.models !== null && !Array.isArray(raw.models)) problems.push({ path: "models", detail: "not a list" });
  for (const [i, entry] of (Array.isArray(raw.models) ? (raw.models as readonly unknown[]) : []).entries()) {
    const parsed = modelEndpointSchema.safeParse(entry);
    if (!parsed.success) tell(`models.${i}`, parsed.error);
    else if (models.some((other) => other.id === parsed.data.id)) problems.push({ path: `models.${i}.id`, detail: "used twice" });
    else models.push(parsed.data);
  }
  const roles = modelRolesSchema.safeParse(raw.roles ?? {});
  if (!roles.success) tell("roles", roles.error);
  const budget = modelBudgetSchema.safeParse(raw.budget ?? {});
  if (!budget.success) tell("budget", budget.error);
  const defaults = modelSettingsSchema.parse({});
  const noProxy = z.array(z.string()).safeParse(raw.httpNoProxy ?? []);
  return {
    value: {
      models,
      roles: roles.success ? roles.data : defaults.roles,
      budget: budget.success ? budget.data : defaults.budget,
      ...(typeof raw.httpProxy === "string" && raw.httpProxy !== "" ? { httpProxy: raw.httpProxy } : {}),
      httpNoProxy: noProxy.success ? noProxy.data : [],
    },
    problems,
  };
}
