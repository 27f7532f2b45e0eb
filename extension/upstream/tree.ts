import * as vscode from "vscode";
import type { PairRef, UpstreamFilter, UpstreamList, UpstreamRow, UpstreamSort, UpstreamSummary } from "../../language-server/protocol/upstream";
import type { Server } from "../server/server";
import { readRow } from "./args";
import { shownFilter } from "./filter";
import { itemOf, rowTooltip } from "./items";
import { differs, rareLists, shownLists, type ListNode, type NoteNode, type PairNode, type PartNode, type RowNode, type UpstreamNode } from "./nodes";
import { readSort, shownSort } from "./sort";
import type { TreeSource, UpstreamView } from "./view";

/**
 * A longer list comes in parts of so many rows, each read when it is opened. VS Code draws 20,000 rows at 60 frames a second,
 * but takes seconds to take them over at once (measured in 1.139).
 */
const partRows = 1000;
/** Rows asked of the server at a time. */
const pageRows = 5000;

/** Settled this long after the last notification, so that the view does not flicker. */
const settleMs = 150;

export interface UpstreamTree extends TreeSource {
  filter(): UpstreamFilter;
  setFilter(filter: UpstreamFilter): void;
  sort(): UpstreamSort;
  setSort(sort: UpstreamSort): void;
  /** Shows a list, opened. */
  reveal(ref: PairRef, list: UpstreamList | undefined): Promise<void>;
  /** Comparisons that the view shows. */
  known(): readonly PairRef[];
  /** The rows that a command is about: the selected ones when its own is among them or it has none. */
  selected(arg: unknown): readonly RowNode[];
  /** All rows of a list under the filter. */
  rows(node: PairRef & { readonly list: UpstreamList }, token?: vscode.CancellationToken): Promise<readonly UpstreamRow[]>;
  dispose(): void;
}

const filterKey = "keelson.upstream.filter";
const sortKey = "keelson.upstream.sort";

