import type { Call } from "./calls";
import type { Held } from "./flow";

interface LockPair {
  readonly family: string;
  readonly lock: readonly string[];
  readonly unlock: readonly string[];
  /** Sleeping is forbidden while it is held. */
  readonly atomic: boolean;
}

function variants(name: string, suffixes: readonly string[]): readonly string[] {
  return suffixes.map((suffix) => `${name}${suffix}`);
}

const spinLock = ["", "_bh", "_irq", "_irqsave", "_nested", "_irqsave_nested", "_nest_lock", "_bh_nested"];
const spinUnlock = ["", "_bh", "_irq", "_irqrestore"];

/** Locks whose own pair of functions is well known. The first argument names the lock. */
const pairs: readonly LockPair[] = [
  { family: "spinlock", lock: variants("spin_lock", spinLock), unlock: variants("spin_unlock", spinUnlock), atomic: true },
  { family: "raw spinlock", lock: variants("raw_spin_lock", spinLock), unlock: variants("raw_spin_unlock", spinUnlock), atomic: true },
  { family: "read lock", lock: variants("read_lock", ["", "_bh", "_irq", "_irqsave"]), unlock: variants("read_unlock", spinUnlock), atomic: true },
  { family: "write lock", lock: variants("write_lock", ["", "_bh", "_irq", "_irqsave"]), unlock: variants("write_unlock", spinUnlock), atomic: true },
  { family: "mutex", lock: ["mutex_lock", "mutex_lock_nested"], unlock: ["mutex_unlock"], atomic: false },
  { family: "semaphore for reading", lock: ["down_read", "down_read_nested"], unlock: ["up_read"], atomic: false },
  { family: "semaphore for writing", lock: ["down_write", "down_write_nested"], unlock: ["up_write", "downgrade_write"], atomic: false },
  { family: "RCU read section", lock: ["rcu_read_lock"], unlock: ["rcu_read_unlock"], atomic: true },
  { family: "RTNL", lock: ["rtnl_lock"], unlock: ["rtnl_unlock"], atomic: false },
  { family: "inode lock", lock: ["inode_lock"], unlock: ["inode_unlock"], atomic: false },
  { family: "device lock", lock: ["device_lock"], unlock: ["device_unlock"], atomic: false },
  { family: "socket lock", lock: ["lock_sock"], unlock: ["release_sock"], atomic: false },
  { family: "spinlock", lock: ["rte_spinlock_lock", "rte_spinlock_recursive_lock"], unlock: ["rte_spinlock_unlock", "rte_spinlock_recursive_unlock"], atomic: false },
  { family: "read lock", lock: ["rte_rwlock_read_lock"], unlock: ["rte_rwlock_read_unlock"], atomic: false },
  { family: "write lock", lock: ["rte_rwlock_write_lock"], unlock: ["rte_rwlock_write_unlock"], atomic: false },
  { family: "mutex", lock: ["pthread_mutex_lock"], unlock: ["pthread_mutex_unlock"], atomic: false },
];

const byLock = new Map(pairs.flatMap((pair) => pair.lock.map((name) => [name, pair] as const)));
const byUnlock = new Map(pairs.flatMap((pair) => pair.unlock.map((name) => [name, pair] as const)));

/** They name a lock without changing its state. */
const observers = /^(?:lockdep_|WARN|BUG|mutex_is_locked|spin_is_locked|rwsem_is_locked|assert_)/;
/** Helpers that may well give a lock back under another name. */
const mayRelease = /unlock|release_lock|drop_lock|_end$|_finish|_abort|_bail|_exit$|_leave$|^up_|_done$|_complete$|reschedule/i;

/** A lock in words: `mutex &dev->lock`. */
export function lockName(key: string): string {
  return key.replace("\0", " ").trim();
}

export function takesLock(call: Call): string | undefined {
  const pair = byLock.get(call.name);
  return pair === undefined ? undefined : `${pair.family}\0${call.args[0] ?? ""}`;
}

export function givesLock(call: Call): string | undefined {
  const pair = byUnlock.get(call.name);
  return pair === undefined ? undefined : `${pair.family}\0${call.args[0] ?? ""}`;
}

/** The name of the unlocking function that belongs to a locking one. */
export function unlockOf(lock: string): string {
  const pair = byLock.get(lock);
  const suffix = /_(?:bh|irqsave|irq)/.exec(lock)?.[0] ?? "";
  const wanted = suffix === "_irqsave" ? "_irqrestore" : suffix;
  return pair?.unlock.find((name) => name.endsWith(`unlock${wanted}`)) ?? pair?.unlock[0] ?? "";
}

/** True when sleeping is forbidden under this lock. */
export function isAtomic(lock: string): boolean {
  return byLock.get(lock)?.atomic === true;
}

/** What is held after a call. A call that may release a lock in a way we don't know makes it unknown. */
export function heldAfter(held: Held, call: Call): Held {
  const taken = takesLock(call);
  if (taken !== undefined) return new Map([...held, [taken, call.at]]);
  if (held.size === 0 || observers.test(call.name)) return held;
  const given = givesLock(call);
  if (given !== undefined) return new Map([...held].filter(([key]) => key !== given && (held.has(given) || !sameField(key, given))));
  if (mayRelease.test(call.name)) return new Map();
  const left = [...held].filter(([key]) => !namesLock(call, key));
  return left.length === held.size ? held : new Map(left);
}

/** `&dev->queue->lock` may be `&queue->lock` under another name. */
function sameField(a: string, b: string): boolean {
  return a.slice(0, a.indexOf("\0")) === b.slice(0, b.indexOf("\0")) && /\w+$/.exec(a)?.[0] === /\w+$/.exec(b)?.[0];
}

/** What a lock is a member of: `dev` of `&dev->lock`; undefined for a lock that stands alone. */
export function ownerOf(key: string): string | undefined {
  const lock = key.slice(key.indexOf("\0") + 1).replace(/^&/, "");
  return /^(.+)(?:->|\.)\w+$/.exec(lock)?.[1];
}

function namesLock(call: Call, key: string): boolean {
  const lock = key.slice(key.indexOf("\0") + 1);
  return lock !== "" && call.args.some((arg) => arg === lock || `&${arg}` === lock);
}
