import { callsIn, type Call } from "../../code/calls";
import type { CodeFunction } from "../../code/functions";
import { bodyOf, cHunks, isAdded, type HunkCode } from "../../code/hunk-code";
import { assignedCalls, mentions, piecesOf, type AssignedCall } from "../../code/places";
import { bare, isNullSafe, releases, releasesOf } from "../../code/resources";
import type { Statement } from "../../code/statements";
import { draftAtToken } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { gotoReleaseOrderMessages } from "./messages";

/** A jump to the unwinding part from the top level of a function, behind the test of something that failed. */
interface Exit {
  readonly label: string;
  /** First token of the jump. */
  readonly at: number;
  /** The `if` with its branch. */
  readonly statement: Statement & { readonly kind: "if" };
  /** What was acquired before and did not fail. */
  readonly held: readonly AssignedCall[];
  /** What the `if` found to have failed. */
  readonly failed: AssignedCall | undefined;
}

interface Release {
  readonly call: Call;
  /** Stands on the label's own level: it runs whenever the label is passed. */
  readonly always: boolean;
}

export const gotoReleaseOrder: TextCheck = {
  id: "goto-release-order",
  severity: "warning",
  needs: "text",
  messages: gotoReleaseOrderMessages,
  run(input) {
    const drafts: Draft[] = [];
    for (const hunk of cHunks(input)) {
      if (!hunk.code.tokens.some((token) => token.text === "goto")) continue;
      // Everything from the first acquisition to the last label must be visible.
      for (const function_ of hunk.functions) if (function_.opened && function_.closed) drafts.push(...inFunction(input, hunk, function_));
    }
    return drafts;
  },
};

function inFunction(input: TextInput, hunk: HunkCode, function_: CodeFunction): readonly Draft[] {
  const body = bodyOf(hunk, function_);
  const exits = exitsOf(hunk, body);
  const drafts: Draft[] = [];
  for (const exit of exits) {
    if (!isAdded(hunk.code, exit.at)) continue;
    const chain = chainOf(hunk, body, exit);
    if (chain === undefined) continue;
    const own = callsIn(hunk.code.tokens, exit.statement.then.range);
    for (const acquired of exit.held) {
      const behind = skippedRelease(hunk, body, exit, acquired, chain, own);
      if (behind !== undefined) drafts.push(...asDrafts(input, hunk, exit, "skipped", acquired, behind));
    }
    const undone = exit.failed === undefined ? undefined : undoneTooEarly(exit.failed, chain, exits, hunk, body, exit);
    if (exit.failed !== undefined && undone !== undefined) drafts.push(...asDrafts(input, hunk, exit, "undone", exit.failed, undone));
  }
  return drafts;
}

function asDrafts(input: TextInput, hunk: HunkCode, exit: Exit, id: string, acquired: AssignedCall, release: Call): readonly Draft[] {
  const { tokens, lines } = hunk.code;
  const args = { label: exit.label, acquire: acquired.call.name, release: release.name };
  const acquiredLine = lines[tokens[acquired.call.at]?.row ?? -1]?.line;
  const releaseLine = lines[tokens[release.at]?.row ?? -1]?.line;
  const related = [
    ...(acquiredLine === undefined ? [] : [{ message: { id: "goto-release-order.acquired", args }, line: acquiredLine }]),
    ...(releaseLine === undefined ? [] : [{ message: { id: "goto-release-order.released", args }, line: releaseLine }]),
  ];
  const draft = draftAtToken(input.patch, hunk, exit.at, { id: `goto-release-order.${id}`, args }, { related });
  return draft === undefined ? [] : [draft];
}

/** The jumps on the top level, each with what is held there. */
function exitsOf(hunk: HunkCode, body: readonly Statement[]): readonly Exit[] {
  const { tokens } = hunk.code;
  const exits: Exit[] = [];
  const held: AssignedCall[] = [];
  let latest: readonly AssignedCall[] = [];
  for (const statement of body) {
    if (statement.kind === "label") break;
    if (statement.kind === "expression") {
      latest = acquisitions(hunk, statement);
      held.push(...latest);
      continue;
    }
    if (statement.kind !== "if") {
      latest = [];
      continue;
    }
    const inCondition = callsIn(tokens, statement.condition).map((call) => ({ call, targets: [] })).filter(({ call }) => releasesOf(call.name).length > 0);
    const jump = lastJump(statement.then);
    const failed = inCondition.at(-1) ?? latest.find((one) => testsResult(hunk, statement, one));
    if (jump !== undefined && statement.otherwise === undefined) {
      exits.push({ label: jump.name, at: jump.at, statement, held: held.filter((one) => one !== failed), failed });
      held.push(...inCondition);
    }
    latest = [];
  }
  return exits;
}

/** Calls whose release we know and that run whenever the statement does. */
function acquisitions(hunk: HunkCode, statement: Statement): readonly AssignedCall[] {
  const { tokens } = hunk.code;
  const assigned = assignedCalls(tokens, statement.range);
  const plain = callsIn(tokens, statement.range)
    .filter((call) => call.at === statement.range.first)
    .map((call) => ({ call, targets: [] }));
  return [...assigned, ...plain].filter(({ call }) => releasesOf(call.name).length > 0);
}

