import type { MessageTable } from "../../text/message";

/** What there is to know of a series before it is sent; ids are `upstream.pick.` and the problem's code. */
export const pickMessages: MessageTable = {
  "upstream.pick.unknown-commit": { en: "{commit} is no commit of this repository.", "zh-cn": "{commit} 不是本仓库中的提交。" },
  "upstream.pick.merge": { en: "{commit} is a merge and can't be sent as a patch.", "zh-cn": "{commit} 是合并提交，无法作为补丁发送。" },
  "upstream.pick.no-diff": { en: "git can't show the change of {commit}: {detail}", "zh-cn": "git 无法给出 {commit} 的改动：{detail}" },
  "upstream.pick.empty": { en: "{commit} changes nothing, so it is left out.", "zh-cn": "{commit} 没有改动，已略过。" },
  "upstream.pick.no-signer": {
    en: "git has no user.name and user.email for this repository, so the mails carry no sign-off of yours.",
    "zh-cn": "此仓库没有 git user.name 与 user.email，因此邮件中没有您的签名。",
  },
  "upstream.pick.no-bug": { en: "This form names a bug and none was given.", "zh-cn": "该格式需要 bug 编号，但没有给出。" },
  "upstream.pick.no-tag": { en: "No tag of mainline contains {commit} yet, so the form's version is left out.", "zh-cn": "主线还没有包含 {commit} 的标签，因此省略了版本。" },
  "upstream.pick.indented": {
    en: "A line of the message of {commit} would be taken for the start of its patch (“{line}”); it is indented by a blank.",
    "zh-cn": "{commit} 的说明中有一行会被当作补丁的开头（“{line}”），已在其前加一个空格。",
  },
  "upstream.pick.brackets": {
    en: "The subject of {commit} begins with a bracket, which git am drops unless it is run with --keep-non-patch.",
    "zh-cn": "{commit} 的标题以方括号开头；git am 需加 --keep-non-patch，否则会丢掉它。",
  },
  "upstream.pick.crlf": {
    en: "{commit} changes lines that end in CRLF; run git am with --keep-cr.",
    "zh-cn": "{commit} 改动了以 CRLF 结尾的行；运行 git am 时请加 --keep-cr。",
  },
  "upstream.pick.not-utf8": {
    en: "{commit} changes text that is not UTF-8. An editor would damage it, so write the series to a file.",
    "zh-cn": "{commit} 改动了非 UTF-8 的文本，编辑器会损坏它，请把系列写入文件。",
  },
  "upstream.pick.unread": {
    en: "The form does not say in any known way that the patch carries {commit}; a later comparison will have to find it by its lines.",
    "zh-cn": "该格式没有以任何已知方式说明补丁来自 {commit}；以后的比较只能依靠代码行来找到它。",
  },
};
