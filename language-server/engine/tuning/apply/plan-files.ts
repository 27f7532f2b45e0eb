import { loadOrder } from "../files/sysctl/order";
import { formatNamed, formatOf } from "../files/formats";
import type { FileFormat, FileKind } from "../files/types";
import type { Pack } from "../pack/load";
import type { PackSetting } from "../pack/types";
import { foldName } from "../store/terms";
import type { Words } from "../suggest/types";
import { amountOf, checkValue } from "../suggest/value";
import { familyOf, isMeant, setInFile } from "./edit";
import type { LookedFile } from "./look";
import { plainValue, type LivePlan, type WantedValue } from "./plan";
import { applyEdits } from "./text-edit";
import { sysfsPlace } from "./sysfs";
import { setInTmpfiles } from "./tmpfiles";
import type { ApplyPlan, PlannedFile, TextEdit } from "./types";

/** Keelson's own files, for what no other file sets. */
const ownSysctlFile = "/etc/sysctl.d/90-keelson.conf";
const ownTmpfile = "/etc/tmpfiles.d/90-keelson.conf";

interface Draft {
  readonly looked: LookedFile;
  readonly component: string;
  text: string;
  readonly edits: TextEdit[];
  readonly names: string[];
  restart: PlannedFile["restart"];
}

/** A setting, the value, and the files that it belongs into. */
interface Chosen {
  readonly name: string;
  readonly value: string;
  readonly setting: PackSetting;
  readonly targets: readonly { readonly file: LookedFile; readonly format: FileFormat | undefined }[];
}

/** What the plan of the running kernel would need of a machine's files. */
export function filesToLookAt(wanted: readonly WantedValue[], pack: Pack, named: readonly string[]): { readonly components: readonly string[]; readonly named: readonly string[]; readonly boot: boolean } {
  const settings = wanted.flatMap(({ name }) => [...pack.get(name), ...pack.get(generic(name))]);
  const components = settings.flatMap(({ component }) => (component === "kernel" ? [] : familyOf(component) === "mariadb" ? ["mariadb", "mysql"] : [component]));
  return { components: [...new Set(components)], named, boot: settings.some(({ kind }) => kind === "sysctl" || kind === "sysfs") };
}

function generic(name: string): string {
  return sysfsPlace(name, { disks: [] })?.setting ?? name;
}

/**
 * Adds to a plan of the running kernel the files that make its values last, and those that programs read at their start. What may not
 * be written to the kernel is not written to a file either; a file is one that the user named, or a usual place.
 */
export function planFiles(wanted: readonly WantedValue[], live: LivePlan, looked: readonly LookedFile[], pack: Pack, locked: readonly string[]): ApplyPlan {
  const refused: { name: string; why: Words }[] = [];
  const drafts = new Map<string, Draft>();
  const locks = locked.map(foldName);
  for (const { name, value: given } of wanted) {
    const value = plainValue(given);
    const chosen = choose(name, value, live, looked, pack, locks);
    if ("why" in chosen) refused.push({ name, why: chosen.why });
    else for (const target of chosen.targets) {
      const why = add(chosen, target, drafts);
      if (why !== undefined) refused.push({ name, why });
    }
  }
  const files = [...drafts.values()].filter(({ edits }) => edits.length > 0).map(({ looked: { path, text: before }, component, text: after, edits, names, restart }): PlannedFile => ({ path, component, before, after, edits, names, restart }));
  return { changes: live.changes, files, refused };
}

