import { parse as parseJsonc } from "./jsonc";
import { Cancelled, type Cancel, type Log } from "../engine/ports";
import { UnknownRevision } from "../engine/upstream/revisions";
import { cancelSource } from "../adapters/cancel";
import { version } from "../lsp/version";
import { createWords, terminalLocale, type Words } from "../words";
import { readArguments, type Options } from "./arguments";
import { UsageError } from "./usage";
import { knowledgeCliMessages } from "./knowledge/messages";
import { cliMessages } from "./messages";
import { tuningCliMessages } from "./tuning/messages";
import { machineMessages } from "../tuning/messages";
import { upstreamCliMessages } from "./upstream/messages";
import { printable, processTerminal, type Terminal } from "./terminal";
import { readSettings, type Settings } from "../protocol/settings";
import { nodeFiles } from "../adapters/files";
import { nodeDecode } from "../adapters/decode";
import { join } from "node:path";
import { homedir } from "node:os";

/** What a command needs. */
export interface Run {
  readonly files: readonly string[];
  readonly options: Options;
  readonly settings: Settings;
  readonly words: Words;
  readonly terminal: Terminal;
  readonly log: Log;
  readonly cancel: Cancel;
}

function settingsFile(): string {
  const base = process.env["XDG_CONFIG_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".config"), "keelson", "settings.json");
}

/** Settings as VS Code writes them (`"keelson.review.base": …`, comments allowed) or nested. */
async function loadSettings(options: Pick<Options, "settings" | "base">, tell: (id: string, args: Readonly<Record<string, string>>) => void): Promise<Settings> {
  const path = options.settings ?? settingsFile();
  const bytes = await nodeFiles.read(path);
  if (bytes === undefined) {
    if (options.settings !== undefined) throw new UsageError({ id: "cli.noSuchFile", args: { path } });
    return withBase(readSettings({}).value, options);
  }
  const parsed = parseJsonc(nodeDecode.text(bytes));
  if (parsed.error !== undefined) throw new UsageError({ id: "cli.badSettings", args: { path, detail: parsed.error } });
  const { value, problems } = readSettings(parsed.value);
  for (const { key, detail } of problems) tell("cli.settingIgnored", { key, detail });
  return withBase(value, options);
}

function withBase(settings: Settings, options: Pick<Options, "base">): Settings {
  return options.base === undefined ? settings : { ...settings, review: { ...settings.review, base: options.base } };
}

function createLog(terminal: Terminal): Log {
  const verbose = (process.env["KEELSON_LOG"] ?? "") !== "";
  const line = (text: string): void => {
    terminal.error(`${printable(text)}\n`);
  };
  return { debug: verbose ? line : () => undefined, info: verbose ? line : () => undefined, warn: line, error: line };
}

async function runVerb(verb: "parse" | "explain" | "review", run: Run): Promise<number> {
  switch (verb) {
    case "parse":
      return (await import("./parse")).runParse(run);
    case "review":
      return (await import("./review")).runReview(run);
    case "explain":
      return (await import("./explain")).runExplain(run);
  }
}

const capabilities = ["upstream", "knowledge", "tuning"] as const;

/** `keelson upstream …`, `keelson knowledge …` and `keelson tuning …` have options of their own; of the settings they take the same file. */
async function runOwnVerb(capability: (typeof capabilities)[number], args: readonly string[], words: Words, terminal: Terminal, cancel: Cancel): Promise<number> {
  const log = createLog(terminal);
  const at = args.indexOf("--settings");
  const settings = await loadSettings({ settings: at < 0 ? undefined : args[at + 1], base: undefined }, (id, named) => {
    log.warn(words.say({ id, args: named }));
  });
  const run = { settings, words, terminal, log, cancel };
  switch (capability) {
    case "upstream":
      return (await import("./upstream/main")).runUpstream(run, args);
    case "knowledge":
      return (await import("./knowledge/main")).runKnowledge(run, args);
    case "tuning":
      return (await import("./tuning/main")).runTuning(run, args);
  }
}

/** Runs one command line; the result is the exit status: 0, 1 (findings) or 2 (could not run). */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const words = createWords(terminalLocale(process.env), cliMessages, upstreamCliMessages, knowledgeCliMessages, tuningCliMessages, machineMessages);
  const source = cancelSource();
  const stop = (): void => {
    source.fire();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    const own = capabilities.find((name) => name === args[0]);
    if (own !== undefined) return await runOwnVerb(own, args.slice(1), words, terminal, source.cancel);
    const invocation = readArguments(args);
    if (invocation.verb === "help" || invocation.verb === "version") {
      terminal.out(invocation.verb === "help" ? words.say({ id: "cli.help" }) : `keelson ${version}\n`);
      return 0;
    }
    const log = createLog(terminal);
    const settings = await loadSettings(invocation.options, (id, named) => {
      log.warn(words.say({ id, args: named }));
    });
    return await runVerb(invocation.verb, { files: invocation.files, options: invocation.options, settings, words, terminal, log, cancel: source.cancel });
  } catch (error) {
    if (error instanceof Cancelled) return 2;
    const told = error instanceof UsageError ? error.told : error instanceof UnknownRevision ? { id: "upstream.unknownRevision", args: { revision: error.revision } } : { id: "cli.failed", args: { detail: error instanceof Error ? error.message : String(error) } };
    terminal.error(`keelson: ${printable(words.say(told))}\n`);
    return 2;
  } finally {
    source.dispose();
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
