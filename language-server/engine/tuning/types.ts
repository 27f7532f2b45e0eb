/** What a parameter is set through; it decides where it may stand and how it takes effect. */
export type ParameterKind = "sysctl" | "kernel-parameter" | "kconfig" | "module-parameter" | "sysfs" | "cgroup" | "setting" | "engine-argument" | "mount-option";

/** Prose is found beside parameters, under a kind of its own. */
export type KnowledgeKind = ParameterKind | "prose";

/** Where a statement stands: every answer names it. */
export interface KnowledgeSource {
  /** Title of the document or the section. */
  readonly title: string;
  /** Path within the imported tree, with slashes. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Where to read it on the web; undefined when nobody publishes it. */
  readonly url?: string;
  readonly licence?: string;
}

export type ValueType = "boolean" | "integer" | "number" | "string" | "enum" | "bytes" | "duration" | "list";

/** Inclusive; a bound that is not known is not there. Numbers are text: 64-bit ones do not fit a JavaScript number. */
export interface ValueRange {
  readonly min?: string;
  readonly max?: string;
  readonly values?: readonly string[];
}

/** What is known of one parameter from one source. A field that the source does not tell is not there: silence beats a guess. */
export interface ParameterRecord {
  /** As it is written where it is set: `net.ipv4.tcp_rmem`, `transparent_hugepage`, `CONFIG_NUMA_BALANCING`. */
  readonly name: string;
  /** What it belongs to: `kernel`, `postgresql`, `vllm`, … */
  readonly component: string;
  readonly kind: ParameterKind;
  readonly type?: ValueType;
  readonly default?: string;
  readonly range?: ValueRange;
  readonly unit?: string;
  /** First and last version that has it. */
  readonly since?: string;
  readonly until?: string;
  /**
   * Where versions were compared: the one before `since` and the one after `until` that were looked at and don't have it. What
   * lies between was not looked at.
   */
  readonly absent?: { readonly before?: string; readonly after?: string };
  readonly renamedTo?: string;
  readonly restart?: "none" | "service" | "reboot";
  /** Value on a running system when it was looked at; only what was read from one has it. */
  readonly current?: string;
  readonly description: string;
  readonly source: KnowledgeSource;
  /** 0 to 1: how sure the fields are; the name is always what the source says. */
  readonly confidence: number;
}

/** A passage of prose that is no parameter of its own. */
export interface ProseRecord {
  readonly heading: string;
  readonly text: string;
  readonly component: string;
  /** What a profile sets, in its order: the data of what `text` says. Only profiles have it. */
  readonly settings?: readonly { readonly name: string; readonly component: string; readonly value: string }[];
  readonly source: KnowledgeSource;
}

export interface UnreadPart {
  readonly file: string;
  readonly line: number;
  /** In words that a person can act on. */
  readonly reason: string;
}

/** What an importer found in one file. */
export interface Imported {
  readonly parameters: readonly ParameterRecord[];
  readonly prose: readonly ProseRecord[];
  readonly unread: readonly UnreadPart[];
}
