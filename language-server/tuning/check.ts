import type { Decode, Files } from "../engine/ports";
import { formatNamed, formatOf } from "../engine/tuning/files/formats";
import { judgeFile } from "../engine/tuning/files/rules/registry";
import type { KnowledgeView, SettingFinding, Target } from "../engine/tuning/files/rules/types";
import type { ConfigFile, FileKind } from "../engine/tuning/files/types";
import type { SettingsKnowledge } from "../knowledge/settings";
import { createIncludeReader } from "./includes";
import { siblingsOf } from "./siblings";

export interface CheckedFile {
  readonly kind: FileKind;
  readonly file: ConfigFile;
  readonly view: KnowledgeView;
  readonly findings: readonly SettingFinding[];
}

export interface CheckPorts {
  readonly knowledge: SettingsKnowledge;
  readonly files: Files;
  readonly decode: Decode;
  /** Folders that the user opened: files in them may include one another. */
  readonly folders?: readonly string[];
}

/** Reads and judges one file; undefined when it is none that settings are known of. `path` is absolute or `""` for a text without a place. */
export async function checkFile(path: string, text: string, target: Target, { knowledge, files, decode, folders = [] }: CheckPorts, kind?: FileKind): Promise<CheckedFile | undefined> {
  const format = kind === undefined ? formatOf(path, text) : formatNamed(kind);
  if (format === undefined) return undefined;
  const file = format.parse(text, path);
  const { before, after } = await siblingsOf(path, format.kind, files, decode);
  const includes = createIncludeReader(format.kind, files, decode, folders);
  const included = path === "" ? [] : await includes.below(path, file);
  // What the file that includes this one reads later goes before what is read after all of them.
  const later = path === "" ? after : [...(await includes.behind(path)), ...after];
  const view = await knowledge.viewOf([file, ...before.map((other) => other.file), ...later.map((other) => other.file)]);
  return { kind: format.kind, file, view, findings: judgeFile({ path, kind: format.kind, file, before, after: later, included, knowledge: view, target }) };
}
