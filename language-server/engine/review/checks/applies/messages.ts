import type { MessageTable } from "../../../text/message";

export const appliesMessages: MessageTable = {
  "applies.rejected": {
    en: "This hunk does not apply to {base}. git: {error}",
    "zh-cn": "此块无法应用到 {base}。git：{error}",
  },
  "applies.conflict": {
    en: "This hunk conflicts with {base} in a 3-way merge. git: {error}",
    "zh-cn": "三方合并时此块与 {base} 冲突。git：{error}",
  },
  "applies.present": {
    en: "{base} has this hunk already, while the rest of the patch does not apply.",
    "zh-cn": "{base} 已含此块，而补丁的其余部分无法应用。",
  },
  "applies.file": { en: "The patch does not apply to {base}. git: {error}", "zh-cn": "补丁无法应用到 {base}。git：{error}" },
  "applies.no-file": {
    en: "{base} has no {path}. git: {error}",
    "zh-cn": "{base} 中没有 {path}。git：{error}",
  },
  "applies.no-tree": {
    en: "{base} has none of the files that this patch changes. Is this the right repository? git: {error}",
    "zh-cn": "{base} 中没有此补丁要修改的任何文件。仓库选对了吗？git：{error}",
  },
  "applies.offset": {
    en: "This hunk goes in {lines} lines away from where it says, in the same function.",
    "zh-cn": "此块会应用在偏离所述位置 {lines} 行处，仍在同一函数内。",
  },
  "applies.offset-unknown": {
    en: "This hunk goes in {lines} lines away from where it says. Look whether that is the place it means.",
    "zh-cn": "此块会应用在偏离所述位置 {lines} 行处。请确认那就是它要改的地方。",
  },
  "applies.offset-elsewhere": {
    en: "This hunk would go in {lines} lines away, below another function than its header names ({section}). Another block with the same text may be patched instead of the one that was meant.",
    "zh-cn": "此块会应用在偏离 {lines} 行处，且所在函数与块头所述（{section}）不同。被修改的可能是另一段相同的代码。",
  },
  "applies.reduced": {
    en: "This hunk goes in only when context lines are left out (git apply -C2), {lines} lines away from where it says.",
    "zh-cn": "只有放宽上下文（git apply -C2）才能应用此块，偏离所述位置 {lines} 行。",
  },
  "applies.ambiguous": {
    en: "The text of this hunk is at {count} places of the file; git takes the one that is nearest to the line number. The patch was made from another version of the file, so check which one is meant.",
    "zh-cn": "文件中有 {count} 处与此块文本相同；git 会取离行号最近的一处。补丁基于该文件的另一版本，请确认要改的是哪一处。",
  },
  "applies.base": { en: "judged against {base}", "zh-cn": "评审所依据的是 {base}" },
  "applies.place": { en: "the same text is here too", "zh-cn": "此处也有相同文本" },
  "applies.step": { en: "{how}: {error}", "zh-cn": "{how}：{error}" },
  "applies.step-ok": { en: "{how}: it goes in", "zh-cn": "{how}：可以应用" },
};
