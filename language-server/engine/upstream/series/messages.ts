import type { MessageTable } from "../../text/message";

/** What reading a patch stack tells; ids are `upstream.series.` and the problem's code. */
export const seriesMessages: MessageTable = {
  "upstream.series.not-found": {
    en: "{name} is named here but can't be read.",
    "zh-cn": "此处列出的 {name} 无法读取。",
  },
  "upstream.series.outside": {
    en: "{name} leads out of the folder of the series and is not read.",
    "zh-cn": "{name} 指向系列目录之外，未读取。",
  },
  "upstream.series.compressed": {
    en: "{name} is compressed and is not read; unpack it beside the list.",
    "zh-cn": "{name} 是压缩文件，未读取；请在列表所在目录中解压。",
  },
  "upstream.series.no-list": {
    en: "There is no series, series.conf, spec file or patch in {name}.",
    "zh-cn": "{name} 中没有 series、series.conf、spec 文件或补丁。",
  },
  "upstream.series.no-patch": {
    en: "No patch was found in {name}.",
    "zh-cn": "在 {name} 中没有找到补丁。",
  },
  "upstream.series.unread-macro": {
    en: "The name {name} holds a macro whose value this file does not tell, so the patch is left out.",
    "zh-cn": "名称 {name} 含有宏，而该文件没有给出其值，因此略过该补丁。",
  },
  "upstream.series.several-specs": {
    en: "The folder has several spec files; {name} was read.",
    "zh-cn": "该目录有多个 spec 文件；读取的是 {name}。",
  },
  "upstream.series.no-such-patch": {
    en: "Patch {name} is applied here but is declared nowhere.",
    "zh-cn": "此处应用了补丁 {name}，但没有声明它。",
  },
  "upstream.series.not-applied": {
    en: "{name} is declared but never applied, so it is left out.",
    "zh-cn": "{name} 已声明但从未应用，因此略过。",
  },
  "upstream.series.condition": {
    en: "{name} depends on a condition that this file does not decide; it is taken as applied.",
    "zh-cn": "{name} 取决于该文件无法判定的条件；按已应用处理。",
  },
  "upstream.series.guarded": {
    en: "{name} is applied only with the guard {guard}, so it is left out.",
    "zh-cn": "{name} 仅在定义 {guard} 时应用，因此略过。",
  },
  "upstream.series.order-assumed": {
    en: "The file does not say how its patches are applied; all are taken in the order of their declaration.",
    "zh-cn": "该文件没有说明如何应用补丁；按声明顺序全部处理。",
  },
};
