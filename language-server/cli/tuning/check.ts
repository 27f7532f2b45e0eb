import { resolve } from "node:path";
import { nodeDecode } from "../../adapters/decode";
import { nodeFiles } from "../../adapters/files";
import { fileKinds } from "../../engine/tuning/files/types";
import { tuningRuleMessages } from "../../engine/tuning/files/rules/registry";
import type { SettingFinding } from "../../engine/tuning/files/rules/types";
import { loadPack } from "../../engine/tuning/pack/load";
import { createSettingsKnowledge } from "../../knowledge/settings";
import { placedStore } from "../../knowledge/store";
import { checkFile, type CheckedFile } from "../../tuning/check";
import { findingText } from "../../tuning/report";
import { defaultTarget, shownTarget } from "../../tuning/target";
import { createWords } from "../../words";
import { UsageError } from "../usage";
import type { Run } from "../main";
import { sarif } from "../sarif";
import { paint, printable, printableJson, wrap } from "../terminal";
import { readCheckArguments, type CheckArguments } from "./arguments";

type TuningRun = Pick<Run, "words" | "terminal" | "log" | "cancel">;

interface Checked extends CheckedFile {
  /** As the user named it. */
  readonly name: string;
}

/** Runs `keelson tuning check`; the result is the exit status. */
export async function runTuningCheck(run: TuningRun, args: readonly string[]): Promise<number> {
  const asked = readCheckArguments(args);
  if (asked.verb === undefined) {
    run.terminal.out(run.words.say({ id: "tuning.help" }));
    return 0;
  }
  if (asked.files.length === 0) throw new UsageError({ id: "tuning.needsFile" });
  const { store } = placedStore(process.env, asked.store === undefined ? undefined : resolve(asked.store));
  try {
    const warn = (text: string): void => {
      run.log.warn(text);
    };
    const knowledge = createSettingsKnowledge({ store, pack: loadPack, warn });
    const target = asked.target ?? defaultTarget(await knowledge.origins());
    run.log.debug(`target: ${shownTarget(target)}`);
    const checked: Checked[] = [];
    for (const name of asked.files) {
      const bytes = await nodeFiles.read(resolve(name));
      if (bytes === undefined) throw new UsageError({ id: "cli.noSuchFile", args: { path: name } });
      const found = await checkFile(resolve(name), nodeDecode.text(bytes, nodeDecode.isUtf8(bytes) ? "utf-8" : "latin1"), target, { knowledge, files: nodeFiles, decode: nodeDecode }, asked.kind);
      if (found === undefined) run.log.warn(run.words.say({ id: "tuning.otherFile", args: { file: name, kinds: fileKinds.join(", ") } }));
      else checked.push({ ...found, name });
    }
    print({ ...run, words: createWords(run.words.locale, tuningRuleMessages) }, run, checked, asked.format);
    return checked.some(({ findings }) => findings.some(({ severity }) => severity === "error" || severity === "warning")) ? 1 : 0;
  } finally {
    await store.dispose();
  }
}

function print(rules: TuningRun, { words, terminal }: TuningRun, checked: readonly Checked[], format: CheckArguments["format"]): void {
  const all = checked.flatMap(({ name, findings }) => findings.map((finding) => ({ name, finding, text: findingText(finding, rules.words) })));
  const totals = { files: checked.length, settings: checked.reduce((sum, { file }) => sum + file.settings.length, 0), findings: all.length };
  if (format === "json") terminal.out(`${printableJson(all.map(({ name, finding, text }) => ({ file: name, ...asJson(finding, text) })))}\n`);
  else if (format === "sarif") terminal.out(`${printableJson(sarif(all.map(({ name, finding: { rule, severity, at }, text }) => ({ rule: `tuning-${rule}`, level: severity === "error" || severity === "warning" ? severity : "note", message: text, file: name.replaceAll("\\", "/"), ...at }))))}\n`);
  else {
    for (const { name, finding, text } of all) terminal.out(textOf(name, finding, text, rules));
    terminal.out(`${words.say({ id: all.length === 0 ? "tuning.nothing" : "tuning.summary", args: totals })}\n`);
  }
}

function asJson({ rule, severity, at, sources, fixes }: SettingFinding, text: string): object {
  return { rule, severity, line: at.line, column: at.start + 1, endColumn: at.end + 1, message: text, sources: sources.map(({ title, file, line, url }) => ({ title, file, line, ...(url === undefined ? {} : { url }) })), fixes: fixes.map(({ edits }) => edits.map(({ at: place, newText }) => ({ line: place.line, column: place.start + 1, endColumn: place.end + 1, newText }))) };
}

function textOf(name: string, { severity, at, rule }: SettingFinding, text: string, { terminal }: TuningRun): string {
  const colour = severity === "error" ? "red" : severity === "warning" ? "yellow" : "blue";
  return `${paint(terminal, "bold", printable(`${name}:${at.line}:${at.start + 1}`))}  ${paint(terminal, colour, severity)}  ${paint(terminal, "dim", rule)}\n${wrap(printable(text), terminal.width, "    ")}\n`;
}
