import { callsIn } from "../../code/calls";
import { follow, type FlowVisitor, type Held } from "../../code/flow";
import type { CodeFunction } from "../../code/functions";
import { bodyOf, cHunks, isAdded, type HunkCode } from "../../code/hunk-code";
import { givesLock, heldAfter, lockName, unlockOf } from "../../code/locks";
import type { Statement } from "../../code/statements";
import { draftAtToken } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { missingUnlockMessages } from "./messages";

/** A way out of the function with a lock held: a return, or a jump to a label that leads to one. */
interface Exit {
  /** First token of the statement. */
  readonly at: number;
  readonly key: string;
  /** Token of the locking call. */
  readonly lock: number;
  readonly label: string | undefined;
}

/** Functions that hand a locked object to their caller tell so by their name. */
const returnsLocked = /lock|acquire|begin|start|enter|grab|hold|reserve|freeze|stop|suspend|prepare/i;
const saysLocked = /\block|\bheld\b|unlock/i;

export const missingUnlock: TextCheck = {
  id: "missing-unlock",
  severity: "warning",
  needs: "text",
  messages: missingUnlockMessages,
  run(input) {
    const drafts: Draft[] = [];
    for (const hunk of cHunks(input)) {
      if (!hunk.code.tokens.some((token) => token.kind === "word" && /lock|down_/.test(token.text))) continue;
      for (const function_ of hunk.functions) drafts.push(...inFunction(input, hunk, function_));
    }
    return drafts;
  },
};

function inFunction(input: TextInput, hunk: HunkCode, function_: CodeFunction): readonly Draft[] {
  const { tokens } = hunk.code;
  if (returnsLocked.test(function_.name) || annotatedAsLocking(hunk, function_)) return [];
  const unlocks = callsIn(tokens, function_.body).flatMap((call) => {
    const key = givesLock(call);
    return key === undefined ? [] : [{ key, at: call.at }];
  });
  if (unlocks.length === 0) return [];
  const drafts: Draft[] = [];
  for (const exit of lockedExits(hunk, function_)) {
    // A lock that is never released further down is meant to be handed to the caller, or released by another function.
    if (!unlocks.some(({ key, at }) => key === exit.key && at > exit.at)) continue;
    if (!isAdded(hunk.code, exit.at) && !isAdded(hunk.code, exit.lock)) continue;
    if (commentSaysLocked(hunk, exit.at)) continue;
    const draft = asDraft(input, hunk, exit);
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts;
}

function asDraft(input: TextInput, hunk: HunkCode, exit: Exit): Draft | undefined {
  const lockCall = hunk.code.tokens[exit.lock];
  const lockLine = lockCall === undefined ? undefined : hunk.code.lines[lockCall.row];
  if (lockCall === undefined || lockLine === undefined) return undefined;
  const args = { lock: lockName(exit.key), unlock: unlockOf(lockCall.text), label: exit.label ?? "" };
  const message = { id: exit.label === undefined ? "missing-unlock.return" : "missing-unlock.goto", args };
  return draftAtToken(input.patch, hunk, exit.at, message, { related: [{ message: { id: "missing-unlock.taken", args }, line: lockLine.line }] });
}

/** Every exit that is reached with a lock held on all ways; none when the function's own last exit holds it too. */
function lockedExits(hunk: HunkCode, function_: CodeFunction): readonly Exit[] {
  const { tokens } = hunk.code;
  const body = bodyOf(hunk, function_);
  const exits: Exit[] = [];
  const expression: FlowVisitor["expression"] = (range, held) => callsIn(tokens, range).reduce(heldAfter, held);
  const visitor: FlowVisitor = {
    expression,
    leave(statement, held) {
      for (const [key, lock] of held) exits.push({ at: statement.range.first, key, lock, label: undefined });
    },
    jump(label, statement, held) {
      if (held.size > 0) for (const [key, lock] of heldBehind(body, label, statement, held, expression)) exits.push({ at: statement.range.first, key, lock, label });
    },
  };
  const end = follow(body, new Map(), visitor);
  const last = body.findLast((statement) => statement.kind === "return");
  const design = new Set(function_.closed && end !== undefined ? end.keys() : []);
  for (const exit of exits) if (exit.at === last?.range.first) design.add(exit.key);
  return exits.filter((exit) => !design.has(exit.key));
}

/** What is still held where the function is left, when a jump to a later label of the same body is taken. */
function heldBehind(body: readonly Statement[], label: string, from: Statement, held: Held, expression: FlowVisitor["expression"]): Held {
  const target = body.findIndex((statement) => statement.kind === "label" && statement.name === label && statement.range.first > from.range.first);
  if (target < 0) return new Map();
  const left: Held[] = [];
  const visitor: FlowVisitor = {
    expression,
    leave: (_, atEnd) => left.push(atEnd),
    // A second jump leads to places that this does not follow.
    jump: () => left.push(new Map()),
  };
  const end = follow(body.slice(target), held, visitor, { throughLabels: true });
  if (end !== undefined) left.push(new Map());
  const [first, ...others] = left;
  if (first === undefined) return new Map();
  return new Map([...first].filter(([key]) => others.every((other) => other.has(key))));
}

function annotatedAsLocking(hunk: HunkCode, function_: CodeFunction): boolean {
  return hunk.code.tokens.slice(function_.head.first, function_.head.end).some((token) => /^__(?:acquires|acquire|cond_acquires|must_hold)/.test(token.text) || token.text === "__rte_exclusive_lock_function");
}

function commentSaysLocked(hunk: HunkCode, at: number): boolean {
  const row = hunk.code.tokens[at]?.row ?? 0;
  return hunk.code.comments.some((comment) => comment.row <= row && comment.row >= row - 4 && saysLocked.test(comment.text));
}
