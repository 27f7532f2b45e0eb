import { checks } from "../engine/review/registry";
import { severities, type Severity } from "../engine/review/types";
import { oneOf, readOptions, UsageError } from "./usage";

export interface Options {
  readonly format: "text" | "json";
  readonly repo: string | undefined;
  readonly base: string | undefined;
  readonly threshold: Severity;
  /** Undefined runs all. */
  readonly checks: readonly string[] | undefined;
  readonly settings: string | undefined;
  /** 1-based. */
  readonly patch: number;
  readonly model: boolean;
}

export type Invocation =
  | { readonly verb: "help" }
  | { readonly verb: "version" }
  | { readonly verb: "parse" | "explain" | "review"; readonly files: readonly string[]; readonly options: Options };

function chosenChecks(value: string | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const ids = value.split(",").map((id) => id.trim()).filter((id) => id !== "");
  const known = [...checks.map((check) => check.id), "checkpatch"];
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError({ id: "cli.badChecks", args: { check: unknown, all: known.join(", ") } });
  return ids;
}

function patchNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/u.test(value)) throw new UsageError({ id: "cli.badValue", args: { option: "--patch", value, allowed: "1, 2, 3, …" } });
  return Number(value);
}

const shape = {
  format: { type: "string", default: "text" },
  repo: { type: "string" },
  base: { type: "string" },
  "severity-threshold": { type: "string", default: "warning" },
  checks: { type: "string" },
  settings: { type: "string" },
  patch: { type: "string", default: "1" },
  "no-model": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", default: false },
} as const;

/** Reads the command line. Throws {@link UsageError}. */
export function readArguments(args: readonly string[]): Invocation {
  const { values, positionals } = readOptions(args, shape);
  if (values.help || positionals[0] === "help") return { verb: "help" };
  if (values.version) return { verb: "version" };
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError({ id: "cli.noCommand" });
  const verb = first === "review" ? "review" : first === "patch" && second === "parse" ? "parse" : first === "patch" && second === "explain" ? "explain" : undefined;
  if (verb === undefined) throw new UsageError({ id: "cli.badCommand", args: { command: [first, ...(first === "patch" && second !== undefined ? [second] : [])].join(" ") } });
  const files = positionals.slice(verb === "review" ? 1 : 2);
  if (files.length === 0) throw new UsageError({ id: "cli.noFile" });
  const options: Options = {
    format: oneOf("--format", values.format, ["text", "json"]),
    repo: values.repo,
    base: values.base,
    threshold: oneOf("--severity-threshold", values["severity-threshold"], severities),
    checks: chosenChecks(values.checks),
    settings: values.settings,
    patch: patchNumber(values.patch),
    model: !values["no-model"],
  };
  return { verb, files, options };
}
