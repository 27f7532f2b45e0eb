import type { MessageTable } from "../../engine/text/message";

export const tuningCliMessages: MessageTable = {
  "tuning.help": {
    en: `keelson tuning check FILE… [--target kernel=6.1,postgresql=15] [--as KIND] [--store FILE] [--format text|json|sarif]

Judges configuration files (sysctl, kernel command line, tuned, my.cnf, postgresql.conf, nginx.conf, redis.conf, vLLM, SGLang and
JuiceFS commands in scripts, compose and Kubernetes files, fio, Kconfig, limits) by what the knowledge store and the built-in
pack know. Every statement names its source. Exit status: 0 nothing to tell, 1 warnings or errors, 2 could not run.
`,
    "zh-cn": `keelson tuning check FILE… [--target kernel=6.1,postgresql=15] [--as KIND] [--store FILE] [--format text|json|sarif]

依据知识库与内置知识包检查配置文件（sysctl、内核命令行、tuned、my.cnf、postgresql.conf、nginx.conf、redis.conf、脚本及
compose 与 Kubernetes 文件中的 vLLM、SGLang、JuiceFS 命令、fio、Kconfig、limits）。每条结论均注明出处。
退出状态：0 无可报告，1 有警告或错误，2 无法运行。
`,
  },
  "tuning.needsFile": { en: "Name the files to check: keelson tuning check FILE…", "zh-cn": "请指定要检查的文件：keelson tuning check FILE…" },
  "tuning.badTarget": { en: "--target takes COMPONENT=VERSION, e.g. kernel=6.1,postgresql=15 or kernel=running, not “{value}”.", "zh-cn": "--target 的形式为 组件=版本，例如 kernel=6.1,postgresql=15 或 kernel=running，而非“{value}”。" },
  "tuning.otherFile": { en: "{file} is no configuration file that settings are known of; --as names its kind: {kinds}", "zh-cn": "{file} 不是已知的配置文件；可用 --as 指定类型：{kinds}" },
  "tuning.nothing": { en: "{files} files, {settings} settings, nothing to tell.", "zh-cn": "{files} 个文件，{settings} 项设置，没有需要报告的内容。" },
  "tuning.summary": { en: "{files} files, {settings} settings, {findings} findings.", "zh-cn": "{files} 个文件，{settings} 项设置，{findings} 个问题。" },
};