function choose(name: string, value: string, live: LivePlan, looked: readonly LookedFile[], pack: Pack, locks: readonly string[]): Chosen | { readonly why: Words } {
  const atRun = pack.get(generic(name)).find(({ kind }) => kind === "sysctl" || kind === "sysfs");
  if (atRun !== undefined) {
    const refusal = live.refused.find((entry) => entry.name === name);
    if (refusal !== undefined) return refusal;
    const wrong = locks.includes(foldName(name)) ? onLockList : wrongValue(atRun, value);
    if (wrong !== undefined) return { why: wrong };
    const setting = { ...atRun, name: atRun.kind === "sysfs" ? name : atRun.name };
    const targets = atRun.kind === "sysfs" ? tmpfilesTarget(looked) : sysctlTargets(setting, looked);
    return "why" in targets ? targets : { name, value, setting, targets };
  }
  if (locks.includes(foldName(name))) return { why: onLockList };
  const possible = pack.get(name).flatMap((setting) => programTargets(setting, looked).map((target) => ({ setting, ...target })));
  const [first] = possible;
  if (first === undefined) return { why: notFound(pack.get(name), looked) };
  const paths = new Set(possible.map(({ file: { path } }) => path));
  if (paths.size > 1) return { why: { en: `several files could be meant: ${[...paths].slice(0, 4).join(", ")}; name one`, zh: `可能指多个文件：${[...paths].slice(0, 4).join("、")}；请指定其一` } };
  const wrong = wrongValue(first.setting, value);
  return wrong === undefined ? { name, value, setting: first.setting, targets: [{ file: first.file, format: first.format }] } : { why: wrong };
}

const onLockList: Words = { en: "is on the lock list", zh: "在锁定名单中" };

function wrongValue(setting: PackSetting, value: string): Words | undefined {
  const checked = checkValue(setting, value);
  if ("wrong" in checked) return checked.wrong;
  const amount = amountOf(value, true);
  const [min, max] = [setting.sane?.min, setting.sane?.max].map((bound) => (bound === undefined ? undefined : amountOf(bound, true)));
  return amount !== undefined && ((min !== undefined && amount < min) || (max !== undefined && amount > max)) ? { en: `${value} is nearly always a mistake`, zh: `${value} 几乎总是错误` } : undefined;
}

const kindOf: Readonly<Partial<Record<string, FileKind>>> = { postgresql: "postgresql", mariadb: "mysql", mysql: "mysql", redis: "redis", nginx: "nginx" };

/** A file that the user named goes before the usual places. */
function programTargets(setting: PackSetting, looked: readonly LookedFile[]): Chosen["targets"] {
  const fitting = (why: LookedFile["why"]): Chosen["targets"] =>
    looked.flatMap((file) => {
      if (file.why !== why || file.text === undefined || (why === "find" && familyOf(file.component) !== familyOf(setting.component))) return [];
      const format = why === "find" ? formatNamed(kindOf[file.component] ?? "yaml") : formatOf(file.path, file.text);
      return format !== undefined && takes(format, file, setting) ? [{ file, format }] : [];
    });
  const named = fitting("named");
  return named.length > 0 ? named : fitting("find");
}

/** Whether a setting belongs into a file of this kind; scripts and manifests only where they start its engine. */
function takes(format: FileFormat, { path, text = "" }: LookedFile, setting: PackSetting): boolean {
  const own = kindOf[setting.component];
  if (own !== undefined) return format.kind === own;
  return (format.kind === "yaml" || format.kind === "shell") && format.parse(text, path).settings.some(({ component, kind }) => component === setting.component && kind === setting.kind);
}

const problems: Readonly<Record<NonNullable<LookedFile["problem"]>, Words>> = {
  missing: { en: "is not there", zh: "不存在" },
  unreadable: { en: "may not be read", zh: "无权读取" },
  large: { en: "is larger than 1 MiB", zh: "大于 1 MiB" },
  bytes: { en: "holds bytes that are no UTF-8", zh: "含有非 UTF-8 字节" },
};

function notFound(settings: readonly PackSetting[], looked: readonly LookedFile[]): Words {
  if (settings.length === 0) return { en: "no setting that the pack knows", zh: "内置参数包中没有该项" };
  const broken = looked.find(({ why, problem }) => why === "named" && problem !== undefined);
  if (broken?.problem !== undefined) return { en: `${broken.given} ${problems[broken.problem].en}`, zh: `${broken.given} ${problems[broken.problem].zh}` };
  return { en: `no file of ${settings[0]?.component ?? ""} was found on this machine: name it`, zh: `本机未找到 ${settings[0]?.component ?? ""} 的配置文件：请指定` };
}

