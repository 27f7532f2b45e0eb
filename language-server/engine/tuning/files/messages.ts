import type { MessageTable } from "../../text/message";

/** What parsers say of a line that its program would not take. */
export const fileMessages: MessageTable = {
  "tuning.file.noEquals": { en: "This line has no “=”, so it sets nothing.", "zh-cn": "此行没有“=”，不会设置任何内容。" },
  "tuning.file.noName": { en: "There is no name before the “=”.", "zh-cn": "“=”之前没有名称。" },
  "tuning.file.noSemicolon": { en: "nginx ends a directive with “;”, and this one has none.", "zh-cn": "nginx 指令须以“;”结尾，此处没有。" },
  "tuning.file.unclosedQuote": { en: "The quote that begins here is not closed.", "zh-cn": "此处开始的引号没有结束。" },
};
