import type { Decode, Files } from "../engine/ports";
import { formatNamed, formatOf } from "../engine/tuning/files/formats";
import { judgeFile } from "../engine/tuning/files/rules/registry";
import type { KnowledgeView, SettingFinding, Target } from "../engine/tuning/files/rules/types";
import type { ConfigFile, FileKind } from "../engine/tuning/files/types";
import type { SettingsKnowledge } from "../knowledge/settings";
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
}

/** Reads and judges one file; undefined when it is none that settings are known of. `path` is absolute or `""` for a text without a place. */
export async function checkFile(path: string, text: string, target: Target, { knowledge, files, decode }: CheckPorts, kind?: FileKind): Promise<CheckedFile | undefined> {
  const format = kind === undefined ? formatOf(path, text) : formatNamed(kind);
  if (format === undefined) return undefined;
  const file = format.parse(text, path);
  const { before, after } = await siblingsOf(path, format.kind, files, decode);
  const view = await knowledge.viewOf([file, ...before.map((other) => other.file), ...after.map((other) => other.file)]);
  return { kind: format.kind, file, view, findings: judgeFile({ path, kind: format.kind, file, before, after, knowledge: view, target }) };
}
