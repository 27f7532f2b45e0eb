import type { MessageTable } from "../../../text/message";

export const whitespaceDamageMessages: MessageTable = {
  "whitespace-damage.lost-blank": {
    en: "This line lost the blank, plus or minus it began with: the mailer damaged the patch.",
    "zh-cn": "本行丢失了行首的空格、加号或减号：补丁在邮件传输中损坏。",
  },
  "whitespace-damage.wrapped": {
    en: "This is no line of a hunk; it is likely the end of the line above, wrapped by a mailer.",
    "zh-cn": "这不是块中的行；很可能是上一行被邮件客户端折行后的剩余部分。",
  },
  "whitespace-damage.no-break-space": {
    en: "The indentation has no-break spaces (U+00A0): the patch was copied out of a mailer or web page.",
    "zh-cn": "缩进中含有不换行空格（U+00A0）：补丁可能是从邮件客户端或网页中复制的。",
  },
  "whitespace-damage.encoded": {
    en: "The hunk is still quoted-printable (=3D for =): save the mail itself, not what is shown of its source.",
    "zh-cn": "块内容仍是 quoted-printable 编码（= 写成 =3D）：请保存邮件本身，而不是邮件源码的显示内容。",
  },
  "whitespace-damage.tabs-to-spaces": {
    en: "This tree is indented with tabs, but the patch has none: they were turned into spaces, and no hunk will match.",
    "zh-cn": "该源码树使用制表符缩进，而补丁中没有制表符：它们被转换成了空格，所有块都无法匹配。",
  },
};
