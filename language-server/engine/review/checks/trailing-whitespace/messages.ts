import type { MessageTable } from "../../../text/message";

export const trailingWhitespaceMessages: MessageTable = {
  "trailing-whitespace.end": { en: "The added line ends in white space.", "zh-cn": "新增行的行尾有空白字符。" },
  "trailing-whitespace.blank": { en: "The added line has nothing but white space.", "zh-cn": "新增行只含空白字符。" },
  "trailing-whitespace.before-tab": { en: "A space stands before a tab in the indentation.", "zh-cn": "缩进中的制表符之前有空格。" },
  "trailing-whitespace.fix": { en: "Remove the white space at the line's end", "zh-cn": "删除行尾的空白字符" },
};
