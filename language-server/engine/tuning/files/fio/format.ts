import { isTemplate } from "../sysctl/format";
import { readIni } from "../text/ini";
import { head, pathParts } from "../text/lines";
import type { ConfigFile, FileFormat } from "../types";

const dialect = { comments: "#;", inline: "", continued: "never", separators: "=" } as const;

/** Job files of fio; `.job` and `.ini` files only when they say what fio alone says. */
export const fioFormat: FileFormat = {
  kind: "fio",
  detect(path, text) {
    const { name } = pathParts(path);
    if (!/\.(?:fio|job|ini)$/u.test(name) || !/^\s*\[/mu.test(head(text))) return false;
    return name.endsWith(".fio") || (/^\s*ioengine\s*=/mu.test(head(text)) && /^\s*(?:rw|readwrite|bs|iodepth)\s*=/mu.test(head(text)));
  },
  parse(text) {
    const settings = readIni(text, dialect).entries.map(({ section, name, value }) => ({
      name: name.text,
      written: name.text,
      component: "fio",
      kind: "setting" as const,
      value: value?.text,
      at: name.at,
      valueAt: value?.at,
      scope: section,
      open: isTemplate(value?.text ?? ""),
    }));
    return { settings: settings.filter(({ name }) => /^[a-z][\w]*$/u.test(name)), includes: [], problems: [] } satisfies ConfigFile;
  },
};
