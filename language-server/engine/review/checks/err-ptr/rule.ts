import { errorReturning, nullReturning } from "../../code/allocators";
import { assignmentsIn, callsIn, textOf } from "../../code/calls";
import type { TokenRange } from "../../code/functions";
import { bodyOf, cHunks, isAdded, type HunkCode } from "../../code/hunk-code";
import { assignedCalls, conditionParts, following, mentions, piecesOf, places, statementAt, type AssignedCall, type StatementPlace } from "../../code/places";
import type { Statement } from "../../code/statements";
import type { Token } from "../../code/tokens";
import { draftAtToken } from "../../draft";
import type { Message } from "../../../text/message";
import type { Draft, TextCheck } from "../../types";
import { errPtrMessages } from "./messages";

/** A variable or a member of one: nothing with a side effect. */
const plainName = /^\w+(?:(?:->|\.)\w+|\[\w+\])*$/;

type If = Statement & { readonly kind: "if" };

interface Hit {
  readonly at: number;
  readonly message: Message;
}

export const errPtr: TextCheck = {
  id: "err-ptr",
  severity: "warning",
  needs: "text",
  messages: errPtrMessages,
  run(input) {
    const drafts: Draft[] = [];
    for (const hunk of cHunks(input)) {
      if (!concerns(hunk)) continue;
      const hits = [...positiveErrors(hunk)];
      for (const function_ of hunk.functions) {
        for (const place of places(bodyOf(hunk, function_))) hits.push(...atPlace(hunk, function_.body, place));
      }
      for (const hit of hits) {
        const draft = draftAtToken(input.patch, hunk, hit.at, hit.message);
        if (draft !== undefined) drafts.push(draft);
      }
    }
    return drafts;
  },
};

function concerns(hunk: HunkCode): boolean {
  return hunk.code.tokens.some(({ kind, text }) => kind === "word" && (/^(?:IS_ERR|PTR_ERR|ERR_PTR|ERR_CAST)/.test(text) || errorReturning.has(text)));
}

function atPlace(hunk: HunkCode, body: TokenRange, place: StatementPlace): readonly Hit[] {
  const statement = statementAt(place);
  if (statement?.kind === "if") return wrongPointer(hunk, statement, body);
  if (statement?.kind !== "expression") return [];
  return assignedCalls(hunk.code.tokens, statement.range).flatMap((assigned) => wrongTest(hunk, body, place, assigned));
}

/** `ERR_PTR(EINVAL)`: an error pointer is made of a negative number. */
function positiveErrors(hunk: HunkCode): readonly Hit[] {
  const { tokens } = hunk.code;
  return callsIn(tokens, { first: 0, end: tokens.length })
    .filter((call) => call.name === "ERR_PTR" && /^E[A-Z0-9]{2,}$/.test(call.args[0] ?? "") && isAdded(hunk.code, call.at))
    .map((call) => ({ at: call.at, message: { id: "err-ptr.positive", args: { error: call.args[0] ?? "" } } }));
}

/** The first test of a result asks for NULL where errors come as pointers, or the other way round. */
function wrongTest(hunk: HunkCode, body: TokenRange, place: StatementPlace, assigned: AssignedCall): readonly Hit[] {
  const { tokens } = hunk.code;
  const { call, targets } = assigned;
  const wantsError = errorReturning.has(call.name);
  const target = targets.at(-1);
  if (target === undefined || (!wantsError && !nullReturning.has(call.name))) return [];
  const test = firstTest(tokens, place, target);
  if (test === undefined || !(isAdded(hunk.code, call.at) || isAdded(hunk.code, test.range.first))) return [];
  const parts = conditionParts(tokens, test.condition);
  const args = { call: call.name, name: target };
  const later: TokenRange = { first: call.close, end: body.end };
  if (wantsError && asksNull(parts, target) && !asksError(tokens, later, target)) return [{ at: test.range.first, message: { id: "err-ptr.null-test", args } }];
  if (!wantsError && parts.includes(`IS_ERR(${target})`) && !asksNullAnywhere(tokens, later, target)) return [{ at: test.range.first, message: { id: "err-ptr.error-test", args } }];
  return [];
}

