import type { ConfigFile, FileKind, Setting } from "../../engine/tuning/files/types";
import type { ParameterKind } from "../../engine/tuning/types";

/** What may be written at a place of a line. Columns are 0-based. */
export type CompletionPlace =
  | { readonly what: "name"; readonly component: string; readonly kind: ParameterKind; readonly typed: string; readonly start: number; readonly prefix: string; readonly suffix: string; readonly slashes: boolean }
  | { readonly what: "value"; readonly setting: Setting; readonly start: number };

interface Naming {
  readonly component: string;
  readonly kind: ParameterKind;
  readonly suffix: string;
}

const naming: Readonly<Partial<Record<FileKind, Naming>>> = {
  sysctl: { component: "kernel", kind: "sysctl", suffix: " = " },
  mysql: { component: "mysql", kind: "setting", suffix: " = " },
  postgresql: { component: "postgresql", kind: "setting", suffix: " = " },
  nginx: { component: "nginx", kind: "setting", suffix: " " },
  redis: { component: "redis", kind: "setting", suffix: " " },
  fio: { component: "fio", kind: "setting", suffix: "=" },
  kconfig: { component: "kernel", kind: "kconfig", suffix: "=" },
  systemd: { component: "systemd", kind: "setting", suffix: "=" },
};

/** `line` is 1-based. */
export function placeFor(kind: FileKind, file: ConfigFile, text: string, line: number, column: number): CompletionPlace | undefined {
  const before = text.slice(0, column);
  const behind = text.slice(column);
  // Where a blank separates the two, a name that is being typed has an empty value at its very end.
  const setting = file.settings.find(({ at, valueAt }) => valueAt?.line === line && valueAt.start <= column && column <= valueAt.end && valueAt.start > at.end);
  switch (kind) {
    case "shell":
    case "yaml":
      return commandPlace(file, before, line) ?? valuePlace(setting, before, column);
    case "kernel-command-line":
      return commandLinePlace(text, before) ?? valuePlace(setting, before, column);
    case "fstab":
      return mountPlace(before) ?? valuePlace(setting, before, column);
    case "limits":
      return setting === undefined ? itemPlace(before, behind) : valuePlace(setting, before, column);
    case "systemd":
      // Most lines of a unit are no limits: nothing is offered before the first letter.
      return setting === undefined ? (/^\w/u.test(before) ? linePlace(naming.systemd, before, behind) : undefined) : valuePlace(setting, before, column);
    case "tuned":
      return setting === undefined ? tunedPlace(file, before, behind, line) : valuePlace(setting, before, column);
    default:
      return setting === undefined ? linePlace(naming[kind], before, behind) : valuePlace(setting, before, column);
  }
}

function valuePlace(setting: Setting | undefined, before: string, column: number): CompletionPlace | undefined {
  const start = setting?.valueAt?.start;
  return setting === undefined || start === undefined || before.length < column ? undefined : { what: "value", setting, start };
}

/** A name at the start of a line that has nothing else yet. */
function linePlace(naming: Naming | undefined, before: string, behind: string): CompletionPlace | undefined {
  const typed = /^\s*-?([\w./-]*)$/u.exec(before)?.[1];
  if (naming === undefined || typed === undefined) return undefined;
  const rest = /^[\w./-]*\s*/u.exec(behind)?.[0] ?? "";
  // Behind a name that has its value already only the name is written.
  const suffix = behind.slice(rest.length) === "" ? naming.suffix : "";
  return { what: "name", component: naming.component, kind: naming.kind, typed, start: before.length - typed.length, prefix: "", suffix, slashes: naming.kind === "sysctl" && /^\w+\//u.test(typed) };
}

/** Only the sections whose names are known; the nearest setting above tells which one it is. */
function tunedPlace(file: ConfigFile, before: string, behind: string, line: number): CompletionPlace | undefined {
  const above = file.settings.findLast(({ at }) => at.line <= line) ?? file.settings.find(({ at }) => at.line > line);
  return above?.scope === "sysctl" ? linePlace({ component: "kernel", kind: "sysctl", suffix: " = " }, before, behind) : undefined;
}

/** An option of the engine whose command this line belongs to. */
function commandPlace(file: ConfigFile, before: string, line: number): CompletionPlace | undefined {
  const typed = /(?:^|[\s"',[])--([\w-]*)$/u.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const near = [...file.settings].filter(({ component }) => component !== "kernel").sort((a, b) => Math.abs(a.at.line - line) - Math.abs(b.at.line - line))[0];
  const started = /\b(vllm|sglang|juicefs)\b/u.exec(before)?.[1];
  const component = started ?? near?.component;
  if (component === undefined) return undefined;
  return { what: "name", component, kind: component === "juicefs" ? "mount-option" : "engine-argument", typed, start: before.length - typed.length - 2, prefix: "--", suffix: " ", slashes: false };
}

/** An option among those of a JuiceFS mount. */
function mountPlace(before: string): CompletionPlace | undefined {
  const typed = /^\s*[^#\s]\S*\s+\S+\s+(?:fuse\.)?juicefs\s+(?:[^\s,]+,)*([\w-]*)$/u.exec(before)?.[1];
  return typed === undefined ? undefined : { what: "name", component: "juicefs", kind: "mount-option", typed, start: before.length - typed.length, prefix: "", suffix: "", slashes: false };
}

/** The item behind a domain and a type of limits.conf. */
function itemPlace(before: string, behind: string): CompletionPlace | undefined {
  const typed = /^\s*[^#\s]\S*\s+(?:soft|hard|-)\s+([a-z]*)$/u.exec(before)?.[1];
  return typed === undefined ? undefined : { what: "name", component: "limits", kind: "setting", typed, start: before.length - typed.length, prefix: "", suffix: /^[a-z]*\s/u.test(behind) ? "" : " ", slashes: false };
}

/** A word of a kernel command line that has no `=` yet. */
function commandLinePlace(text: string, before: string): CompletionPlace | undefined {
  if (/^\s*#/u.test(text)) return undefined;
  const grub = /^\s*(?:export\s+)?GRUB_CMDLINE_LINUX\w*\+?=/u.test(text);
  if (!grub && /^\s*[A-Z_]+=/u.test(text)) return undefined;
  const match = /(?:^|[\s"'])([\w.-]*)$/u.exec(before);
  const typed = match?.[1];
  if (typed === undefined || (grub && !before.includes("="))) return undefined;
  return { what: "name", component: "kernel", kind: "kernel-parameter", typed, start: before.length - typed.length, prefix: "", suffix: "", slashes: false };
}
