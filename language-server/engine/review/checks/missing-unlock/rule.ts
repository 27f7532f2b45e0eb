import { callsIn } from "../../code/calls";
import type { CodeFunction } from "../../code/functions";
import { cHunks, isAdded, type HunkCode } from "../../code/hunk-code";
import { givesLock, lockName, unlockOf } from "../../code/locks";
import { draftAtToken } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { lockedExits, type Exit } from "./exits";
import { missingUnlockMessages } from "./messages";

/** Functions that hand a locked object to their caller tell so by their name; a clock or a block says nothing of the kind. */
const returnsLocked = /(?<![bc])lock|acquire|begin|start|enter|grab|hold|reserve|freeze|stop|suspend|prepare/i;
const saysLocked = /lock|\bheld\b|drop|releas/i;

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
    if (commentSaysLocked(hunk, exit)) continue;
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

function annotatedAsLocking(hunk: HunkCode, function_: CodeFunction): boolean {
  return hunk.code.tokens.slice(function_.head.first, function_.head.end).some((token) => /^__(?:acquires|acquire|cond_acquires|must_hold)/.test(token.text) || token.text === "__rte_exclusive_lock_function");
}

/** Whoever leaves with a lock on purpose, or calls something that drops it, tends to say so. */
function commentSaysLocked(hunk: HunkCode, exit: Exit): boolean {
  const from = hunk.code.tokens[exit.lock]?.row ?? 0;
  const to = hunk.code.tokens[exit.at]?.row ?? 0;
  return hunk.code.comments.some((comment) => comment.row > from && comment.row <= to && saysLocked.test(comment.text));
}