function testsResult(hunk: HunkCode, statement: Statement & { readonly kind: "if" }, acquired: AssignedCall): boolean {
  return acquired.targets.some((target) => mentions(hunk.code.tokens, statement.condition, piecesOf(target)).length > 0);
}

function lastJump(statement: Statement): { readonly name: string; readonly at: number } | undefined {
  const last = statement.kind === "block" ? statement.body.at(-1) : statement;
  return last?.kind === "goto" ? { name: last.name, at: last.range.first } : undefined;
}

/** The releases that run from a label to the function's end; undefined when the way is not a straight one. */
function chainOf(hunk: HunkCode, body: readonly Statement[], exit: Exit): readonly Release[] | undefined {
  const start = body.findIndex((statement) => statement.kind === "label" && statement.name === exit.label);
  if (start < 0 || (body[start]?.range.first ?? 0) < exit.at) return undefined;
  const chain: Release[] = [];
  for (const statement of body.slice(start)) {
    if (statement.kind === "goto") return undefined;
    if (statement.kind === "return") break;
    if (statement.kind === "label") continue;
    for (const call of callsIn(hunk.code.tokens, statement.range)) chain.push({ call, always: statement.kind === "expression" });
  }
  return chain;
}

/**
 * A release that the unwinding part has, but above the label that is jumped to, though what it releases is held.
 * Some other jump must reach it, and nothing on the way may have taken the object over.
 */
function skippedRelease(hunk: HunkCode, body: readonly Statement[], exit: Exit, acquired: AssignedCall, chain: readonly Release[], own: readonly Call[]): Call | undefined {
  const { tokens } = hunk.code;
  const object = objectOf(acquired);
  if (object === undefined || [...chain.map(({ call }) => call), ...own].some((call) => call.args.some((arg) => bare(arg) === object))) return undefined;
  if (passedOn(hunk, exit, acquired, object)) return undefined;
  const target = body.find((statement) => statement.kind === "label" && statement.name === exit.label);
  const firstLabel = body.find((statement) => statement.kind === "label");
  if (target === undefined || firstLabel === undefined) return undefined;
  return callsIn(tokens, { first: firstLabel.range.first, end: target.range.first }).find((call) => releases(call, acquired) && hasWayDown(body, call, target));
}

/** The release falls through to the label that was jumped to: both belong to one chain. */
function hasWayDown(body: readonly Statement[], call: Call, target: Statement): boolean {
  return body.every((statement) => statement.range.first < call.at || statement.range.first >= target.range.first || (statement.kind !== "return" && statement.kind !== "goto"));
}

/** Between its acquisition and the jump the object was given to something else, released or changed. */
function passedOn(hunk: HunkCode, exit: Exit, acquired: AssignedCall, object: string): boolean {
  const { tokens } = hunk.code;
  const range = { first: acquired.call.close + 1, end: exit.at };
  if (callsIn(tokens, range).some((call) => /free|release|put|destroy|unregister|del|remove|disable|stop|close|exit|cleanup/i.test(call.name))) return true;
  const pieces = piecesOf(object);
  const failing = exit.failed;
  if (failing?.call.args.some((arg) => bare(arg) === object) === true) return true;
  return mentions(tokens, range, pieces).some((at) => tokens[at + pieces.length]?.text === "=" || (tokens[at - 1]?.text === "=" && /^[;,]$/.test(tokens[at + pieces.length]?.text ?? "")));
}

function objectOf(acquired: AssignedCall): string | undefined {
  const target = acquired.targets.at(-1);
  const pointer = target !== undefined && !/^(?:ret|rc|err|error|r|status|result|res|retval|rv)$/.test(target);
  const object = pointer ? target : acquired.call.args[0];
  return object === undefined || object === "" ? undefined : bare(object);
}

/** The chain begins by giving back what has just failed, though a later label would not. */
function undoneTooEarly(failed: AssignedCall, chain: readonly Release[], exits: readonly Exit[], hunk: HunkCode, body: readonly Statement[], exit: Exit): Call | undefined {
  const release = chain.find(({ call, always }) => always && releases(call, failed) && !isNullSafe(call.name))?.call;
  if (release === undefined) return undefined;
  // Somebody jumps to a label right behind the release, so the author knows that it may be skipped…
  const skips = exits.some((other) => other !== exit && labelAt(body, other.label) > release.at && other.at < exit.at);
  // …and somebody else, for whom it is acquired, jumps to it.
  const wanted = exits.some((other) => other.at > exit.at && labelAt(body, other.label) < release.at && other.held.some((one) => one.call.at === failed.call.at));
  const stateful = mentions(hunk.code.tokens, { first: labelAt(body, exit.label), end: release.at }, ["if"]).length > 0;
  return skips && wanted && !stateful ? release : undefined;
}

function labelAt(body: readonly Statement[], name: string): number {
  return body.find((statement) => statement.kind === "label" && statement.name === name)?.range.first ?? -1;
}
