import type { MessageTable } from "../../engine/text/message";

/** What `keelson upstream …` says. Lines of the help stay within 80 columns. */
export const upstreamCliMessages: MessageTable = {
  "upstream.help": {
    en: `keelson upstream: the tree against mainline.

Usage:
  keelson upstream map           which of downstream's commits are mainline's,
                                 and how far: same, adapted, partial, …
  keelson upstream missing-fixes later fixes of what downstream has
  keelson upstream presence      is the change of each commit in a source tree?
  keelson upstream conflicts     would each commit apply, conflict, be empty?
  keelson upstream contains      first tag and branches that have each commit
  keelson upstream report        all of it as one page
  keelson upstream index         read a range ahead of time
  keelson upstream status        what the index holds

Options:
  --repo DIRECTORY               the repository (default: the working directory)
  --mainline REV                 mainline's tip
  --downstream REV               our tip
  --downstream-series DIRECTORY  a quilt series, series.conf or spec file with
                                 patches in place of downstream's commits
  --ignore-trailers              take every sha and marker in messages as absent
  --evidence all|diff            diff: look at the changed lines alone
  --exclude-upstream FILE        full shas that are no candidates
  --commits FILE                 commits to ask about, one a line; - reads
                                 standard input. conflicts: COMMIT [ONTO];
                                 presence: COMMIT [TREE]
  --branch REV                   a stable branch to look in; may be repeated
  --onto REV                     base for lines that name none (default: HEAD)
  --prerequisites                for a conflict, the commits that it lacks
  --tree REV|DIRECTORY           the source tree to look into
  --config FILE                  a kernel .config: fixes in code that it does
                                 not build are marked
  --vulns DIRECTORY              clone of the kernel's vulns repository
  --subsystem GLOB               paths that matter most; may be repeated
  --reason KIND[,KIND…]          fixes, reverts, cve or stable
  --pair NAME                    report: leave out what was marked as not for us
                                 under this comparison of the settings
  --format text|jsonl|json       report: markdown, html or json

Nothing is fetched and nothing in the work tree is touched. The index lies in
the repository's git directory, under keelson/.
`,
    "zh-cn": `keelson upstream：当前代码树与主线的对照。

用法：
  keelson upstream map           下游的提交中哪些来自主线，一致到什么程度：
                                 相同、改写、部分……
  keelson upstream missing-fixes 下游已有的代码缺少哪些后续修复
  keelson upstream presence      各提交的改动是否在某个源代码树中
  keelson upstream conflicts     各提交能否应用，会冲突还是为空
  keelson upstream contains      最先包含各提交的标签，以及哪些分支有它
  keelson upstream report        汇总为一页报告
  keelson upstream index         预先读取一段历史
  keelson upstream status        索引的内容

选项：
  --repo 目录                    仓库（默认为当前目录）
  --mainline 修订                主线的顶端
  --downstream 修订              我们的顶端
  --downstream-series 目录       用 quilt series、series.conf 或带补丁的
                                 spec 文件代替下游的提交
  --ignore-trailers              视提交说明中的 sha 与标记为不存在
  --evidence all|diff            diff：只看改动的行
  --exclude-upstream 文件        不作为候选的完整 sha
  --commits 文件                 要询问的提交，每行一个；- 表示标准输入。
                                 conflicts：提交 [基准]；presence：提交 [树]
  --branch 修订                  要查看的稳定分支，可重复
  --onto 修订                    未写明基准的行所用的基准（默认 HEAD）
  --prerequisites                对冲突的提交，给出缺少的前置提交
  --tree 修订|目录               要查看的源代码树
  --config 文件                  内核 .config：标出其不编译的代码中的修复
  --vulns 目录                   内核 vulns 仓库的克隆
  --subsystem 通配               最关心的路径，可重复
  --reason 类别[,类别…]          fixes、reverts、cve 或 stable
  --pair NAME                    report: leave out what was marked as not for us
                                 under this comparison of the settings
  --pair 名称                    report：略去在设置中此对照下标为不采用的修复
  --format text|jsonl|json       report：markdown、html 或 json

不会抓取任何内容，也不会改动工作区。索引位于仓库 git 目录下的 keelson/。
`,
  },
  "upstream.needs": { en: "{option} is missing. See keelson upstream --help.", "zh-cn": "缺少 {option}。请看 keelson upstream --help。" },
  "upstream.indexed": { en: "{path}: facts of {facts} commits, diffs of {diffs}, {bytes} bytes", "zh-cn": "{path}：{facts} 个提交的信息，{diffs} 个提交的改动，{bytes} 字节" },
  "upstream.unknownRevision": { en: "{revision} is no commit of this repository. Check the name, or fetch it first.", "zh-cn": "{revision} 不是此仓库中的提交。请检查名称，或先抓取。" },
  "upstream.notice.missing-blobs": { en: "The diffs of {count} commits can't be read, since the repository lacks blobs: {commits}. They were matched by their headers only.", "zh-cn": "{count} 个提交的改动无法读取，因为仓库缺少 blob：{commits}。这些提交只按提交信息匹配。" },
  "upstream.notice.large-commit": { en: "Of {count} very large commits only the first lines were compared: {commits}.", "zh-cn": "{count} 个很大的提交只比较了开头部分：{commits}。" },
};
