import { resolve } from "node:path";
import { isHostName, localRemote, sshRemote } from "../../adapters/remote";
import type { Remote } from "../../engine/ports";
import { oneOf, readOptions, UsageError, whole } from "../usage";

export const machineVerbs = ["facts", "suggest", "apply", "confirm", "rollback"] as const;

export interface MachineArguments {
  readonly verb: (typeof machineVerbs)[number];
  readonly files: readonly string[];
  readonly host: string | undefined;
  readonly sshConfig: string | undefined;
  readonly workload: string | undefined;
  readonly facts: string | undefined;
  readonly store: string | undefined;
  readonly limit: number;
  readonly set: readonly string[];
  readonly lock: readonly string[];
  /** Also edits the configuration files that make it last: the usual ones, and before them these. */
  readonly intoFiles: boolean;
  readonly named: readonly string[];
  readonly yes: boolean;
  readonly check: boolean;
  readonly seconds: number;
  readonly root: string;
  /** False asks no model. */
  readonly model: boolean;
  readonly format: "text" | "json";
}

const shape = {
  host: { type: "string" },
  "ssh-config": { type: "string" },
  workload: { type: "string" },
  facts: { type: "string" },
  store: { type: "string" },
  limit: { type: "string", default: "12" },
  set: { type: "string", multiple: true, default: [] as string[] },
  lock: { type: "string", multiple: true, default: [] as string[] },
  files: { type: "boolean", default: false },
  file: { type: "string", multiple: true, default: [] as string[] },
  yes: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  within: { type: "string", default: "60" },
  root: { type: "string", default: "/" },
  "no-model": { type: "boolean", default: false },
  format: { type: "string", default: "text" },
  settings: { type: "string" },
} as const;

/** Reads what follows `keelson tuning` for the verbs that look at or change a machine. Throws {@link UsageError}. */
export function readMachineArguments(args: readonly string[]): MachineArguments {
  const { values, positionals } = readOptions(args, shape);
  const [name, ...files] = positionals;
  const verb = machineVerbs.find((entry) => entry === name);
  if (verb === undefined || ((verb === "facts" || verb === "suggest") && files.length > 0)) throw new UsageError({ id: "cli.badCommand", args: { command: `tuning ${positionals.join(" ")}` } });
  if (values.host !== undefined && !isHostName(values.host)) throw new UsageError({ id: "cli.badValue", args: { option: "--host", value: values.host, allowed: "HOST, USER@HOST" } });
  if (!values.root.startsWith("/")) throw new UsageError({ id: "cli.badValue", args: { option: "--root", value: values.root, allowed: "/" } });
  const badFile = values.file.find((path) => /[\u0000-\u001f\u007f]/u.test(path) || (values.host !== undefined && !path.startsWith("/")));
  if (badFile !== undefined) throw new UsageError({ id: "cli.badValue", args: { option: "--file", value: badFile, allowed: "/PATH" } });
  return {
    verb,
    files,
    host: values.host,
    sshConfig: values["ssh-config"],
    workload: values.workload,
    facts: values.facts,
    store: values.store,
    limit: whole("--limit", values.limit, 1, 100),
    set: values.set,
    lock: values.lock,
    intoFiles: values.files || values.file.length > 0,
    named: values.host === undefined ? values.file.map((path) => resolve(path)) : values.file,
    yes: values.yes,
    check: values.check,
    seconds: whole("--within", values.within, 5, 3600),
    root: values.root,
    model: !values["no-model"],
    format: oneOf("--format", values.format, ["text", "json"]),
  };
}

export function remoteOf({ host, sshConfig }: Pick<MachineArguments, "host" | "sshConfig">): Remote {
  return host === undefined ? localRemote() : sshRemote({ host, ...(sshConfig === undefined ? {} : { configFile: sshConfig }) });
}
