import type { ModelError } from "../../ports";
import type { MessageTable } from "../../text/message";

/** One error of the model endpoint: what happened, what to do. */
type ErrorWords = readonly [en: string, zh: string, adviceEn: string, adviceZh: string];

const errors: Readonly<Record<ModelError["code"], ErrorWords>> = {
  "not-configured": ["No model endpoint is set for this.", "没有为此设置模型端点。", "Add one to keelson.models, or name it in keelson.model.roles.", "请在 keelson.models 中添加端点，或在 keelson.model.roles 中指定。"],
  "no-key": ["The endpoint wants a key and none is set.", "端点需要密钥，但没有设置。", "Run Keelson: Set Model Key, or set KEELSON_API_KEY.", "请运行 Keelson: Set Model Key，或设置 KEELSON_API_KEY。"],
  unauthorized: ["The endpoint refused the key.", "端点拒绝了密钥。", "Run Keelson: Set Model Key, and check keyHeader and keyScheme.", "请运行 Keelson: Set Model Key，并检查 keyHeader 和 keyScheme。"],
  "not-found": ["The endpoint does not know this address or model.", "端点不认识该地址或模型。", "Check baseUrl (with /v1) and model; Keelson: Test Model Endpoint lists the models.", "请检查 baseUrl（含 /v1）和 model；Keelson: Test Model Endpoint 会列出模型。"],
  "bad-request": ["The endpoint refused the request.", "端点拒绝了请求。", "Keelson: Test Model Endpoint tells what it can do; extraBody may hold a field it does not know.", "Keelson: Test Model Endpoint 会说明其能力；extraBody 中可能有它不认识的字段。"],
  "too-large": ["The request is too large for the endpoint.", "请求超过了端点允许的大小。", "Explain a file or a hunk instead, or lower contextTokens.", "请改为解释单个文件或 hunk，或调低 contextTokens。"],
  "context-exceeded": ["The prompt is longer than the server's context.", "提示超过了服务器的上下文长度。", "Set contextTokens to what the server runs with, or raise the server's limit.", "请把 contextTokens 设为服务器实际的长度，或调高服务器的上限。"],
  "rate-limited": ["The endpoint has too many requests to take this one.", "端点请求过多，未接受本次请求。", "Try again later.", "请稍后再试。"],
  payment: ["The endpoint says that the account is out of credit.", "端点提示账户余额不足。", "Ask whoever runs the endpoint.", "请联系端点的管理者。"],
  unavailable: ["The endpoint can't be reached or is not ready.", "无法连接端点，或端点尚未就绪。", "Check that the server runs and that baseUrl, proxy and NO_PROXY fit.", "请检查服务器是否在运行，以及 baseUrl、代理和 NO_PROXY 是否正确。"],
  timeout: ["The endpoint was silent for too long.", "端点长时间没有响应。", "Try again, or raise timeoutMs for a slow model.", "请重试；模型较慢时可调高 timeoutMs。"],
  tls: ["The endpoint's certificate is not trusted.", "端点的证书不受信任。", "Set caFile to the PEM file of your organisation's certificate authority.", "请把 caFile 设为贵单位证书颁发机构的 PEM 文件。"],
  "bad-envelope": ["What came back is not an answer of a model.", "返回的内容不是模型的回答。", "Check baseUrl; a gateway or a sign-in page may have answered.", "请检查 baseUrl；可能是网关或登录页面作出了响应。"],
  "stream-error": ["The endpoint broke off in the middle.", "端点在回答中途断开。", "Try again; the server's log tells why.", "请重试；原因见服务器日志。"],
  budget: ["This would go over the token budget.", "这会超出 token 预算。", "Raise keelson.model.budget, or explain a smaller part.", "请调高 keelson.model.budget，或解释更小的范围。"],
};

function errorMessages(): MessageTable {
  const table: Record<string, { en: string; "zh-cn": string }> = {};
  for (const [code, [en, zh, adviceEn, adviceZh]] of Object.entries(errors)) {
    table[`explain.error.${code}`] = { en, "zh-cn": zh };
    table[`explain.advice.${code}`] = { en: adviceEn, "zh-cn": adviceZh };
  }
  return table;
}

