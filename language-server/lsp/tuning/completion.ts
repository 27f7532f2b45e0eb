import { CompletionItemKind, MarkupKind, type CompletionItem, type CompletionList, type Position } from "vscode-languageserver";
import { componentsOf } from "../../engine/tuning/files/rules/known";
import type { KnownSetting } from "../../engine/tuning/files/rules/types";
import type { Setting } from "../../engine/tuning/files/types";
import type { PackSetting } from "../../engine/tuning/pack/types";
import { loadPack } from "../../engine/tuning/pack/load";
import { foldName } from "../../engine/tuning/store/terms";
import { lineText } from "../positions";
import { placeFor, type CompletionPlace } from "./completion-place";
import type { TuningDocument, TuningDocuments } from "./documents";
import { settingText } from "./hover";

/** What an item carries for its text, which is asked for only when it is looked at. */
export interface CompletionData {
  readonly tuning: Pick<Setting, "name" | "component" | "kind">;
}

/** More are narrowed down by typing on. */
const most = 400;

/** Names of settings, or values of the one that is written, at a place. */
export async function tuningCompletion(tuning: TuningDocument, at: Position): Promise<CompletionList | null> {
  const place = placeFor(tuning.kind, tuning.file, lineText(tuning.document.text, at.line + 1), at.line + 1, at.character);
  if (place === undefined) return null;
  return place.what === "value" ? valueItems(tuning, place, at) : nameItems(tuning, place, at);
}

async function nameItems({ knowledge }: TuningDocument, place: Extract<CompletionPlace, { what: "name" }>, at: Position): Promise<CompletionList> {
  const [list, pack] = await Promise.all([knowledge.names(place.kind), loadPack()]);
  const members = componentsOf(place.component);
  const packed = pack.settings.filter(({ component, kind }) => kind === place.kind && members.includes(component));
  const names = new Map<string, { readonly name: string; readonly packed?: PackSetting }>();
  for (const member of members) for (const [folded, name] of list.byComponent.get(member)?.written ?? []) names.set(folded, { name });
  for (const setting of packed) names.set(foldName(setting.name), { name: setting.name, packed: setting });
  const typed = foldName(place.typed);
  const wanted = [...names].filter(([folded]) => matches(folded, typed));
  // What the pack tells of are the settings that matter most.
  wanted.sort(([a, left], [b, right]) => Number(right.packed !== undefined) - Number(left.packed !== undefined) || (a < b ? -1 : 1));
  const range = { start: { line: at.line, character: place.start }, end: at };
  return {
    isIncomplete: wanted.length > most,
    items: wanted.slice(0, most).map(([folded, { name, packed: setting }]): CompletionItem => {
      const label = `${place.prefix}${written(name, place)}`;
      const data: CompletionData = { tuning: { name, component: place.component, kind: place.kind } };
      return { label, kind: CompletionItemKind.Property, filterText: label, sortText: `${setting === undefined ? 1 : 0}${folded}`, ...(setting?.default === undefined ? {} : { labelDetails: { description: setting.default } }), textEdit: { range, newText: `${label}${place.suffix}` }, data };
    }),
  };
}

function written(name: string, { component, slashes }: Extract<CompletionPlace, { what: "name" }>): string {
  const bare = name.replace(/^--/u, "");
  if (slashes) return bare.replaceAll(".", "/");
  return component === "vllm" || component === "sglang" || component === "juicefs" ? bare.replaceAll("_", "-") : bare;
}

/** The letters typed, in their order: the editor ranks them. */
function matches(name: string, typed: string): boolean {
  let at = 0;
  for (let i = 0; i < name.length && at < typed.length; i++) if (name.charAt(i) === typed.charAt(at)) at++;
  return at === typed.length;
}

function valueItems({ view, words }: TuningDocument, { setting, start }: Extract<CompletionPlace, { what: "value" }>, at: Position): CompletionList | null {
  const known = view.of(setting);
  if (known === undefined) return null;
  const range = { start: { line: at.line, character: start }, end: at };
  const usual = known.default?.value;
  const values = [...new Set([...(usual === undefined ? [] : [usual]), ...choices(known)])];
  if (values.length === 0) return null;
  return { isIncomplete: false, items: values.map((value, i): CompletionItem => ({ label: value, kind: CompletionItemKind.Value, sortText: String(i).padStart(3, "0"), ...(value === usual ? { detail: words.say({ id: "tuning.hover.default", args: { value } }) } : {}), textEdit: { range, newText: value } })) };
}

function choices({ type, range, component, kind }: KnownSetting): readonly string[] {
  if (range?.value.values !== undefined) return range.value.values.slice(0, 50);
  if (type?.value !== "boolean") return [];
  if (kind === "sysctl") return ["0", "1"];
  return component === "redis" ? ["yes", "no"] : component === "postgresql" || component === "nginx" ? ["on", "off"] : component === "mysql" || component === "mariadb" ? ["ON", "OFF"] : [];
}

/** Fills in what a hover would tell. */
export async function resolveTuningItem(item: CompletionItem, documents: TuningDocuments): Promise<CompletionItem> {
  const data = item.data as Partial<CompletionData> | undefined;
  if (data?.tuning === undefined) return item;
  const { name, component, kind } = data.tuning;
  const span = { line: 1, start: 0, end: 0 };
  const view = await documents.knowledge.viewOf([{ settings: [{ name, component, kind, written: name, value: undefined, at: span, valueAt: undefined, scope: "", open: false }], includes: [], problems: [] }]);
  const known = view.of(data.tuning);
  return known === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value: await settingText(known, [], documents.words, await documents.knowledge.origins()) } };
}
