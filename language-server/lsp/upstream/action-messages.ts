import type { MessageTable } from "../../engine/text/message";

/** What is said where texts are made of a comparison. */
export const upstreamActionMessages: MessageTable = {
  "upstream.action.noTwin": { en: "{commit} is in no commit of mainline that is known, so there is nothing to compare it with.", "zh-cn": "没有已知的 mainline 提交与 {commit} 对应，因此无从比较。" },
  "upstream.action.unreadable": { en: "git can't show {commit}: this clone lacks its contents.", "zh-cn": "git 无法显示 {commit}：此克隆缺少其内容。" },
  "upstream.action.noTemplate": { en: "There is no inclusion header called {template}.", "zh-cn": "没有名为 {template} 的引入格式。" },
  "upstream.action.noCommits": { en: "None of these commits can be sent as a patch.", "zh-cn": "这些提交都无法作为补丁发送。" },
  "upstream.action.badRange": { en: "{range} is no range. Write it as git does: v1..v2, or v1.. up to your side.", "zh-cn": "{range} 不是有效的范围。请按 git 的写法：v1..v2，或用 v1.. 表示直到我们的一侧。" },
  "upstream.action.own": { en: "The team's own form (keelson.upstream.inclusionTemplate)", "zh-cn": "团队自定义格式（keelson.upstream.inclusionTemplate）" },
  "upstream.action.writing": { en: "Writing the series", "zh-cn": "正在生成补丁系列" },
  "upstream.action.explaining": { en: "Explaining why {commit} differs", "zh-cn": "正在解释 {commit} 的差异" },
  "upstream.action.notes": { en: "Writing release notes", "zh-cn": "正在编写发布说明" },
  "upstream.action.reporting": { en: "Writing the report", "zh-cn": "正在生成报告" },

  "upstream.pick.trying": { en: "Trying to pick onto our branch", "zh-cn": "正在尝试挑选到我们的分支" },
  "upstream.pick.searching": { en: "Looking for what it needs first", "zh-cn": "正在查找需先挑选的提交" },
  "upstream.pick.progress": { en: "{done} of {total}", "zh-cn": "{done}/{total}" },
  "upstream.pick.tried": { en: "{count} tried: {clean} pick clean, {conflict} conflict, {empty} are in already.", "zh-cn": "共尝试 {count} 个：{clean} 个可干净挑选，{conflict} 个冲突，{empty} 个已包含。" },
  "upstream.pick.unknown": { en: "{count} could not be tried: merges, or contents that this clone lacks.", "zh-cn": "{count} 个无法尝试：属于合并提交，或此克隆缺少其内容。" },
  "upstream.pick.needless.clean": { en: "It picks clean as it is.", "zh-cn": "无需其他提交即可干净挑选。" },
  "upstream.pick.needless.empty": { en: "Its change is in already.", "zh-cn": "其改动已包含在内。" },
  "upstream.pick.first.whole": { en: "Earlier commits of mainline to pick first: {count}. Each of them picks clean too.", "zh-cn": "先挑选 mainline 的 {count} 个更早提交后可干净挑选，且它们本身也可干净挑选。" },
  "upstream.pick.first.files": { en: "Earlier commits of mainline whose changes to the conflicting files it needs first: {count}. As a whole they conflict elsewhere.", "zh-cn": "先引入 mainline 的 {count} 个更早提交对冲突文件的改动后可干净挑选；这些提交整体会在别处冲突。" },

  "upstream.text.difference": { en: "Why {ours} differs from mainline's {mainline}", "zh-cn": "{ours} 与 mainline 的 {mainline} 为何不同" },
  "upstream.text.byModel": { en: "In the words of {model}", "zh-cn": "{model} 的说明" },
  "upstream.text.facts": { en: "What the two diffs tell", "zh-cn": "两份改动所示" },
  "upstream.text.message": { en: "message, line {line}", "zh-cn": "提交说明第 {line} 行" },
  "upstream.text.mainline": { en: "mainline", "zh-cn": "mainline" },
  "upstream.text.ours": { en: "ours", "zh-cn": "我们的" },
  "upstream.text.dropped": { en: "Statements that could not be verified and are not shown: {count}.", "zh-cn": "无法核实而未显示的陈述：{count} 条。" },
};
