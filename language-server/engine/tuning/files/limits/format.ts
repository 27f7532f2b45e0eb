import { isTemplate } from "../sysctl/format";
import { readIni } from "../text/ini";
import { head, linesOf, pathParts, span } from "../text/lines";
import type { ConfigFile, FileFormat, Setting } from "../types";
import { limitsProblem, systemdProblem } from "./values";

/** Sections in which systemd takes limits. */
const sections = new Set(["Service", "Socket", "Mount", "Swap", "Manager", "Slice", "Scope"]);
const unit = /\.(?:service|socket|mount|swap|slice|scope)$/u;

/** Units of systemd, drop-ins for them, and its own system.conf and user.conf. */
export const systemdFormat: FileFormat = {
  kind: "systemd",
  detect(path, text) {
    const { folders, name } = pathParts(path);
    const above = folders.at(-1) ?? "";
    const dropIn = name.endsWith(".conf") && (above.endsWith(".d") && (unit.test(above.slice(0, -2)) || above === "system.conf.d" || above === "user.conf.d"));
    const manager = (name === "system.conf" || name === "user.conf") && above === "systemd";
    return (unit.test(name) || dropIn || manager) && /^\s*\[(?:Unit|Service|Socket|Mount|Swap|Slice|Scope|Manager)\]/mu.test(head(text));
  },
  parse(text) {
    const { entries } = readIni(text, { comments: "#;", inline: "", continued: "backslash", separators: "=" });
    const settings = entries
      .filter(({ section, name, value }) => sections.has(section) && value !== undefined && /^(?:Default)?(?:Limit|Memory|CPU|IO|Tasks|OOM|Nice|NUMA)\w*$/u.test(name.text))
      .map(({ section, name, value }) => ({ name: name.text, written: name.text, component: "systemd", kind: "setting" as const, value: value?.text, at: name.at, valueAt: value?.at, scope: section, open: isTemplate(value?.text ?? "") || (value?.text ?? "").includes("%"), ...(/^(?:IO|CPUSet|NUMAMask)/u.test(name.text) ? { several: true } : {}) }));
    return { settings, includes: [], problems: settings.flatMap(systemdProblem) } satisfies ConfigFile;
  },
};

/** limits.conf(5): domain, type, item, value. */
export const limitsFormat: FileFormat = {
  kind: "limits",
  detect(path) {
    const { folders, name } = pathParts(path);
    return (name === "limits.conf" && (folders.at(-1) === "security" || folders.length === 0)) || (folders.at(-1) === "limits.d" && name.endsWith(".conf"));
  },
  parse(text) {
    const settings: Setting[] = [];
    for (const line of linesOf(text)) {
      const match = /^(\s*)([^#\s]\S*)(\s+)(soft|hard|-)(\s+)([a-z]+)(\s+)(\S+)/u.exec(line.text);
      if (match === null) continue;
      const [, blank = "", domain = "", gap = "", type = "", gap2 = "", item = "", gap3 = "", value = ""] = match;
      const start = blank.length + domain.length + gap.length + type.length + gap2.length;
      const from = start + item.length + gap3.length;
      settings.push({ name: item, written: item, component: "limits", kind: "setting", value, at: span(line.number, start, start + item.length), valueAt: span(line.number, from, from + value.length), scope: `${domain} ${type}`, open: isTemplate(value) || isTemplate(domain) });
    }
    return { settings, includes: [], problems: settings.flatMap(limitsProblem) } satisfies ConfigFile;
  },
};
