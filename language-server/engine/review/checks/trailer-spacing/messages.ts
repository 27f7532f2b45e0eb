import type { MessageTable } from "../../../text/message";

export const trailerSpacingMessages: MessageTable = {
  "trailer-spacing.split": { en: "An empty line cuts the tags in two; git reads only the last part as trailers.", "zh-cn": "空行把标签分成了两段；git 只把最后一段当作 trailer。" },
  "trailer-spacing.split.fix": { en: "Remove the empty line", "zh-cn": "删除空行" },
  "trailer-spacing.glued": { en: "An empty line is missing between the text and its tags.", "zh-cn": "正文与标签之间缺少空行。" },
  "trailer-spacing.glued.fix": { en: "Insert an empty line", "zh-cn": "插入空行" },
};
