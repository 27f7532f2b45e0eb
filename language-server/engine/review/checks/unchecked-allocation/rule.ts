import { nullReturning, userSpaceAllocators } from "../../code/allocators";
import type { TokenRange } from "../../code/functions";
import { bodyOf, cHunks, isAdded, lineOf, type HunkCode } from "../../code/hunk-code";
import { assignedCalls, following, mentions, piecesOf, places, statementAt, type AssignedCall, type StatementPlace } from "../../code/places";
import type { Token } from "../../code/tokens";
import { draftAtToken } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { uncheckedAllocationMessages } from "./messages";

/** Arguments with which an allocation can't fail, or stops the machine when it does. */
const cannotFail = /__GFP_NOFAIL|SLAB_PANIC/;
/** Their first argument is written to or read from. */
const dereferencing = new Set("memset memcpy memmove strcpy strncpy strscpy strlcpy sprintf snprintf scnprintf memset32 list_add list_add_tail".split(" "));
/** They name a pointer without following it. */
const inert = new Set("sizeof typeof __typeof__ struct_size flex_array_size ARRAY_SIZE offsetof sizeof_field __builtin_object_size".split(" "));
const initialiser = /init|^INIT_/i;

export const uncheckedAllocation: TextCheck = {
  id: "unchecked-allocation",
  severity: "warning",
  needs: "text",
  messages: uncheckedAllocationMessages,
  run(input) {
    const drafts: Draft[] = [];
    for (const hunk of cHunks(input)) {
      if (!hunk.code.tokens.some((token, at) => isAllocator(token.text) && isAdded(hunk.code, at))) continue;
      for (const function_ of hunk.functions) {
        for (const place of places(bodyOf(hunk, function_))) drafts.push(...atPlace(input, hunk, place));
      }
    }
    return drafts;
  },
};

function isAllocator(name: string): boolean {
  return nullReturning.has(name) || userSpaceAllocators.has(name);
}

function atPlace(input: TextInput, hunk: HunkCode, place: StatementPlace): readonly Draft[] {
  const statement = statementAt(place);
  if (statement?.kind !== "expression") return [];
  const drafts: Draft[] = [];
  for (const assigned of assignedCalls(hunk.code.tokens, statement.range)) {
    const { call } = assigned;
    // What a pointer points at has other names too, by which it may be checked.
    if (assigned.targets.some((target) => target.startsWith("*"))) continue;
    if (!isAllocator(call.name) || !isAdded(hunk.code, call.at) || call.args.some((arg) => cannotFail.test(arg))) continue;
    const use = firstUse(hunk, place, assigned);
    const line = use === undefined ? undefined : lineOf(hunk.code, use.at);
    if (use === undefined || line === undefined) continue;
    const args = { call: call.name, name: use.target };
    const draft = draftAtToken(input.patch, hunk, call.at, { id: "unchecked-allocation.used", args }, { related: [{ message: { id: "unchecked-allocation.use", args }, line: line.line }] });
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts;
}

interface Use {
  readonly at: number;
  readonly target: string;
}

/** The place where the result is followed before anything else is done with it; undefined when that isn't certain. */
function firstUse(hunk: HunkCode, place: StatementPlace, assigned: AssignedCall): Use | undefined {
  const { tokens } = hunk.code;
  for (const statement of following(place)) {
    switch (statement.kind) {
      case "expression":
      case "loop": {
        const use = useIn(tokens, statement.range, assigned.targets);
        if (use === "other") return undefined;
        if (use !== undefined) return use;
        break;
      }
      case "if":
      case "switch":
      case "block":
        // Whether a branch is taken may depend on the allocation in ways that this can't see.
        if (useIn(tokens, statement.range, assigned.targets) !== undefined) return undefined;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

function useIn(tokens: readonly Token[], range: TokenRange, targets: readonly string[]): Use | "other" | undefined {
  const found = targets
    .flatMap((target) => mentions(tokens, range, piecesOf(target)).map((at) => ({ at, target })))
    .filter(({ at }) => !isInert(tokens, at))
    .sort((a, b) => a.at - b.at);
  const first = found[0];
  if (first === undefined) return undefined;
  return follows(tokens, first.at, piecesOf(first.target).length) ? first : "other";
}

function isInert(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 4); i -= 1) {
    const text = tokens[i]?.text ?? "";
    if (text === "(") return inert.has(tokens[i - 1]?.text ?? "");
    if (text !== "*" && text !== "&") return false;
  }
  return false;
}

/** True when the expression at this token is followed as a pointer here. */
function follows(tokens: readonly Token[], at: number, length: number): boolean {
  const before = tokens[at - 1]?.text;
  const behind = tokens[at + length]?.text;
  if (before === "&") return behind === "->" && tokens[at - 2]?.text === "(" && initialiser.test(tokens[at - 3]?.text ?? "");
  if (behind === "->" || behind === "[") return true;
  if (before === "*") return /^[;{}(=]$/.test(tokens[at - 2]?.text ?? "") && behind !== ")" && behind !== ",";
  return before === "(" && behind === "," && dereferencing.has(tokens[at - 2]?.text ?? "");
}
