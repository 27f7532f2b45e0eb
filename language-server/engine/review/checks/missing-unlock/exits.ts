import { callAt, callsIn, textOf } from "../../code/calls";
import { follow, type FlowVisitor, type Held } from "../../code/flow";
import type { CodeFunction, TokenRange } from "../../code/functions";
import { bodyOf, type HunkCode } from "../../code/hunk-code";
import { givesLock, heldAfter, ownerOf, takesLock } from "../../code/locks";
import { places, statementAt } from "../../code/places";
import type { Statement } from "../../code/statements";
import type { Token } from "../../code/tokens";

/** A way out of the function with a lock held: a return, or a jump to a label that leads to one. */
export interface Exit {
  /** First token of the statement. */
  readonly at: number;
  readonly key: string;
  /** Token of the locking call. */
  readonly lock: number;
  readonly label: string | undefined;
}

/** A return and what is held there; `undefined` for the end of a body. */
interface Leaving {
  readonly returned: Statement | undefined;
  readonly held: Held;
}

const errorValue = /^(?:-\w+|NULL|false|ERR_PTR\(.*\)|PTR_ERR\(.*\)|-?(?:ret|rc|err|error|r|res|result|status|retval|rv|rval)|[A-Z][A-Z0-9_]*(?:ERR|FAIL|INVAL|NOT_|_NO_|NOMEM|BUSY|TIMEOUT)[A-Z0-9_]*)?$/;

/** An early success that the function's end gives too; a pointer there is an object that may well be handed out locked. */
const plainSuccess = /^(?:0|1|true)?$/;

/** Every exit that is reached with a lock held on all ways; none for a lock that the function's own good exit holds. */
export function lockedExits(hunk: HunkCode, function_: CodeFunction): readonly Exit[] {
  const body = bodyOf(hunk, function_);
  const { tokens } = hunk.code;
  const exits: Exit[] = [];
  const design = new Set<string>();
  const mainReturn = mainExit(body);
  const lastValue = valueOf(tokens, body.findLast((statement) => statement.kind === "return"));
  const branched = inBranches(body);
  const record = (leaving: Leaving, from: Statement, label: string | undefined): void => {
    for (const [key, lock] of leaving.held) {
      if (label === undefined && leaving.returned === mainReturn) design.add(key);
      else if (branched.has(from) && isFailure(tokens, leaving.returned, label === undefined ? lastValue : undefined, key, lock)) exits.push({ at: from.range.first, key, lock, label });
    }
  };
  const visitor: FlowVisitor = {
    expression: (range, held) => callsIn(tokens, range).reduce(heldAfter, held),
    leave: (statement, held) => {
      record({ returned: statement, held }, statement, undefined);
    },
    jump(label, statement, held) {
      if (held.size === 0 || /unlock/i.test(label)) return;
      const behind = leavingBehind(tokens, body, label, statement, held);
      if (behind !== undefined) record(behind, statement, label);
    },
  };
  const end = follow(body, new Map(), visitor);
  if (function_.closed) for (const key of end?.keys() ?? []) design.add(key);
  for (const key of heldByCaller(tokens, function_)) design.add(key);
  return exits.filter((exit) => !design.has(exit.key));
}

/** Locks that are released before they are taken: the function runs with them held, and so it returns. */
function heldByCaller(tokens: readonly Token[], function_: CodeFunction): readonly string[] {
  const first = new Map<string, boolean>();
  for (const call of callsIn(tokens, function_.body)) {
    const given = givesLock(call);
    const key = given ?? takesLock(call);
    if (key !== undefined && !first.has(key)) first.set(key, given !== undefined);
  }
  return [...first].filter(([, releasedFirst]) => releasedFirst).map(([key]) => key);
}

/** The first return on the body's own level: what the function does when nothing goes wrong. */
function mainExit(body: readonly Statement[]): Statement | undefined {
  return body.find((statement) => statement.kind === "return");
}

function valueOf(tokens: readonly Token[], statement: Statement | undefined): string | undefined {
  if (statement === undefined) return undefined;
  return textOf(tokens, { first: statement.range.first + 1, end: statement.range.end }).replace(/;$/, "");
}

/** A found object or another success is often returned locked; a failure hardly ever. */
function isFailure(tokens: readonly Token[], returned: Statement | undefined, lastValue: string | undefined, key: string, lock: number): boolean {
  const value = valueOf(tokens, returned);
  if (value === undefined) return false;
  if (returned !== undefined && handsOver(tokens, returned, key)) return false;
  return errorValue.test(value) || (plainSuccess.test(value) && value === lastValue && !ownerIsPassed(tokens, { first: lock + 1, end: returned?.range.first ?? lock }, key));
}

/** A helper gets the object that has the lock; when all went well, that may be to finish with it. */
function ownerIsPassed(tokens: readonly Token[], range: TokenRange, key: string): boolean {
  const owner = ownerOf(key);
  return owner !== undefined && callsIn(tokens, range).some((call) => call.args.includes(owner) && givesLock(call) === undefined && takesLock(call) === undefined);
}

/** What stands directly in a branch: an early way out. A loop's or a function's own last statement is where all went well. */
function inBranches(body: readonly Statement[]): ReadonlySet<Statement> {
  const found = new Set<Statement>();
  for (const place of places(body)) {
    const statement = statementAt(place);
    const around = place.up === undefined ? undefined : statementAt(place.up);
    const outer = around?.kind === "block" && place.up?.up !== undefined ? statementAt(place.up.up) : around;
    if (statement !== undefined && (outer?.kind === "if" || outer?.kind === "switch")) found.add(statement);
  }
  return found;
}

/** `return finish(dev)` while `&dev->lock` is held: the callee may release it. */
function handsOver(tokens: readonly Token[], returned: Statement, key: string): boolean {
  const call = callAt(tokens, returned.range.first + 1, returned.range.end);
  const owner = ownerOf(key);
  return call !== undefined && (owner === undefined || call.args.some((arg) => arg === owner || owner.startsWith(`${arg}->`) || arg.startsWith(`${owner}->`) || arg === `&${owner}`));
}

/** Where a jump to a later label of the same body leads; undefined when that is not one place. */
function leavingBehind(tokens: readonly Token[], body: readonly Statement[], label: string, from: Statement, held: Held): Leaving | undefined {
  const target = body.findIndex((statement) => statement.kind === "label" && statement.name === label && statement.range.first > from.range.first);
  if (target < 0) return undefined;
  const ways: Leaving[] = [];
  const jumps: string[] = [];
  const visitor: FlowVisitor = {
    expression: (range, before) => callsIn(tokens, range).reduce(heldAfter, before),
    leave: (statement, atEnd) => ways.push({ returned: statement, held: atEnd }),
    // A second jump leads to places that this does not follow.
    jump: (next) => jumps.push(next),
  };
  const end = follow(body.slice(target), held, visitor, { throughLabels: true });
  return jumps.length === 0 && end === undefined && ways.length === 1 ? ways[0] : undefined;
}
