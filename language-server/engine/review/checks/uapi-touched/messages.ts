import type { MessageTable } from "../../../text/message";

export const uapiTouchedMessages: MessageTable = {
  "uapi-touched.added": {
    en: "This adds to the interface for programs ({path}). What is added can never be taken back.",
    "zh-cn": "此处扩展了用户态接口（{path}）。一旦加入便不能收回。",
  },
  "uapi-touched.added-undocumented": {
    en: "This adds to the interface for programs ({path}), and the patch touches nothing in Documentation/. What is added can never be taken back.",
    "zh-cn": "此处扩展了用户态接口（{path}），而补丁没有修改 Documentation/。一旦加入便不能收回。",
  },
  "uapi-touched.changed": {
    en: "A line of the interface for programs ({path}) is changed or taken away: programs that are already built must keep working.",
    "zh-cn": "用户态接口（{path}）中的一行被修改或删除：已编译的程序必须仍能正常工作。",
  },
};
