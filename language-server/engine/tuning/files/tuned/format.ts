import { commandLineSettings } from "../cmdline/words";
import { isTemplate } from "../sysctl/format";
import { sysctlName } from "../sysctl/names";
import { readIni, type IniEntry } from "../text/ini";
import { head, pathParts, unquoted } from "../text/lines";
import type { ConfigFile, FileFormat, Include, Setting } from "../types";

const dialect = { comments: "#;", inline: "", continued: "never", separators: "=" } as const;

/** Sections that only a profile of tuned or of A-Tune has beside [main]. */
const sections = /^\s*\[(?:sysctl|sysfs|vm|cpu|disk|bootloader(?:\.grub2)?|kernel_config|scheduler|net|script|ulimit|schedule_policy|variables|rtentsk|systemctl)\]/mu;

/** Profiles of tuned (tuned.conf) and of A-Tune. */
export const tunedFormat: FileFormat = {
  kind: "tuned",
  detect(path, text) {
    const { name } = pathParts(path);
    if (name === "tuned.conf") return /^\s*\[/mu.test(head(text)) || text.trim() === "";
    return name.endsWith(".conf") && /^\s*\[main\]/mu.test(head(text)) && sections.test(head(text));
  },
  parse(text) {
    const { entries } = readIni(text, dialect);
    const includes: Include[] = entries.flatMap(({ section, name, value }) => (section === "main" && name.text === "include" && value !== undefined ? value.text.split(",").map((path) => ({ path: path.trim(), at: value.at })) : []));
    return { settings: entries.flatMap(settingsOf), includes, problems: [] } satisfies ConfigFile;
  },
};

function settingsOf(entry: IniEntry): readonly Setting[] {
  const { section, name, value } = entry;
  if (value === undefined || name.text === "") return [];
  const kept = unquoted(value);
  // tuned's own functions (`${f:…}`), comparisons and conditions: `>60` sets the value only when it is larger.
  const open = isTemplate(value.text) || /^[<>]/u.test(value.text);
  const make = (component: string, kind: Setting["kind"], known: string): Setting => ({ name: known, written: name.text, component, kind, value: kept.text, at: name.at, valueAt: kept.at, scope: section, open });
  switch (section) {
    case "sysctl":
      return [{ ...make("kernel", "sysctl", sysctlName(name.text)), open: open || isTemplate(name.text) }];
    case "bootloader":
      // Its values put `+` before what they add and `-` before what they take away.
      return name.text.startsWith("cmdline") && !/^-/u.test(kept.text) ? commandLineSettings(kept.text.replace(/^\+/u, " "), kept.at.line, kept.at.start, section) : [];
    case "bootloader.grub2":
      return [{ ...make("kernel", "kernel-parameter", name.text), several: true }];
    case "kernel_config":
      return /^CONFIG_\w+$/u.test(name.text) ? [make("kernel", "kconfig", name.text)] : [];
    case "sysfs":
      return [{ ...make("kernel", "sysfs", name.text), several: true }];
    default:
      return [];
  }
}
