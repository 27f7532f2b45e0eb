import type { KnowledgeKind } from "../../engine/tuning/types";
import { readDatabaseAddress, type DatabaseAddress } from "../../knowledge/running-database";
import { oneOf, readOptions, UsageError, whole } from "../usage";

const shape = {
  tree: { type: "string", multiple: true },
  versions: { type: "string" },
  compare: { type: "boolean", default: false },
  docs: { type: "string", multiple: true },
  running: { type: "boolean", default: false },
  database: { type: "string", multiple: true },
  store: { type: "string" },
  settings: { type: "string" },
  kind: { type: "string", multiple: true },
  component: { type: "string", multiple: true },
  limit: { type: "string", default: "10" },
  format: { type: "string", default: "text" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const kinds: readonly KnowledgeKind[] = ["sysctl", "sysfs", "cgroup", "setting", "engine-argument", "mount-option", "kernel-parameter", "module-parameter", "kconfig", "prose"];

const verbs = ["index", "embed", "search", "stats"] as const;

export interface KnowledgeArguments {
  /** Undefined asks for help. */
  readonly verb: (typeof verbs)[number] | undefined;
  readonly query: string;
  /** Kernel trees. */
  readonly trees: readonly string[];
  /** Tags of the one tree whose versions are compared; empty when the trees themselves are, undefined when nothing is. */
  readonly versions: readonly string[] | undefined;
  /** Folders of sources and documents. */
  readonly folders: readonly string[];
  readonly running: boolean;
  readonly databases: readonly DatabaseAddress[];
  readonly store: string | undefined;
  readonly kinds: readonly KnowledgeKind[] | undefined;
  readonly components: readonly string[] | undefined;
  readonly limit: number;
  readonly format: "text" | "json";
}

function databaseOf(text: string): DatabaseAddress {
  const address = readDatabaseAddress(text);
  // The address may hold a password, so it is not repeated.
  if (address === undefined) throw new UsageError({ id: "knowledge.badDatabase" });
  return address;
}

/** One repository with two tags at least, or two trees at least. */
function versionsOf(trees: readonly string[], tags: string | undefined, compare: boolean): readonly string[] | undefined {
  if (tags === undefined) {
    if (compare && new Set(trees).size < 2) throw new UsageError({ id: "knowledge.versions.trees" });
    return compare ? [] : undefined;
  }
  const names = [...new Set(tags.split(",").map((tag) => tag.trim()))].filter((tag) => tag !== "");
  if (trees.length !== 1 || names.length < 2) throw new UsageError({ id: "knowledge.versions.tags" });
  return names;
}

/** Reads what follows `keelson knowledge`. Throws {@link UsageError}. */
export function readKnowledgeArguments(args: readonly string[]): KnowledgeArguments {
  const { values, positionals } = readOptions(args, shape);
  const [name, ...rest] = positionals;
  const verb = values.help || name === undefined || name === "help" ? undefined : verbs.find((entry) => entry === name);
  const help = values.help || name === undefined || name === "help";
  if (!help && (verb === undefined || (verb !== "search" && rest.length > 0))) throw new UsageError({ id: "cli.badCommand", args: { command: `knowledge ${positionals.join(" ")}` } });
  return {
    verb,
    query: rest.join(" "),
    trees: values.tree ?? [],
    versions: versionsOf(values.tree ?? [], values.versions, values.compare),
    folders: values.docs ?? [],
    running: values.running || values.database !== undefined,
    databases: (values.database ?? []).map(databaseOf),
    store: values.store,
    kinds: values.kind?.map((kind) => oneOf("--kind", kind, kinds)),
    components: values.component,
    limit: whole("--limit", values.limit, 1, 9999),
    format: oneOf("--format", values.format, ["text", "json"]),
  };
}
