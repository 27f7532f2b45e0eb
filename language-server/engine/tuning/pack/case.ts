import type { KnowledgeSource } from "../types";
import type { HardwareCondition, TuningCase } from "./types";

interface Told {
  readonly en: string;
  readonly zh: string;
  readonly source: KnowledgeSource;
  readonly hardware?: HardwareCondition;
  readonly effect?: string;
}

/** A case with its settings as `name = value` lines, `name ~ value` where the value is ours; `component/name` for what is not the kernel's. */
export function tuningCase(origin: TuningCase["origin"], id: string, { en, zh, ...told }: Told, settings: string): TuningCase {
  return { id, workload: { en, zh }, settings: settingsOf(settings), origin, ...told };
}

function settingsOf(text: string): TuningCase["settings"] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const at = line.search(/ [=~] /u);
      const name = line.slice(0, at).trim();
      const slash = /^([a-z]+(?:-[a-z]+)?)\//u.exec(name);
      return { name: slash === null ? name : name.slice(slash[0].length), component: slash?.[1] ?? "kernel", value: line.slice(at + 3).trim(), ...(line[at + 1] === "~" ? { ours: true } : {}) };
    });
}

/** A page of the web has no lines of its own. */
export function page(title: string, url: string, licence: string): KnowledgeSource {
  return { title, file: `${url.replace(/^https:\/\/|[#?].*$/gu, "").replace(/\/$/u, "").split("/").at(-1)?.replace(/\.\w+$/u, "") ?? "index"}.html`, line: 1, url, licence };
}
