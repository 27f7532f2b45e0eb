import { mountOptions } from "../juicefs/options";
import { span } from "../text/lines";
import type { Setting } from "../types";
import type { CommandWord } from "./words";

export type ServingEngine = "vllm" | "sglang";

/** Short options of vLLM that stand for long ones. */
const short: ReadonlyMap<string, string> = new Map([
  ["-tp", "tensor-parallel-size"],
  ["-pp", "pipeline-parallel-size"],
  ["-dp", "data-parallel-size"],
  ["-dcp", "decode-context-parallel-size"],
  ["-ep", "enable-expert-parallel"],
  ["-q", "quantization"],
  ["-n", "nnodes"],
  ["-r", "node-rank"],
]);

/** Options of which each one counts. */
const several = new Set(["middleware", "lora-modules", "json-model-override-args", "allowed-origins", "served-model-name"]);

/** The settings of one command, when it starts an inference engine or mounts JuiceFS. `image` is the engine of a container without a command of its own. */
export function commandSettings(words: readonly CommandWord[], scope: string, image?: ServingEngine): readonly Setting[] {
  const start = startOf(words) ?? (image === undefined ? undefined : { component: image, at: 0 });
  if (start === undefined) return [];
  const rest = words.slice(start.at);
  return start.component === "juicefs" ? juicefsSettings(rest, scope) : optionsOf(rest, start.component, "engine-argument", scope);
}

function startOf(words: readonly CommandWord[]): { readonly component: ServingEngine | "juicefs"; readonly at: number } | undefined {
  for (let i = 0; i < words.length; i++) {
    const name = words[i]?.text.split("/").at(-1) ?? "";
    const next = words[i + 1]?.text ?? "";
    if (name === "vllm" && next === "serve") return { component: "vllm", at: i + 2 };
    if (name === "sglang" && next === "serve") return { component: "sglang", at: i + 2 };
    if (name === "-m" && /^vllm\.entrypoints\.(?:openai\.)?api_server$/u.test(next)) return { component: "vllm", at: i + 2 };
    if (name === "-m" && next === "sglang.launch_server") return { component: "sglang", at: i + 2 };
    if (name === "juicefs" && next === "mount") return { component: "juicefs", at: i + 2 };
    if (name === "mount.juicefs") return { component: "juicefs", at: i + 1 };
  }
  return undefined;
}

function juicefsSettings(words: readonly CommandWord[], scope: string): readonly Setting[] {
  const settings: Setting[] = [];
  for (const [i, word] of words.entries()) {
    if (word.text !== "-o") continue;
    const options = words[i + 1];
    if (options?.plain === true) settings.push(...mountOptions(options.text, options.at.line, options.at.start, scope));
  }
  return [...optionsOf(words, "juicefs", "mount-option", scope), ...settings];
}

function optionsOf(words: readonly CommandWord[], component: string, kind: Setting["kind"], scope: string): readonly Setting[] {
  const settings: Setting[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === undefined) continue;
    const long = component === "vllm" ? short.get(word.text) : undefined;
    if (long === undefined && !/^--[A-Za-z]/u.test(word.text)) continue;
    const equals = word.text.indexOf("=");
    const written = equals < 0 ? word.text : word.text.slice(0, equals);
    const next = words[i + 1];
    const separate = equals < 0 && next !== undefined && !/^-(?:-|[A-Za-z])/u.test(next.text) ? next : undefined;
    if (separate !== undefined) i++;
    const value = equals < 0 ? separate?.text : word.text.slice(equals + 1);
    settings.push({
      // A configuration within another one (`--compilation-config.level`) is known by the outer name.
      name: long ?? written.slice(2).replaceAll("_", "-").replace(/\..*$/u, ""),
      written,
      component,
      kind,
      value,
      at: word.plain ? span(word.at.line, word.at.start, word.at.start + written.length) : word.at,
      valueAt: separate !== undefined ? inner(separate) : equals >= 0 && word.plain ? span(word.at.line, word.at.start + equals + 1, word.at.end) : equals >= 0 ? word.at : undefined,
      scope,
      open: word.open || separate?.open === true || written.includes("."),
      ...(several.has(written.slice(2)) || written.includes(".") ? { several: true } : {}),
    });
  }
  return settings;
}

/** A word's text without quotes around it. */
function inner({ text, at, plain }: CommandWord): Setting["valueAt"] {
  return !plain && at.end - at.start === text.length + 2 ? span(at.line, at.start + 1, at.end - 1) : at;
}
