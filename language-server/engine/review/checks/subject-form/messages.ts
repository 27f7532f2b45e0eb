import type { MessageTable } from "../../../text/message";

export const subjectFormMessages: MessageTable = {
  "subject-form.missing": { en: "The patch has no subject.", "zh-cn": "补丁没有主题。" },
  "subject-form.no-summary": { en: "The subject says where, but not what: nothing stands behind “{prefix}”.", "zh-cn": "主题只写了位置，没写内容：“{prefix}”之后是空的。" },
  "subject-form.no-prefix": { en: "The subject names no subsystem; kernel subjects read “subsystem: what the patch does”.", "zh-cn": "主题没有子系统前缀；内核补丁的主题写作“子系统: 做了什么”。" },
  "subject-form.colon": { en: "Write “{wanted}”: no space before the colon, one after it.", "zh-cn": "应写作“{wanted}”：冒号前不留空格，冒号后留一个。" },
  "subject-form.colon.fix": { en: "Write “{wanted}”", "zh-cn": "改为“{wanted}”" },
  "subject-form.period": { en: "A subject is a title: it ends without a period.", "zh-cn": "主题是标题，末尾不加句号。" },
  "subject-form.period.fix": { en: "Remove the period", "zh-cn": "删除句号" },
  "subject-form.long": { en: "The subject has {length} characters; 75 is the most that the submitting guide allows.", "zh-cn": "主题有 {length} 个字符；提交指南最多允许 75 个。" },
  "subject-form.mood": { en: "Write the subject as an order to the code base: “{wanted}”, not “{word}”.", "zh-cn": "主题用祈使语气：写“{wanted}”，不写“{word}”。" },
  "subject-form.mood.fix": { en: "Write “{wanted}”", "zh-cn": "改为“{wanted}”" },
};
