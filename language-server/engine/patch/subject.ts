import { collapseSpace } from "./address";

export interface SubjectParts {
  /** As `git mailinfo -b` gives it. */
  readonly subject: string;
  readonly prefixes: readonly string[];
  readonly version: number;
  readonly index: number | undefined;
  readonly total: number | undefined;
  /** It starts with `Re:` or what other mailers write for it. */
  readonly reply: boolean;
}

/** Removes `Re:`, spaces, colons and brackets with PATCH in them from the front (mailinfo.c, cleanup_subject, with -b). */
export function gitSubject(raw: string): string {
  let kept = "";
  let at = 0;
  while (at < raw.length) {
    const c = raw.charAt(at);
    if ((c === "r" || c === "R") && /^re:./is.test(raw.slice(at, at + 4))) {
      at += 3;
    } else if (c === " " || c === "\t" || c === ":") {
      at++;
    } else if (c === "[") {
      const close = raw.indexOf("]", at);
      if (close < 0) break;
      const group = raw.slice(at, close + 1);
      at = close + 1;
      if (group.length < 7 || !group.includes("PATCH")) {
        const space = /\s/.test(raw.charAt(at));
        kept += space ? `${group} ` : group;
        if (space) at++;
      }
    } else {
      break;
    }
  }
  return collapseSpace((kept + raw.slice(at)).trim());
}

const replyMark = /^\s*(?:re|aw|sv|antw|回复|答复)\s*[:：]/i;
const tagGroup = /PATCH|RFC|RESEND|REPOST|\bv\d+\b|\b\d+\s*\/\s*\d+\b/i;

/** The bracket groups at the front of a subject, `Re:` passed over. */
function leadingGroups(raw: string): readonly string[] {
  const groups: string[] = [];
  if (!raw.includes("[")) return groups;
  const group = /\s*(?:(?:re|aw|sv|antw|fwd?|回复|答复)\s*[:：]\s*)*\[([^\]]*)\]/iy;
  for (;;) {
    const match = group.exec(raw);
    if (match === null) return groups;
    groups.push(match[1] ?? "");
  }
}

/** Reads `[PATCH v2 net-next 03/44] subject`. */
export function parseSubject(raw: string): SubjectParts {
  const prefixes: string[] = [];
  let version = 1;
  let index: number | undefined;
  let total: number | undefined;
  for (const group of leadingGroups(collapseSpace(raw))) {
    if (!tagGroup.test(group)) continue;
    for (const word of group.replace(/ ?\/ ?/g, "/").split(/[\s,]+/)) {
      const number = /^(\d{1,6})\/(\d{1,6})$/.exec(word);
      const revision = /^(?:PATCH|RFC)?-?v(\d{1,4})(?:\.\d+)?$/i.exec(word);
      if (number !== null) {
        index = Number(number[1]);
        total = Number(number[2]);
      } else if (revision !== null) {
        version = Number(revision[1]);
        if (/^RFC/i.test(word)) prefixes.push(word.slice(0, 3));
      } else if (word !== "" && word.toUpperCase() !== "PATCH") {
        prefixes.push(word);
      }
    }
  }
  return { subject: gitSubject(raw), prefixes, version, index, total, reply: replyMark.test(raw) };
}
