import type { ExplainTarget } from "../../language-server/protocol/requests";

/** What is needed of a document symbol; lines are 0-based and inclusive, as the editor counts. */
export interface OutlineNode {
  readonly kind: "patch" | "file" | "hunk";
  readonly first: number;
  readonly last: number;
  /** Where its name stands. */
  readonly line: number;
  readonly name: string;
  readonly detail: string;
  readonly children: readonly OutlineNode[];
}

/** A bare diff's outline begins with its files; they are one patch all the same, named like the document. */
export function asPatches(nodes: readonly OutlineNode[], documentName: string): readonly OutlineNode[] {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (first?.kind !== "file" || last === undefined) return nodes;
  return [{ kind: "patch", first: 0, last: last.last, line: first.line, name: documentName, detail: "", children: nodes }];
}

/** The folder of a document whose name another open one has too, such as 0001-….patch of two versions; else nothing. */
export function folderWhenAlike(path: string, all: readonly string[]): string {
  const [folder = "", name] = path.split("/").slice(-2);
  return all.filter((other) => other.split("/").at(-1) === name).length > 1 ? folder : "";
}

/**
 * A patch's name as a row of a narrow list shows it. `PATCH` is the same on every row and would take the room of the words
 * that tell them apart; the number, the version and RFC stay.
 */
export function rowLabel(name: string): string {
  const tag = /^\[([^\]]*)\]\s*(?=\S)/.exec(name);
  if (tag === null) return name;
  const words = (tag[1] ?? "").split(/\s+/).filter((word) => word !== "" && word !== "PATCH");
  const rest = name.slice(tag[0].length);
  return words.length === 0 ? rest : `[${words.join(" ")}] ${rest}`;
}

/** A thing that can be explained, from the smallest one around a line to its whole patch. */
export interface OutlineTarget {
  readonly target: ExplainTarget;
  readonly name: string;
}

/** The outline is patch › file › hunk in document order, so that a position among its siblings is the ordinal. */
export function targetsAt(outline: readonly OutlineNode[], line: number): readonly OutlineTarget[] {
  const patch = indexAt(outline, line);
  if (patch === undefined) return [];
  const found: OutlineTarget[] = [{ target: { kind: "patch", patch: patch.index }, name: patch.node.name }];
  const file = indexAt(patch.node.children, line);
  if (file === undefined) return found;
  found.unshift({ target: { kind: "file", patch: patch.index, file: file.index }, name: file.node.name });
  const hunk = indexAt(file.node.children, line);
  if (hunk === undefined) return found;
  found.unshift({ target: { kind: "hunk", patch: patch.index, file: file.index, hunk: hunk.index }, name: hunk.node.name });
  return found;
}

function indexAt(nodes: readonly OutlineNode[], line: number): { readonly index: number; readonly node: OutlineNode } | undefined {
  const index = nodes.findIndex((node) => node.first <= line && line <= node.last);
  const node = nodes[index];
  return node === undefined ? undefined : { index, node };
}
