import type { MessageTable } from "../../../text/message";

export const seriesNumberingMessages: MessageTable = {
  "series-numbering.missing": { en: "Of this series of {total}, these are not here: {numbers}.", "zh-cn": "这个系列共 {total} 个补丁，缺少：{numbers}。" },
  "series-numbering.duplicate": { en: "The series has number {index} twice.", "zh-cn": "系列中编号 {index} 出现了两次。" },
  "series-numbering.beyond": { en: "Number {index} is beyond the series' total of {total}.", "zh-cn": "编号 {index} 超过了系列总数 {total}。" },
  "series-numbering.total": { en: "This patch says it is one of {total}; the rest of the series says {others}.", "zh-cn": "此补丁写的总数是 {total}，系列中其他补丁写的是 {others}。" },
  "series-numbering.version": { en: "This patch is version {version}; the rest of the series is version {others}.", "zh-cn": "此补丁是第 {version} 版，系列中其他补丁是第 {others} 版。" },
};
