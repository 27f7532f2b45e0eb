import type { MessageTable } from "../../../text/message";

export const versionChangelogMessages: MessageTable = {
  "version-changelog.missing": { en: "Version {version} does not say what changed since version {before}; write it below “---”.", "zh-cn": "第 {version} 版没有说明与第 {before} 版相比改了什么；请写在“---”之后。" },
  "version-changelog.series": { en: "Version {version} of the series does not say what changed since version {before}, neither here nor in a patch.", "zh-cn": "系列第 {version} 版没有说明与第 {before} 版相比改了什么，说明信和各补丁中都没有。" },
};
