/** Gives complete statement objects out of a JSON text that is still growing. */
export interface StatementReader {
  /** New objects, parsed but not validated. */
  push(text: string): readonly unknown[];
  /** What only a look at the whole text finds, when nothing was found on the way. */
  end(): readonly unknown[];
  /** True once an object with a `statements` list was seen, even an empty one. */
  readonly sawAnswer: boolean;
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

function statementsIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value.some(isStatement) ? value.filter(isStatement) : undefined;
  if (!isRecord(value)) return undefined;
  if (Array.isArray(value["statements"])) return value["statements"].filter(isRecord);
  return isStatement(value) ? [value] : undefined;
}

/** Looks at every opening brace or bracket for something that parses; prose with braces around the answer does no harm. */
function searchWhole(text: string): readonly unknown[] | undefined {
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
  let found = 0;
  let sawAnswer = false;
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
      if (isRecord(value) && Array.isArray(value["statements"])) sawAnswer = true;
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
        if (value !== undefined) complete.push(value);
      }
      found += complete.length;
      return complete;
    },
    end() {
      if (found > 0) return [];
      const whole = searchWhole(text);
      if (whole === undefined) return [];
      sawAnswer = true;
      return whole;
    },
    get sawAnswer() {
      return sawAnswer || found > 0;
    },
  };
}
