import type { TokenRange } from "./functions";
import type { Token } from "./tokens";

/** C statements, as far as control flow needs them. `range` covers the statement's own tokens. */
export type Statement =
  | { readonly kind: "expression" | "return" | "break" | "continue" | "case" | "default"; readonly range: TokenRange }
  | { readonly kind: "goto" | "label"; readonly name: string; readonly range: TokenRange }
  | { readonly kind: "if"; readonly condition: TokenRange; readonly then: Statement; readonly otherwise: Statement | undefined; readonly range: TokenRange }
  | { readonly kind: "loop"; readonly head: TokenRange; readonly body: Statement; readonly endless: boolean; readonly once: boolean; readonly range: TokenRange }
  | { readonly kind: "switch"; readonly head: TokenRange; readonly body: Statement; readonly range: TokenRange }
  | { readonly kind: "block"; readonly body: readonly Statement[]; readonly range: TokenRange }
  /** The end of a block whose beginning is not visible. */
  | { readonly kind: "stray"; readonly range: TokenRange };

const keywords = new Set(["if", "else", "for", "while", "do", "switch", "return", "goto", "break", "continue", "case", "default"]);
const macroLoop = /for_?each/i;
/** Nobody nests deeper; a text that does is not read as statements any further. */
const deepest = 100;

/** Reads a function's visible body. Never fails: what it can't read becomes an expression. */
export function statementsOf(tokens: readonly Token[], range: TokenRange): readonly Statement[] {
  return new StatementReader(tokens, range.end).readBody(range.first);
}