/** The file that has the last word at boot when it is an administrator's, else Keelson's own. */
function sysctlTargets(setting: PackSetting, looked: readonly LookedFile[]): Chosen["targets"] | { readonly why: Words } {
  const format = formatNamed("sysctl");
  const named = looked.filter(({ why, path, text }) => why === "named" && text !== undefined && formatOf(path, text)?.kind === "sysctl");
  if (named.length > 0) return named.slice(0, 1).map((file) => ({ file, format }));
  const files = looked.filter(({ why }) => why === "sysctl");
  const ordered = loadOrder(files.map(({ given }) => given));
  const sets = ({ text, path }: LookedFile): boolean => format !== undefined && text !== undefined && format.parse(text, path).settings.some((entry) => isMeant(entry, setting));
  const last = ordered.toReversed().map((given) => files.find((file) => file.given === given)).find((file) => file !== undefined && sets(file));
  const own = files.find(({ given }) => given === ownSysctlFile);
  if (own?.problem !== undefined || (own === undefined && last === undefined)) return { why: { en: `${ownSysctlFile} cannot be written`, zh: `无法写入 ${ownSysctlFile}` } };
  const toOwn = own === undefined ? [] : [{ file: own, format }];
  if (last === undefined || last.given === ownSysctlFile) return toOwn;
  // systemd does not read it where no link in sysctl.d leads there, procps does.
  if (last.given === "/etc/sysctl.conf") return [{ file: last, format }, ...toOwn];
  if (last.path.startsWith("/etc/")) return [{ file: last, format }];
  return baseName(last.given) < baseName(ownSysctlFile) ? toOwn : { why: { en: `${last.given} sets it later at boot`, zh: `${last.given} 在启动时更晚设置它` } };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function tmpfilesTarget(looked: readonly LookedFile[]): Chosen["targets"] | { readonly why: Words } {
  const own = looked.find(({ why, given }) => why === "tmpfiles" && given === ownTmpfile);
  return own === undefined || own.problem !== undefined ? { why: { en: `${ownTmpfile} cannot be written, so the value ends with the next boot`, zh: `无法写入 ${ownTmpfile}，该值重启后失效` } } : [{ file: own, format: undefined }];
}

/** Why it could not be added; undefined when it was, or was there already. */
function add({ setting, value, name }: Chosen, { file, format }: Chosen["targets"][number], drafts: Map<string, Draft>): Words | undefined {
  if (leadsAway(file)) return { en: `${file.given} leads to ${file.path}`, zh: `${file.given} 指向 ${file.path}` };
  const draft = drafts.get(file.path) ?? { looked: file, component: setting.component, text: file.text ?? ownHead, edits: file.text === undefined ? [{ at: 0, old: "", new: ownHead }] : [], names: [], restart: "none" };
  const result = format === undefined ? setInTmpfiles(draft.text, setting.name, value) : setInFile(draft.text, format, file.path, setting, value);
  if ("cannot" in result) return { en: `${file.path}: ${result.cannot.en}`, zh: `${file.path}：${result.cannot.zh}` };
  if ("same" in result) return undefined;
  drafts.set(file.path, draft);
  draft.text = applyEdits(draft.text, [result.edit]) ?? draft.text;
  draft.edits.push(result.edit);
  draft.names.push(name);
  const order = ["none", "service", "reboot"] as const;
  draft.restart = order[Math.max(order.indexOf(draft.restart), order.indexOf(setting.restart ?? "none"))] ?? "service";
  return undefined;
}

const ownHead = "# Written by Keelson. Each change has a rollback file and a line in its audit log.\n";

/** A link may lead to another file of the same folder tree, such as /etc/alternatives; never out of it. */
function leadsAway({ given, path }: LookedFile): boolean {
  if (given === path) return false;
  const tree = given.startsWith("/etc/") ? "/etc/" : given.slice(0, given.lastIndexOf("/") + 1);
  return !path.startsWith(tree);
}
