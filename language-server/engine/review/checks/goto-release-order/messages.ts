import type { MessageTable } from "../../../text/message";

export const gotoReleaseOrderMessages: MessageTable = {
  "goto-release-order.skipped": {
    en: "This jump to “{label}” skips {release}(), but what {acquire}() gave is held here: it leaks.",
    "zh-cn": "跳转到 “{label}” 会跳过 {release}()，而 {acquire}() 取得的资源此处仍被持有，将造成泄漏。",
  },
  "goto-release-order.undone": {
    en: "{acquire}() has just failed here, but “{label}” calls {release}() for it.",
    "zh-cn": "{acquire}() 刚刚失败，“{label}” 却会为它调用 {release}()。",
  },
  "goto-release-order.acquired": { en: "{acquire}() is called here.", "zh-cn": "{acquire}() 在此处调用。" },
  "goto-release-order.released": { en: "{release}() is called here.", "zh-cn": "{release}() 在此处调用。" },
};
