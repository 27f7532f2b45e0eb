import { span } from "../text/lines";
import type { Setting } from "../types";
import { isTemplate } from "../sysctl/format";

/** `cache-size=1024,writeback` as mount takes it, from a column on. Options of every mount are left out. */
export function mountOptions(text: string, line: number, column: number, scope: string): readonly Setting[] {
  const settings: Setting[] = [];
  let at = 0;
  for (const option of text.split(",")) {
    const start = column + at;
    at += option.length + 1;
    const equals = option.indexOf("=");
    const written = equals < 0 ? option : option.slice(0, equals);
    if (!/^[a-z][\w-]*$/u.test(written) || ofAllMounts.has(written) || written.startsWith("x-")) continue;
    const value = equals < 0 ? undefined : option.slice(equals + 1);
    settings.push({ name: written, written, component: "juicefs", kind: "mount-option", value, at: span(line, start, start + written.length), valueAt: value === undefined ? undefined : span(line, start + equals + 1, start + option.length), scope, open: isTemplate(option) });
  }
  return settings;
}

const ofAllMounts = new Set(["defaults", "_netdev", "rw", "ro", "noatime", "nodiratime", "relatime", "nofail", "auto", "noauto", "user", "users", "nouser", "exec", "noexec", "suid", "nosuid", "dev", "nodev", "sync", "async", "allow_other", "default_permissions", "allow_root"]);
