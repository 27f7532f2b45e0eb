/** `ifeq (a,b)`, `ifdef NAME`, … as written. */
export interface Test {
  readonly word: "ifeq" | "ifneq" | "ifdef" | "ifndef";
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** A block that a statement stands in: the test must come out as `holds` says. */
export interface Guard {
  readonly test: Test;
  readonly holds: boolean;
}

export type Statement =
  | { readonly kind: "assign"; readonly line: number; readonly guards: readonly Guard[]; readonly name: string; readonly operator: "=" | ":=" | "+=" | "?="; readonly value: string }
  | { readonly kind: "include"; readonly line: number; readonly guards: readonly Guard[]; readonly value: string };

interface Logical {
  readonly text: string;
  /** First of its lines. */
  readonly line: number;
}

/** Lines with their continuations joined and comments cut (GNU make manual, 3.1.1 and 3.1). */
function logicalLines(text: string): readonly Logical[] {
  const lines: Logical[] = [];
  let joined: string | undefined;
  let first = 1;
  for (const [i, raw] of text.split("\n").entries()) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (joined === undefined) first = i + 1;
    const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/u.test(line);
    const part = goesOn ? line.slice(0, -1) : line;
    joined = joined === undefined ? part : `${joined} ${part.trimStart()}`;
    if (goesOn) continue;
    lines.push({ text: withoutComment(joined), line: first });
    joined = undefined;
  }
  if (joined !== undefined) lines.push({ text: withoutComment(joined), line: first });
  return lines;
}

function withoutComment(line: string): string {
  for (let at = line.indexOf("#"); at >= 0; at = line.indexOf("#", at + 1)) if (at === 0 || line.charAt(at - 1) !== "\\") return line.slice(0, at).trimEnd();
  return line.trimEnd();
}

interface Block {
  /** Tests of the branches so far, the open one last. */
  readonly tests: readonly Test[];
  /** Behind a plain `else` no test is open. */
  readonly last: boolean;
}

function guardsOf(blocks: readonly Block[]): readonly Guard[] {
  return blocks.flatMap(({ tests, last }) => tests.map((test, i) => ({ test, holds: !last && i === tests.length - 1 })));
}

function testOf(text: string, line: number): Test | undefined {
  const match = /^(ifeq|ifneq|ifdef|ifndef)\b\s*(.*)$/u.exec(text);
  return match === null ? undefined : { word: match[1] as Test["word"], text: (match[2] ?? "").trim(), line };
}

/** The blocks after a conditional directive; undefined when the line is none. */
function conditional(text: string, line: number, blocks: readonly Block[]): readonly Block[] | undefined {
  if (/^endif\b/u.test(text)) return blocks.slice(0, -1);
  const opened = testOf(text, line);
  if (opened !== undefined) return [...blocks, { tests: [opened], last: false }];
  const rest = /^else\b\s*(.*)$/u.exec(text)?.[1];
  if (rest === undefined) return undefined;
  const open = blocks.at(-1);
  if (open === undefined) return blocks;
  const test = testOf(rest, line);
  return [...blocks.slice(0, -1), test === undefined ? { tests: open.tests, last: true } : { tests: [...open.tests, test], last: false }];
}

/** A name ends at the first operator outside of `$(…)`; a blank or a colon before one makes it something else. */
function assignmentIn(text: string): { readonly name: string; readonly operator: string; readonly value: string } | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === "$" && /[({]/u.test(text.charAt(i + 1))) {
      depth++;
      i++;
    } else if (depth > 0) {
      if (char === "(" || char === "{") depth++;
      if (char === ")" || char === "}") depth--;
    } else if (/[\s+:?!=]/u.test(char)) {
      const operator = /^\s*(\+=|:{1,3}=|\?=|!=|=)\s*/u.exec(text.slice(i, i + 200));
      if (operator !== null) return { name: text.slice(0, i), operator: operator[1] ?? "", value: text.slice(i + operator[0].length) };
      if (char === ":" || /\s/u.test(char)) return undefined;
    }
  }
  return undefined;
}

const known: Readonly<Record<string, "=" | ":=" | "+=" | "?=">> = { "=": "=", ":=": ":=", "::=": ":=", ":::=": ":=", "+=": "+=", "?=": "?=" };

/** Assignments and includes of a Makefile with the conditional blocks around them. Rules, recipes and `define` blocks are passed over. */
export function parseMakefile(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let blocks: readonly Block[] = [];
  let inDefine = false;
  let behindRule = false;
  for (const { text: whole, line } of logicalLines(text)) {
    const trimmed = whole.trim();
    if (inDefine || /^(?:override\s+)?define\b/u.test(trimmed)) {
      inDefine = !/^endef\b/u.test(trimmed);
      continue;
    }
    const next = conditional(trimmed, line, blocks);
    if (next !== undefined) {
      blocks = next;
      continue;
    }
    if (trimmed === "" || (behindRule && whole.startsWith("\t"))) continue;
    const statement = statementIn(trimmed, line, guardsOf(blocks));
    behindRule = statement === undefined && trimmed.includes(":");
    if (statement !== undefined) statements.push(statement);
  }
  return statements;
}

function statementIn(text: string, line: number, guards: readonly Guard[]): Statement | undefined {
  const include = /^[-s]?include\s+(.*)$/u.exec(text);
  if (include !== null) return { kind: "include", line, guards, value: include[1] ?? "" };
  const found = assignmentIn(text.replace(/^(?:(?:export|override|private)\s+)+/u, ""));
  if (found === undefined || found.name === "") return undefined;
  const operator = known[found.operator];
  // `!=` runs a program; what comes of it is not known.
  return { kind: "assign", line, guards, name: found.name, operator: operator ?? ":=", value: operator === undefined ? "$(shell)" : found.value };
}
