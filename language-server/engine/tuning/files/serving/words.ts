import { span } from "../text/lines";
import type { Span } from "../types";

/** A word of a command: what the shell makes of it, and where it stands. */
export interface CommandWord {
  readonly text: string;
  readonly at: Span;
  /** Column of the text's first character in the document, when the word is written as it is (no quotes or escapes within). */
  readonly plain: boolean;
  /** Something in it is filled in later. */
  readonly open: boolean;
}

export interface ShellText {
  readonly text: string;
  /** Offset within `text` to begin and end at. */
  readonly from: number;
  readonly to: number;
  /** Blanks and line ends are alike: YAML's folded text. */
  readonly folded: boolean;
  /** Line and column of an offset of `text`. */
  readonly place: (offset: number) => { readonly line: number; readonly column: number };
}

/** More words than this are no command of a person. */
const mostWords = 20_000;

/** Simple commands with their words. Not a shell: what it can't tell, such as a here-document, it takes as more commands. */
export function shellCommands({ text, from, to, folded, place }: ShellText): readonly (readonly CommandWord[])[] {
  const commands: CommandWord[][] = [[]];
  let count = 0;
  let i = from;
  const endCommand = (): void => {
    if ((commands.at(-1)?.length ?? 0) > 0) commands.push([]);
  };
  while (i < to && count < mostWords) {
    const char = text.charAt(i);
    if (char === "\\" && /[\r\n]/u.test(text.charAt(i + 1))) i += text.startsWith("\r\n", i + 1) ? 3 : 2;
    else if (char === "\n" || char === "\r") {
      if (!folded) endCommand();
      i++;
    } else if (/\s/u.test(char) || char === "\ufeff") i++;
    else if (char === "#") while (i < to && text.charAt(i) !== "\n") i++;
    else if (/[;&|(){}]/u.test(char) && !text.startsWith("{{", i)) {
      endCommand();
      i++;
    } else {
      const word = readWord(text, i, to);
      const start = place(i);
      const end = place(word.end);
      commands.at(-1)?.push({ text: word.text, open: word.open, plain: word.plain, at: span(start.line, start.column, end.line === start.line ? end.column : start.column + 1) });
      count++;
      i = Math.max(word.end, i + 1);
    }
  }
  return commands.filter((command) => command.length > 0);
}

function readWord(text: string, from: number, to: number): { readonly text: string; readonly end: number; readonly open: boolean; readonly plain: boolean } {
  let value = "";
  let open = false;
  let plain = true;
  let quote = "";
  let i = from;
  for (; i < to; i++) {
    const char = text.charAt(i);
    if (quote === "" && text.startsWith("{{", i)) {
      const end = text.indexOf("}}", i);
      const until = end < 0 || end > to ? to : end + 2;
      value += text.slice(i, until);
      open = true;
      i = until - 1;
      continue;
    }
    if (quote === "" && (/[\s;&|()]/u.test(char) || (char === "\\" && /[\r\n]/u.test(text.charAt(i + 1))))) break;
    if (char === "\\" && quote !== "'") {
      i++;
      plain = false;
      if (i < to && !/[\r\n]/u.test(text.charAt(i))) value += text.charAt(i);
    } else if (quote === "" && (char === '"' || char === "'")) {
      quote = char;
      plain = false;
    } else if (char === quote) quote = "";
    else {
      if (quote !== "'" && (char === "$" || char === "`")) open = true;
      value += char;
    }
  }
  return { text: value, end: i, open: open || /\$\{|\{\{/u.test(value), plain };
}