export function createUpstreamTree(server: Server, view: UpstreamView, state: vscode.Memento, log: vscode.LogOutputChannel): UpstreamTree {
  let pairs: readonly PairNode[] = [];
  let filter: UpstreamFilter = state.get<UpstreamFilter>(filterKey) ?? {};
  let sort = readSort(state.get(sortKey));
  let timer: NodeJS.Timeout | undefined;
  /** The nodes that the view has: it knows them by identity. */
  const lists = new Map<string, ListNode>();
  const parents = new WeakMap<UpstreamNode, UpstreamNode>();

  const keyOf = (ref: PairRef & { readonly list: UpstreamList }): string => `${ref.folder}\0${ref.pair}\0${ref.list}`;

  const summary = (ref: PairRef): Promise<UpstreamSummary> => server.request("keelson/upstream/summary", { folder: ref.folder, pair: ref.pair, filter });

  const pairNode = (of: UpstreamSummary): PairNode => {
    const { folder, pair } = of;
    const running: NoteNode = { kind: "note", folder, pair, about: "running", text: of.note, action: undefined };
    return { kind: "pair", folder, pair, summary: of, running };
  };

  async function roots(): Promise<readonly PairNode[]> {
    const found = await server.request("keelson/upstream/pairs", null);
    pairs = await Promise.all(found.pairs.map(async (ref) => pairNode(await summary(ref))));
    tellContext();
    return pairs;
  }

  function tellContext(): void {
    // The title has no room for it in a narrow side bar.
    view.tree.message = [shownFilter(filter), shownSort(sort)].filter((part) => part !== undefined).join(" · ");
    const known = pairs.some((node) => node.summary.commits > 0);
    void vscode.commands.executeCommand("setContext", "keelson.upstream.pairs", pairs.length > 0);
    void vscode.commands.executeCommand("setContext", "keelson.upstream.known", known);
    void vscode.commands.executeCommand("setContext", "keelson.upstream.filtered", Object.keys(filter).length > 0);
  }

  /** The rows of a list, or its parts when it is long. */
  async function inside(node: ListNode): Promise<UpstreamNode[]> {
    const { folder, pair, list, count } = node;
    if (count <= partRows) return rowsOf(node, 0, count);
    const { parts } = await server.request("keelson/upstream/parts", { folder, pair, list, filter, sort, size: partRows });
    return parts.map((part): PartNode => ({ kind: "part", folder, pair, list, ...part }));
  }

  async function rowsOf({ folder, pair, list }: ListNode | PartNode, offset: number, count: number): Promise<UpstreamNode[]> {
    const rows = await fetchRows({ folder, pair, list }, offset, count);
    return rows.map((row): RowNode => ({ kind: "row", folder, pair, list, commit: row.commit, row }));
  }

  async function fetchRows({ folder, pair, list }: PairRef & { readonly list: UpstreamList }, offset: number, wanted: number, token?: vscode.CancellationToken): Promise<readonly UpstreamRow[]> {
    const all: UpstreamRow[] = [];
    for (;;) {
      const limit = Math.min(wanted - all.length, pageRows);
      const { rows, total } = await server.request("keelson/upstream/rows", { folder, pair, list, filter, sort, offset: offset + all.length, limit }, token);
      all.push(...rows);
      if (all.length >= Math.min(total - offset, wanted) || rows.length === 0) return all;
    }
  }

  /** Sentences first, then the lists, then what the user should know of the result. */
  function below({ folder, pair, summary: { state, note, counts, notices, tips }, running }: PairNode): UpstreamNode[] {
    const said = (about: NoteNode["about"], text: string, action: NoteNode["action"]): NoteNode => ({ kind: "note", folder, pair, about, text, action });
    /** Says of which commits an answer is that is older than the tips. */
    const made = (of: UpstreamSummary["tips"]): NoteNode[] => (of === undefined ? [] : [{ ...said("made", vscode.l10n.t("Compared at {0}", of.downstream.slice(0, 12)), "open"), commit: of.downstream, beside: `← ${of.mainline.slice(0, 12)}` }]);
    const head = state === "running" ? [running] : state === "none" ? [said("none", note, "refresh")] : state === "stale" ? [said("stale", note, "refresh"), ...made(tips)] : state === "broken" ? [said("broken", note, undefined)] : [];
    const wanted = [...shownLists, ...rareLists.filter((list) => (counts[list] ?? 0) > 0)];
    const found = wanted.flatMap((list): ListNode[] => {
      const count = counts[list];
      return count === undefined ? [] : [{ kind: "list", folder, pair, list, count }];
    });
    for (const node of found) lists.set(keyOf(node), node);
    return [...head, ...found, ...notices.map(({ text }) => said("notice", text, undefined))];
  }

  async function children(node: UpstreamNode | undefined): Promise<UpstreamNode[]> {
    if (node === undefined) return [...(await roots())];
    const found = node.kind === "pair" ? below(node) : node.kind === "list" ? await inside(node) : node.kind === "part" ? await rowsOf(node, node.offset, node.count) : [];
    for (const child of found) parents.set(child, node);
    return found;
  }

  /** The view follows: by words alone while work goes on, from the top when more changed. */
  async function follow(): Promise<void> {
    for (const node of pairs) {
      const now = await summary(node);
      const changed = differs(node.summary, now);
      node.summary = now;
      node.running.text = now.note;
      if (changed) view.update(node);
      else if (now.state === "running") view.update(node.running);
    }
    tellContext();
  }

  const listening = server.onNotification("keelson/upstream/changed", ({ running }) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (running) {
        follow().catch((error: unknown) => {
          log.warn(`upstream view: ${String(error)}`);
        });
      } else view.update();
    }, settleMs);
  });

  return {
    children,
    item: itemOf,
    parent: (node) => parents.get(node),
    resolve(item, node) {
      if (node.kind === "row") item.tooltip = rowTooltip(node);
      return item;
    },
    filter: () => filter,
    setFilter(wanted) {
      filter = wanted;
      void state.update(filterKey, wanted);
      tellContext();
      view.update();
    },
    sort: () => sort,
    setSort(wanted) {
      sort = wanted;
      void state.update(sortKey, wanted);
      tellContext();
      view.update();
    },
    async reveal(ref, list) {
      const all = pairs.length > 0 ? pairs : await roots();
      const node = all.find((entry) => entry.folder === ref.folder && entry.pair === ref.pair);
      const target = list === undefined || node === undefined ? node : (lists.get(keyOf({ ...ref, list })) ?? node);
      if (target !== undefined) await view.tree.reveal(target, { select: true, focus: true, expand: true });
    },
    known: () => pairs,
    selected(arg) {
      const rows = view.tree.selection.filter((node) => node.kind === "row");
      const own = readRow(arg);
      if (own?.commit === undefined || rows.some((row) => row.commit === own.commit && row.pair === own.pair && row.folder === own.folder)) return rows;
      return isRow(arg) ? [arg] : [];
    },
    rows: async (node, token) => fetchRows(node, 0, Number.POSITIVE_INFINITY, token),
    dispose() {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}

/** A row that the view itself hands over. */
function isRow(arg: unknown): arg is RowNode {
  return typeof arg === "object" && arg !== null && "kind" in arg && arg.kind === "row";
}
