import { assignmentsIn, callsIn, type Call } from "../../code/calls";
import type { CodeFunction, TokenRange } from "../../code/functions";
import { bodyOf, cHunks, isAdded, type HunkCode } from "../../code/hunk-code";
import { assignedCalls, conditionParts, mentions, piecesOf, type AssignedCall } from "../../code/places";
import { bare, isKnownPair, isNullSafe, releases, releasesOf } from "../../code/resources";
import type { Statement } from "../../code/statements";
import type { Token } from "../../code/tokens";
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

/** A function with more of them was written by a program. */
const mostExits = 60;

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
  if (exits.length > mostExits) return [];
  const drafts: Draft[] = [];
  for (const exit of exits) {
    if (!isAdded(hunk.code, exit.at)) continue;
    const chain = chainOf(hunk, body, exit);
    if (chain === undefined) continue;
    const own = callsIn(hunk.code.tokens, exit.statement.then.range);
    for (const acquired of exit.held) {
      if (!isOnly(hunk, function_, acquired)) continue;
      const behind = skippedRelease(hunk, body, exit, acquired, chain, own);
      if (behind !== undefined) drafts.push(...asDrafts(input, hunk, exit, "skipped", acquired, behind));
    }
    const undone = exit.failed === undefined ? undefined : undoneTooEarly(exit.failed, chain, exits, hunk, body, exit);
    if (exit.failed !== undefined && undone !== undefined) drafts.push(...asDrafts(input, hunk, exit, "undone", exit.failed, undone));
  }
  return drafts;
}

/** Two calls of the same kind for the same object can't be told apart by their releases. */
function isOnly(hunk: HunkCode, function_: CodeFunction, acquired: AssignedCall): boolean {
  const { call } = acquired;
  return callsIn(hunk.code.tokens, function_.body).every((other) => other.at === call.at || other.name !== call.name || other.args.join() !== call.args.join());
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
  /** Whose result each variable holds at the moment; undefined for a call that acquires nothing we know. */
  const results = new Map<string, AssignedCall | undefined>();
  for (const statement of body) {
    if (statement.kind === "label") break;
    if (statement.kind === "expression") {
      for (const { target } of assignmentsIn(tokens, statement.range)) results.set(target, undefined);
      for (const one of acquisitions(hunk, statement)) for (const target of one.targets) results.set(target, one);
    }
    const failing = statement.kind === "if" ? testedIn(hunk, statement) : undefined;
    const tested = statement.kind !== "if" ? undefined : failing !== undefined && results.has(failing) ? results.get(failing) : acquiredIn(hunk, statement);
    // What a branch or a loop may assign is not known behind it.
    if (statement.kind !== "expression") for (const name of assignedIn(tokens, statement.range)) results.set(name, undefined);
    if (statement.kind !== "if") continue;
    const jump = lastJump(statement.then);
    if (jump !== undefined && statement.otherwise === undefined && !isSuccess(hunk, statement)) {
      exits.push({ label: jump.name, at: jump.at, statement, held: held.filter((one) => one !== tested), failed: tested });
    }
    // What was tested, and whose failure leaves, is held from here on.
    if (tested !== undefined && !held.includes(tested) && (jump !== undefined || endsInReturn(statement.then))) held.push(tested);
  }
  return exits;
}

/** The variable whose failure a condition tests: `ret`, `ret < 0`, `!ptr`, `IS_ERR(ptr)`; undefined for any other condition. */
function testedIn(hunk: HunkCode, statement: Statement & { readonly kind: "if" }): string | undefined {
  const parts = conditionParts(hunk.code.tokens, statement.condition);
  const form = /^(?:!([\w.>-]+)|IS_ERR(?:_OR_NULL)?\(([\w.>-]+)\)|(?:NULL==)?([A-Za-z_][\w.>-]*?)(?:<0|!=0|==NULL)?)$/.exec(parts[0] ?? "");
  return parts.length === 1 ? (form?.[1] ?? form?.[2] ?? form?.[3]) : undefined;
}

/** `if (!ret) goto out;` leaves because all went well. */
function isSuccess(hunk: HunkCode, statement: Statement & { readonly kind: "if" }): boolean {
  return conditionParts(hunk.code.tokens, statement.condition).some((part) => /^(?:!(?:ret|rc|err|error|retval|result|res|status|rv)|(?:ret|rc|err|error|retval|result|res|status|rv)==0)$/.test(part));
}

function assignedIn(tokens: readonly Token[], range: TokenRange): readonly string[] {
  const names: string[] = [];
  for (let at = range.first + 1; at < range.end; at += 1) {
    const before = tokens[at - 1];
    if (tokens[at]?.text === "=" && before?.kind === "word") names.push(before.text);
  }
  return names;
}

/** `if (request_irq(…))` */
function acquiredIn(hunk: HunkCode, statement: Statement & { readonly kind: "if" }): AssignedCall | undefined {
  const call = callsIn(hunk.code.tokens, statement.condition).findLast((one) => releasesOf(one.name).length > 0);
  return call === undefined ? undefined : { call, targets: [] };
}

function endsInReturn(statement: Statement): boolean {
  return (statement.kind === "block" ? statement.body.at(-1) : statement)?.kind === "return";
}

/** Assigned calls whose release we know. */
function acquisitions(hunk: HunkCode, statement: Statement): readonly AssignedCall[] {
  return assignedCalls(hunk.code.tokens, statement.range).filter(({ call }) => releasesOf(call.name).length > 0);
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
  if (!isKnownPair(failed.call.name)) return undefined;
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
