import type { FileProblem, Setting } from "../types";

/** limits.conf(5): a number; without a limit it is -1, unlimited or infinity. pam_limits passes over a line with anything else. */
export function limitsProblem(setting: Setting): readonly FileProblem[] {
  // A path, which some distributions have.
  if (setting.name === "chroot") return [];
  return refused(setting, /^(?:[+-]?\d+|unlimited|infinity)$/u, "limit");
}

/** systemd.exec(5), systemd.resource-control(5). Spans of time and scales that only some of them take are left to systemd. */
export function systemdProblem(setting: Setting): readonly FileProblem[] {
  if (/^(?:Default)?Limit(?!CPU|RTTIME|NICE|RTPRIO)[A-Z]+$/u.test(setting.name)) return refused(setting, /^(?:(?:infinity|\d+(?:\.\d+)?[KMGTPE]?)(?::(?=.)|$)){1,2}$/u, "systemdLimit");
  if (/^(?:Default)?Memory(?:Min|Low|High|Max|SwapMax)$/u.test(setting.name)) return refused(setting, /^(?:infinity|\d.*)$/u, "systemdMemory");
  return setting.name === "CPUQuota" ? refused(setting, /^\d+(?:\.\d+)?[%‰‱]$/u, "systemdQuota") : [];
}

/** Nothing at all takes a setting of systemd back. */
function refused({ value, valueAt, open, written }: Setting, takes: RegExp, id: string): readonly FileProblem[] {
  if (value === undefined || value === "" || valueAt === undefined || open || takes.test(value)) return [];
  return [{ at: valueAt, message: { id: `tuning.file.${id}`, args: { name: written, value } } }];
}
