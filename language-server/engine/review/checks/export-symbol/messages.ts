import type { MessageTable } from "../../../text/message";

export const exportSymbolMessages: MessageTable = {
  "export-symbol.added": { en: "{symbol} becomes callable from modules.", "zh-cn": "{symbol} 将可被模块调用。" },
  "export-symbol.added-open": {
    en: "{symbol} becomes callable from modules under any licence; new exports are usually EXPORT_SYMBOL_GPL.",
    "zh-cn": "{symbol} 将可被任何许可证的模块调用；新增导出通常使用 EXPORT_SYMBOL_GPL。",
  },
  "export-symbol.changed": { en: "The export of {symbol} changes from {before} to {macro}: who may use it changes.", "zh-cn": "{symbol} 的导出从 {before} 改为 {macro}：可使用它的模块范围随之改变。" },
  "export-symbol.removed": {
    en: "{symbol} is no longer exported: modules that use it, also those outside of the tree, can't be loaded any more.",
    "zh-cn": "{symbol} 不再导出：使用它的模块（包括树外模块）将无法加载。",
  },
};
