import type { MessageTable } from "../../../text/message";

export const fileModeMessages: MessageTable = {
  "file-mode.executable-source": { en: "{path} becomes executable, though nothing runs a file of this kind.", "zh-cn": "{path} 被设为可执行，但这类文件不会被执行。" },
  "file-mode.made-executable": { en: "The mode changes from {oldMode} to {newMode}: {path} becomes executable.", "zh-cn": "文件模式从 {oldMode} 改为 {newMode}：{path} 变为可执行。" },
  "file-mode.not-executable": { en: "The mode changes from {oldMode} to {newMode}: {path} is no longer executable.", "zh-cn": "文件模式从 {oldMode} 改为 {newMode}：{path} 不再可执行。" },
  "file-mode.symlink": { en: "{path} is a symbolic link.", "zh-cn": "{path} 是符号链接。" },
  "file-mode.submodule": { en: "{path} is a submodule: the patch moves it to another commit.", "zh-cn": "{path} 是子模块：补丁会把它指向另一个提交。" },
};
