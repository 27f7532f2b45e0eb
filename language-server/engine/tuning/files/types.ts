import type { Message } from "../../text/message";
import type { ParameterKind } from "../types";

/** A piece of one line. */
export interface Span {
  /** 1-based. */
  readonly line: number;
  /** 0-based UTF-16 columns. */
  readonly start: number;
  readonly end: number;
}

/** One setting where it stands in a file. */
export interface Setting {
  /** As it is asked for in the store: `net.ipv4.tcp_rmem` where the file has `net/ipv4/tcp_rmem`. */
  readonly name: string;
  /** As the file has it. */
  readonly written: string;
  readonly component: string;
  readonly kind: ParameterKind;
  /** Without quotes; undefined when the setting has none. */
  readonly value: string | undefined;
  readonly at: Span;
  readonly valueAt: Span | undefined;
  /** Within one scope (section, block, command) a later setting of a name overrides an earlier one. */
  readonly scope: string;
  /** The value, or a part of it, comes from elsewhere (a variable, a template), so that nothing can be said of it. */
  readonly open: boolean;
  /** The name may stand several times and each counts, or it is a pattern for several: nothing is overridden. */
  readonly several?: boolean;
  /** A fault of the setting is expected and no reason to speak (sysctl's leading `-`). */
  readonly lenient?: boolean;
}

/** Something of a file that its program would not take either. */
export interface FileProblem {
  readonly at: Span;
  readonly message: Message;
}

/** Another file that this one brings in. */
export interface Include {
  readonly path: string;
  readonly at: Span;
  /** A folder whose files of the program's own ending are all read. */
  readonly folder?: boolean;
  /** Where what is included comes to stand, as {@link Setting.scope} has it; the file's top level unless told. */
  readonly scope?: string;
}

/** What a parser makes of a text; whatever the text is, the part of it that is understood is there. */
export interface ConfigFile {
  readonly settings: readonly Setting[];
  readonly includes: readonly Include[];
  readonly problems: readonly FileProblem[];
  /** Of the component, where the file itself tells it. */
  readonly version?: string;
}

export const fileKinds = ["sysctl", "kernel-command-line", "tuned", "mysql", "postgresql", "nginx", "redis", "shell", "yaml", "fio", "kconfig", "systemd", "limits", "fstab"] as const;
export type FileKind = (typeof fileKinds)[number];

/** One kind of file: how it is told from others, and how it is read. */
export interface FileFormat {
  readonly kind: FileKind;
  /** `path` with slashes; `text` is the whole file. True only where it is sure: no other file is taken over. */
  detect(path: string, text: string): boolean;
  /** Never throws. */
  parse(text: string, path: string): ConfigFile;
}
