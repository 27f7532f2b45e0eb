import * as vscode from "vscode";

export function count(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

const minute = 60_000;

/** How long ago something was read, in a word or two. */
export function age(at: number, now: number): string {
  const past = Math.max(0, now - at);
  if (past < 2 * minute) return vscode.l10n.t("just now");
  const format = new Intl.RelativeTimeFormat(vscode.env.language, { style: "short" });
  if (past < 120 * minute) return format.format(-Math.round(past / minute), "minute");
  if (past < 48 * 60 * minute) return format.format(-Math.round(past / (60 * minute)), "hour");
  return format.format(-Math.round(past / (24 * 60 * minute)), "day");
}

/** A kind as people call it. */
export function kindName(kind: string): string {
  switch (kind) {
    case "sysctl":
      return "sysctl";
    case "kernel-parameter":
      return vscode.l10n.t("Boot parameters");
    case "kconfig":
      return "Kconfig";
    case "module-parameter":
      return vscode.l10n.t("Module parameters");
    case "sysfs":
      return "sysfs";
    case "cgroup":
      return "cgroup";
    case "setting":
      return vscode.l10n.t("Settings of programs");
    case "engine-argument":
      return vscode.l10n.t("Arguments of inference engines");
    case "mount-option":
      return vscode.l10n.t("Mount options");
    case "prose":
      return vscode.l10n.t("Passages of documents");
    default:
      return kind;
  }
}
