import type { MessageTable } from "../../../text/message";

export const fixesMissingMessages: MessageTable = {
  "fixes-missing.named": { en: "The text blames commit {sha}, but no Fixes: tag names it.", "zh-cn": "正文指出问题来自提交 {sha}，但没有对应的 Fixes: 标签。" },
  "fixes-missing.subject": { en: "The subject says that this is a fix, but no Fixes: tag says of what.", "zh-cn": "主题说明这是修复，但没有 Fixes: 标签指出修复的是哪个提交。" },
  "fixes-missing.fix": { en: "Add {text}", "zh-cn": "添加 {text}" },
};
