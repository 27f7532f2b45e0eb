import type { MessageTable } from "../../text/message";

/** Why it can't be said whether a change is in a tree. */
export const presenceMessages: MessageTable = {
  "upstream.presence.badName": { en: "“{name}” is no name of a commit.", "zh-cn": "“{name}”不是提交名。" },
  "upstream.presence.unknownCommit": { en: "This repository has no commit “{name}”.", "zh-cn": "此仓库中没有提交“{name}”。" },
  "upstream.presence.ambiguous": { en: "“{name}” names several commits; give more digits.", "zh-cn": "“{name}”对应多个提交；请给出更多位数。" },
  "upstream.presence.merge": { en: "{name} is a merge: it has no change of its own to look for.", "zh-cn": "{name} 是合并提交，没有自己的改动可供查找。" },
  "upstream.presence.noTree": { en: "There is no source tree “{name}”: name a revision of the repository or a directory.", "zh-cn": "没有源代码树“{name}”：请给出仓库的版本或一个目录。" },
  "upstream.presence.missingBlob": { en: "The repository lacks a file version that {name} changes, so the change itself can't be read.", "zh-cn": "仓库缺少 {name} 所改动的文件版本，无法读取该改动。" },
  "upstream.presence.unreadable": { en: "git could not read the change of {name}.", "zh-cn": "git 无法读取 {name} 的改动。" },
  "upstream.presence.treeBlob": { en: "The tree has files that {name} changes, but the repository lacks their content (a shallow or partial clone).", "zh-cn": "目录树中有 {name} 所改动的文件，但仓库缺少其内容（浅克隆或部分克隆）。" },
  "upstream.presence.nothing": { en: "{name} changes nothing that can be looked for: no lines, or file modes alone.", "zh-cn": "{name} 没有可供查找的改动：没有改动行，或只改动了文件模式。" },
  "upstream.presence.unclear": { en: "The places that {name} changes were found, but they agree neither with the old code nor with the new.", "zh-cn": "找到了 {name} 改动的位置，但那里既不同于旧代码，也不同于新代码。" },
};