export const explainMessages: MessageTable = {
  ...errorMessages(),
  "explain.error.no-target": { en: "There is no patch at this place.", "zh-cn": "此处没有补丁。" },
  "explain.advice.no-target": { en: "Put the cursor into a patch.", "zh-cn": "请把光标放在补丁中。" },
  "explain.subject": { en: "{subject}", "zh-cn": "{subject}" },
  "explain.subjectNumbered": { en: "{subject} (patch {index} of {total}, v{version})", "zh-cn": "{subject}（第 {index}/{total} 个补丁，v{version}）" },
  "explain.author": { en: "By {name} <{email}>", "zh-cn": "作者 {name} <{email}>" },
  "explain.authorDate": { en: "By {name} <{email}>, {date}", "zh-cn": "作者 {name} <{email}>，{date}" },
  "explain.marker": { en: "Says that it carries {sha}: {text}", "zh-cn": "自称移植自 {sha}：{text}" },
  "explain.markerTag": { en: "Says that it is a backport: {text}", "zh-cn": "自称是移植：{text}" },
  "explain.fixes": { en: "Fixes {value}", "zh-cn": "修复 {value}" },
  "explain.filesSum": { en: "{files} files, +{added} −{deleted} lines", "zh-cn": "{files} 个文件，+{added} −{deleted} 行" },
  "explain.filesMore": { en: "and {more} smaller ones", "zh-cn": "以及另外 {more} 个较小的文件" },
  "explain.file.modified": { en: "{path}: +{added} −{deleted}", "zh-cn": "{path}：+{added} −{deleted}" },
  "explain.file.added": { en: "{path}: new, +{added}", "zh-cn": "{path}：新增，+{added}" },
  "explain.file.deleted": { en: "{path}: deleted, −{deleted}", "zh-cn": "{path}：删除，−{deleted}" },
  "explain.file.renamed": { en: "{path}: renamed from {from}, +{added} −{deleted}", "zh-cn": "{path}：由 {from} 重命名，+{added} −{deleted}" },
  "explain.file.copied": { en: "{path}: copied from {from}, +{added} −{deleted}", "zh-cn": "{path}：复制自 {from}，+{added} −{deleted}" },
  "explain.file.mode": { en: "{path}: mode changed", "zh-cn": "{path}：权限模式变更" },
  "explain.file.combined": { en: "{path}: combined diff, shown as it is", "zh-cn": "{path}：合并 diff，原样显示" },
  "explain.fileBinary": { en: "{path}: binary", "zh-cn": "{path}：二进制" },
  "explain.waiting.rate-limited": { en: "The endpoint asked to wait {seconds} s.", "zh-cn": "端点要求等待 {seconds} 秒。" },
  "explain.waiting.unavailable": { en: "The endpoint is not ready; next try in {seconds} s.", "zh-cn": "端点尚未就绪；{seconds} 秒后重试。" },
  "explain.warning.redacted": { en: "Secrets taken out before sending: {count}.", "zh-cn": "发送前已去除的敏感信息：{count} 处。" },
  "explain.warning.trimmed": { en: "{left} of {hunks} hunks did not fit into the model's context and were left out.", "zh-cn": "{hunks} 个 hunk 中有 {left} 个超出模型上下文，未发送。" },
  "explain.warning.prompt-cut": { en: "The server read less than was sent ({detail} tokens). Raise its context length; with Ollama, num_ctx of the model.", "zh-cn": "服务器读取的内容少于发送的内容（{detail} token）。请调高其上下文长度；Ollama 需调整模型的 num_ctx。" },
  "explain.warning.too-long": { en: "The answer did not end and was cut.", "zh-cn": "回答没有结束，已被截断。" },
  "explain.warning.empty-answer": { en: "The answer had no text.", "zh-cn": "回答没有文本。" },
  "explain.warning.unasked-tool-call": { en: "The model asked for a tool that was not offered ({detail}); nothing was run.", "zh-cn": "模型请求了未提供的工具（{detail}）；没有执行任何操作。" },
  "explain.warning.repair": { en: "A second try for unplaceable statements failed: {detail}", "zh-cn": "对无法定位的陈述的第二次尝试失败：{detail}" },
  "explain.outcome.length": { en: "The model reached its output limit; the explanation is not complete.", "zh-cn": "模型达到输出上限，解释不完整。" },
  "explain.outcome.truncated": { en: "The answer broke off; the explanation is not complete.", "zh-cn": "回答中断，解释不完整。" },
  "explain.outcome.refusal": { en: "The model refused to answer.", "zh-cn": "模型拒绝回答。" },
  "explain.outcome.no-answer": { en: "The model gave no usable answer.", "zh-cn": "模型没有给出可用的回答。" },
};
