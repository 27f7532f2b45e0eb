import type { MessageTable } from "../../../text/message";

export const maintainersMessages: MessageTable = {
  "maintainers.missing": {
    en: "{count} of those whom MAINTAINERS names for the touched files are not among the recipients: {who}",
    "zh-cn": "MAINTAINERS 为所改文件列出的人员或列表中有 {count} 个不在收件人中：{who}",
  },
  "maintainers.section": { en: "{address} ({role}): {section}", "zh-cn": "{address}（{role}）：{section}" },
  "maintainers.add": { en: "Add them as Cc: tags", "zh-cn": "以 Cc: 标签加入" },
};
