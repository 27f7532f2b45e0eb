import type { MessageTable } from "../../../text/message";

export const hunkCountsMessages: MessageTable = {
  "hunk-counts.counts": {
    en: "The header says {oldLines} old and {newLines} new lines, but the hunk has {actualOld} and {actualNew}. git calls this a corrupt patch.",
    "zh-cn": "块头写明旧行 {oldLines}、新行 {newLines}，而块中实际为 {actualOld} 和 {actualNew}。git 会报告补丁损坏。",
  },
  "hunk-counts.more": {
    en: "The header says {oldLines} old and {newLines} new lines, but the hunk has {actualOld} and {actualNew}. git reads no further than the header says and drops the rest without a word.",
    "zh-cn": "块头写明旧行 {oldLines}、新行 {newLines}，而块中实际为 {actualOld} 和 {actualNew}。git 只读到块头所写的行数，其余内容会被悄悄丢弃。",
  },
  "hunk-counts.order": {
    en: "This hunk starts at old line {start}, before the previous one, which starts at {before}. Hunks of a file are in the order of its lines.",
    "zh-cn": "此块从旧文件第 {start} 行开始，却排在从第 {before} 行开始的块之后。同一文件的块须按行号排列。",
  },
  "hunk-counts.overlap": {
    en: "This hunk starts at old line {start}, inside the previous one, which ends at line {end}.",
    "zh-cn": "此块从旧文件第 {start} 行开始，与上一块重叠（上一块到第 {end} 行为止）。",
  },
  "hunk-counts.start": {
    en: "By the hunks above, this one starts at new line {expected}, not {start}. git takes the number as a hint where to look.",
    "zh-cn": "按前面各块推算，此块应从新文件第 {expected} 行开始，而不是第 {start} 行。git 只把该行号当作查找提示。",
  },
  "hunk-counts.fix": { en: "Change the header to {header}", "zh-cn": "将块头改为 {header}" },
};
