/** One line of C as the new side of a hunk shows it. */
export interface CodeLine {
  readonly text: string;
  /** 1-based line of the document. */
  readonly line: number;
  readonly added: boolean;
}

export type TokenKind = "word" | "number" | "string" | "char" | "punct";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Index into the code lines that were tokenised. */
  readonly row: number;
  /** 0-based column in that line's text. */
  readonly column: number;
}

export interface Comment {
  readonly row: number;
  readonly text: string;
}

export interface Tokens {
  readonly lines: readonly CodeLine[];
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}

/** Strings may be cut at the end of a line, so each alternative also matches without its closing quote. */
const lexeme =
  /[A-Za-z_$][\w$]*|\d(?:[eEpP][+-]|[\w.])*|"(?:[^"\\]|\\.|\\$)*"?|'(?:[^'\\]|\\.|\\$)*'?|\/\/|\/\*|->|\+\+|--|<<=|>>=|\.\.\.|[-+*/%&|^=!<>]=|&&|\|\||<<|>>|##|\S/g;

interface Branch {
  /** A branch of this conditional was already read. */
  taken: boolean;
  active: boolean;
}

/**
 * The tokens of some lines of C. Comments are kept apart; preprocessor lines (macro bodies too) are left out; of an
 * `#if … #else … #endif` only one branch is read, so that braces stay balanced.
 */
export function tokenise(lines: readonly CodeLine[]): Tokens {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const branches: Branch[] = [];
  let inComment = startsInComment(lines);
  let inDirective = false;
  for (let row = 0; row < lines.length; row += 1) {
    const text = withoutCarriageReturn(lines[row]?.text ?? "");
    const continued = text.endsWith("\\");
    if (inDirective) {
      inDirective = continued;
      continue;
    }
    if (!inComment && /^\s*#/.test(text)) {
      readDirective(text, branches);
      inDirective = continued;
      continue;
    }
    if (branches.some((branch) => !branch.active)) continue;
    inComment = readLine(text, row, inComment, tokens, comments);
  }
  return { lines, tokens, comments };
}

function withoutCarriageReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

/** Reads one line and tells whether a block comment is open at its end. */
function readLine(text: string, row: number, inComment: boolean, tokens: Token[], comments: Comment[]): boolean {
  let from = 0;
  if (inComment) {
    const close = text.indexOf("*/");
    comments.push({ row, text: close < 0 ? text : text.slice(0, close) });
    if (close < 0) return true;
    from = close + 2;
  }
  lexeme.lastIndex = from;
  for (let match = lexeme.exec(text); match !== null; match = lexeme.exec(text)) {
    const piece = match[0];
    if (piece === "//") {
      comments.push({ row, text: text.slice(match.index + 2) });
      return false;
    }
    if (piece === "/*") {
      const close = text.indexOf("*/", match.index + 2);
      comments.push({ row, text: text.slice(match.index + 2, close < 0 ? undefined : close) });
      if (close < 0) return true;
      lexeme.lastIndex = close + 2;
      continue;
    }
    if (piece === "\\") continue;
    tokens.push({ kind: kindOf(piece), text: piece, row, column: match.index });
  }
  return false;
}

function kindOf(piece: string): TokenKind {
  const first = piece.charCodeAt(0);
  if (first === 34) return "string";
  if (first === 39) return "char";
  if (first >= 48 && first <= 57) return "number";
  if (first === 95 || first === 36 || (first >= 65 && first <= 90) || (first >= 97 && first <= 122)) return "word";
  return "punct";
}

function readDirective(text: string, branches: Branch[]): void {
  const name = /^\s*#\s*(\w+)\s*(.*)/.exec(text);
  switch (name?.[1]) {
    case "if":
    case "ifdef":
    case "ifndef": {
      const active = !/^0\b/.test(name[2] ?? "");
      branches.push({ taken: active, active });
      break;
    }
    case "elif":
    case "else": {
      const top = branches.at(-1);
      // The `#if` lies before the hunk: what was read so far is its first branch.
      if (top === undefined) branches.push({ taken: true, active: false });
      else {
        top.active = !top.taken;
        top.taken = true;
      }
      break;
    }
    case "endif":
      branches.pop();
      break;
    default:
  }
}

/** A hunk often begins inside a block comment: its end is seen before any start, or its lines begin with a lone star. */
function startsInComment(lines: readonly CodeLine[]): boolean {
  for (const { text } of lines) {
    const open = text.indexOf("/*");
    const close = text.indexOf("*/");
    if (close >= 0 && (open < 0 || close < open)) return true;
    if (open >= 0) return false;
  }
  return lines.some(({ text }) => text.trim() !== "") && lines.every(({ text }) => /^\s*(?:\*(?:\s|$)|$)/.test(text));
}
