import type { MessageTable } from "../../../text/message";

export const baseGuessMessages: MessageTable = {
  "base-guess.older": {
    en: "This was made from {commit} or an equal tree, not from the newest commit of the branch; it is judged against that commit. File versions found: {matched} of {total}.",
    "zh-cn": "补丁是基于 {commit}（或相同的树）制作的，而不是分支上的最新提交；评审以该提交为准。找到的文件版本：{matched}/{total}。",
  },
  "base-guess.unknown": {
    en: "No commit of the branch has the file versions that this was made from; it is judged against {commit}.",
    "zh-cn": "分支上没有提交含有制作补丁时的文件版本；评审以 {commit} 为准。",
  },
};
