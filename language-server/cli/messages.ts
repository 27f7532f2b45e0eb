import type { MessageTable } from "../engine/text/message";

/** What the terminal says. Lines of the help stay within 80 columns. */
export const cliMessages: MessageTable = {
  "cli.help": {
    en: `keelson: reads, checks and explains patches for keepers of a kernel tree.

Usage:
  keelson patch parse FILE…      what the patches hold
  keelson patch explain FILE     what a patch does, with evidence
  keelson review FILE…           what the checks say of the patches
  keelson upstream …             the tree against mainline: which commits are
                                 in, adapted, missing, later fixed; see
                                 keelson upstream --help
  keelson knowledge …            parameters with their sources; see
                                 keelson knowledge --help
  keelson tuning check FILE…     judges configuration files; see
                                 keelson tuning --help

FILE is a .patch, .diff or mbox file, a folder of patches, a quilt series,
or - for standard input.

Options:
  --format text|json             how to print (default: text)
  --repo DIRECTORY               the tree that patches are judged against
                                 (default: the one around the working directory)
  --base COMMIT                  judge against this commit of the tree
  --severity-threshold LEVEL     error, warning (default), information or hint:
                                 findings below it do not change the exit status
  --checks ID[,ID…]              run these checks only
  --settings FILE                settings as in VS Code's settings.json
  --patch N                      explain the Nth patch of FILE (default: 1)
  --no-model                     facts and checks only; no endpoint is asked
  --help, --version

Exit status: 0 no finding at the threshold, 1 findings, 2 could not run.
Model keys come from KEELSON_API_KEY or KEELSON_API_KEY_<ID>.
Colour follows NO_COLOR; the language follows LC_ALL, LC_MESSAGES and LANG.
`,
    "zh-cn": `keelson：为内核代码树的维护者阅读、检查和解释补丁。

用法：
  keelson patch parse 文件…      补丁的内容
  keelson patch explain 文件     补丁做了什么，附依据
  keelson review 文件…           各项检查的结果
  keelson upstream …             代码树与主线的对照：已有、改写、缺失、
                                 后有修复；见 keelson upstream --help
  keelson knowledge …            带出处的参数库；见 keelson knowledge --help
  keelson tuning check 文件…     检查配置文件；见 keelson tuning --help

文件可以是 .patch、.diff、mbox 文件，补丁目录，quilt series，
或用 - 表示标准输入。

选项：
  --format text|json             输出格式（默认 text）
  --repo 目录                    用来对照补丁的代码树（默认为当前目录所在的树）
  --base 提交                    以代码树的此提交为基准
  --severity-threshold 级别      error、warning（默认）、information 或 hint：
                                 低于此级别的问题不影响退出状态
  --checks ID[,ID…]              只运行这些检查
  --settings 文件                设置，格式同 VS Code 的 settings.json
  --patch N                      解释文件中第 N 个补丁（默认 1）
  --no-model                     只给出事实与检查结果，不访问模型端点
  --help、--version

退出状态：0 没有达到级别的问题，1 有问题，2 无法运行。
模型密钥取自 KEELSON_API_KEY 或 KEELSON_API_KEY_<ID>。
颜色遵循 NO_COLOR；语言遵循 LC_ALL、LC_MESSAGES 和 LANG。
`,
  },
  "cli.noCommand": { en: "Say what to do: keelson review FILE, or keelson --help.", "zh-cn": "请指明要做什么：keelson review 文件，或 keelson --help。" },
  "cli.badCommand": { en: "There is no command “{command}”. See keelson --help.", "zh-cn": "没有“{command}”命令。请看 keelson --help。" },
  "cli.badOption": { en: "{detail} See keelson --help.", "zh-cn": "{detail} 请看 keelson --help。" },
  "cli.badValue": { en: "{option} takes {allowed}, not “{value}”.", "zh-cn": "{option} 可取 {allowed}，不能是“{value}”。" },
  "cli.badChecks": { en: "There is no check “{check}”. The checks are: {all}.", "zh-cn": "没有“{check}”检查。可用的检查：{all}。" },
  "cli.noFile": { en: "Name a patch file, or - to read standard input.", "zh-cn": "请给出补丁文件，或用 - 读取标准输入。" },
  "cli.noSuchFile": { en: "{path} can't be read. Check the path and its permissions.", "zh-cn": "无法读取 {path}。请检查路径与权限。" },
  "cli.noPatches": { en: "{path} holds no patch.", "zh-cn": "{path} 中没有补丁。" },
  "cli.noPatchNumber": { en: "{path} has {count} patches; there is no number {patch}.", "zh-cn": "{path} 有 {count} 个补丁，没有第 {patch} 个。" },
  "cli.badSettings": { en: "{path} is no JSON object of settings: {detail}", "zh-cn": "{path} 不是 JSON 设置对象：{detail}" },
  "cli.settingIgnored": { en: "keelson.{key} is ignored: {detail}", "zh-cn": "已忽略 keelson.{key}：{detail}" },
  "cli.noRepo": { en: "{path} is no git repository or source tree.", "zh-cn": "{path} 不是 git 仓库或源代码树。" },
  "cli.failed": { en: "keelson could not go on: {detail}", "zh-cn": "keelson 无法继续：{detail}" },
  "cli.noFindings": { en: "no findings", "zh-cn": "没有发现问题" },
  "cli.line": { en: "line {line}", "zh-cn": "第 {line} 行" },
  "cli.applies": { en: "applies", "zh-cn": "应用情况" },
  "cli.maintainers": { en: "to", "zh-cn": "收件人" },
  "cli.more": { en: "and {count} more", "zh-cn": "另有 {count} 个" },
  "cli.summary": {
    en: "Patches: {patches}. Errors: {errors}, warnings: {warnings}, notes: {notes}, hints: {hints}.",
    "zh-cn": "补丁：{patches}。错误：{errors}，警告：{warnings}，提示：{notes}，建议：{hints}。",
  },
  "cli.hints": { en: "Hints not printed: {count}; --severity-threshold hint prints them.", "zh-cn": "未显示的建议：{count} 条；用 --severity-threshold hint 显示。" },
  "cli.textOnly": { en: "No tree to judge against: text checks only. Name one with --repo.", "zh-cn": "没有可对照的代码树：只做文本检查。可用 --repo 指定。" },
  "cli.files": { en: "{count} files, +{added} −{deleted}", "zh-cn": "{count} 个文件，+{added} −{deleted}" },
  "cli.facts": { en: "Facts", "zh-cn": "事实" },
  "cli.answer": { en: "Explanation by {model}", "zh-cn": "{model} 的解释" },
  "cli.section.what": { en: "What it changes", "zh-cn": "改了什么" },
  "cli.section.why": { en: "Why", "zh-cn": "为什么" },
  "cli.section.how": { en: "How it works", "zh-cn": "如何实现" },
  "cli.section.risk": { en: "Risk", "zh-cn": "风险" },
  "cli.section.test": { en: "What to test", "zh-cn": "如何测试" },
  "cli.section.backport": { en: "For a backport", "zh-cn": "移植建议" },
  "cli.dropped": { en: "{count} statements could not be verified and are not shown.", "zh-cn": "{count} 条陈述无法核实，未显示。" },
  "cli.noEndpoint": { en: "No model endpoint is set, so there are facts only. Name one in keelson.models of a settings file and give that file with --settings.", "zh-cn": "未设置模型端点，因此只有事实。请在设置文件的 keelson.models 中给出端点，并用 --settings 指定该文件。" },
};
