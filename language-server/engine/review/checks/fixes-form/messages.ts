import type { MessageTable } from "../../../text/message";

export const fixesFormMessages: MessageTable = {
  "fixes-form.key": { en: "Write the tag as “Fixes: ”, at the start of its line.", "zh-cn": "标签应写作“Fixes: ”，并位于行首。" },
  "fixes-form.report": { en: "Fixes: names a commit. A bug report belongs in a Closes: or Link: tag, a CVE in the text.", "zh-cn": "Fixes: 只写提交。缺陷报告应写在 Closes: 或 Link: 标签中，CVE 写在正文里。" },
  "fixes-form.report.fix": { en: "Change the tag to Closes:", "zh-cn": "把标签改为 Closes:" },
  "fixes-form.no-sha": { en: "This Fixes: names no commit.", "zh-cn": "这一行 Fixes: 没有写提交号。" },
  "fixes-form.short": { en: "The commit name has {digits} digits; at least 12 keep it unique.", "zh-cn": "提交号只有 {digits} 位；至少写 12 位才不会重复。" },
  "fixes-form.word": { en: "Only the commit name stands between “Fixes: ” and the subject.", "zh-cn": "“Fixes: ”与主题之间只写提交号。" },
  "fixes-form.no-subject": { en: "The subject of commit {sha} is missing: write it as (\"subject\").", "zh-cn": "缺少提交 {sha} 的主题：写成 (\"主题\")。" },
  "fixes-form.quotes": { en: "The subject stands in parentheses and double quotes: (\"subject\").", "zh-cn": "主题要放在括号和双引号里：(\"主题\")。" },
  "fixes-form.folded": { en: "A Fixes: tag stays on one line, however long it gets.", "zh-cn": "Fixes: 标签再长也写在一行里，不折行。" },
  "fixes-form.unclosed": { en: "The quoted subject does not end: “\")” is missing.", "zh-cn": "引用的主题没有结束：缺少“\")”。" },
  "fixes-form.trailing": { en: "Nothing follows the subject in a Fixes: tag.", "zh-cn": "Fixes: 标签的主题之后不再写内容。" },
  "fixes-form.several": { en: "One Fixes: tag names one commit; write one line for each.", "zh-cn": "一行 Fixes: 只写一个提交；多个提交请分行写。" },
  "fixes-form.fix": { en: "Write it as {text}", "zh-cn": "改为 {text}" },
};
