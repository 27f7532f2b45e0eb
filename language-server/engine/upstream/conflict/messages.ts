import type { MessageTable } from "../../text/message";

/** Why a replay has no class, and what the search for prerequisites says. */
export const conflictMessages: MessageTable = {
  "upstream.conflict.oldGit": {
    en: "git {version} can't merge trees by itself; install git 2.39 or later to see which commits would conflict.",
    "zh-cn": "git {version} 不能独立合并目录树；请安装 git 2.39 或更高版本，以便判断哪些提交会冲突。",
  },
  "upstream.conflict.noGit": { en: "There is no git, so nothing was tried. Install git 2.39 or later.", "zh-cn": "没有 git，未做尝试。请安装 git 2.39 或更高版本。" },
  "upstream.conflict.badName": { en: "“{name}” is no name of a commit.", "zh-cn": "“{name}”不是提交名。" },
  "upstream.conflict.unknownCommit": { en: "This repository has no commit “{name}”.", "zh-cn": "此仓库中没有提交“{name}”。" },
  "upstream.conflict.ambiguous": { en: "“{name}” names several commits; give more digits.", "zh-cn": "“{name}”对应多个提交；请给出更多位数。" },
  "upstream.conflict.merge": { en: "{commit} is a merge of {count} commits: there is no one change to pick.", "zh-cn": "{commit} 合并了 {count} 个提交，没有单一的改动可供挑选。" },
  "upstream.conflict.noParent": { en: "The parent {parent} of {commit} is not in this repository (a shallow or partial clone).", "zh-cn": "{commit} 的父提交 {parent} 不在此仓库中（浅克隆或部分克隆）。" },
  "upstream.conflict.missingObject": { en: "git can't read an object that the pick needs: {detail}", "zh-cn": "git 无法读取挑选所需的对象：{detail}" },
  "upstream.conflict.prerequisites": { en: "Applies clean after {count} earlier: {commits}", "zh-cn": "先挑选以下 {count} 个更早的提交后可干净应用：{commits}" },
  "upstream.conflict.noPrerequisites": {
    en: "No set of up to {size} earlier commits was found after which it applies ({looked} commits looked at, {tried} merges tried).",
    "zh-cn": "未找到可使其干净应用的更早提交（最多 {size} 个；查看了 {looked} 个提交，尝试了 {tried} 次合并）。",
  },
  "upstream.conflict.gitFailed": { en: "git could not try the pick: {detail}", "zh-cn": "git 未能尝试挑选：{detail}" },
};
