import { Cancelled, type Cancel, type Clock, type Log, ModelError, type ModelEvent, type ModelMessage, type ModelRequest } from "../../../language-server/engine/ports";
import { createModel, type EndpointModel, type EndpointSettings, type ModelOptions } from "../../../language-server/adapters/model";
import { modelSettingsSchema } from "../../../language-server/protocol/model-settings";
import { modelName } from "./server";
import { memoryCache } from "../memory-cache";

/** A cancel that a test pulls. */
export function createCancel(): Cancel & { cancel(): void } {
  const listeners = new Set<() => void>();
  let cancelled = false;
  return {
    get cancelled() {
      return cancelled;
    },
    onCancel(listener) {
      if (cancelled) listener();
      else listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    cancel() {
      cancelled = true;
      for (const listener of [...listeners]) listener();
      listeners.clear();
    },
  };
}

export function memoryLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const add = (level: string) => (text: string): void => {
    lines.push(`${level} ${text}`);
  };
  return { lines, debug: add("debug"), info: add("info"), warn: add("warn"), error: add("error") };
}

export const fixedClock: Clock = { now: () => Date.UTC(2026, 0, 15, 12) };

export interface TestModel {
  readonly model: EndpointModel;
  readonly log: ReturnType<typeof memoryLog>;
  readonly cache: ReturnType<typeof memoryCache>;
  /** Pauses that were asked for; they took no time. */
  readonly waits: readonly number[];
}

/** A model port on an endpoint, with pauses that take no time unless `wait` is given. */
export function modelOn(url: string, endpoint: Partial<EndpointSettings> = {}, more: Partial<ModelOptions> & { readonly settings?: never; readonly httpProxy?: string; readonly budget?: object } = {}): TestModel {
  const settings = modelSettingsSchema.parse({
    models: [{ id: "local", baseUrl: url, model: modelName, timeoutMs: 20_000, ...endpoint }],
    ...(more.httpProxy === undefined ? {} : { httpProxy: more.httpProxy }),
    ...(more.budget === undefined ? {} : { budget: more.budget }),
  });
  const log = memoryLog();
  const cache = memoryCache();
  const waits: number[] = [];
  const wait = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  const model = createModel({ keys: () => ({}), cache, clock: fixedClock, random: { hex: (bytes) => "5a".repeat(bytes) }, log, env: {}, wait, ...more, settings: () => settings });
  return { model, log, cache, waits };
}

/** The prompt of an explanation in small, so that the scripted server has lines to quote. */
export function samplePrompt(extra = ""): readonly ModelMessage[] {
  return [
    { role: "system", content: "Explain the patch as JSON." },
    {
      role: "user",
      content: [
        "Explain this patch.",
        "<<<KEELSON 00ff>>>",
        "[M 1] demo: check the length before the copy",
        "=== file drivers/demo/demo.c ===",
        "@@ -10,3 +10,5 @@ static int demo_copy(void)",
        "[L  10] \tint err;",
        "[L+ 11] \tif (len > DEMO_MAX_LEN)",
        "[L+ 12] \t\treturn -EINVAL;",
        "[L- 12] \tdemo_copy_all(buffer, len);",
        "[L+ 13] \tdemo_copy_some(buffer, len);",
        "<<<END KEELSON 00ff>>>",
        extra,
      ].join("\n"),
    },
  ];
}

export function explainRequest(extra = ""): ModelRequest {
  return {
    role: "explain",
    messages: samplePrompt(extra),
    schema: { name: "explanation", schema: { type: "object", properties: { statements: { type: "array", maxItems: 24, items: { type: "object" } } }, required: ["statements"] } },
  };
}

/** How a call ended, as text. */
export interface Outcome {
  readonly text: string;
  readonly end: string;
  readonly warnings: readonly string[];
  readonly waits: readonly number[];
  readonly error: ModelError | Cancelled | undefined;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
}

/** Runs a request to its end; `onEvent` may pull the cancel. */
export async function outcomeOf(model: EndpointModel, request: ModelRequest, cancel: Cancel = createCancel(), onEvent: (event: ModelEvent) => void = () => undefined): Promise<Outcome> {
  let text = "";
  const waits: number[] = [];
  try {
    for await (const event of model.stream(request, cancel)) {
      onEvent(event);
      if (event.type === "text") text += event.text;
      else if (event.type === "waiting") waits.push(event.ms);
      else return { text, end: event.finish, warnings: event.warnings.map((warning) => warning.code), waits, error: undefined, usage: event.usage };
    }
    return { text, end: "nothing", warnings: [], waits, error: undefined, usage: undefined };
  } catch (error) {
    if (error instanceof ModelError) return { text, end: `error ${error.code}`, warnings: [], waits, error, usage: undefined };
    if (error instanceof Cancelled) return { text, end: "cancelled", warnings: [], waits, error, usage: undefined };
    throw error;
  }
}
