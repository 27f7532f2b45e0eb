import type { MessageTable } from "../../../text/message";

export const generatedOrBinaryMessages: MessageTable = {
  "generated-or-binary.leftover": { en: "{path} looks like something a build, an editor or a merge left behind.", "zh-cn": "{path} 像是编译、编辑器或合并留下的文件。" },
  "generated-or-binary.binary": { en: "{path} is binary: nobody can review what it does.", "zh-cn": "{path} 是二进制文件：无法评审其内容。" },
  "generated-or-binary.binary-data": { en: "{path} is binary data.", "zh-cn": "{path} 是二进制数据。" },
  "generated-or-binary.generated": { en: "{path} says that a program wrote it: change the source it is made from too, or it will be overwritten.", "zh-cn": "{path} 声明由程序生成：请同时修改其来源，否则改动会被覆盖。" },
  "generated-or-binary.huge": { en: "{path} gets {added} lines at once.", "zh-cn": "{path} 一次新增 {added} 行。" },
};
