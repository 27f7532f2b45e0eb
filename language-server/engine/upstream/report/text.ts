import { render, type Locale, type Message } from "../../text/message";
import type { FixReason, HunkVerdict, MapRow, MissingFix } from "../types";
import { reportMessages } from "./messages";

export type Say = (id: string, args?: Message["args"]) => string;

export function sayIn(locale: Locale): Say {
  return (id, args) => render(args === undefined ? { id } : { id, args }, reportMessages, locale);
}

export function short(sha: string): string {
  return /^[0-9a-f]{13,64}$/u.test(sha) ? sha.slice(0, 12) : sha;
}

/** `2024-03-01`, or nothing for a time that is not known. */
export function day(seconds: number): string {
  return seconds > 0 && seconds < 8.64e12 ? new Date(seconds * 1000).toISOString().slice(0, 10) : "";
}

/** How one reason is proven, with both shas. */
export function reasonText(reason: FixReason, say: Say): string {
  if (reason.kind === "stable") return say("upstream.report.reason.stable");
  const { carriedBy } = reason;
  const carrier = carriedBy.how === "base" ? "" : short(carriedBy.commit);
  const text = say(`upstream.report.reason.${reason.kind}`, { culprit: short(reason.culprit), how: say(`upstream.report.carried.${carriedBy.how}`, { carrier }) });
  return reason.by === "title" ? `${text} ${say("upstream.report.byTitle")}` : text;
}

/** All that is known of why a fix is listed. */
export function fixEvidence(fix: MissingFix, say: Say): string {
  const parts = fix.reasons.map((reason) => reasonText(reason, say));
  if (fix.revertedBy !== undefined) parts.push(say("upstream.report.pickedAndReverted", { commit: short(fix.revertedBy) }));
  for (const commit of fix.maybeCarriedBy ?? []) parts.push(say("upstream.report.maybeCarried", { commit: short(commit) }));
  if (fix.notBuilt !== undefined) parts.push(say("upstream.report.notBuilt", { symbol: fix.notBuilt.symbol, place: `${fix.notBuilt.file}:${fix.notBuilt.line}` }));
  return parts.join("; ");
}

export function riskText(fix: MissingFix, say: Say): string {
  const marks = fix.risk.filter((mark) => mark !== "cve" || fix.cves.length === 0).map((mark) => say(`upstream.report.risk.${mark}`));
  return [...fix.cves, ...marks].join(", ");
}

function hunkText(hunk: HunkVerdict, say: Say): string {
  const place = hunk.up !== undefined && hunk.down !== undefined && hunk.up !== hunk.down ? `${hunk.up} → ${hunk.down}` : (hunk.down ?? hunk.up ?? "");
  return `${say(`upstream.report.hunk.${hunk.state}`)} ${place}`.trim();
}

/** Hunks that are listed of one commit; the rest is counted. */
const mostHunks = 6;

/** What differs, hunk by hunk, and what the message says wrongly. */
export function rowEvidence(row: MapRow, say: Say): string {
  const odd = row.hunks.filter(({ state }) => state !== "same");
  const parts = odd.slice(0, mostHunks).map((hunk) => hunkText(hunk, say));
  if (odd.length > mostHunks) parts.push(say("upstream.report.more", { count: odd.length - mostHunks }));
  for (const claim of row.claims) if (claim.state === "wrong") parts.push(say("upstream.report.wrongClaim", { claimed: short(claim.claimed) }));
  if (row.verdict === "unsure") for (const { commit, score } of row.alternatives.slice(0, 3)) parts.push(say("upstream.report.near", { commit: short(commit), percent: Math.round(100 * score) }));
  return parts.join("; ");
}
