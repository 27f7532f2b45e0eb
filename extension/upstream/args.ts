import type { PairRef, UpstreamFilter, UpstreamList } from "../../language-server/protocol/upstream";
import { readText } from "../args";
import { readRows as readPanelRows } from "../panels/rows";

/** Arguments of the commands about comparisons: rows of the view, lenses, panels, or anybody's keybindings. */

const shas = /^[0-9a-f]{40,64}$/;

export function readPair(arg: unknown): PairRef | undefined {
  const folder = readText(arg, "folder");
  const pair = readText(arg, "pair");
  return folder === undefined || pair === undefined ? undefined : { folder, pair };
}

export interface RowArgument extends PairRef {
  readonly list: UpstreamList | undefined;
  readonly commit: string | undefined;
}

export function readRow(arg: unknown): RowArgument | undefined {
  const ref = readPair(arg);
  if (ref === undefined) return undefined;
  const commit = readText(arg, "commit");
  const list = readText(arg, "list");
  return { ...ref, commit: commit !== undefined && shas.test(commit) ? commit : undefined, list: list !== undefined && isList(list) ? list : undefined };
}

const lists: Readonly<Record<UpstreamList, true>> = { missing: true, wrong: true, unsure: true, partial: true, adapted: true, same: true, ours: true, revert: true, "not-built": true, decided: true };

function isList(value: string): value is UpstreamList {
  return Object.hasOwn(lists, value);
}

export function readRows(arg: unknown): (PairRef & { readonly list?: UpstreamList; readonly filter: UpstreamFilter }) | undefined {
  return readPanelRows(arg);
}

/** Full shas in a list. */
export function readShas(arg: unknown, name: string): readonly string[] {
  const value: unknown = typeof arg === "object" && arg !== null ? (arg as Readonly<Record<string, unknown>>)[name] : undefined;
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string" && shas.test(entry)) : [];
}
