import type { MessageTable } from "../../engine/text/message";

/** What the editor's side of the knowledge store says. */
export const knowledgeViewMessages: MessageTable = {
  "knowledge.view.busy": { en: "The knowledge store is in use by another process. Try again.", "zh-cn": "参数库正被另一进程使用。请重试。" },
  "knowledge.view.unreadable": { en: "The knowledge store can't be read ({detail}). Add its sources again.", "zh-cn": "无法读取参数库（{detail}）。请重新添加来源。" },
  "knowledge.view.not-writable": { en: "The knowledge store can't be written ({detail}). Free some space.", "zh-cn": "无法写入参数库（{detail}）。请腾出空间。" },
  "knowledge.view.unreachable": { en: "The team's knowledge store can't be reached ({detail}). Look at KEELSON_PG_URL, or start VS Code without it to use your own store.", "zh-cn": "无法连接团队的参数库（{detail}）。请检查 KEELSON_PG_URL，或在不设置它的情况下启动 VS Code 以使用自己的参数库。" },
  "knowledge.view.noFolder": { en: "{path} is no folder that can be read.", "zh-cn": "{path} 不是可读取的目录。" },
  "knowledge.view.nothing": { en: "{path} has no file that can be read: no source of a known program, no document.", "zh-cn": "{path} 中没有可读取的文件：没有已知程序的源代码，也没有文档。" },
  "knowledge.view.noTree": { en: "{path} is no kernel tree.", "zh-cn": "{path} 不是内核源代码树。" },
  "knowledge.view.notCompared": { en: "{label} can't be read whole as a version of the kernel. Run keelson knowledge index --versions in a terminal to see why.", "zh-cn": "无法将 {label} 作为内核版本完整读取。请在终端运行 keelson knowledge index --versions 查看原因。" },
  "knowledge.view.gone": { en: "{origin} is no longer there.", "zh-cn": "{origin} 已不存在。" },
  "knowledge.view.importer": { en: "{importer}: {files|file|files}, {parameters|parameter|parameters}, {prose|passage|passages}, {unread|part|parts} not read", "zh-cn": "{importer}：{files} 个文件，{parameters} 个参数，{prose} 段文字，{unread} 处未能读取" },
  "knowledge.view.compared": { en: "compared {versions}: {since|name|names} came, {until} went, {renamed} of them renamed; nothing is said of {doubted} in doubt and {interrupted} that went and came again", "zh-cn": "已比较 {versions}：新增 {since} 个名称，消失 {until} 个，改名 {renamed} 个；存疑的 {doubted} 个、消失后又出现的 {interrupted} 个不作判断" },
  "knowledge.view.unread": { en: "Not read", "zh-cn": "未能读取" },
  "knowledge.view.conflicts": { en: "Sources say different things, so none of it is taken for true", "zh-cn": "来源说法不一，均不采信" },
  "knowledge.view.more": { en: "and {count} more", "zh-cn": "另有 {count} 处" },
  "knowledge.fact.default": { en: "default {value}", "zh-cn": "默认 {value}" },
  "knowledge.fact.range": { en: "from {min} to {max}", "zh-cn": "{min} 至 {max}" },
  "knowledge.fact.atLeast": { en: "at least {min}", "zh-cn": "不小于 {min}" },
  "knowledge.fact.atMost": { en: "at most {max}", "zh-cn": "不大于 {max}" },
  "knowledge.fact.values": { en: "one of {values}", "zh-cn": "取值 {values}" },
  "knowledge.fact.unit": { en: "in {unit}", "zh-cn": "单位 {unit}" },
  "knowledge.fact.current": { en: "now {value}", "zh-cn": "当前 {value}" },
  "knowledge.fact.service": { en: "takes a restart", "zh-cn": "需重启服务" },
  "knowledge.fact.reboot": { en: "takes a reboot", "zh-cn": "需重启系统" },
  "knowledge.fact.since": { en: "since {version}", "zh-cn": "始于 {version}" },
};
