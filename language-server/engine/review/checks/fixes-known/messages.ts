import type { MessageTable } from "../../../text/message";

export const fixesKnownMessages: MessageTable = {
  "fixes-known.unknown": { en: "This repository has no commit {sha}, and its base carries none under that name.", "zh-cn": "本仓库没有提交 {sha}，基线也没有以它为来源的回移提交。" },
  "fixes-known.unknown-subject": { en: "This repository has no commit {sha}; the commit with this subject is {found}.", "zh-cn": "本仓库没有提交 {sha}；主题相同的提交是 {found}。" },
  "fixes-known.ambiguous": { en: "{sha} is the beginning of {count} commit names here; write more digits.", "zh-cn": "{sha} 在本仓库对应 {count} 个提交；请多写几位。" },
  "fixes-known.short": { en: "Commit {sha} is known here; write at least 12 digits of its name: {found}.", "zh-cn": "本仓库有提交 {sha}；提交号至少写 12 位：{found}。" },
  "fixes-known.subject": { en: "Commit {sha} has another subject: “{actual}”.", "zh-cn": "提交 {sha} 的主题不同：“{actual}”。" },
  "fixes-known.wrong-sha": { en: "Commit {sha} is “{actual}”; the subject quoted here is that of {found}.", "zh-cn": "提交 {sha} 是“{actual}”；这里引用的主题属于 {found}。" },
  "fixes-known.not-in-base": { en: "Commit {sha} is not in the history of the base {base}, and no commit there says that it carries it.", "zh-cn": "提交 {sha} 不在基线 {base} 的历史中，那里也没有提交注明回移了它。" },
  "fixes-known.fix": { en: "Write {text}", "zh-cn": "改为 {text}" },
};
