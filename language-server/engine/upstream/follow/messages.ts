import type { MessageTable } from "../../text/message";

/** Why a fix is missed, in a person's words. */
export const followMessages: MessageTable = {
  "upstream.missing.fixes": { en: "fixes {culprit}", "zh-cn": "修复 {culprit}" },
  "upstream.missing.reverts": { en: "reverts {culprit}", "zh-cn": "撤销 {culprit}" },
  "upstream.missing.cve": { en: "fixes {culprit}, as the kernel's CVE record says", "zh-cn": "据内核 CVE 记录，修复 {culprit}" },
  "upstream.missing.stable": { en: "asks for stable trees and names no culprit", "zh-cn": "请求进入 stable 分支，未指明引入者" },
  "upstream.missing.byTitle": { en: "(told by its title; the sha beside it is another commit's)", "zh-cn": "（按标题认定；旁边的 sha 属于别的提交）" },
  "upstream.missing.base": { en: "which you have from before the fork", "zh-cn": "分叉之前已在你的树中" },
  "upstream.missing.commit": { en: "which your {commit} carries", "zh-cn": "由你的 {commit} 带入" },
  "upstream.missing.fix": { en: "which is missing as well", "zh-cn": "该提交同样缺失" },
  "upstream.missing.revertedBy": { en: "you had it; {commit} took it back", "zh-cn": "曾经带入，被 {commit} 撤销" },
  "upstream.missing.maybe": { en: "{commit} may carry it: the map is unsure", "zh-cn": "{commit} 可能已带入：对照结果不确定" },
  "upstream.missing.notBuilt": { en: "not built: CONFIG_{symbol} is off ({file}:{line})", "zh-cn": "未编译：CONFIG_{symbol} 未启用（{file}:{line}）" },
  "upstream.missing.summary": { en: "{count} fixes are missing; {hidden} of them are in code that the configuration does not build.", "zh-cn": "缺少 {count} 个修复，其中 {hidden} 个位于配置不编译的代码中。" },
  "upstream.missing.badConfig": { en: "{path} can't be read as a kernel configuration, so nothing is marked as not built.", "zh-cn": "无法将 {path} 读作内核配置，因此不标记未编译的代码。" },
  "upstream.missing.partConfig": { en: "{path} is no complete .config: symbols that it does not name are taken as undecided.", "zh-cn": "{path} 不是完整的 .config：其中未写明的符号视为未定。" },
};
