import type { MessageTable } from "../../engine/text/message";

/** What `keelson knowledge …` says. Lines of the help stay within 80 columns. */
export const knowledgeCliMessages: MessageTable = {
  "knowledge.help": {
    en: `keelson knowledge: parameters with their sources, searched in plain words.

Usage:
  keelson knowledge index ORIGIN…            read kernel trees, documents and
                                             running systems; a later run reads
                                             only what changed
  keelson knowledge embed                    have the endpoint of the embed role
                                             make vectors for what has none yet
  keelson knowledge search QUERY…            find parameters by name or by what
                                             they do, in English or Chinese
  keelson knowledge stats                    what the store holds, and since when

Options:
  --tree DIRECTORY               a kernel source tree; may be repeated
  --versions TAG,TAG,…           compare these tags of the one git repository that
                                 --tree names: which names came, which went. Only
                                 the comparison is taken in, and nothing in the
                                 repository is touched or fetched
  --compare                      the same for the folders that --tree names, each
                                 with the sources of one version
  --docs DIRECTORY               a folder of sources or documents: redis, MariaDB,
                                 MySQL, PostgreSQL, nginx, fio, JuiceFS, vLLM,
                                 SGLang, tuned, A-Tune, manual pages, Markdown,
                                 reStructuredText, HTML, text, PDF; may be repeated
  --running                      this machine's /proc/sys and /sys
  --database ADDRESS             a server to ask for its settings, such as
                                 postgresql://me@db.example.com/postgres; also
                                 mysql, mariadb, redis; may be repeated. It is
                                 only read, with the server's own client program
  --store FILE                   the store (default: in the user's data folder)
  --kind KIND                    only this kind; may be repeated: sysctl, sysfs,
                                 cgroup, setting, engine-argument, mount-option,
                                 kernel-parameter, module-parameter, kconfig,
                                 prose
  --component NAME               search: only what belongs to it; may be repeated.
                                 index: what the folders' documents belong to
  --limit N                      how many answers (default: 10)
  --format text|json             how to print (default: text)

Nothing of an origin is changed. Exit status: 0 done, 2 could not run.
`,
    "zh-cn": `keelson knowledge：带出处的参数库，可用自然语言搜索。

用法：
  keelson knowledge index 来源…              读取内核树、文档和运行中的系统；
                                             再次运行时只读有变化的文件
  keelson knowledge embed                    让 embed 角色的端点为尚无向量的
                                             记录生成向量
  keelson knowledge search 查询…             按名称或作用查找参数，中英文均可
  keelson knowledge stats                    库中有什么，何时读取

选项：
  --tree 目录                    内核源代码树，可重复
  --versions 标签,标签,…         比较 --tree 所指 git 仓库中的这些标签：新增和消失
                                 了哪些名称。只收录比较结果，不改动也不拉取仓库
  --compare                      同上，但比较多个 --tree 目录，每个目录为一个版本
                                 的源代码
  --docs 目录                    源代码或文档目录：redis、MariaDB、MySQL、
                                 PostgreSQL、nginx、fio、JuiceFS、vLLM、SGLang、
                                 tuned、A-Tune、手册页、Markdown、
                                 reStructuredText、HTML、文本、PDF，可重复
  --running                      本机的 /proc/sys 和 /sys
  --database 地址                要询问其设置的服务器，例如
                                 postgresql://me@db.example.com/postgres；也可为
                                 mysql、mariadb、redis，可重复。只读取，使用该
                                 服务器自己的客户端程序
  --store 文件                   参数库（默认在用户的数据目录中）
  --kind 类别                    只要这一类，可重复：sysctl、sysfs、cgroup、
                                 setting、engine-argument、mount-option、
                                 kernel-parameter、module-parameter、kconfig、
                                 prose
  --component 名称               search：只要属于它的，可重复；
                                 index：这些目录的文档属于什么
  --limit N                      给出多少条（默认 10）
  --format text|json             输出格式（默认 text）

不会改动任何来源。退出状态：0 完成，2 无法运行。
`,
  },
  "knowledge.needsOrigin": { en: "Name what to read: keelson knowledge index --tree DIRECTORY, --docs DIRECTORY, --running or --database ADDRESS.", "zh-cn": "请指明要读取什么：keelson knowledge index --tree 目录、--docs 目录、--running 或 --database 地址。" },
  "knowledge.badDatabase": { en: "--database takes an address such as postgresql://me@db.example.com/postgres, mysql://…, mariadb://… or redis://….", "zh-cn": "--database 的值应为地址，例如 postgresql://me@db.example.com/postgres、mysql://…、mariadb://… 或 redis://…。" },
  "knowledge.noFolder": { en: "{path} is no directory with sources or documents that can be read.", "zh-cn": "{path} 不是含有可读取的源代码或文档的目录。" },
  "knowledge.needsQuery": { en: "Say what to look for: keelson knowledge search QUERY.", "zh-cn": "请指明要查找什么：keelson knowledge search 查询。" },
  "knowledge.noTree": { en: "{path} is no directory with files of a kernel tree.", "zh-cn": "{path} 不是含有内核源代码的目录。" },
  "knowledge.empty": { en: "The store {path} is empty. Fill it with keelson knowledge index --tree DIRECTORY or --docs DIRECTORY.", "zh-cn": "参数库 {path} 为空。请先运行 keelson knowledge index --tree 目录 或 --docs 目录。" },
  "knowledge.old": { en: "{path} is the store of an earlier build and is not read any more; it may be deleted.", "zh-cn": "{path} 是早期版本的参数库，已不再读取，可以删除。" },
  "knowledge.none": { en: "Nothing found.", "zh-cn": "没有找到。" },
  "knowledge.indexed": { en: "{origin}\n{files|file|files}: {changed} new or changed, {gone} gone; {records|record|records} read, {unread|part|parts} not read, {conflicts|statement|statements} in conflict", "zh-cn": "{origin}\n{files} 个文件：新增或变化 {changed} 个，消失 {gone} 个，读取 {records} 条记录，{unread} 处未能读取，{conflicts} 处说法互相矛盾" },
  "knowledge.importer": { en: "{importer}: {files|file|files}, {parameters|parameter|parameters}, {prose|passage|passages}, {unread|part|parts} not read", "zh-cn": "{importer}：{files} 个文件，{parameters} 个参数，{prose} 段文字，{unread} 处未能读取" },
  "knowledge.compared": { en: "compared {versions}: {since|name|names} came, {until} went, {renamed} of them renamed; nothing is said of {doubted} in doubt and {interrupted} that went and came again", "zh-cn": "已比较 {versions}：新增 {since} 个名称，消失 {until} 个，改名 {renamed} 个；存疑的 {doubted} 个、消失后又出现的 {interrupted} 个不作判断" },
  "knowledge.versions.trees": { en: "--compare needs two --tree folders at least, each with the sources of one version.", "zh-cn": "--compare 至少需要两个 --tree 目录，每个目录为一个版本的源代码。" },
  "knowledge.versions.tags": { en: "--versions needs one --tree and two tags at least: --tree DIRECTORY --versions v6.1,v6.12.", "zh-cn": "--versions 需要一个 --tree 和至少两个标签：--tree 目录 --versions v6.1,v6.12。" },
  "knowledge.versions.noRepository": { en: "{path} is no git repository. For folders with the sources of one version each, name them with --tree and add --compare.", "zh-cn": "{path} 不是 git 仓库。若每个目录为一个版本的源代码，请用 --tree 指明各目录并加上 --compare。" },
  "knowledge.versions.noTag": { en: "{path} has no tag or commit {label}.", "zh-cn": "{path} 中没有标签或提交 {label}。" },
  "knowledge.versions.no-kernel": { en: "{label} is no version of the kernel: it has no Makefile that tells VERSION and PATCHLEVEL.", "zh-cn": "{label} 不是内核的某个版本：没有给出 VERSION 和 PATCHLEVEL 的 Makefile。" },
  "knowledge.versions.incomplete": { en: "Of {label} some files can't be read ({detail}), so nothing can be said to be gone from it. In a partial clone, fetch them first.", "zh-cn": "{label} 中有文件无法读取（{detail}），因此无法判断哪些名称已消失。若为部分克隆，请先取得这些文件。" },
  "knowledge.stored": { en: "Store: {path}", "zh-cn": "参数库：{path}" },
  "knowledge.records": { en: "{records|record|records} in {path}", "zh-cn": "{path} 中有 {records} 条记录" },
  "knowledge.origin": { en: "{origin}: {files|file|files}, {records|record|records}, {unread|part|parts} not read, as of {at}", "zh-cn": "{origin}：{files} 个文件，{records} 条记录，{unread} 处未能读取，读取于 {at}" },
  "knowledge.damaged": { en: "{count|change|changes} of the store could not be read for damage and count as never made. Run keelson knowledge index again.", "zh-cn": "参数库中有 {count} 处改动已损坏，未采用。请重新运行 keelson knowledge index。" },
  "knowledge.noEmbedRole": { en: "No endpoint makes vectors: name one in keelson.model.roles, as embed.", "zh-cn": "没有可生成向量的端点：请在 keelson.model.roles 中设置 embed。" },
  "knowledge.embedded": { en: "{made|vector|vectors} of {dimension} dimensions made with {model}, {refused|text|texts} refused", "zh-cn": "已用 {model} 生成 {made} 个 {dimension} 维向量，{refused} 段文字被拒绝" },
  "knowledge.embedFailed": { en: "The embed endpoint failed ({detail}). What was made is kept; run keelson knowledge embed again to go on.", "zh-cn": "embed 端点出错（{detail}）。已生成的向量会保留；再次运行 keelson knowledge embed 可继续。" },
  "knowledge.vectors": { en: "{count|vector|vectors} of {dimension} dimensions, made with {model}", "zh-cn": "{count} 个 {dimension} 维向量，由 {model} 生成" },
  "knowledge.lexical": { en: "No vectors: search goes by words alone.", "zh-cn": "没有向量：只按词语搜索。" },
  "knowledge.means.no-vectors": { en: "Searched by words alone: there are no vectors of this model yet. Run keelson knowledge embed.", "zh-cn": "只按词语搜索：尚无该模型的向量。请运行 keelson knowledge embed。" },
  "knowledge.means.model-failed": { en: "Searched by words alone: the embed endpoint failed ({detail}).", "zh-cn": "只按词语搜索：embed 端点出错（{detail}）。" },
  "knowledge.store.busy": { en: "The store is in use by another process ({detail}). Try again.", "zh-cn": "参数库正被另一进程使用（{detail}）。请重试。" },
  "knowledge.store.unreadable": { en: "The store can't be read ({detail}). Run keelson knowledge index again, or name another one with --store.", "zh-cn": "无法读取参数库（{detail}）。请重新运行 keelson knowledge index，或用 --store 另指一个。" },
  "knowledge.store.not-writable": { en: "The store can't be written ({detail}). Free some space or name another place with --store.", "zh-cn": "无法写入参数库（{detail}）。请腾出空间，或用 --store 另指位置。" },
  "knowledge.store.no-access": { en: "The team's store refuses the user or the password ({detail}). Set KEELSON_PG_PASSWORD or PGPASSWORD.", "zh-cn": "团队参数库拒绝该用户或密码（{detail}）。请设置 KEELSON_PG_PASSWORD 或 PGPASSWORD。" },
  "knowledge.store.no-right": { en: "In the team's store this user lacks a right ({detail}). To fill it, it takes the right to create the schema or to write into it; to read it, USAGE of the schema and SELECT.", "zh-cn": "该用户在团队参数库中缺少权限（{detail}）。写入需要创建模式或写入其中的权限；读取需要该模式的 USAGE 与 SELECT 权限。" },
  "knowledge.store.unreachable": { en: "The team's store can't be reached ({detail}). Check KEELSON_PG_URL and that the server runs.", "zh-cn": "无法连接团队参数库（{detail}）。请检查 KEELSON_PG_URL 以及服务器是否在运行。" },
};
