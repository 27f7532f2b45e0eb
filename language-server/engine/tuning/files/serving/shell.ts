import { head, pathParts } from "../text/lines";
import type { ConfigFile, FileFormat } from "../types";
import { commandSettings } from "./arguments";
import { placesOf } from "./places";
import { shellCommands } from "./words";

/** A command that is of interest; cheap enough to be asked of every shell script. */
export const commandHint = /\b(?:vllm\s+serve|vllm\.entrypoints\.|sglang\.launch_server|sglang\s+serve|juicefs\s+mount|mount\.juicefs)\b/u;

/** Shell scripts that start vLLM or SGLang or mount JuiceFS; other scripts are left alone. */
export const shellFormat: FileFormat = {
  kind: "shell",
  detect(path, text) {
    const { name } = pathParts(path);
    const script = /\.(?:sh|bash|zsh|ksh)$/u.test(name) || /^#!.*\b(?:ba|da|z|k)?sh\b/u.test(text.slice(0, 200));
    return script && commandHint.test(joined(head(text)));
  },
  parse(text) {
    const place = placesOf(text);
    const settings = shellCommands({ text, from: 0, to: text.length, folded: false, place }).flatMap((words, i) => commandSettings(words, `command ${i}`));
    return { settings, includes: [], problems: [] } satisfies ConfigFile;
  },
};

function joined(text: string): string {
  return text.replace(/\\\r?\n/gu, " ");
}
