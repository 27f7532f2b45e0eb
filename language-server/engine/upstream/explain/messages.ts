import type { MessageTable } from "../../text/message";

/** Words for why a commit differs from its twin, and for release notes. */
export const upstreamExplainMessages: MessageTable = {
  "upstream.explain.verdict.same": { en: "The two make the same change.", "zh-cn": "两者的改动相同。" },
  "upstream.explain.verdict.hunks": { en: "Of {total} hunks {same} are the same, {adapted} adapted, {dropped} dropped, {extra} added by us.", "zh-cn": "共 {total} 个 hunk，其中 {same} 个相同，{adapted} 个有改动，缺 {dropped} 个，我们增加 {extra} 个。" },
  "upstream.explain.verdict.unknown": { en: "The hunks were not compared: the change is known by {method} only.", "zh-cn": "未比较各 hunk：仅依据 {method} 认定。" },
  "upstream.explain.note": { en: "Our message notes: {text}", "zh-cn": "我们的提交说明中注明：{text}" },
  "upstream.explain.conflicts": { en: "Our message lists conflicts: {text}", "zh-cn": "我们的提交说明列出了冲突：{text}" },
  "upstream.explain.file.moved": { en: "{mainline} is {ours} in our tree.", "zh-cn": "{mainline} 在我们的树中是 {ours}。" },
  "upstream.explain.file.left": { en: "Ours does not touch {path}.", "zh-cn": "我们的提交没有改动 {path}。" },
  "upstream.explain.file.more": { en: "Ours also touches {path}.", "zh-cn": "我们的提交还改动了 {path}。" },
  "upstream.explain.hunk.adapted": { en: "Adapted: {up} is {down} here.", "zh-cn": "有改动：{up}，此处为 {down}。" },
  "upstream.explain.hunk.dropped": { en: "Dropped: {up}.", "zh-cn": "缺少：{up}。" },
  "upstream.explain.hunk.extra": { en: "Added by us: {down}.", "zh-cn": "我们增加：{down}。" },
  "upstream.explain.line.mainline": { en: "Only mainline: {line}", "zh-cn": "仅 mainline：{line}" },
  "upstream.explain.line.ours": { en: "Only ours: {line}", "zh-cn": "仅我们：{line}" },
  "upstream.explain.more": { en: "and {count} more hunks that differ", "zh-cn": "另有 {count} 个不同的 hunk" },
  "upstream.explain.trimmed": { en: "{left} of {all} parts did not fit into the model's context and were left out.", "zh-cn": "{all} 部分中有 {left} 部分超出模型上下文，未发送。" },

  "upstream.notes.title": { en: "Release notes: {range}", "zh-cn": "发布说明：{range}" },
  "upstream.notes.counts": { en: "{commits} commits: {mainline} from mainline, {ours} ours alone, {unsure} of unknown origin.", "zh-cn": "共 {commits} 个提交：{mainline} 个来自 mainline，{ours} 个仅我们有，{unsure} 个来源不明。" },
  "upstream.notes.section.security": { en: "Security", "zh-cn": "安全" },
  "upstream.notes.section.fixes": { en: "Fixes", "zh-cn": "修复" },
  "upstream.notes.section.features": { en: "Features", "zh-cn": "功能" },
  "upstream.notes.section.hardware": { en: "Hardware", "zh-cn": "硬件" },
  "upstream.notes.section.performance": { en: "Performance", "zh-cn": "性能" },
  "upstream.notes.section.other": { en: "Other changes", "zh-cn": "其他改动" },
  "upstream.notes.section.reverts": { en: "Reverts", "zh-cn": "回退" },
  "upstream.notes.model": { en: "Summary by {model}", "zh-cn": "{model} 的摘要" },
  "upstream.notes.all": { en: "All commits", "zh-cn": "全部提交" },
  "upstream.notes.empty": { en: "The range has no commits.", "zh-cn": "该范围没有提交。" },
};
