import type { MessageTable } from "../../../text/message";

export const missingUnlockMessages: MessageTable = {
  "missing-unlock.return": {
    en: "This return leaves the function with the {lock} held; other ways out call {unlock}().",
    "zh-cn": "此处返回时仍持有 {lock}；其他返回路径都会调用 {unlock}()。",
  },
  "missing-unlock.goto": {
    en: "The code behind “{label}” returns without {unlock}(), and the {lock} is held here.",
    "zh-cn": "标签 “{label}” 之后的代码未调用 {unlock}() 就返回，而此处仍持有 {lock}。",
  },
  "missing-unlock.taken": { en: "{lock} is taken here.", "zh-cn": "{lock} 在此处获取。" },
};
