import type { MessageTable } from "../../../text/message";

export const sleepInAtomicMessages: MessageTable = {
  "sleep-in-atomic.call": {
    en: "{call}() may sleep, and the {lock} is held here.",
    "zh-cn": "{call}() 可能睡眠，而此处持有 {lock}。",
  },
  "sleep-in-atomic.gfp": {
    en: "{call}() is asked to allocate with GFP_KERNEL or GFP_USER, which may sleep, and the {lock} is held here.",
    "zh-cn": "{call}() 使用可能睡眠的 GFP_KERNEL 或 GFP_USER 分配内存，而此处持有 {lock}。",
  },
  "sleep-in-atomic.taken": { en: "{lock} is taken here.", "zh-cn": "{lock} 在此处获取。" },
};
