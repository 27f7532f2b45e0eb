import { linesOf, pathParts, span, trimmed, type Line } from "../text/lines";
import type { ConfigFile, FileFormat, FileProblem, Setting } from "../types";
import { commandLineSettings } from "./words";

/** /etc/default/grub, the files that systemd and Raspberry Pi take a command line from, and boot loader entries. */
export const commandLineFormat: FileFormat = {
  kind: "kernel-command-line",
  detect: (path) => shapeOf(path) !== undefined,
  parse(text, path) {
    switch (shapeOf(path)) {
      case "grub":
        return parseGrub(text);
      case "entry":
        return parseEntry(text);
      default:
        return parsePlain(text);
    }
  },
};

type Shape = "grub" | "plain" | "entry";

function shapeOf(path: string): Shape | undefined {
  const { folders, name } = pathParts(path);
  const [above, over] = [folders.at(-1), folders.at(-2)];
  if ((above === "default" && name === "grub") || (above === "grub.d" && over === "default" && name.endsWith(".cfg"))) return "grub";
  if (above === "entries" && over === "loader" && name.endsWith(".conf")) return "entry";
  if ((name === "cmdline" && (above === "kernel" || above === "proc")) || (above === "cmdline.d" && name.endsWith(".conf")) || (name === "cmdline.txt" && (above === "firmware" || above === "boot"))) return "plain";
  return undefined;
}

/** `GRUB_CMDLINE_LINUX="…"`, also one that goes on over lines. */
function parseGrub(text: string): ConfigFile {
  const settings: Setting[] = [];
  const problems: FileProblem[] = [];
  let open: { readonly variable: string; readonly quote: string; readonly line: Line; readonly column: number } | undefined;
  for (const line of linesOf(text)) {
    if (open !== undefined) {
      const end = line.text.indexOf(open.quote);
      settings.push(...commandLineSettings(line.text.slice(0, end < 0 ? undefined : end).replace(/\\$/u, " "), line.number, 0, open.variable));
      if (end >= 0) open = undefined;
      continue;
    }
    const match = /^\s*(?:export\s+)?(GRUB_CMDLINE_(?:LINUX|XEN)\w*)\+?=/u.exec(line.text);
    if (match?.[1] === undefined) continue;
    // Xen's own command line has other parameters than Linux's.
    if (/^GRUB_CMDLINE_XEN(?:_DEFAULT)?$/u.test(match[1])) continue;
    const column = match[0].length;
    const quote = line.text.charAt(column);
    if (quote !== '"' && quote !== "'") {
      const word = /^\S*/u.exec(line.text.slice(column))?.[0] ?? "";
      settings.push(...commandLineSettings(word, line.number, column, match[1]));
      continue;
    }
    const end = closing(line.text, column + 1, quote);
    settings.push(...commandLineSettings(line.text.slice(column + 1, end < 0 ? undefined : end).replace(/\\$/u, " "), line.number, column + 1, match[1]));
    if (end < 0) open = { variable: match[1], quote, line, column };
  }
  if (open !== undefined) problems.push({ at: span(open.line.number, open.column, open.column + 1), message: { id: "tuning.file.unclosedQuote" } });
  return { settings, includes: [], problems };
}

function closing(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text.charAt(i) === "\\" && quote === '"') i++;
    else if (text.charAt(i) === quote) return i;
  }
  return -1;
}

function parseEntry(text: string): ConfigFile {
  const settings = linesOf(text).flatMap((line) => {
    const match = /^\s*options\s+/u.exec(line.text);
    return match === null ? [] : commandLineSettings(line.text.slice(match[0].length), line.number, match[0].length, "options");
  });
  return { settings, includes: [], problems: [] };
}

function parsePlain(text: string): ConfigFile {
  const settings = linesOf(text).flatMap((line) => {
    const { text: bare, at } = trimmed(line, 0);
    return bare.startsWith("#") ? [] : commandLineSettings(bare, line.number, at.start, "");
  });
  return { settings, includes: [], problems: [] };
}