class StatementReader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  readBody(first: number): readonly Statement[] {
    this.at = first;
    const statements: Statement[] = [];
    const cut = this.cutHead();
    if (cut !== undefined) statements.push(cut);
    while (this.at < this.end) {
      if (this.text() === "}") {
        // The condition of an `else` behind it is not visible, nor is what its other branch did.
        const end = this.at + (this.text(1) === "else" ? 2 : 1);
        statements.push({ kind: "stray", range: { first: this.at, end } });
        this.at = end;
        continue;
      }
      statements.push(this.statement());
    }
    return statements;
  }

  private text(offset = 0): string {
    const at = this.at + offset;
    return at < this.end ? (this.tokens[at]?.text ?? "") : "";
  }

  /** A hunk that begins in the middle of a condition or a call: everything up to the end of that is unknown. */
  private cutHead(): Statement | undefined {
    let depth = 0;
    let cut = false;
    for (let at = this.at; at < this.end; at += 1) {
      const text = this.tokens[at]?.text;
      if (text === "(") depth += 1;
      if (text === ")") depth -= 1;
      if (depth < 0) cut = true;
      if (text !== ";" && text !== "{" && text !== "}") continue;
      if (!cut) return undefined;
      const first = this.at;
      this.at = text === ";" ? at + 1 : at;
      if (text !== "{") return { kind: "stray", range: { first, end: this.at } };
      const then = this.statement();
      return { kind: "if", condition: { first, end: first }, then, otherwise: undefined, range: { first, end: this.at } };
    }
    return undefined;
  }

  private statement(): Statement {
    if (this.depth >= deepest) {
      const first = this.at;
      this.at = this.end;
      return { kind: "stray", range: { first, end: this.end } };
    }
    this.depth += 1;
    const statement = this.anyStatement();
    this.depth -= 1;
    return statement;
  }

  private anyStatement(): Statement {
    const first = this.at;
    const text = this.text();
    switch (text) {
      case "{":
        return this.block();
      case "if":
        return this.conditional();
      case "for":
      case "while":
        return this.loop();
      case "do":
        return this.doLoop();
      case "switch": {
        this.at += 1;
        const head = this.parentheses();
        const body = this.statement();
        return { kind: "switch", head, body, range: { first, end: this.at } };
      }
      case "return":
      case "break":
      case "continue":
        this.skipExpression();
        return { kind: text, range: { first, end: this.at } };
      case "goto": {
        const name = this.text(1);
        this.skipExpression();
        return { kind: "goto", name, range: { first, end: this.at } };
      }
      case "case":
      case "default":
        this.skipTo(":");
        return { kind: text, range: { first, end: this.at } };
      case "else": {
        // Its `if` is not visible.
        this.at += 1;
        return { kind: "stray", range: { first, end: this.at } };
      }
      default:
        return this.other();
    }
  }

  private other(): Statement {
    const first = this.at;
    const token = this.tokens[first];
    if (token?.kind === "word" && this.text(1) === ":" && this.text(2) !== ":") {
      this.at += 2;
      return { kind: "label", name: token.text, range: { first, end: this.at } };
    }
    if (token?.kind === "word" && this.text(1) === "(") {
      const close = this.closing(first + 1);
      const next = close + 1 < this.end ? this.tokens[close + 1] : undefined;
      if (next?.text === "{" || (macroLoop.test(token.text) && next !== undefined && next.text !== ";")) {
        this.at = close + 1;
        const body = this.statement();
        return { kind: "loop", head: { first, end: close + 1 }, body, endless: false, once: false, range: { first, end: this.at } };
      }
    }
    this.skipExpression();
    if (this.at === first) this.at = Math.min(first + 1, this.end);
    return { kind: "expression", range: { first, end: this.at } };
  }

  private block(): Statement {
    const first = this.at;
    this.at += 1;
    const body: Statement[] = [];
    while (this.at < this.end && this.text() !== "}") body.push(this.statement());
    this.at = Math.min(this.at + 1, this.end);
    return { kind: "block", body, range: { first, end: this.at } };
  }

  private conditional(): Statement {
    const first = this.at;
    this.at += 1;
    const condition = this.parentheses();
    const then = this.statement();
    let otherwise: Statement | undefined;
    if (this.text() === "else") {
      this.at += 1;
      otherwise = this.statement();
    }
    return { kind: "if", condition, then, otherwise, range: { first, end: this.at } };
  }

  private loop(): Statement {
    const first = this.at;
    const keyword = this.text();
    this.at += 1;
    const head = this.parentheses();
    const inner = this.tokens.slice(head.first + 1, head.end - 1).map((token) => token.text).join(" ");
    const endless = keyword === "while" ? inner === "1" || inner === "true" : /; ;/.test(inner);
    const body = this.statement();
    return { kind: "loop", head, body, endless, once: false, range: { first, end: this.at } };
  }

  private doLoop(): Statement {
    const first = this.at;
    this.at += 1;
    const body = this.statement();
    const from = this.at;
    let head: TokenRange = { first: from, end: from };
    if (this.text() === "while") {
      this.at += 1;
      head = this.parentheses();
      if (this.text() === ";") this.at += 1;
    }
    const inner = this.tokens.slice(head.first + 1, head.end - 1).map((token) => token.text).join(" ");
    return { kind: "loop", head, body, endless: inner === "1" || inner === "true", once: true, range: { first, end: this.at } };
  }

  /** The parenthesised part that begins here; an empty range when there is none. */
  private parentheses(): TokenRange {
    const first = this.at;
    if (this.text() !== "(") return { first, end: first };
    this.at = Math.min(this.closing(first) + 1, this.end);
    return { first, end: this.at };
  }

  /** Index of the bracket that closes the one at `open`, or the last visible token. */
  private closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.end; at += 1) {
      const text = this.tokens[at]?.text;
      if (text === "(" || text === "[" || text === "{") depth += 1;
      else if (text === ")" || text === "]" || text === "}") {
        depth -= 1;
        if (depth === 0) return at;
      }
    }
    return this.end - 1;
  }

  private skipTo(text: string): void {
    while (this.at < this.end && this.text() !== text && this.text() !== ";" && this.text() !== "}") this.at += 1;
    if (this.text() === text) this.at += 1;
  }

  /** To behind the next `;`; a macro without one ends where the next statement's keyword or a closing brace stands. */
  private skipExpression(): void {
    const first = this.at;
    while (this.at < this.end) {
      const text = this.text();
      if (text === ";") {
        this.at += 1;
        return;
      }
      if (text === "}") return;
      if (this.at > first && keywords.has(text) && this.tokens[this.at]?.kind === "word" && this.tokens[this.at]?.row !== this.tokens[first]?.row) return;
      if (text === "(" || text === "[" || text === "{") this.at = this.closing(this.at);
      this.at += 1;
    }
    this.at = Math.min(this.at, this.end);
  }
}
