import type { CommitFacts, MissingFix, NotBuilt } from "../types";
import type { BuildOracle } from "./built";

/** Paths that are part of no build, whatever the configuration. */
const words = /^(?:Documentation\/|MAINTAINERS$|CREDITS$|LICENSES\/|\.mailmap$)|\.(?:rst|txt|md)$/u;

/**
 * The same fixes, each with what keeps its code out of the build where all code that it touches is kept out. One path that is built,
 * or not decided (a header, an architecture's file, a Kconfig file), leaves the fix as it is.
 */
export function foldNotBuilt(fixes: readonly MissingFix[], candidates: readonly CommitFacts[], oracle: BuildOracle): readonly MissingFix[] {
  const paths = new Map(candidates.map(({ sha, paths: touched }) => [sha, touched]));
  return fixes.map((fix) => {
    const notBuilt = whyNotBuilt(paths.get(fix.fix) ?? [], oracle);
    return notBuilt === undefined ? fix : { ...fix, notBuilt };
  });
}

function whyNotBuilt(paths: readonly string[], oracle: BuildOracle): NotBuilt | undefined {
  let first: NotBuilt | undefined;
  for (const path of paths) {
    if (words.test(path)) continue;
    const answer = oracle.of(path);
    if (answer.state !== "not-built") return undefined;
    first ??= { symbol: answer.symbol, file: answer.file, line: answer.line };
  }
  return first;
}
