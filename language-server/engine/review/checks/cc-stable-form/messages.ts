import type { MessageTable } from "../../../text/message";

export const ccStableFormMessages: MessageTable = {
  "cc-stable-form.address": { en: "No stable list has the address {address}; it is stable@vger.kernel.org.", "zh-cn": "没有 {address} 这个 stable 邮件列表；正确地址是 stable@vger.kernel.org。" },
  "cc-stable-form.comment": { en: "What follows the address is read as part of it; put it behind “#”: {wanted}.", "zh-cn": "地址后面的文字会被当作地址的一部分；请写在“#”之后：{wanted}。" },
  "cc-stable-form.brackets": { en: "The angle brackets around the address do not match.", "zh-cn": "地址两边的尖括号不成对。" },
  "cc-stable-form.key": { en: "Write the tag as “Cc: ”.", "zh-cn": "标签应写作“Cc: ”。" },
  "cc-stable-form.fix": { en: "Write {text}", "zh-cn": "改为 {text}" },
};
