import { oneOf, readOptions, UsageError } from "../usage";

const shape = {
  repo: { type: "string" },
  mainline: { type: "string" },
  downstream: { type: "string" },
  "downstream-series": { type: "string" },
  "ignore-trailers": { type: "boolean", default: false },
  evidence: { type: "string", default: "all" },
  "exclude-upstream": { type: "string" },
  onto: { type: "string" },
  branch: { type: "string", multiple: true },
  commits: { type: "string" },
  tree: { type: "string" },
  prerequisites: { type: "boolean", default: false },
  config: { type: "string" },
  vulns: { type: "string" },
  subsystem: { type: "string", multiple: true },
  reason: { type: "string" },
  pair: { type: "string" },
  format: { type: "string" },
  settings: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

export const upstreamVerbs = ["map", "missing-fixes", "presence", "conflicts", "contains", "index", "status", "report"] as const;
export type UpstreamVerb = (typeof upstreamVerbs)[number];

export interface UpstreamArguments {
  readonly verb: UpstreamVerb | undefined;
  readonly values: ReturnType<typeof readOptions<typeof shape>>["values"];
}

/** Reads what follows `keelson upstream`; no verb stands for a call for help. Throws {@link UsageError}. */
export function readUpstreamArguments(args: readonly string[]): UpstreamArguments {
  const { values, positionals } = readOptions(args, shape);
  const [name, ...rest] = positionals;
  if (values.help || name === undefined || name === "help") return { verb: undefined, values };
  const verb = upstreamVerbs.find((entry) => entry === name);
  if (verb === undefined || rest.length > 0) throw new UsageError({ id: "cli.badCommand", args: { command: `upstream ${positionals.join(" ")}` } });
  return { verb, values };
}

/** The value of an option that the verb can't do without. Throws {@link UsageError}. */
export function required(option: string, value: string | undefined): string {
  if (value === undefined || value === "") throw new UsageError({ id: "upstream.needs", args: { option: `--${option}` } });
  return value;
}

/** One of the allowed words; the first unless told. Throws {@link UsageError}. */
export function orFirst<T extends string>(option: string, value: string | undefined, allowed: readonly [T, ...T[]]): T {
  return oneOf(`--${option}`, value ?? allowed[0], allowed);
}
