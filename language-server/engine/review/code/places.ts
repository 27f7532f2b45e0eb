import { assignmentsIn, callAt, textOf, type Call } from "./calls";
import type { TokenRange } from "./functions";
import type { Statement } from "./statements";
import type { Token } from "./tokens";

/** A statement where it stands, so that what follows it can be walked. */
export interface StatementPlace {
  readonly list: readonly Statement[];
  readonly index: number;
  readonly up: StatementPlace | undefined;
}

/** Every statement, nested ones included, in written order. */
export function* places(list: readonly Statement[], up?: StatementPlace): Generator<StatementPlace> {
  for (let index = 0; index < list.length; index += 1) {
    const place = { list, index, up };
    yield place;
    for (const inner of innerLists(list[index])) yield* places(inner, place);
  }
}

function innerLists(statement: Statement | undefined): readonly (readonly Statement[])[] {
  switch (statement?.kind) {
    case "block":
      return [statement.body];
    case "if":
      return statement.otherwise === undefined ? [[statement.then]] : [[statement.then], [statement.otherwise]];
    case "loop":
    case "switch":
      return [[statement.body]];
    default:
      return [];
  }
}

/** A use that is further away than this is not looked for. */
const farthest = 200;

/** What is executed after a statement when nothing jumps: its later siblings, then those of the statements around it. */
export function* following(place: StatementPlace): Generator<Statement> {
  let left = farthest;
  for (let at: StatementPlace | undefined = place; at !== undefined; at = at.up) {
    for (let index = at.index + 1; index < at.list.length; index += 1) {
      const statement = at.list[index];
      if (statement === undefined) continue;
      if (left === 0) return;
      left -= 1;
      yield statement;
    }
  }
}

export function statementAt(place: StatementPlace): Statement | undefined {
  return place.list[place.index];
}

/** `x = f(…)`, also with a cast and with several targets. */
export interface AssignedCall {
  readonly call: Call;
  readonly targets: readonly string[];
}

/** The calls whose bare result an expression assigns. */
export function assignedCalls(tokens: readonly Token[], range: TokenRange): readonly AssignedCall[] {
  const found: AssignedCall[] = [];
  const targets: string[] = [];
  for (const assignment of assignmentsIn(tokens, range)) {
    targets.push(withoutBrackets(assignment.target));
    const call = callAt(tokens, skipCast(tokens, assignment.value), range.end);
    // The result itself, not a part of a larger expression.
    if (call === undefined || !/^[;,]?$/.test(tokens[call.close + 1]?.text ?? "")) continue;
    found.push({ call, targets: [...targets] });
    targets.length = 0;
  }
  return found;
}

/** `(*list)` is `*list`. */
function withoutBrackets(target: string): string {
  return /^\(([^()]*)\)$/.exec(target)?.[1] ?? target;
}

function skipCast(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.text !== "(") return at;
  for (let i = at + 1; i < at + 8; i += 1) {
    const text = tokens[i]?.text;
    if (text === ")") return tokens[i - 1]?.text === "*" ? i + 1 : at;
    if (tokens[i]?.kind !== "word" && text !== "*") return at;
  }
  return at;
}

/** Token indexes at which an expression stands on its own: not as the tail of a longer one. */
export function mentions(tokens: readonly Token[], range: TokenRange, pieces: readonly string[]): readonly number[] {
  const found: number[] = [];
  const last = range.end - pieces.length;
  for (let at = range.first; at <= last; at += 1) {
    if (tokens[at]?.text !== pieces[0]) continue;
    const before = tokens[at - 1]?.text;
    if (before === "->" || before === ".") continue;
    if (pieces.every((piece, i) => tokens[at + i]?.text === piece)) found.push(at);
  }
  return found;
}

/** The pieces of an expression as {@link mentions} wants them. */
export function piecesOf(expression: string): readonly string[] {
  return expression.match(/[A-Za-z_$][\w$]*|\d\w*|->|\S/g) ?? [];
}

/** The parts of a condition that `||` or `&&` joins, without white space. */
export function conditionParts(tokens: readonly Token[], condition: TokenRange): readonly string[] {
  const parts: string[] = [];
  let first = condition.first + 1;
  for (let at = first; at < condition.end; at += 1) {
    const text = tokens[at]?.text;
    if (text === "||" || text === "&&" || at === condition.end - 1) {
      parts.push(unwrap(textOf(tokens, { first, end: at })));
      first = at + 1;
    }
  }
  return parts;
}

function unwrap(text: string): string {
  const hinted = /^(?:un)?likely\((.*)\)$/.exec(text)?.[1] ?? text;
  return /^\(([^()]*)\)$/.exec(hinted)?.[1] ?? hinted;
}
