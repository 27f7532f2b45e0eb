import type { MessageTable } from "../../text/message";

/** Why a commit was taken as the base, in the words that hover, lens and report show. */
export const baseMessages: MessageTable = {
  "base.setting": { en: "the setting names {name}", "zh-cn": "设置指定了 {name}" },
  "base.stated": { en: "the patch says base-commit: {commit}", "zh-cn": "补丁写明 base-commit: {commit}" },
  "base.blobs": {
    en: "newest commit of the branch that has the file versions of the patch's index lines ({matched} of {total})",
    "zh-cn": "分支上最新的、含有补丁 index 行所记文件版本的提交（{matched}/{total}）",
  },
  "base.headBlobs": {
    en: "HEAD has the file versions of the patch's index lines ({matched} of {total})",
    "zh-cn": "HEAD 含有补丁 index 行所记的文件版本（{matched}/{total}）",
  },
  "base.head": { en: "HEAD, since no commit of the branch has the file versions that the patch was made from", "zh-cn": "采用 HEAD：分支上没有提交含有制作补丁时的文件版本" },
  "base.headNoBlobs": { en: "HEAD, since the patch names no file versions", "zh-cn": "采用 HEAD：补丁没有写明文件版本" },
  "base.plain": { en: "the source tree as it lies on disk; it has no git history", "zh-cn": "磁盘上的源码树；它没有 git 历史" },
};
