import type { MessageTable } from "../../../text/message";

export const kconfigHelpMessages: MessageTable = {
  "kconfig-help.missing": {
    en: "Whoever configures a kernel is asked about {symbol} but finds no help text.",
    "zh-cn": "配置内核时会询问 {symbol}，但它没有帮助文本。",
  },
};
