import type { IndexSpec } from "./message-index";

/** Lines by which keepers of every dialect say which commit theirs carries; a claim, not a proof. */
const markerLines: readonly RegExp[] = [
  /^\s*\[?\s*(?:upstream )?commit:? ([0-9a-f]{8,40}) upstream/iu,
  /^\s*\[\s*(?:upstream|stable|mainline) commit:? ([0-9a-f]{8,40})/iu,
  /\((?:cherry[ -]picked|backported|back[ -]ported) from (?:commit )?([0-9a-f]{8,40})/iu,
  /^\s*(?:git-commit|(?:master |mainline |upstream )?commit):?\s+([0-9a-f]{8,40})\s*$/iu,
];

const fixesLine = /^\s*fixes:?\s*(?:commit\s+)?([0-9a-f]{8,40})\b/iu;

/** Markers in a branch's own commits. A branch is never that far from mainline: the bound keeps a kernel's old history out. */
export const carriedIndex: IndexSpec = {
  name: "carried-1",
  pattern:
    "(upstream commit|commit:? [0-9a-f]+ upstream|(stable|mainline) commit|cherry[ -]picked from|back[ -]?ported from|^ *git-commit:|^ *(master |mainline )?commit:?[[:space:]]+[0-9a-f]+[[:space:]]*$)",
  newest: 200_000,
  extract: (message) => named(message, markerLines),
};

/** `Fixes:` lines wherever they stand in the message: many projects put them above the last paragraph. */
export const fixesIndex: IndexSpec = {
  name: "fixes-1",
  pattern: "^[[:space:]]*fixes:?[[:space:]]*(commit[[:space:]]+)?[0-9a-f]{8}",
  newest: undefined,
  extract: (message) => named(message, [fixesLine]),
};

function named(message: string, patterns: readonly RegExp[]): readonly string[] {
  const shas = new Set<string>();
  for (const line of message.split("\n")) {
    for (const pattern of patterns) {
      const sha = pattern.exec(line)?.[1];
      if (sha !== undefined) shas.add(sha.toLowerCase());
    }
  }
  return [...shas];
}
