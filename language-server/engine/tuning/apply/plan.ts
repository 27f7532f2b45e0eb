import type { MachineFacts } from "../facts/types";
import type { Pack } from "../pack/load";
import type { PackSetting } from "../pack/types";
import { foldName } from "../store/terms";
import { ownedElsewhere } from "../suggest/rules";
import type { Words } from "../suggest/types";
import { amountOf, checkValue, sameValue } from "../suggest/value";
import { sysfsPlace } from "./sysfs";
import type { ApplyPlan, PlannedChange } from "./types";

export interface WantedValue {
  readonly name: string;
  readonly value: string;
}

/** Beyond these a machine stops working, whatever a range says. */
const caps: Readonly<Partial<Record<string, (value: number, facts: MachineFacts) => boolean>>> = {
  "vm.min_free_kbytes": (value, { memory }) => value * 1024 <= memory * 0.05,
  "vm.nr_hugepages": (value, { memory, hugePages }) => value * hugePages.size <= memory * 0.8,
  "vm.admin_reserve_kbytes": (value, { memory }) => value * 1024 <= memory * 0.1,
  "vm.user_reserve_kbytes": (value, { memory }) => value * 1024 <= memory * 0.1,
  "vm.dirty_bytes": (value, { memory }) => value <= memory * 0.5,
  "vm.dirty_background_bytes": (value, { memory }) => value <= memory * 0.5,
  "vm.dirty_ratio": (value) => value <= 80,
  "vm.dirty_background_ratio": (value) => value <= 80,
  "kernel.panic_on_oops": () => true,
};

/** The kernel's part of a plan; the files' is made by plan-files.ts. */
export type LivePlan = Omit<ApplyPlan, "files">;

/** A setting that may be written while the kernel runs: its record, how it reads now, and what changes with it. */
interface Live {
  readonly setting: PackSetting;
  readonly name: string;
  readonly path: string;
  readonly old: string | undefined;
  readonly moved: readonly { readonly name: string; readonly old: string }[];
}

/**
 * What may be written to the running kernel, and what not. Only settings of the pack that take effect at once, with values of
 * their type and range, that no list locks and nobody else owns.
 */
export function planApply(wanted: readonly WantedValue[], facts: MachineFacts, pack: Pack, locked: readonly string[]): LivePlan {
  const refused: { name: string; why: Words }[] = [];
  const changes: PlannedChange[] = [];
  const locks = locked.map(foldName);
  for (const { name, value: given } of wanted) {
    const value = plainValue(given);
    const live = liveSetting(name, facts, pack);
    const why = live === undefined ? notRunning(pack, name) : refusal(live.setting, live.name, value, live.old, facts, locks);
    if (why !== undefined || live?.old === undefined) {
      refused.push({ name, why: why ?? notThere });
      continue;
    }
    if (sameValue(live.old, value) || changes.some((change) => change.name === live.name)) continue;
    changes.push({ name: live.name, path: live.path, old: live.old, value });
  }
  // A new scheduler sets the depth of its queue anew: what was asked of that comes after it, there and back.
  const schedulers = changes.filter(({ path }) => path.endsWith("/scheduler"));
  return { changes: [...schedulers, ...changes.filter((change) => !schedulers.includes(change)), ...changedWith(changes, facts, pack)], refused };
}

export function plainValue(given: string): string {
  return given.replace(/[ \t]+/gu, " ").trim();
}

function liveSetting(name: string, facts: MachineFacts, pack: Pack): Live | undefined {
  const place = sysfsPlace(name, facts);
  if (place !== undefined) {
    const setting = pack.get(place.setting).find(({ kind }) => kind === "sysfs");
    return setting === undefined ? undefined : { setting, name, path: name.slice(1), old: place.old, moved: place.moved };
  }
  const setting = pack.get(name).find(({ kind }) => kind === "sysctl");
  return setting === undefined ? undefined : { setting, name: setting.name, path: sysctlPath(setting.name), old: facts.sysctls[setting.name], moved: [] };
}

const notThere: Words = { en: "this machine does not show it", zh: "本机未显示该项" };

function notRunning(pack: Pack, name: string): Words {
  const known = pack.get(name).length > 0;
  return known ? { en: "is set in a file and takes a restart: it is never written to a running program", zh: "在文件中设置且需要重启：不会写入正在运行的程序" } : { en: "no setting that the pack knows", zh: "内置参数包中没有该项" };
}

function refusal(setting: PackSetting, name: string, value: string, old: string | undefined, facts: MachineFacts, locks: readonly string[]): Words | undefined {
  if (locks.includes(foldName(name)) || locks.includes(foldName(setting.name))) return { en: "is on the lock list", zh: "在锁定名单中" };
  if (ownedElsewhere(name)) return { en: "belongs to the container network", zh: "归容器网络所有" };
  if (setting.restart !== undefined && setting.restart !== "none") return { en: "takes a restart", zh: "需要重启" };
  if (old === undefined) return notThere;
  const checked = checkValue(setting, value);
  if ("wrong" in checked) return checked.wrong;
  if (setting.type === "list" && value.trim().split(/\s+/u).length !== old.trim().split(/\s+/u).length) return { en: `needs ${String(old.trim().split(/\s+/u).length)} numbers`, zh: `需要 ${String(old.trim().split(/\s+/u).length)} 个数` };
  const amount = amountOf(value, true);
  const { min, max } = setting.sane ?? {};
  if (amount !== undefined && ((min !== undefined && amount < Number(min)) || (max !== undefined && amount > Number(max)))) return { en: `${value} is nearly always a mistake`, zh: `${value} 几乎总是错误` };
  if (amount !== undefined && caps[name]?.(amount, facts) === false) return { en: `${value} is more than this machine can bear`, zh: `${value} 超出本机所能承受` };
  return undefined;
}

/** A slash is a dot in a name's part, such as an interface with a VLAN; the pack's names have none. */
function sysctlPath(name: string): string {
  return `proc/sys/${name.replaceAll(".", "/")}`;
}

/** The other one of an exclusive pair reads 0 after the write, and a queue's depth is its scheduler's: they are remembered with the group. */
function changedWith(changes: readonly PlannedChange[], facts: MachineFacts, pack: Pack): readonly PlannedChange[] {
  const seen = new Set(changes.map(({ name }) => name));
  return changes.flatMap(({ name }) => {
    const pairs = (pack.get(name)[0]?.conflicts ?? []).flatMap(({ rule, other }): readonly PlannedChange[] => {
      const old = facts.sysctls[other];
      return rule !== "exclusive" || old === undefined ? [] : [{ name: other, path: sysctlPath(other), old }];
    });
    const moved = (sysfsPlace(name, facts)?.moved ?? []).map((place): PlannedChange => ({ name: place.name, path: place.name.slice(1), old: place.old }));
    return [...pairs, ...moved].filter((change) => !seen.has(change.name) && seen.add(change.name));
  });
}