/** The next statement that mentions the pointer, if that is an `if` which tests it. */
function firstTest(tokens: readonly Token[], place: StatementPlace, target: string): If | undefined {
  const pieces = piecesOf(target);
  for (const statement of following(place)) {
    if (statement.kind === "label" || statement.kind === "case" || statement.kind === "stray" || statement.kind === "return" || statement.kind === "goto") return undefined;
    if (mentions(tokens, statement.range, pieces).length === 0) continue;
    return statement.kind === "if" && mentions(tokens, statement.condition, pieces).length > 0 ? statement : undefined;
  }
  return undefined;
}

function asksNull(parts: readonly string[], target: string): boolean {
  return parts.some((part) => part === `!${target}` || part === `${target}==NULL` || part === `NULL==${target}`);
}

function asksError(tokens: readonly Token[], range: TokenRange, target: string): boolean {
  return callsIn(tokens, range).some((call) => /^(?:IS_ERR|PTR_ERR)/.test(call.name) && call.args[0] === target);
}

function asksNullAnywhere(tokens: readonly Token[], range: TokenRange, target: string): boolean {
  return mentions(tokens, range, piecesOf(target)).some((at) => tokens[at - 1]?.text === "!") || textOf(tokens, range).includes(`${target}==NULL`) || callsIn(tokens, range).some((call) => /^IS_ERR_OR_NULL|^PTR_ERR_OR_ZERO/.test(call.name) && call.args[0] === target);
}

/** In the branch where one pointer is an error, the error of another one is taken. */
function wrongPointer(hunk: HunkCode, statement: If, body: TokenRange): readonly Hit[] {
  const { tokens } = hunk.code;
  const parts = conditionParts(tokens, statement.condition);
  if (parts.length !== 1) return [];
  const part = parts[0] ?? "";
  const checked = /^IS_ERR\((.*)\)$/.exec(part)?.[1];
  const absent = /^!([\w>.-]+)$/.exec(part)?.[1];
  const hits: Hit[] = [];
  for (const call of callsIn(tokens, statement.then.range)) {
    const taken = call.args[0] ?? "";
    if (call.name !== "PTR_ERR" || !(isAdded(hunk.code, call.at) || isAdded(hunk.code, statement.range.first))) continue;
    if (checked !== undefined && taken !== checked && isOther(tokens, statement, body, checked, taken)) {
      hits.push({ at: call.at, message: { id: "err-ptr.wrong-pointer", args: { checked, taken } } });
    }
    if (absent !== undefined && taken === absent && !assigns(tokens, statement.then.range, taken)) {
      hits.push({ at: call.at, message: { id: "err-ptr.null-error", args: { name: taken } } });
    }
  }
  return hits;
}

/** Two names of one pointer, or a pointer that the branch itself sets or tests, are no confusion. */
function isOther(tokens: readonly Token[], statement: If, body: TokenRange, checked: string, taken: string): boolean {
  if (!plainName.test(taken) || !plainName.test(checked)) return false;
  // A message may tell the state of both.
  if (callsIn(tokens, statement.then.range).some((call) => call.name === "PTR_ERR" && call.args[0] === checked)) return false;
  if (assigns(tokens, statement.then.range, taken) || asksErrorOnly(tokens, statement.then.range, taken)) return false;
  const before = textOf(tokens, { first: body.first, end: statement.range.first });
  return !before.includes(`${checked}=${taken}`) && !before.includes(`${taken}=${checked}`);
}

function asksErrorOnly(tokens: readonly Token[], range: TokenRange, target: string): boolean {
  return callsIn(tokens, range).some((call) => call.name.startsWith("IS_ERR") && call.args[0] === target);
}

function assigns(tokens: readonly Token[], range: TokenRange, target: string): boolean {
  const pieces = piecesOf(target);
  return mentions(tokens, range, pieces).some((at) => tokens[at + pieces.length]?.text === "=") || assignmentsIn(tokens, range).some((one) => one.target === target);
}
