import type { MessageTable } from "../text/message";

/** What the parser says of a document; ids are `patch.` and the problem's code. */
export const patchMessages: MessageTable = {
  "patch.hunk-count": {
    en: "The hunk says -{oldLines} +{newLines} lines but holds -{actualOld} +{actualNew}.",
    "zh-cn": "该块头写的是 -{oldLines} +{newLines} 行，实际为 -{actualOld} +{actualNew} 行。",
  },
  "patch.truncated": {
    en: "The patch ends inside this hunk: it says -{oldLines} +{newLines} lines and holds -{actualOld} +{actualNew}.",
    "zh-cn": "补丁在该块中途结束：块头写的是 -{oldLines} +{newLines} 行，实际只有 -{actualOld} +{actualNew} 行。",
  },
  "patch.bad-hunk-header": {
    en: "This hunk header can't be read; it should look like @@ -1,7 +1,8 @@.",
    "zh-cn": "无法读取该块头；应形如 @@ -1,7 +1,8 @@。",
  },
  "patch.wrapped-line": {
    en: "This line has no leading blank, + or -: a mailer has wrapped the line above.",
    "zh-cn": "该行开头没有空格、+ 或 -：邮件程序把上一行折断了。",
  },
  "patch.hunk-without-file": {
    en: "This hunk doesn't follow a file header or another hunk; git stops here.",
    "zh-cn": "该块前面既不是文件头也不是另一个块；git 会在此停止。",
  },
  "patch.no-name": {
    en: "It can't be told which file this diff is about.",
    "zh-cn": "无法判断该差异针对哪个文件。",
  },
  "patch.unsafe-path": {
    en: "The path {path} leads out of the tree; git refuses it.",
    "zh-cn": "路径 {path} 指向源码树之外；git 会拒绝它。",
  },
  "patch.bad-binary": {
    en: "This binary patch is damaged.",
    "zh-cn": "该二进制补丁已损坏。",
  },
  "patch.truncated-binary": {
    en: "The patch ends inside a binary patch.",
    "zh-cn": "补丁在二进制数据中途结束。",
  },
  "patch.combined-diff": {
    en: "A combined diff of a merge is shown but not analysed.",
    "zh-cn": "合并提交的组合差异只显示，不做分析。",
  },
  "patch.context-diff": {
    en: "This is a context diff; only unified diffs are read. Make it again with diff -u.",
    "zh-cn": "这是上下文格式的差异；这里只读取统一格式。请用 diff -u 重新生成。",
  },
  "patch.bad-base64": {
    en: "The mail's base64 text holds characters that don't belong there.",
    "zh-cn": "邮件的 base64 正文含有不应出现的字符。",
  },
  "patch.no-closing-boundary": {
    en: "The mail's last part isn't closed; the mail may be cut short.",
    "zh-cn": "邮件的最后一部分没有结束标记；邮件可能被截断。",
  },
  "patch.utf-16": {
    en: "The file is in UTF-16; git reads patches in UTF-8 only.",
    "zh-cn": "该文件是 UTF-16 编码；git 只能读取 UTF-8 的补丁。",
  },
  "patch.nothing-found": {
    en: "No patch was found in this text.",
    "zh-cn": "在该文本中没有找到补丁。",
  },
  "patch.series-entry": {
    en: "The series names {name}, which can't be read or lies outside its folder.",
    "zh-cn": "series 中列出的 {name} 无法读取，或位于该目录之外。",
  },
};
