import type { MessageTable } from "../../../text/message";

export const backportMarkerMessages: MessageTable = {
  "backport-marker.sha-too-short": { en: "The marker's commit name has {digits} digits; scripts match all 40.", "zh-cn": "回移标记中的提交号只有 {digits} 位；脚本按完整 40 位匹配。" },
  "backport-marker.sha-not-full": { en: "The marker's commit name is abbreviated to {digits} digits; write all 40.", "zh-cn": "回移标记中的提交号缩写为 {digits} 位；请写完整 40 位。" },
  "backport-marker.sha-too-long": { en: "The marker's commit name has {digits} digits; a commit has 40.", "zh-cn": "回移标记中的提交号有 {digits} 位；提交号应为 40 位。" },
  "backport-marker.wording": { en: "Scripts that read this marker expect the words “{wanted}”.", "zh-cn": "读取此标记的脚本要求的写法是“{wanted}”。" },
  "backport-marker.wording.fix": { en: "Write {text}", "zh-cn": "改为 {text}" },
  "backport-marker.no-commit": { en: "“{text}” says where the change comes from, but no “commit” line says which one it is.", "zh-cn": "“{text}”说明了来源，但没有 commit 行指明是哪个提交。" },
};
