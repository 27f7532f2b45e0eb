import type { MessageTable } from "../../../text/message";

export const alreadyAppliedMessages: MessageTable = {
  "already-applied.whole": {
    en: "{base} has this change already: the patch applies in reverse and not forward.",
    "zh-cn": "{base} 已含此修改：补丁可以反向应用，正向则不能。",
  },
  "already-applied.merge": {
    en: "{base} has this change already: a 3-way merge of the patch changes nothing.",
    "zh-cn": "{base} 已含此修改：三方合并后没有任何变化。",
  },
};
