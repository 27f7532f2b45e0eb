import type { Patch } from "../../patch/types";
import type { Claim } from "../types";

/**
 * Debian's patch headers (DEP-3) tell where a patch is from: `Origin: upstream, https://git.kernel.org/linus/<sha>`,
 * `Origin: backport, commit:<sha>`, `Applied-Upstream: 6.1, commit:<sha>`.
 */
const field = /^(?:origin|applied-upstream)$/iu;
const line = /^(origin|applied-upstream)\s*:\s*(.{1,2000})$/iu;
const sha = /(?:\blinus\/|[?&;](?:id|h)=|\/commit\/|\bcommit[:\s]\s*)([0-9a-f]{7,64})\b/giu;

/** The value of each such field, in a mail's header or at the top of a bare diff. */
function values(patch: Patch): readonly string[] {
  const inHeader = patch.header.filter(({ name }) => field.test(name)).map(({ value }) => value);
  const inBody = patch.message.body.flatMap(({ text }) => line.exec(text.trim())?.[2] ?? []);
  return [...inHeader, ...inBody];
}

function originOf(value: string): Claim["origin"] {
  return /\bstable\b/iu.test(value) ? "stable" : "mainline";
}

export function dep3Claims(patch: Patch): readonly Claim[] {
  return values(patch).flatMap((value) => [...value.matchAll(sha)].map((match) => ({ sha: (match[1] ?? "").toLowerCase(), dialect: "dep-3", origin: originOf(value) })));
}
