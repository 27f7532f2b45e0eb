import type { MessageTable } from "../../text/message";

/** What parsers say of a line that its program would not take. */
export const fileMessages: MessageTable = {
  "tuning.file.noEquals": { en: "This line has no “=”, so it sets nothing.", "zh-cn": "此行没有“=”，不会设置任何内容。" },
  "tuning.file.noName": { en: "There is no name before the “=”.", "zh-cn": "“=”之前没有名称。" },
  "tuning.file.noSemicolon": { en: "nginx ends a directive with “;”, and this one has none.", "zh-cn": "nginx 指令须以“;”结尾，此处没有。" },
  "tuning.file.limit": { en: "{name} takes a number, unlimited, infinity or -1, not “{value}”: pam_limits passes over this line (limits.conf(5)).", "zh-cn": "{name} 应为数字、unlimited、infinity 或 -1，而非“{value}”：pam_limits 会忽略此行（limits.conf(5)）。" },
  "tuning.file.systemdLimit": { en: "{name} takes a number, with K to E behind it, infinity, or soft:hard of these, not “{value}” (systemd.exec(5)).", "zh-cn": "{name} 应为数字（可带 K 至 E 后缀）、infinity，或二者组成的 soft:hard，而非“{value}”（systemd.exec(5)）。" },
  "tuning.file.systemdMemory": { en: "{name} takes bytes, with K to E behind them, a percentage or infinity, not “{value}” (systemd.resource-control(5)).", "zh-cn": "{name} 应为字节数（可带 K 至 E 后缀）、百分比或 infinity，而非“{value}”（systemd.resource-control(5)）。" },
  "tuning.file.systemdQuota": { en: "{name} takes a percentage of one CPU, 200% for two, not “{value}” (systemd.resource-control(5)).", "zh-cn": "{name} 应为单个 CPU 的百分比，如 200% 表示两个，而非“{value}”（systemd.resource-control(5)）。" },
  "tuning.file.unclosedQuote": { en: "The quote that begins here is not closed.", "zh-cn": "此处开始的引号没有结束。" },
};
