import { MarkupKind, type Hover, type LocationLink, type Position } from "vscode-languageserver";
import { code, plain } from "../../engine/text/markdown";
import { shownComponent } from "../../engine/tuning/files/rules/moved";
import type { KnownSetting } from "../../engine/tuning/files/rules/types";
import { inUnits } from "../../engine/tuning/files/rules/values";
import type { NameOrigin } from "../../engine/tuning/files/rules/whole";
import type { KnowledgeSource } from "../../engine/tuning/types";
import { sourceText } from "../../tuning/report";
import type { Words } from "../../words";
import type { TuningDocument } from "./documents";
import { rangeOf, settingAt, sourceFile } from "./places";

/** More sources than these say nothing new. */
const mostSources = 3;
/** Descriptions of a document's whole section are cut. */
const longest = 900;

/** What is known of the setting under the pointer, each word with its source. */
export async function tuningHover(tuning: TuningDocument, at: Position): Promise<Hover | null> {
  const setting = settingAt(tuning.file.settings, at);
  const known = setting === undefined ? undefined : tuning.view.of(setting);
  if (setting === undefined || known === undefined) return null;
  const units = inUnits(setting, known);
  const here = units === undefined ? [] : [tuning.words.say({ id: "tuning.hover.here", args: { value: plain(units) } })];
  const value = await settingText(known, here, tuning.words, await tuning.knowledge.origins());
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(setting.at) };
}

/** A setting in Markdown; all foreign text is escaped. */
export async function settingText(known: KnownSetting, more: readonly string[], words: Words, origins: readonly NameOrigin[]): Promise<string> {
  const zh = words.locale === "zh-cn";
  const facts = [...more, ...factLines(known, words)];
  const text = (zh ? known.description.zh : known.description.en).replace(/\s+/gu, " ").trim();
  const shown = text.length > longest ? `${text.slice(0, longest).replace(/\s\S*$/u, "")} …` : text;
  const trap = known.trap === undefined ? [] : [words.say({ id: "tuning.hover.trap", args: { text: plain(zh ? known.trap.zh : known.trap.en) } })];
  const sources = await Promise.all(known.sources.slice(0, mostSources).map(async (source) => words.say({ id: "tuning.hover.source", args: { source: await sourceLink(source, origins) } })));
  return [
    `**${plain(known.name)}** ${plain(`— ${shownComponent(known.component)}, ${words.say({ id: `tuning.hover.kind.${known.kind}` })}`)}`,
    facts.join(" · "),
    plain(shown),
    ...trap,
    movesText(known, words),
    [...sources, ...confidenceText(known, words)].join("  \n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function factLines(known: KnownSetting, words: Words): readonly string[] {
  const { range, unit, restart } = known;
  const { min, max, values } = range?.value ?? {};
  return [
    ...(known.default === undefined ? [] : [words.say({ id: "tuning.hover.default", args: { value: code(known.default.value) } })]),
    ...(values !== undefined && values.length > 0 ? [words.say({ id: "tuning.hover.choice", args: { values: values.slice(0, 20).map(code).join(", ") } })] : []),
    ...(min !== undefined && max !== undefined ? [words.say({ id: "tuning.hover.range", args: { min: code(min), max: code(max) } })] : min !== undefined ? [words.say({ id: "tuning.hover.atLeast", args: { min: code(min) } })] : max !== undefined ? [words.say({ id: "tuning.hover.atMost", args: { max: code(max) } })] : []),
    ...(unit === undefined ? [] : [words.say({ id: known.type?.value === "bytes" || known.type?.value === "duration" ? "tuning.hover.bareUnit" : "tuning.hover.unit", args: { unit: plain(unit.value) } })]),
    ...(restart === undefined ? [] : [words.say({ id: `tuning.hover.restart.${restart.value}` })]),
  ];
}

function movesText(known: KnownSetting, words: Words): string {
  const say = (id: string, args: Readonly<Record<string, string>>): string => `- ${words.say({ id: `tuning.hover.${id}`, args: { component: plain(shownComponent(known.component)), ...args } })}`;
  const moves = known.moves.map(({ version, what, to }) => say(what, { version: plain(version), to: code(to ?? "") }));
  // What a person wrote of its history is more than what comparing found.
  return (moves.length > 0 ? moves : versionLines(known, say)).join("\n");
}

function versionLines({ since, until, renamedTo, absent }: KnownSetting, say: (id: string, args: Readonly<Record<string, string>>) => string): readonly string[] {
  return [
    ...(since === undefined ? [] : [absent?.before === undefined ? say("since", { version: plain(since.value) }) : say("came", { version: plain(since.value), other: plain(absent.before) })]),
    ...(until === undefined ? [] : [absent?.after === undefined ? say("until", { version: plain(until.value) }) : say("went", { version: plain(until.value), other: plain(absent.after) })]),
    ...(renamedTo === undefined ? [] : [say("called", { to: code(renamedTo.value) })]),
  ];
}

/** What was read by rule, and not looked up by a person, says so. */
function confidenceText(known: KnownSetting, words: Words): readonly string[] {
  const facts = [known.type, known.default, known.range, known.unit].filter((fact) => fact !== undefined);
  const least = Math.min(1, ...facts.map(({ confidence }) => confidence));
  return least >= 1 ? [] : [words.say({ id: "tuning.hover.confidence", args: { percent: Math.round(least * 100) } })];
}

async function sourceLink(source: KnowledgeSource, origins: readonly NameOrigin[]): Promise<string> {
  const file = await sourceFile(source, origins);
  const target = file !== undefined ? `${file}#L${source.line}` : source.url?.startsWith("https://") === true ? source.url : undefined;
  const text = plain(sourceText(source));
  return target === undefined ? text : `[${text}](${target.replace(/[()\s<>]/gu, encodeURIComponent)})`;
}

/** From a setting to the documents that tell of it, those of an imported tree first: their lines are that tree's own. */
export async function tuningDefinition(tuning: TuningDocument, at: Position): Promise<LocationLink[]> {
  const setting = settingAt(tuning.file.settings, at);
  const known = setting === undefined ? undefined : tuning.view.of(setting);
  if (setting === undefined || known === undefined) return [];
  const origins = await tuning.knowledge.origins();
  const links: LocationLink[] = [];
  for (const source of [...known.sources].reverse()) {
    const targetUri = await sourceFile(source, origins);
    if (targetUri === undefined) continue;
    const range = rangeOf({ line: Math.max(1, source.line), start: 0, end: 0 });
    links.push({ originSelectionRange: rangeOf(setting.at), targetUri, targetRange: range, targetSelectionRange: range });
  }
  return links.filter(({ targetUri, targetRange }, i) => links.findIndex((other) => other.targetUri === targetUri && other.targetRange.start.line === targetRange.start.line) === i);
}
