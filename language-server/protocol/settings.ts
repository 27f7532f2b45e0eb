import * as z from "zod";
import { modelSettingsSchema, readModelSettings } from "./model-settings";
import { tuningSettingsSchema } from "./tuning";
import { readUpstreamPairs, upstreamSettingsSchema } from "./upstream-settings";

export const severitySettingSchema = z.enum(["error", "warning", "information", "hint", "off"]);

/**
 * The settings below `keelson`, as `workspace/configuration` gives them: default, validator and type in one. Names and
 * defaults equal the extension's manifest; a test compares the two.
 */
export const settingsSchema = z.object({
  models: modelSettingsSchema.shape.models,
  model: z.object({ roles: modelSettingsSchema.shape.roles, budget: modelSettingsSchema.shape.budget }).prefault({}),
  review: z
    .object({
      /** Check id → severity, or `off`. */
      checks: z.record(z.string(), severitySettingSchema).default({}),
      /** Glob of the touched path → check id → severity; later globs win. */
      checksByPath: z.record(z.string(), z.record(z.string(), severitySettingSchema)).default({}),
      /** The commit that patches are judged against; empty lets Keelson choose and say why. */
      base: z.string().default(""),
      /** The tree's scripts/checkpatch.pl: `auto` runs it when it is there and the workspace is trusted. */
      checkpatch: z.enum(["auto", "off"]).default("auto"),
    })
    .prefault({}),
  upstream: upstreamSettingsSchema.prefault({}),
  tuning: tuningSettingsSchema.prefault({}),
  knowledge: z
    .object({
      /** Address of a team's PostgreSQL, without a password; empty for the user's own file. */
      store: z.string().trim().max(500).default(""),
    })
    .prefault({}),
  git: z
    .object({
      /** The git program; empty finds it on PATH. */
      path: z.string().default(""),
    })
    .prefault({}),
  inlayHints: z
    .object({
      /** Old and new line numbers at each line of a hunk. */
      lineNumbers: z.boolean().default(false),
      /** What bare numbers of a configuration file mean. */
      units: z.boolean().default(true),
    })
    .prefault({}),
  trace: z.object({ server: z.enum(["off", "messages", "verbose"]).default("off") }).prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;

export interface SettingsProblem {
  /** Dotted key below `keelson`, e.g. `review.base`. */
  readonly key: string;
  readonly detail: string;
}

/**
 * Reads settings without ever failing: a value that does not fit is dropped in favour of its default and told in
 * `problems`, the others stay.
 */
export function readSettings(input: unknown): { readonly value: Settings; readonly problems: readonly SettingsProblem[] } {
  const given = isRecord(input) ? input : {};
  const model = isRecord(given["model"]) ? given["model"] : {};
  const models = readModelSettings({ models: given["models"], roles: model["roles"], budget: model["budget"] });
  const upstream = isRecord(given["upstream"]) ? given["upstream"] : {};
  const pairs = readUpstreamPairs(upstream["pairs"]);
  const problems: SettingsProblem[] = [...models.problems.map(({ path, detail }) => ({ key: path.startsWith("models") ? path : `model.${path}`, detail })), ...pairs.problems];
  let candidate: unknown = { ...given, models: models.value.models, model: { roles: models.value.roles, budget: models.value.budget }, upstream: { ...upstream, pairs: pairs.value } };
  // Each round takes out what the last one complained of; the nesting is at most four deep.
  for (let round = 0; round < 8; round++) {
    const result = settingsSchema.safeParse(candidate);
    if (result.success) return { value: result.data, problems };
    for (const issue of result.error.issues) {
      problems.push({ key: issue.path.map(String).join("."), detail: issue.message });
      candidate = without(candidate, issue.path);
    }
  }
  return { value: settingsSchema.parse({}), problems };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy of `value` that lacks what is at `path`. */
function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [head, ...rest] = path;
  if (head === undefined || !isRecord(value)) return undefined;
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (key !== head ? [[key, entry]] : rest.length === 0 ? [] : [[key, without(entry, rest)]])));
}
