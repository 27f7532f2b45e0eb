import type { Message, MessageTable } from "../../../text/message";
import type { PairConflict, VersionMove } from "../../pack/types";
import type { KnowledgeSource, ParameterKind, ValueRange, ValueType } from "../../types";
import type { ConfigFile, FileKind, Setting, Span } from "../types";

/** One thing that is known, with who says it. */
export interface Fact<T> {
  readonly value: T;
  readonly source: KnowledgeSource;
  /** 0 to 1. */
  readonly confidence: number;
}

/** All that is known of a setting, put together from the built-in pack and the store. What is not known is not there. */
export interface KnownSetting {
  readonly name: string;
  readonly component: string;
  readonly kind: ParameterKind;
  readonly type?: Fact<ValueType>;
  readonly default?: Fact<string>;
  readonly range?: Fact<ValueRange>;
  readonly unit?: Fact<string>;
  readonly restart?: Fact<"none" | "service" | "reboot">;
  readonly since?: Fact<string>;
  readonly until?: Fact<string>;
  /** Where `since` and `until` were found by comparing versions: those beside them that lack it. What lies between was not looked at. */
  readonly absent?: { readonly before?: string; readonly after?: string };
  readonly renamedTo?: Fact<string>;
  readonly description: { readonly en: string; readonly zh: string };
  /** The first one is the main one. */
  readonly sources: readonly KnowledgeSource[];
  readonly moves: readonly VersionMove[];
  readonly conflicts: readonly PairConflict[];
  readonly trap?: { readonly en: string; readonly zh: string };
  readonly sane?: { readonly min?: string; readonly max?: string };
}

/** Whose names the store has whole: all that these versions of the component have. */
export interface WholeNames {
  /** `6.1`; empty when the sources do not tell. */
  readonly versions: readonly string[];
  /** What was read, in words: the name of a tree's folder, of a system. */
  readonly origin: string;
}

/** What rules and features may ask. Everything is at hand: nothing waits. */
export interface KnowledgeView {
  of(setting: Pick<Setting, "name" | "component" | "kind">): KnownSetting | undefined;
  /** Names that a person may have meant, the nearest first; few. */
  near(name: string, component: string, kind: ParameterKind): readonly string[];
  /** Undefined unless the store has all names that stand where this one does. */
  whole(setting: Pick<Setting, "name" | "component" | "kind">): WholeNames | undefined;
}

/** Versions that files are judged for, by component; a component without one is judged by what always holds. */
export type Target = ReadonlyMap<string, string>;

export type FindingSeverity = "error" | "warning" | "information" | "hint";

export interface SpanEdit {
  readonly at: Span;
  readonly newText: string;
}

export interface SettingFix {
  readonly title: Message;
  readonly edits: readonly SpanEdit[];
  /** Nobody needs to think before taking it. */
  readonly preferred: boolean;
}

export interface RelatedPlace {
  /** Absolute path of another file; undefined for the same one. */
  readonly path?: string;
  readonly at: Span;
  readonly message: Message;
}

export interface SettingFinding {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly at: Span;
  readonly message: Message;
  /** Where each word of it can be looked up; empty only for what the file itself shows. */
  readonly sources: readonly KnowledgeSource[];
  readonly fixes: readonly SettingFix[];
  readonly related?: readonly RelatedPlace[];
  /** The setting does nothing: it is drawn faded. */
  readonly idle?: boolean;
}

export interface NamedFile {
  readonly path: string;
  readonly kind: FileKind;
  readonly file: ConfigFile;
}

/** What a line of the judged file brings in from others. */
export interface Included {
  /** 1-based, of the line that includes. */
  readonly line: number;
  /** The block that it stands in. */
  readonly scope: string;
  /** In the order in which they are read; each with as much of a file as is read in one go. */
  readonly parts: readonly NamedFile[];
}

export interface RuleInput extends NamedFile {
  /** Files that are read together with this one, those before it and those after it, each in load order. */
  readonly before: readonly NamedFile[];
  readonly after: readonly NamedFile[];
  /** Files that this one includes itself, by line. */
  readonly included?: readonly Included[];
  readonly knowledge: KnowledgeView;
  readonly target: Target;
}

export interface Rule {
  readonly id: string;
  readonly messages: MessageTable;
  run(input: RuleInput): readonly SettingFinding[];
}

/** Below this a field is no fact and nothing is said on its ground. */
export const sureEnough = 0.9;

/** MariaDB's versions and bounds are not MySQL's: what is known of a setting's kin only is shown, but nothing is judged by it unless it is the target. */
export function judges(known: KnownSetting, setting: Pick<Setting, "component">, target: Target): boolean {
  return known.component === setting.component || target.has(known.component);
}
