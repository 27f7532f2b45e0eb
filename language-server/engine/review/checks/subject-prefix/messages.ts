import type { MessageTable } from "../../../text/message";

export const subjectPrefixMessages: MessageTable = {
  "subject-prefix.unusual": { en: "{share} of the last {count} changes to these files are titled “{usual}:”, none “{prefix}:”.", "zh-cn": "这些文件最近 {count} 次改动中有 {share} 次使用“{usual}:”，没有一次使用“{prefix}:”。" },
  "subject-prefix.none": { en: "{share} of the last {count} changes to these files are titled “{usual}:”.", "zh-cn": "这些文件最近 {count} 次改动中有 {share} 次使用“{usual}:”作前缀。" },
  "subject-prefix.fix": { en: "Write “{usual}:”", "zh-cn": "改为“{usual}:”" },
};
