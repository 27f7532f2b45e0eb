import { fileKinds, type FileKind } from "../../engine/tuning/files/types";
import type { Target } from "../../engine/tuning/files/rules/types";
import { readTarget } from "../../tuning/target";
import { oneOf, readOptions, UsageError } from "../usage";

export interface CheckArguments {
  readonly verb: "check" | undefined;
  readonly files: readonly string[];
  /** Undefined: the kernel whose tree is in the store. */
  readonly target: Target | undefined;
  readonly kind: FileKind | undefined;
  readonly store: string | undefined;
  readonly format: "text" | "json" | "sarif";
}

const shape = {
  target: { type: "string" },
  as: { type: "string" },
  store: { type: "string" },
  format: { type: "string", default: "text" },
  settings: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads what follows `keelson tuning`. Throws {@link UsageError}. */
export function readCheckArguments(args: readonly string[]): CheckArguments {
  const { values, positionals } = readOptions(args, shape);
  const [verb, ...files] = positionals;
  if (!values.help && verb !== undefined && verb !== "check" && verb !== "help") throw new UsageError({ id: "cli.badCommand", args: { command: `tuning ${verb}` } });
  const target = values.target === undefined ? undefined : readTarget(values.target);
  if (values.target !== undefined && target === undefined) throw new UsageError({ id: "tuning.badTarget", args: { value: values.target } });
  return {
    verb: values.help || verb !== "check" ? undefined : "check",
    files,
    target,
    kind: values.as === undefined ? undefined : oneOf("--as", values.as, fileKinds),
    store: values.store,
    format: oneOf("--format", values.format, ["text", "json", "sarif"]),
  };
}
