/**
 * Patch text inside Markdown. A commit message may hold an image or a link that would make the editor talk to a foreign host,
 * so whatever comes from outside passes through one of these.
 */

/** Control and direction characters as such: they would hide or turn round what stands beside them. */
export function visible(text: string): string {
  return text.replace(/[\r\n]+/gu, " ").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, (char) => `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);
}

/** Plain words: every character that Markdown or HTML gives a meaning is escaped; line ends become spaces. */
export function plain(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]()#+\-.!|<>&~$:@/]/gu, (char) => entities[char] ?? `\\${char}`);
}

/**
 * Words that are also read as they are: only what Markdown, GitHub's or linkify's, would make something of is escaped. For one
 * paragraph or one cell of a table.
 */
export function prose(text: string): string {
  return visible(text)
    .replace(/[\\`*[\]|~$<>&]/gu, (char) => entities[char] ?? `\\${char}`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}_])|@|#(?=\d)|:(?=\/\/)|\/(?=\/)|(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/gu, "\\$&")
    .replace(/^(\s*)([-+=#]|\d+(?=[.)]))/u, (_, space: string, mark: string) => (/\d/u.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`));
}

const entities: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** A code span that the text can't leave. */
export function code(text: string): string {
  const flat = visible(text);
  if (flat.trim() === "") return "";
  const fence = "`".repeat(longestRun(flat) + 1);
  const padding = flat.startsWith("`") || flat.endsWith("`") ? " " : "";
  return fence + padding + flat + padding + fence;
}

/** A fenced block that the text can't leave. */
export function block(text: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/gu)].map((match) => match[0].length));
}
