import type { MessageTable } from "../../engine/text/message";

export const tuningCliMessages: MessageTable = {
  "tuning.help": {
    en: `keelson tuning check FILE… [--target kernel=6.1,postgresql=15] [--as KIND] [--store FILE] [--format text|json|sarif]

Judges configuration files (sysctl, kernel command line, tuned, my.cnf, postgresql.conf, nginx.conf, redis.conf, vLLM, SGLang and
JuiceFS commands in scripts, compose and Kubernetes files, fio, Kconfig, limits) by what the knowledge store and the built-in
pack know. Every statement names its source. Exit status: 0 nothing to tell, 1 warnings or errors, 2 could not run.

keelson tuning facts [--host HOST] [--format text|json]
keelson tuning suggest --workload WORDS [--facts FILE | --host HOST] [--limit N] [--no-model] [--format text|json]

Looks at a machine, reading only, and says what to set for a workload in plain words, with who says so.

keelson tuning apply --set NAME=VALUE… [--files] [--file PATH]… [--host HOST] [--lock NAME]… [--yes] [--within SECONDS]
keelson tuning confirm FILE
keelson tuning rollback FILE [--check]

apply shows what would change; with --yes it writes to the running kernel, and the machine itself puts the old values back
unless confirm comes within the time (60 s). rollback puts them back at any time and reads them again as proof; --check only
compares. Each write is in the audit log beside the rollback file. --files also edits what makes it last: the file of sysctl.d that
sets it, else 90-keelson.conf, and the usual file of PostgreSQL, MariaDB, Redis or nginx; --file names another one, such as a
compose file that starts vLLM. A file that somebody changes meanwhile is left alone.
`,
    "zh-cn": `keelson tuning check FILE… [--target kernel=6.1,postgresql=15] [--as KIND] [--store FILE] [--format text|json|sarif]

依据知识库与内置知识包检查配置文件（sysctl、内核命令行、tuned、my.cnf、postgresql.conf、nginx.conf、redis.conf、脚本及
compose 与 Kubernetes 文件中的 vLLM、SGLang、JuiceFS 命令、fio、Kconfig、limits）。每条结论均注明出处。
退出状态：0 无可报告，1 有警告或错误，2 无法运行。

keelson tuning facts [--host 主机] [--format text|json]
keelson tuning suggest --workload 描述 [--facts 文件 | --host 主机] [--limit N] [--no-model] [--format text|json]

只读地查看一台机器，并按自然语言描述的负载给出应设置的参数及其出处。

keelson tuning apply --set 名称=值… [--files] [--file 路径]… [--host 主机] [--lock 名称]… [--yes] [--within 秒]
keelson tuning confirm 文件
keelson tuning rollback 文件 [--check]

apply 显示将要改变的内容；加 --yes 时写入正在运行的内核，若未在时限内（60 秒）confirm，目标机器会自行恢复旧值。
rollback 可随时恢复并回读作为证明；--check 只比较。每次写入都记入回滚文件旁的审计日志。--files 同时编辑使其持久的文件：
sysctl.d 中设置该项的文件（否则为 90-keelson.conf），以及 PostgreSQL、MariaDB、Redis、nginx 的常用配置文件；
--file 指定其他文件，例如启动 vLLM 的 compose 文件。期间被他人修改的文件不会改动。
`,
  },
  "tuning.needsFile": { en: "Name the files to check: keelson tuning check FILE…", "zh-cn": "请指定要检查的文件：keelson tuning check FILE…" },
  "tuning.badTarget": { en: "--target takes COMPONENT=VERSION, e.g. kernel=6.1,postgresql=15 or kernel=running, not “{value}”.", "zh-cn": "--target 的形式为 组件=版本，例如 kernel=6.1,postgresql=15 或 kernel=running，而非“{value}”。" },
  "tuning.otherFile": { en: "{file} is no configuration file that settings are known of; --as names its kind: {kinds}", "zh-cn": "{file} 不是已知的配置文件；可用 --as 指定类型：{kinds}" },
  "tuning.nothing": { en: "{files|file|files}, {settings|setting|settings}, nothing to tell.", "zh-cn": "{files} 个文件，{settings} 项设置，没有需要报告的内容。" },
  "tuning.summary": { en: "{files|file|files}, {settings|setting|settings}, {findings|finding|findings}.", "zh-cn": "{files} 个文件，{settings} 项设置，{findings} 个问题。" },
  "tuning.factProblem": { en: "Not all facts came: {what}.", "zh-cn": "事实不完整：{what}。" },
  "tuning.needsWorkload": { en: "Say what runs: keelson tuning suggest --workload \"nginx with many short connections\".", "zh-cn": "请说明运行什么：keelson tuning suggest --workload \"nginx 大量短连接\"。" },
  "tuning.needsSet": { en: "Name what to set: keelson tuning apply --set vm.swappiness=10.", "zh-cn": "请指明要设置什么：keelson tuning apply --set vm.swappiness=10。" },
  "tuning.noChange": { en: "Nothing to write.", "zh-cn": "没有需要写入的内容。" },
  "tuning.lasting": { en: "To keep it over a reboot, put this into a file in /etc/sysctl.d:", "zh-cn": "若要重启后仍有效，请把以下内容放入 /etc/sysctl.d 中的文件：" },
  "tuning.dryRun": { en: "Nothing was written. --yes writes it.", "zh-cn": "未写入任何内容。加 --yes 才会写入。" },
  "tuning.confirmSoon": { en: "The old values come back in {seconds} s unless you run: keelson tuning confirm {path}", "zh-cn": "若不执行下列命令，旧值将在 {seconds} 秒后恢复：keelson tuning confirm {path}" },
  "tuning.needsRollback": { en: "Name one rollback file; keelson tuning apply says where it is.", "zh-cn": "请指定一个回滚文件；keelson tuning apply 会说明其位置。" },
  "tuning.noRollback": { en: "{path} is no rollback file.", "zh-cn": "{path} 不是回滚文件。" },
};
