import { between, sysctl } from "../build";
import { kernelDocs, kernelSources } from "../cite";
import type { PackSetting } from "../types";

const { vm } = kernelDocs;
const { fsWriteback, pageWriteback } = kernelSources;

const pair = (other: string) => ({ other, rule: "exclusive", why: "Ratio and bytes are one limit in two units: the one written last counts and the other reads 0.", whyZh: "比例与字节数是同一限制的两种单位：后写入者生效，另一个读作 0。" }) as const;

/** When dirty pages go to the disk. */
export const writebackSettings: readonly PackSetting[] = [
  sysctl("vm.dirty_ratio", vm(195), {
    type: "integer", default: "20", range: between(0, 100), unit: "% of available memory",
    more: [pageWriteback(90)],
    description: "When dirty pages reach this part of free and reclaimable memory, the writers themselves are made to wait.",
    descriptionZh: "脏页达到空闲与可回收内存的该比例时，写入者自己开始等待写回。",
    conflicts: [pair("vm.dirty_bytes"), { other: "vm.dirty_background_ratio", rule: "at-least", why: "Background writing must start before writers are stopped; the kernel halves the background limit otherwise.", whyZh: "后台写回应先于阻塞写入者；否则内核把后台阈值取为一半。" }],
    trap: { en: "On a machine with a terabyte of memory one percent is 10 GB: use the bytes form there.", zh: "在 1 TB 内存的机器上 1% 就是 10 GB：此时应使用 bytes 形式。" },
  }),
  sysctl("vm.dirty_background_ratio", vm(160), {
    type: "integer", default: "10", range: between(0, 100), unit: "% of available memory",
    description: "When dirty pages reach this part of free and reclaimable memory, writing starts in the background.",
    descriptionZh: "脏页达到空闲与可回收内存的该比例时，开始后台写回。",
    conflicts: [pair("vm.dirty_background_bytes"), { other: "vm.dirty_ratio", rule: "at-most", why: "Background writing must start before writers are stopped.", whyZh: "后台写回应先于阻塞写入者。" }],
  }),
  sysctl("vm.dirty_bytes", vm(170), {
    type: "bytes", default: "0", range: between(0), unit: "bytes",
    description: "The limit at which writers are made to wait, as an amount. 0 means that vm.dirty_ratio counts.",
    descriptionZh: "以字节数给出的写入者等待阈值。0 表示由 vm.dirty_ratio 决定。",
    conflicts: [pair("vm.dirty_ratio"), { other: "vm.dirty_background_bytes", rule: "at-least", why: "Background writing must start before writers are stopped.", whyZh: "后台写回应先于阻塞写入者。" }],
    trap: { en: "Less than two pages is refused, and the old value stays.", zh: "小于两页的值会被拒绝，旧值保留。" },
    sane: { min: "8192" },
  }),
  sysctl("vm.dirty_background_bytes", vm(147), {
    type: "bytes", default: "0", range: between(0), unit: "bytes",
    description: "The limit at which background writing starts, as an amount. 0 means that vm.dirty_background_ratio counts.",
    descriptionZh: "以字节数给出的后台写回阈值。0 表示由 vm.dirty_background_ratio 决定。",
    conflicts: [pair("vm.dirty_background_ratio"), { other: "vm.dirty_bytes", rule: "at-most", why: "Background writing must start before writers are stopped.", whyZh: "后台写回应先于阻塞写入者。" }],
  }),
  sysctl("vm.dirty_expire_centisecs", vm(186), {
    type: "integer", default: "3000", range: between(0), unit: "1/100 s",
    more: [pageWriteback(108)],
    description: "Dirty data older than this is written at the next wake-up of the writeback threads.",
    descriptionZh: "脏数据超过该时间后，会在写回线程下次唤醒时写出。",
    trap: { en: "It is in hundredths of a second: 3000 is 30 s.", zh: "单位是百分之一秒：3000 即 30 秒。" },
  }),
  sysctl("vm.dirty_writeback_centisecs", vm(217), {
    type: "integer", default: "500", range: between(0), unit: "1/100 s",
    more: [pageWriteback(101)],
    description: "How often the writeback threads wake up; 0 turns periodic writing off.",
    descriptionZh: "写回线程的唤醒间隔；0 关闭周期性写回。",
    trap: { en: "It is in hundredths of a second: 500 is 5 s. With 0 data stays unwritten until a limit or a sync.", zh: "单位是百分之一秒：500 即 5 秒。取 0 时数据要等到触及阈值或 sync 才会写出。" },
  }),
  sysctl("vm.dirtytime_expire_seconds", vm(205), {
    type: "integer", default: "43200", range: between(0), unit: "s", since: "4.2",
    more: [fsWriteback(68)],
    description: "How long a lazily updated timestamp of an inode may stay in memory only.",
    descriptionZh: "延迟更新的 inode 时间戳可仅存于内存中的最长时间。",
  }),
  sysctl("vm.laptop_mode", vm(311), {
    type: "integer", default: "0", range: between(0), unit: "s",
    description: "Gathers writes around other disk activity so that a spinning disk can sleep; the value is how long after that activity they are flushed.",
    descriptionZh: "把写操作聚集到其他磁盘活动前后，使机械盘得以休眠；其值为活动之后多久写出。",
    trap: { en: "On servers it delays writes without any use.", zh: "在服务器上只会推迟写入而无益处。" },
  }),
];
