import * as vscode from "vscode";
import { createRedactor, type Redactor } from "./redact";
import { readTrace } from "./settings";

export interface Logs {
  /** The log of the extension and of its server. */
  readonly log: vscode.LogOutputChannel;
  /** What passes between the two, when `keelson.trace.server` asks for it. */
  readonly trace: vscode.LogOutputChannel;
  readonly redactor: Redactor;
  dispose(): void;
}

/** Both channels take secrets out before anything is written. */
export function createLogs(): Logs {
  const redactor = createRedactor();
  const channel = vscode.window.createOutputChannel("Keelson", { log: true });
  const trace = createTrace(redactor);
  return {
    log: redacted(() => channel, redactor, {}),
    trace: trace.channel,
    redactor,
    dispose() {
      trace.dispose();
      channel.dispose();
    },
  };
}

/**
 * The language client writes its trace only to a channel whose log level is Trace. Ours follows `keelson.trace.server`
 * instead of the level that the user would have to find, and exists only once it is asked for.
 */
function createTrace(redactor: Redactor): { readonly channel: vscode.LogOutputChannel; dispose(): void } {
  let output: vscode.LogOutputChannel | undefined;
  const levelChanged = new vscode.EventEmitter<vscode.LogLevel>();
  const level = (): vscode.LogLevel => (readTrace() === "off" ? vscode.LogLevel.Off : vscode.LogLevel.Trace);
  const listening = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("keelson.trace.server")) levelChanged.fire(level());
  });
  const target = (): vscode.LogOutputChannel => (output ??= vscode.window.createOutputChannel("Keelson Trace", { log: true }));
  const write = (text: string): void => {
    // As info, so that the channel's own level does not hide what the setting asked for.
    if (level() === vscode.LogLevel.Trace) target().info(redactor.redact(text));
  };
  const channel = redacted(target, redactor, {
    name: () => "Keelson Trace",
    logLevel: level,
    onDidChangeLogLevel: () => levelChanged.event,
    trace: () => write,
  });
  return {
    channel,
    dispose() {
      listening.dispose();
      levelChanged.dispose();
      output?.dispose();
    },
  };
}

const writers: ReadonlySet<string | symbol> = new Set(["trace", "debug", "info", "warn", "error", "append", "appendLine", "replace"]);

/** A channel that writes what the redactor leaves; `instead` answers single members in its own way. */
function redacted(target: () => vscode.LogOutputChannel, redactor: Redactor, instead: Readonly<Partial<Record<keyof vscode.LogOutputChannel, () => unknown>>>): vscode.LogOutputChannel {
  return new Proxy({} as vscode.LogOutputChannel, {
    get(_empty, name) {
      const own = instead[name as keyof vscode.LogOutputChannel];
      if (own !== undefined) return own();
      const channel = target();
      const member: unknown = Reflect.get(channel, name);
      if (typeof member !== "function") return member;
      return (...args: readonly unknown[]): unknown => Reflect.apply(member, channel, writers.has(name) ? [redactor.redact(args.map(textOf).join(" "))] : [...args]);
    },
  });
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? value.message;
  return value === undefined ? "undefined" : JSON.stringify(value);
}
