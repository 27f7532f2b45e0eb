/** Words that trees put before a subject when they carry it: `UPSTREAM: `, `[Backport] `, `mainline: `. */
const carried = /^(?:(?:\[[^\]]{1,60}\]|(?:UPSTREAM|BACKPORT|FROMLIST|FROMGIT|CHROMIUM|ANDROID|SAUCE|UBUNTU)\s*:)\s*)+/u;

/**
 * A subject as a key: without a carrier's tags, `(cherry picked …)`, letter case, white space and punctuation at its end. Two commits with
 * equal keys are candidates for each other, no more.
 */
export function titleKey(subject: string): string {
  return subject
    .replace(carried, "")
    .toLowerCase()
    .replace(/[\s"'`]+/gu, "")
    .replace(/[.…:]+$/u, "");
}

/** `Revert "X"` told from X, and how often: 2 is a re-land. */
export function revertDepth(subject: string): { readonly depth: number; readonly title: string } {
  let title = subject.trim();
  let depth = 0;
  for (let match = /^(?:revert|reapply):?\s+"(.*?)"?$/iu.exec(title); match !== null && depth < 8; match = /^revert:?\s+"(.*?)"?$/iu.exec(title)) {
    title = match[1] ?? "";
    depth++;
  }
  return { depth, title };
}
