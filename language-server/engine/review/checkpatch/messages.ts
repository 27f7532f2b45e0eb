import type { MessageTable } from "../../text/message";

export const checkpatchMessages: MessageTable = {
  "checkpatch.said": { en: "{text} ({type})", "zh-cn": "{text}（{type}）" },
  "checkpatch.failed": { en: "checkpatch.pl could not run: {error}", "zh-cn": "无法运行 checkpatch.pl：{error}" },
};
