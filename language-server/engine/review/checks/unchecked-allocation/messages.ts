import type { MessageTable } from "../../../text/message";

export const uncheckedAllocationMessages: MessageTable = {
  "unchecked-allocation.used": {
    en: "{call}() returns NULL when it fails, and {name} is used before it is checked.",
    "zh-cn": "{call}() 失败时返回 NULL，而 {name} 在检查之前就被使用。",
  },
  "unchecked-allocation.use": { en: "{name} is used here.", "zh-cn": "{name} 在此处被使用。" },
};
