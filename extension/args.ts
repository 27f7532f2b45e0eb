import type { ExplainTarget } from "../language-server/protocol/requests";

/**
 * Arguments of commands. They come from the server's lenses and actions (see protocol/commands.ts), from menus (a Uri),
 * from the tree (its node) or from anybody's keybindings.json, so nothing is taken for granted.
 */

function member(arg: unknown, name: string): unknown {
  return typeof arg === "object" && arg !== null ? (arg as Readonly<Record<string, unknown>>)[name] : undefined;
}

export function readText(arg: unknown, name: string): string | undefined {
  const value = member(arg, name);
  return typeof value === "string" ? value : undefined;
}

/** A whole number that is not negative. */
export function readCount(arg: unknown, name: string): number | undefined {
  const value = member(arg, name);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function readCounts(arg: unknown, name: string): readonly number[] {
  const value = member(arg, name);
  return Array.isArray(value) ? value.filter((entry): entry is number => typeof entry === "number" && Number.isSafeInteger(entry) && entry >= 0) : [];
}

/** What is needed of the editor's own Uri. */
interface UriLike {
  toString(): string;
}

/** `{ uri }`, or a Uri of the editor itself. */
export function readUri(arg: unknown): string | undefined {
  const own = readText(arg, "uri");
  if (own !== undefined) return own;
  if (typeof arg !== "object" || arg === null || readText(arg, "scheme") === undefined || readText(arg, "path") === undefined) return undefined;
  return (arg as UriLike).toString();
}

/** `{ target }` of the explain command. */
export function readTarget(arg: unknown): ExplainTarget | undefined {
  const target = member(arg, "target");
  const kind = readText(target, "kind");
  const patch = readCount(target, "patch");
  const file = readCount(target, "file");
  const hunk = readCount(target, "hunk");
  if (kind === "selection") {
    const firstLine = readCount(target, "firstLine");
    const lastLine = readCount(target, "lastLine");
    return firstLine === undefined || lastLine === undefined || firstLine < 1 || lastLine < firstLine ? undefined : { kind, firstLine, lastLine };
  }
  if (patch === undefined) return undefined;
  if (kind === "patch") return { kind, patch };
  if (file === undefined) return undefined;
  if (kind === "file") return { kind, patch, file };
  return kind === "hunk" && hunk !== undefined ? { kind, patch, file, hunk } : undefined;
}
