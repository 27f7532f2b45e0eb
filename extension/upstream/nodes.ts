import type { PairRef, RowsPart, UpstreamList, UpstreamRow, UpstreamSummary } from "../../language-server/protocol/upstream";

/** Rows of the Upstream view. `folder`, `pair` and `commit` are what the commands of their menus read. */
export interface PairNode extends PairRef {
  readonly kind: "pair";
  summary: UpstreamSummary;
  /** What is being done; its words change while it goes on. */
  readonly running: NoteNode;
}

export interface ListNode extends PairRef {
  readonly kind: "list";
  readonly list: UpstreamList;
  readonly count: number;
}

export interface RowNode extends PairRef {
  readonly kind: "row";
  readonly list: UpstreamList;
  readonly commit: string;
  readonly row: UpstreamRow;
}

/** Neighbours of a long list. */
export interface PartNode extends PairRef, RowsPart {
  readonly kind: "part";
  readonly list: UpstreamList;
}

/** A sentence; `action` is what a click does. */
export interface NoteNode extends PairRef {
  readonly kind: "note";
  readonly about: "running" | "stale" | "made" | "none" | "broken" | "notice";
  text: string;
  readonly action: "refresh" | "open" | undefined;
  /** What `open` opens, and what stands beside the text. */
  readonly commit?: string;
  readonly beside?: string;
}

export type UpstreamNode = PairNode | ListNode | RowNode | PartNode | NoteNode;

/** Lists in the order of the view: what wants a person first. Those of the second row are shown when they hold something. */
export const shownLists: readonly UpstreamList[] = ["missing", "wrong", "unsure", "partial", "adapted", "same", "ours"];
export const rareLists: readonly UpstreamList[] = ["revert", "not-built", "decided"];

/** Words that the manifest's menus look for. */
export function contextOf(node: UpstreamNode): string {
  switch (node.kind) {
    case "pair":
      return node.summary.commits > 0 ? "pair known" : "pair";
    case "list":
      return `list ${node.list}`;
    case "row": {
      const { side, upstream, laterFixes, pick } = node.row;
      return ["row", node.list, ...(side === "downstream" ? ["twin"] : []), ...(upstream.length > 0 ? ["mapped"] : []), ...(laterFixes > 0 ? ["fixes"] : []), ...(pick?.class === "conflict" ? ["conflict"] : [])].join(" ");
    }
    case "part":
      return "part";
    case "note":
      return `note ${node.about}`;
  }
}

export function idOf(node: UpstreamNode): string {
  const pair = `${node.folder}#${node.pair}`;
  switch (node.kind) {
    case "pair":
      return pair;
    case "list":
      return `${pair}#${node.list}`;
    case "row":
      return `${pair}#${node.list}#${node.commit}`;
    case "part":
      return `${pair}#${node.list}#part#${node.offset}`;
    case "note":
      return `${pair}#note#${node.about}#${node.about === "notice" ? node.text : ""}`;
  }
}

/** True when a summary differs in more than the words of what is being done. */
export function differs(a: UpstreamSummary, b: UpstreamSummary): boolean {
  const shape = ({ state, counts, commits, candidates, notices, note }: UpstreamSummary): string => JSON.stringify([state, counts, commits, candidates, notices, state === "running" ? "" : note]);
  return shape(a) !== shape(b);
}
