import { callsIn, type Call } from "../../code/calls";
import { follow, type FlowVisitor } from "../../code/flow";
import { bodyOf, cHunks, isAdded, lineOf, type HunkCode } from "../../code/hunk-code";
import { heldAfter, isAtomic, lockName } from "../../code/locks";
import type { CodeFunction } from "../../code/functions";
import { draftAtToken } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { sleepInAtomicMessages } from "./messages";

/** Functions that may sleep whatever their arguments are. */
const sleeping = new Set(
  (
    "msleep msleep_interruptible ssleep usleep_range fsleep schedule schedule_timeout schedule_timeout_interruptible schedule_timeout_uninterruptible " +
    "mutex_lock mutex_lock_interruptible mutex_lock_killable mutex_lock_nested down down_interruptible down_read down_write " +
    "wait_event wait_event_interruptible wait_event_timeout wait_event_interruptible_timeout wait_for_completion wait_for_completion_timeout wait_for_completion_interruptible " +
    "vmalloc vzalloc synchronize_rcu synchronize_net synchronize_srcu cancel_work_sync cancel_delayed_work_sync flush_work flush_workqueue flush_delayed_work drain_workqueue " +
    "kthread_stop rtnl_lock lock_sock request_threaded_irq request_firmware free_netdev alloc_workqueue destroy_workqueue might_sleep copy_from_user copy_to_user"
  ).split(" "),
);

/** RCU readers may be preempted, and user copies there fault without sleeping where the caller disabled faults. */
const fineUnderRcu = new Set(["copy_from_user", "copy_to_user"]);

export const sleepInAtomic: TextCheck = {
  id: "sleep-in-atomic",
  severity: "warning",
  needs: "text",
  messages: sleepInAtomicMessages,
  run(input) {
    const drafts: Draft[] = [];
    for (const hunk of cHunks(input)) {
      // Programs for user space have locks of these names that forbid nothing.
      if (hunk.file.newPath.startsWith("tools/") || !hunk.code.tokens.some((token) => token.kind === "word" && /(?:spin|read|write)_lock/.test(token.text))) continue;
      for (const function_ of hunk.functions) drafts.push(...inFunction(input, hunk, function_));
    }
    return drafts;
  },
};

function inFunction(input: TextInput, hunk: HunkCode, function_: CodeFunction): readonly Draft[] {
  const { tokens } = hunk.code;
  const drafts: Draft[] = [];
  const visitor: FlowVisitor = {
    expression(range, before) {
      let held = before;
      for (const call of callsIn(tokens, range)) {
        const lock = sleeps(call) ? heldAtomic(hunk, held, call) : undefined;
        if (lock !== undefined) drafts.push(...asDrafts(input, hunk, call, lock));
        held = heldAfter(held, call);
      }
      return held;
    },
    leave: () => undefined,
    jump: () => undefined,
  };
  follow(bodyOf(hunk, function_), new Map(), visitor);
  return drafts;
}

function sleeps(call: Call): boolean {
  return sleeping.has(call.name) || call.args.some((arg) => /(?:^|\|)GFP_(?:KERNEL|KERNEL_ACCOUNT|USER|HIGHUSER)(?:$|\|)/.test(arg));
}

/** The lock that forbids this call, when call or lock is new. */
function heldAtomic(hunk: HunkCode, held: ReadonlyMap<string, number>, call: Call): { key: string; at: number } | undefined {
  for (const [key, at] of held) {
    const name = hunk.code.tokens[at]?.text ?? "";
    if (!isAtomic(name) || commentSaysDropped(hunk, at, call.at) || (name === "rcu_read_lock" && fineUnderRcu.has(call.name))) continue;
    if (isAdded(hunk.code, call.at) || isAdded(hunk.code, at)) return { key, at };
  }
  return undefined;
}

/** A helper between them that drops the lock is usually announced. */
function commentSaysDropped(hunk: HunkCode, lock: number, call: number): boolean {
  const from = hunk.code.tokens[lock]?.row ?? 0;
  const to = hunk.code.tokens[call]?.row ?? 0;
  return hunk.code.comments.some((comment) => comment.row > from && comment.row <= to && /unlock|drop|releas/i.test(comment.text));
}

function asDrafts(input: TextInput, hunk: HunkCode, call: Call, lock: { key: string; at: number }): readonly Draft[] {
  const args = { call: call.name, lock: lockName(lock.key) };
  const line = lineOf(hunk.code, lock.at);
  const related = line === undefined ? [] : [{ message: { id: "sleep-in-atomic.taken", args }, line: line.line }];
  const id = sleeping.has(call.name) ? "sleep-in-atomic.call" : "sleep-in-atomic.gfp";
  const draft = draftAtToken(input.patch, hunk, call.at, { id, args }, { related });
  return draft === undefined ? [] : [draft];
}
