import { head, linesOf, pathParts, span, unquoted } from "../text/lines";
import type { ConfigFile, FileFormat, Setting } from "../types";

/** A kernel's .config, fragments of one, and defconfigs. */
export const kconfigFormat: FileFormat = {
  kind: "kconfig",
  detect(path, text) {
    const { name } = pathParts(path);
    if (!(name === ".config" || name.endsWith(".config") || name.endsWith("_defconfig") || /^config-\d/u.test(name) || name === "defconfig")) return false;
    return /^(?:CONFIG_\w+=|# CONFIG_\w+ is not set)/mu.test(head(text));
  },
  parse(text) {
    const settings: Setting[] = [];
    for (const line of linesOf(text)) {
      const off = /^# (CONFIG_\w+) is not set\s*$/u.exec(line.text);
      const on = off === null ? /^(CONFIG_\w+)=/u.exec(line.text) : null;
      const name = off?.[1] ?? on?.[1];
      if (name === undefined) continue;
      const start = off === null ? 0 : 2;
      const from = on?.[0].length ?? 0;
      const value = off === null ? unquoted({ text: line.text.slice(from).trimEnd(), at: span(line.number, from, line.text.trimEnd().length) }) : undefined;
      settings.push({ name, written: name, component: "kernel", kind: "kconfig", value: value?.text ?? "n", at: span(line.number, start, start + name.length), valueAt: value?.at, scope: "", open: false });
    }
    // `# Linux/arm64 6.6.0 Kernel Configuration`, as the kernel's own tools write it.
    const version = /^# Linux\/\S+ (\d+\.\d+)\S* Kernel Configuration/mu.exec(text.slice(0, 2000))?.[1];
    return { settings, includes: [], problems: [], ...(version === undefined ? {} : { version }) } satisfies ConfigFile;
  },
};
