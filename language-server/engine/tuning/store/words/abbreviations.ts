import { stem, terms } from "../terms";

/** What the short forms in names of parameters stand for, in our own words. */
const rows = `
acct: accounting
addr: address
adj: adjust adjustment
aio: asynchronous io
alloc: allocate
anon: anonymous
ack: acknowledgement
arp: neighbour address resolution
auto: automatic
autogroup: automatic group scheduling
avg: average
bdi: backing device
bdp: bandwidth
bg: background
blk: block
bpf: berkeley packet filter
buf: buffer
bw: bandwidth
cc: congestion control
cfs: fair scheduler
cfg: configuration
cmd: command
cnt: count number
cntr: counter
config: configuration
conn: connection
conntrack: connection tracking
cong: congestion
cpuset: cpu set
cstate: idle state sleep
ctl: control
cwnd: congestion window
dev: device
dir: directory
dirty: unwritten modified writeback
dma: direct memory access
dmesg: kernel log
dsack: duplicate selective acknowledgement
ecn: explicit congestion notification
elevator: io scheduler
ent: entry
entries: entry
epoll: event poll
err: error
expire: age old timeout
expir: age old timeout
fack: forward acknowledgement
fastopen: fast open syn data
fd: file descriptor
fib: routing table
file: open
fin: close finish
frag: fragment
freq: frequency
fs: filesystem
gc: garbage collection
hash: table bucket
hdr: header
hi: high
hugepage: huge page
hugepages: huge page
hugetlb: huge page
hz: tick frequency
idle: inactive
init: initial
inotify: file watch notification
int: interrupt
intvl: interval
io: input output disk
iops: input output operation
ip: internet protocol
ipc: inter process communication
irq: interrupt
keepalive: keep alive idle connection probe
khugepaged: transparent huge page daemon
ksm: same page merging
lat: latency
len: length
lim: limit
lo: low
local: own
lru: least recently used
mark: watermark
max: maximum limit upper
maxim: maximum
mb: megabyte
mem: memory
memcg: memory control group
metrics: metric cache
mmap: memory mapping
min: minimum lower
mq: message queue multi
msg: message
msgmax: message maximum size
msgmnb: message queue maximum byte
msgmni: message queue maximum number
mtu: maximum transmission unit packet size
napi: network polling receive
neigh: neighbour
net: network
netdev: network device interface
nmi: non maskable interrupt watchdog
nonlocal: non local address bind
nr: number count
num: number count
numa: memory node
oom: out memory killer
opt: option
optmem: option memory ancillary socket buffer
overcommit: over commit virtual memory allocation
pf: packet filter
pid: process identifier task
pmtu: path mtu discovery
poll: polling
pool: worker
prealloc: preallocate
pri: priority
prio: priority
proc: process
pages: page
qdisc: queueing discipline traffic control scheduler
queue: queue length
ra: read ahead router advertisement
randomize: random address layout
rcv: receive
rcvbuf: receive buffer
readahead: read ahead prefetch
recv: receive
rcu: read copy update
reordering: packet order
req: request
retrans: retransmit
retries: retry
rfc1337: time wait assassination
rlimit: resource limit
rmem: receive memory read buffer socket
route: routing
rp: reverse path
rps: receive packet steering
rfs: receive flow steering
rq: run queue request
rr: round robin
rnd: random
rt: real time
rto: retransmission timeout
rtt: round trip time
runtime: run time budget
rx: receive
sack: selective acknowledgement
sched: scheduler scheduling
schedul: scheduler
sec: second
secs: second
seg: segment
sem: semaphore
shm: shared memory
shmall: shared memory total page
shmmax: shared memory maximum segment size
shmmni: shared memory maximum number segment
skb: socket buffer
slab: object cache
smp: multiprocessor
snd: send
sndbuf: send buffer
sock: socket
softirq: software interrupt
softlockup: soft lockup watchdog
somaxconn: socket maximum connection listen backlog queue accept
src: source
ssthresh: slow start threshold
stat: statistics
str: string
sunrpc: nfs remote procedure call
swappiness: swap tendency anonymous reclaim
sync: synchronous
syn: connection request handshake half open
synack: connection handshake
syncookies: syn cookie flood
sys: system
sysrq: magic key
tbl: table
tcp: transmission control protocol
tfo: fast open
thp: transparent huge page
thresh: threshold
time: timeout
tmp: temporary
tot: total
tsc: time stamp counter clock
ttl: time live
tunable: setting
tw: time wait
tx: transmit send
txqueuelen: transmit queue length
udp: user datagram protocol
usec: microsecond
usecs: microsecond
vfs: inode dentry cache
virt: virtual
vm: virtual memory
wait: waiting
wb: writeback
wbt: writeback throttling latency
wmem: send memory write buffer socket
wq: work queue
writeback: write back flush dirty
xfrm: ipsec
zone: memory node
zswap: compressed swap cache
jiffies: tick
kbytes: kilobyte
centisecs: hundredth second
ratio: percentage percent
bytes: byte size
backlog: queue length pending
budget: packet processed poll
weight: packet processed
`;

/** By the stemmed part of a name. */
export const abbreviations: ReadonlyMap<string, readonly string[]> = new Map(
  rows
    .trim()
    .split("\n")
    .map((row) => {
      const [short = "", long = ""] = row.split(":");
      return [stem(short), terms(long)] as const;
    }),
);
