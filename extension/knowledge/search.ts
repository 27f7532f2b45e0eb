import * as vscode from "vscode";
import type { KnowledgeHit, KnowledgeRequests } from "../../language-server/protocol/knowledge";
import { Told, type Handler, type Services } from "../services";
import { withoutIcons } from "../upstream/steps";
import { count, kindName } from "./texts";

type Asked = KnowledgeRequests["keelson/knowledge/search"]["params"];
type Kinds = NonNullable<Asked["kinds"]>;

/** Typing goes on for this long before the store is asked. */
const settleMs = 120;
const shown = 40;

interface Filter {
  readonly kinds?: Kinds;
  readonly components?: readonly string[];
}

interface HitItem extends vscode.QuickPickItem {
  readonly hit: KnowledgeHit | undefined;
}

/** Searches while a person types; the filters are buttons, the source opens beside while one looks through the answers. */
export const search: Handler = async (services, arg) => {
  const summary = await services.knowledge.summary();
  if (summary.records === 0) throw new Told(vscode.l10n.t("The knowledge store is empty. Add a kernel tree, a folder of documents or this machine first."));
  const pick = vscode.window.createQuickPick<HitItem>();
  const byKind: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("symbol-parameter"), tooltip: vscode.l10n.t("Only one kind…") };
  const byComponent: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("package"), tooltip: vscode.l10n.t("Only one component…") };
  const openAside: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("book"), tooltip: vscode.l10n.t("All that is known of it") };
  let filter = readFilter(arg);
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  const say = (): void => {
    const only = [...(filter.kinds ?? []).map(kindName), ...(filter.components ?? [])];
    pick.title = only.length === 0 ? vscode.l10n.t("Search the knowledge store") : vscode.l10n.t("Search the knowledge store: {0}", only.join(", "));
  };
  const ask = async (): Promise<void> => {
    const own = ++asked;
    const text = pick.value.trim();
    if (text === "") {
      pick.items = [];
      pick.busy = false;
      return;
    }
    pick.busy = true;
    try {
      const { hits } = await services.server.request("keelson/knowledge/search", { text, limit: shown, ...filter });
      if (own !== asked) return;
      pick.items = hits.length === 0 ? [{ label: vscode.l10n.t("Nothing found"), alwaysShow: true, hit: undefined }] : hits.map((hit) => itemOf(hit, openAside));
    } catch (error) {
      if (own === asked) pick.items = [{ label: `$(error) ${withoutIcons(error instanceof Error ? error.message : String(error))}`, alwaysShow: true, hit: undefined }];
    } finally {
      if (own === asked) pick.busy = false;
    }
  };
  pick.placeholder = vscode.l10n.t("A name, or what it does, in English or Chinese: tcp_rmem, dirty pages before writers wait, 大页");
  pick.buttons = [byKind, byComponent];
  pick.ignoreFocusOut = true;
  say();
  const owned = vscode.Disposable.from(
    pick,
    pick.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), settleMs);
    }),
    pick.onDidTriggerButton(async (button) => {
      filter = withoutEmpty(button === byKind ? { ...filter, kinds: await pickKind(services) } : { ...filter, components: await pickComponent(services) });
      say();
      pick.show();
      await ask();
    }),
    pick.onDidTriggerItemButton(({ item }) => {
      if (item.hit !== undefined) void services.reports.show(`${item.hit.name}.md`, item.hit.page);
    }),
  );
  await new Promise<void>((resolve, reject) => {
    let choosing = false;
    pick.onDidAccept(() => {
      const hit = pick.activeItems[0]?.hit;
      if (hit === undefined) return;
      choosing = true;
      pick.hide();
      openHit(services, hit).then(resolve, reject);
    });
    pick.onDidHide(() => {
      // A filter's own list hides it for a while.
      setTimeout(() => {
        if (!choosing && !filterOpen) resolve();
      }, 0);
    });
    pick.show();
  }).finally(() => {
    clearTimeout(timer);
    owned.dispose();
  });
};

/** True while the list of a filter is open above the search. */
let filterOpen = false;

function readFilter(arg: unknown): Filter {
  if (typeof arg !== "object" || arg === null) return {};
  const strings = (value: unknown): readonly string[] | undefined => (Array.isArray(value) && value.every((entry) => typeof entry === "string") ? value : undefined);
  return withoutEmpty({ kinds: strings("kinds" in arg ? arg.kinds : undefined) as Kinds | undefined, components: strings("components" in arg ? arg.components : undefined) });
}

function withoutEmpty({ kinds, components }: { readonly kinds?: Kinds | undefined; readonly components?: readonly string[] | undefined }): Filter {
  return { ...(kinds === undefined ? {} : { kinds }), ...(components === undefined ? {} : { components }) };
}

function itemOf(hit: KnowledgeHit, aside: vscode.QuickInputButton): HitItem {
  return { label: withoutIcons(hit.name), description: [withoutIcons(hit.component), kindName(hit.kind), withoutIcons(hit.facts)].filter((part) => part !== "").join(" · "), detail: withoutIcons(`${hit.text === "" ? "" : `${hit.text}  `}— ${hit.source}`), alwaysShow: true, buttons: [aside], hit };
}

/** The file at the line that says it; a page of all that is known where there is no file. */
async function openHit(services: Services, hit: KnowledgeHit): Promise<void> {
  if (hit.place === undefined) {
    await services.reports.show(`${hit.name}.md`, hit.page);
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(hit.place.path));
  const at = new vscode.Position(Math.min(hit.place.line, document.lineCount) - 1, 0);
  await vscode.window.showTextDocument(document, { preview: true, selection: new vscode.Range(at, at) });
}

async function pickKind(services: Services): Promise<Kinds | undefined> {
  const { kinds } = await services.knowledge.summary();
  const name = await choose(kinds.map(({ name, records }) => ({ label: kindName(name), description: count(records), name })), vscode.l10n.t("Which kind?"));
  return name === undefined ? undefined : ([name] as unknown as Kinds);
}

async function pickComponent(services: Services): Promise<readonly string[] | undefined> {
  const { components } = await services.knowledge.summary();
  const name = await choose(components.map(({ name, records }) => ({ label: withoutIcons(name), description: count(records), name })), vscode.l10n.t("Which component?"));
  return name === undefined ? undefined : [name];
}

/** Undefined for all of them. */
async function choose(items: readonly { readonly label: string; readonly description: string; readonly name: string }[], placeHolder: string): Promise<string | undefined> {
  filterOpen = true;
  try {
    const all = { label: vscode.l10n.t("All"), description: "", name: "" };
    const picked = await vscode.window.showQuickPick([all, ...items], { placeHolder });
    return picked === undefined || picked.name === "" ? undefined : picked.name;
  } finally {
    filterOpen = false;
  }
}
