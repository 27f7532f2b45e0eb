import type { MessageTable } from "../../../text/message";

export const hiddenUnicodeMessages: MessageTable = {
  "hidden-unicode.bidi": {
    en: "{code} changes the direction in which this line is shown: what you read may not be what the compiler reads.",
    "zh-cn": "{code} 会改变本行的显示方向：看到的内容可能与编译器读到的不同。",
  },
  "hidden-unicode.invisible": { en: "{code} takes no space and is not seen.", "zh-cn": "{code} 不占宽度，肉眼不可见。" },
  "hidden-unicode.control": { en: "{code} is a control character.", "zh-cn": "{code} 是控制字符。" },
};
