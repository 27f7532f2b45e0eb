/** Gives complete statement objects out of a JSON text that is still growing. */
export interface StatementReader {
  /** New objects, parsed but not validated. */
  push(text: string): readonly unknown[];
  /** What only a look at the whole text finds: prose with a stray quote or brace can hide a statement on the way. */
  end(): readonly unknown[];
  /** True once an object with a `statements` list was seen, even an empty one. */
  readonly sawAnswer: boolean;
  /** True when that object was closed: nothing of the answer is missing. */
  readonly whole: boolean;
}

/** An answer longer than this is not read on. */
const maxLength = 1_000_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStatement(value: unknown): boolean {
  return isRecord(value) && "text" in value && ("section" in value || "evidence" in value);
}

interface Found {
  readonly values: readonly unknown[];
  /** False for a lone statement: the list around it may have broken off. */
  readonly list: boolean;
}

function statementsIn(value: unknown): Found | undefined {
  if (Array.isArray(value)) return value.some(isStatement) ? { values: value.filter(isStatement), list: true } : undefined;
  if (!isRecord(value)) return undefined;
  if (Array.isArray(value["statements"])) return { values: value["statements"].filter(isRecord), list: true };
  return isStatement(value) ? { values: [value], list: false } : undefined;
}

/** Looks at every opening brace or bracket for something that parses; prose with braces around the answer does no harm. */
function searchWhole(text: string): Found | undefined {
  let tries = 0;
  for (let start = text.search(/[{[]/u); start >= 0 && tries < 200; tries++) {
    const close = text.charAt(start) === "{" ? "}" : "]";
    const end = text.lastIndexOf(close);
    const found = end > start ? statementsIn(parse(text.slice(start, end + 1))) : undefined;
    if (found !== undefined) return found;
    const next = text.slice(start + 1).search(/[{[]/u);
    start = next < 0 ? -1 : start + 1 + next;
  }
  return undefined;
}

export function createStatementReader(): StatementReader {
  let text = "";
  let at = 0;
  let inString = false;
  let escaped = false;
  const found = new Set<string>();
  let whole = false;
  const starts: number[] = [];

  /** Takes note of one character; returns a statement when it closes one. */
  function step(char: string): unknown {
    if (inString) {
      if (escaped) escaped = false;
      else if (char === "\\") escaped = true;
      else if (char === '"') inString = false;
      return undefined;
    }
    if (char === '"') inString = starts.length > 0;
    else if (char === "{") starts.push(at);
    else if (char === "}") {
      const start = starts.pop();
      if (start === undefined) return undefined;
      const value = parse(text.slice(start, at + 1));
      if (isStatement(value)) return value;
      if (isRecord(value) && Array.isArray(value["statements"])) whole = true;
    }
    return undefined;
  }

  return {
    push(more) {
      if (text.length > maxLength) return [];
      text += more;
      const complete: unknown[] = [];
      for (; at < text.length; at++) {
        const value = step(text.charAt(at));
        if (value === undefined) continue;
        found.add(JSON.stringify(value));
        complete.push(value);
      }
      return complete;
    },
    end() {
      const all = searchWhole(text);
      if (all === undefined) return [];
      whole ||= all.list;
      const fresh = all.values.filter((value) => !found.has(JSON.stringify(value)));
      for (const value of fresh) found.add(JSON.stringify(value));
      return fresh;
    },
    get whole() {
      return whole;
    },
    get sawAnswer() {
      return whole || found.size > 0;
    },
  };
}
