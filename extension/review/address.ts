import type { SourceRequest } from "../../language-server/protocol/requests";

/** Scheme of patch documents that are made of a repository's state. */
export const patchScheme = "keelson-patch";

/** Path and query of the virtual document; the path is what the tab shows and ends in .diff, which makes it a patch. */
export function sourceAddress(request: SourceRequest, folderName: string): { readonly path: string; readonly query: string } {
  const what = request.kind === "range" ? request.range : request.kind === "staged" ? "staged" : "working-tree";
  const safe = what.replace(/[^A-Za-z0-9._^~@-]+/g, "-");
  return { path: `/${folderName.replaceAll("/", "-")}/${safe}.diff`, query: JSON.stringify(request) };
}

interface Named {
  readonly name: string;
  readonly branch: string | undefined;
}

/** What the tab of a repository's patch says: worktrees of the same name are told apart by their branch. */
export function distinctName(repository: Named, all: readonly Named[]): string {
  const alike = all.filter(({ name }) => name === repository.name).length > 1;
  return alike && repository.branch !== undefined ? `${repository.name} (${repository.branch})` : repository.name;
}

/** The request that a virtual document's query holds, undefined when somebody else wrote it. */
export function readAddress(query: string): SourceRequest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(query);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== "object" || value === null || !("kind" in value) || !("folder" in value) || typeof value.folder !== "string") return undefined;
  const { kind, folder } = value;
  if (kind === "staged" || kind === "worktree") return { kind, folder };
  if (kind === "range" && "range" in value && typeof value.range === "string") return { kind, folder, range: value.range };
  return undefined;
}
