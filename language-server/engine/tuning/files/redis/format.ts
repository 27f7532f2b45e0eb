import { isTemplate } from "../sysctl/format";
import { head, linesOf, pathParts, span, unquoted } from "../text/lines";
import type { ConfigFile, FileFormat, Include, Setting } from "../types";

/** Directives of which each one counts. */
const several = new Set(["save", "rename-command", "user", "include", "loadmodule", "client-output-buffer-limit", "oom-score-adj-values", "bind"]);

/** redis.conf, also of Valkey and KeyDB, which kept its language. */
export const redisFormat: FileFormat = {
  kind: "redis",
  detect(path, text) {
    const { name } = pathParts(path);
    if (!/^(?:redis|valkey|keydb)[\w.-]*\.conf$/u.test(name)) return false;
    return !/sentinel/u.test(name) && (text.trim() === "" || /^\s*[a-z][\w-]*[ \t]+\S/mu.test(head(text))) && !/^\s*\[|[{;]\s*$/mu.test(head(text).replace(/^\s*#.*$/gmu, ""));
  },
  parse(text) {
    const settings: Setting[] = [];
    const includes: Include[] = [];
    for (const line of linesOf(text)) {
      const match = /^(\s*)([A-Za-z][\w.-]*)(?:\s+|$)/u.exec(line.text);
      if (match?.[2] === undefined) continue;
      const start = match[1]?.length ?? 0;
      const from = match[0].length;
      const end = line.text.trimEnd().length;
      const value = unquoted({ text: line.text.slice(from, Math.max(from, end)), at: span(line.number, from, Math.max(from, end)) });
      const name = match[2].toLowerCase();
      if (name === "include") includes.push({ path: value.text, at: value.at });
      settings.push({ name, written: match[2], component: "redis", kind: "setting", value: value.text, at: span(line.number, start, start + match[2].length), valueAt: value.at, scope: "", open: isTemplate(value.text), ...(several.has(name) ? { several: true } : {}) });
    }
    return { settings, includes, problems: [] } satisfies ConfigFile;
  },
};
