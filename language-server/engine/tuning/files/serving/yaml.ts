import { isMap, isScalar, isSeq, parseAllDocuments, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";
import { mountOptions } from "../juicefs/options";
import { head, pathParts, span } from "../text/lines";
import type { ConfigFile, FileFormat, Setting } from "../types";
import { commandSettings, type ServingEngine } from "./arguments";
import { placesOf } from "./places";
import { shellCommands, type CommandWord } from "./words";

/** Compose files and Kubernetes manifests that start vLLM or SGLang or mount JuiceFS; other YAML is left alone. */
export const yamlFormat: FileFormat = {
  kind: "yaml",
  detect: (path, text) => /\.ya?ml$/u.test(pathParts(path).name) && yamlHint.test(head(text)),
  parse: parseYaml,
};

/** Cheap enough to be asked of every YAML file. */
const yamlHint = /^\s*(?:-\s+)?(?:image|command|args|entrypoint|provisioner|driver)\s*:[^#\n]*(?:vllm|sglang|juicefs)|\bvllm\s+serve\b|\bvllm\.entrypoints\.|sglang\.launch_server|\bjuicefs\s+mount\b|(?:^|["'\s])vllm["']?\s*[,\]\n]/mu;

/** Larger texts, longer lines and deeper nesting are data or a trap for the YAML library, no manifest of a person. */
const largest = 1 << 18;
const mostLines = 6_000;
const longestLine = 20_000;
const deepestFlow = 60;
const mostQuotes = 4_000;
/** Mappings below this depth are no container's. */
const deepest = 40;

type Place = ReturnType<typeof placesOf>;

interface Reading {
  readonly text: string;
  readonly place: Place;
  readonly settings: Setting[];
}

function parseYaml(text: string): ConfigFile {
  const settings: Setting[] = [];
  if (isManifest(text)) {
    const reading: Reading = { text, place: placesOf(text), settings };
    for (const root of rootsOf(text)) visit(root, reading, 0);
  }
  return { settings, includes: [], problems: [] };
}

/** The library takes quadratic time on some texts and runs out of memory on others; none of those passes here. */
function isManifest(text: string): boolean {
  if (text.length > largest || text.split(/["']/u, mostQuotes + 2).length > mostQuotes) return false;
  const lines = text.split(/\r\n|\n|\r/u);
  if (lines.length > mostLines) return false;
  return lines.every((line) => line.length <= longestLine && (line.match(/[[{]/gu)?.length ?? 0) <= deepestFlow && !/^(?:\s*[-?:]){20}/u.test(line) && !/^\s{400}/u.test(line)) && flowDepth(text) <= deepestFlow;
}

/** How deep brackets are open at most; quotes are not looked at, so it may be too high but never too low. */
function flowDepth(text: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 91 || char === 123) most = Math.max(most, ++depth);
    else if ((char === 93 || char === 125) && depth > 0) depth--;
  }
  return most;
}

/** The library reads on after errors; on a few texts it throws all the same, and then there is nothing. */
function rootsOf(text: string): readonly (Node | null)[] {
  try {
    const documents = parseAllDocuments(text, { strict: false, uniqueKeys: false, logLevel: "silent", keepSourceTokens: false });
    return Array.isArray(documents) ? documents.map((document) => document.contents as Node | null) : [];
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}

function visit(node: unknown, reading: Reading, depth: number): void {
  if (depth > deepest) return;
  if (isSeq(node)) for (const item of node.items) visit(item, reading, depth + 1);
  if (!isMap(node)) return;
  const keys = new Map((node.items as readonly Pair[]).flatMap((pair) => (isScalar(pair.key) && typeof pair.key.value === "string" ? [[pair.key.value, pair.value] as const] : [])));
  if (keys.has("image") || keys.has("command") || keys.has("args")) container(node, keys, reading);
  if (keys.has("mountOptions") && mountsJuicefs(keys)) juicefsOptions(keys.get("mountOptions"), reading);
  for (const value of keys.values()) visit(value, reading, depth + 1);
}

function container(node: YAMLMap, keys: ReadonlyMap<string, unknown>, reading: Reading): void {
  const words = ["entrypoint", "command", "args"].flatMap((key) => wordsOf(keys.get(key), reading));
  const scope = `container ${node.range?.[0] ?? 0}`;
  reading.settings.push(...commandSettings(words, scope, words.length === 0 ? undefined : imageEngine(keys.get("image"), words)));
}

/** The image of vLLM starts its server by itself, so that options alone are an engine's. */
function imageEngine(image: unknown, words: readonly CommandWord[]): ServingEngine | undefined {
  const name = isScalar(image) && typeof image.value === "string" ? image.value : "";
  if (!/(?:^|\/)vllm-(?:openai|cpu|tpu|rocm)\b|\/vllm-openai/u.test(name)) return undefined;
  return words[0]?.text.startsWith("-") === true || /^[\w.-]+\/[\w.-]+$/u.test(words[0]?.text ?? "") ? "vllm" : undefined;
}

/** A list holds one word an item, but what follows a shell's `-c` is a command; a text is a command. */
function wordsOf(node: unknown, reading: Reading): readonly CommandWord[] {
  if (isScalar(node)) return textWords(node, reading);
  if (!isSeq(node)) return [];
  const words: CommandWord[] = [];
  for (const item of node.items) {
    if (!isScalar(item)) {
      words.push(...filledIn(item, reading));
      continue;
    }
    // Several words, the shell's own or a command as one item, never are one argument of an engine unless it is JSON.
    const value = typeof item.value === "string" ? item.value : "";
    if (/\s/u.test(value.trim()) && (/(?:vllm|sglang|juicefs)/u.test(value) || item.type?.startsWith("BLOCK") === true)) words.push(...textWords(item, reading));
    else words.push(...oneWord(item, reading));
  }
  return words;
}

/** A template in place of a word reads as a mapping; what comes of it nobody knows. */
function filledIn(item: unknown, { place }: Reading): readonly CommandWord[] {
  const range = isMap(item) || isSeq(item) ? item.range : undefined;
  if (range === undefined || range === null) return [];
  const { line, column } = place(range[0]);
  return [{ text: "", at: span(line, column, column), plain: true, open: true }];
}

function oneWord(item: Scalar, { text, place }: Reading): readonly CommandWord[] {
  const { range } = item;
  if (range === null || range === undefined) return [];
  const source = text.slice(range[0], range[1]);
  const quoted = /^["']/u.test(source);
  const from = place(range[0] + (quoted ? 1 : 0));
  const end = place(Math.max(range[0], range[1] - (quoted ? 1 : 0)));
  const value = quoted && typeof item.value === "string" ? item.value : source.trim();
  const at = span(from.line, from.column, end.line === from.line ? end.column : from.column + 1);
  return [{ text: value, at, plain: at.end - at.start === value.length, open: /\$[\w({]|\{\{/u.test(value) }];
}

function textWords({ range, type }: Scalar, { text, place }: Reading): readonly CommandWord[] {
  if (range === null || range === undefined) return [];
  const block = type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED";
  const quoted = type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE";
  const header = block ? Math.max(0, text.indexOf("\n", range[0]) + 1 - range[0]) : quoted ? 1 : 0;
  const commands = shellCommands({ text, from: range[0] + header, to: Math.max(range[0] + header, range[1] - (quoted ? 1 : 0)), folded: type !== "BLOCK_LITERAL", place });
  return commands.find((words) => commandSettings(words, "").length > 0) ?? commands.flat();
}

function mountsJuicefs(keys: ReadonlyMap<string, unknown>): boolean {
  const driver = keys.get("csi");
  const named = isMap(driver) ? driver.get("driver") : keys.get("provisioner");
  const name: unknown = isScalar(named) ? named.value : named ?? (isScalar(keys.get("provisioner")) ? (keys.get("provisioner") as Scalar).value : undefined);
  return typeof name === "string" && name.includes("juicefs");
}

function juicefsOptions(node: unknown, reading: Reading): void {
  if (!isSeq(node)) return;
  const scope = `mountOptions ${node.range?.[0] ?? 0}`;
  for (const item of node.items) {
    if (!isScalar(item)) continue;
    for (const { text, at, plain } of oneWord(item, reading)) if (plain) reading.settings.push(...mountOptions(text, at.line, at.start, scope));
  }
}
