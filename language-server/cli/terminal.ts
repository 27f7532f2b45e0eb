/** Where text goes and how wide and colourful it may be. */
export interface Terminal {
  readonly width: number;
  readonly colour: boolean;
  out(text: string): void;
  error(text: string): void;
}

type Style = "bold" | "dim" | "red" | "yellow" | "blue" | "cyan";

const codes: Readonly<Record<Style, readonly [number, number]>> = { bold: [1, 22], dim: [2, 22], red: [31, 39], yellow: [33, 39], blue: [34, 39], cyan: [36, 39] };

export function paint(terminal: Terminal, style: Style, text: string): string {
  const [on, off] = codes[style];
  return terminal.colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** A patch may hold escape sequences that would repaint or reprogram a terminal; what is not printable is shown as such. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, (char) => `<U+${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0") ?? ""}>`).replace(/\t/gu, "    ");
}

/** JSON for a terminal: what JSON itself leaves as it is, C1 controls and direction marks above all, is escaped as well. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** East Asian wide characters take two columns. */
export function columns(text: string): number {
  let width = 0;
  for (const char of text) width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(char) ? 2 : 1;
  return width;
}

/** Breaks words into lines of at most `width` columns; a word that is longer than a line stays whole. Wide characters may break anywhere. */
export function wrap(text: string, width: number, indent = ""): string {
  const room = Math.max(20, width - columns(indent));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/u).flatMap(pieces)) {
    const glue = line === "" || word.joined ? "" : " ";
    if (line !== "" && columns(line) + columns(glue) + columns(word.text) > room) {
      lines.push(line);
      line = word.text;
    } else line += glue + word.text;
  }
  if (line !== "") lines.push(line);
  return lines.map((entry) => indent + entry).join("\n");
}

interface Piece {
  readonly text: string;
  /** Follows the piece before it without a blank. */
  readonly joined: boolean;
}

function pieces(word: string): readonly Piece[] {
  const parts = word.match(/[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60][，。、；：）]?|[^\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60]+/gu) ?? [];
  return parts.map((text, i) => ({ text, joined: i > 0 }));
}

/** The process's own terminal. Colour only for a person at a terminal who did not set NO_COLOR. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const colour = stdout.isTTY && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  return {
    width: stdout.isTTY ? Math.min(Math.max(stdout.columns, 40), 100) : 80,
    colour,
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
  };
}
