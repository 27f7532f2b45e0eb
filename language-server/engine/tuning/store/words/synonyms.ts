import { terms } from "../terms";

/** Words and phrases that mean the same to the people of this field; each row in our own words, written from knowledge of it. */
const rows = `
number, count, quantity, how many, amount, nr, num
maximum, max, upper limit, largest, highest, limit
minimum, min, lower limit, smallest, lowest, at least
memory, mem, ram
huge pages, hugepages, hugetlb, large pages
transparent huge pages, transparent hugepage, thp
receive buffer, rmem, read buffer, rcvbuf, receive window
send buffer, wmem, write buffer, sndbuf
socket, sock, skb
connections, conn, sessions
listen queue, accept queue, listen backlog, somaxconn, completed connections
syn queue, syn backlog, half open connections, connection requests not acknowledged, incomplete connections
interrupt, irq
software interrupt, softirq, soft irq, bottom half, napi
packets, frames, skbs
network device, netdev, interface, nic, network card, network adapter
input queue, receive queue, backlog
processor, cpu, core
scheduler, sched, scheduling
balancing, balance, migrate, migration
wakeup, wake, waking
granularity, slice, timeslice, preempt
swap, swapping, swappiness, paging
page out, reclaim, evict
flush, writeback, write back, write out
dirty data, dirty pages, unwritten data, modified pages
percentage, percent, ratio
file handles, file descriptors, open files, file max, nofile
process id, pid, process identifiers
threads, tasks, processes
timeout, time limit, expire, lifetime
interval, period, frequency, every
delay, latency, response time
throughput, bandwidth, performance
keep alive, keepalive
probe, probes, detection
retry, retries, retransmit, resend, attempts
port range, local port, ephemeral ports
time wait, tw
fin wait 2, fin timeout, orphaned
reuse, recycle
threshold, thresh, watermark
congestion control, congestion algorithm
window scaling, large window
slow start, idle connection
selective acknowledgement, sack
timestamps, time stamp
routing cache, route cache, dst cache
neighbour table, neighbor table, arp table, arp cache
neighbour, neighbor, arp
garbage collection, gc
connection tracking, conntrack, nf conntrack
shared memory, shm, shmmax, shmall
semaphore, sem
message queue, msg, mqueue
asynchronous io, aio, async io
out of memory, oom
overcommit, over commit, overcommitted
address space randomization, randomize va space, aslr
read ahead, readahead, prefetch
io scheduler, elevator, disk scheduler
block device, disk, drive, storage
request queue, queue depth, nr requests
numa, memory node, zone reclaim
free memory, reserve, min free
cache, caches, slab, dentries, inodes
drop, release, free, clear
sort, sorting, order, reorder
change, alter, modify
inode, dentry, directory entry, vfs cache
memory map, mmap, mapping, map count
real time, rt, realtime
watchdog, lockup, hang
hung task, blocked task
busy poll, polling, busy polling, busy read
multicast, igmp
fragment, fragmentation, reassembly
redirect, redirects
forwarding, forward, router, gateway
reverse path, rp filter, source validation, spoofing
spoofing, flood attack, syncookies, syn flood
log, logging, verbosity, log level, loglevel, printk
slow query, slow log, slowlog
buffer pool, cache size
transaction log, redo log, wal
checkpoint, save, snapshot, rdb
compress, compression
thread pool, workers
client, clients, connection
open, opened
enable, enabled, turn on, allow, activate
disable, disabled, turn off, forbid, deny
default, initial
size, length, len, bytes, capacity
increase, raise, enlarge, grow
decrease, reduce, lower
energy, power saving, power management
frequency, clock speed, pstate
idle state, cstate, c state, sleep state
namespace, container
control group, cgroup
core dump, core pattern, coredump
panic, crash, oops
restrict, hide, protect
tendency, aggressiveness, aggressively, how eagerly, preference
`;

export interface Synonym {
  readonly terms: readonly string[];
  /** The other members of its row. */
  readonly others: readonly (readonly string[])[];
}

/** By the first term of a phrase; longest first. */
export const synonyms: ReadonlyMap<string, readonly Synonym[]> = (() => {
  const byFirst = new Map<string, Synonym[]>();
  for (const row of rows.trim().split("\n")) {
    const members = row.split(",").map((member) => terms(member));
    for (const member of members) {
      const first = member[0];
      if (first === undefined) continue;
      const others = members.filter((other) => other !== member && other.join(" ") !== member.join(" "));
      byFirst.set(first, [...(byFirst.get(first) ?? []), { terms: member, others }].sort((a, b) => b.terms.length - a.terms.length));
    }
  }
  return byFirst;
})();
