import type { MessageTable } from "../../../text/message";

function token(en: string, zh: string): { en: string; "zh-cn": string } {
  return { en: `This looks like ${en}. A patch is public and kept for ever; revoke it and take it out.`, "zh-cn": `这看起来是${zh}。补丁会公开并永久保存；请吊销它并从补丁中删除。` };
}

export const secretsMessages: MessageTable = {
  "secrets.key": token("a private key", "私钥"),
  "secrets.aws": token("an AWS access key id", " AWS 访问密钥 ID"),
  "secrets.github": token("a GitHub token", " GitHub 令牌"),
  "secrets.gitlab": token("a GitLab token", " GitLab 令牌"),
  "secrets.slack": token("a Slack token", " Slack 令牌"),
  "secrets.google": token("a Google API key", " Google API 密钥"),
  "secrets.huggingface": token("a Hugging Face token", " Hugging Face 令牌"),
  "secrets.npm": token("an npm token", " npm 令牌"),
  "secrets.openai": token("a key of a model service", "模型服务密钥"),
  "secrets.jwt": token("a signed JSON web token", "已签名的 JSON Web Token"),
  "secrets.address": token("an address with a password in it", "带密码的地址"),
  "secrets.assigned": token("a password or key written into the source", "写入源码的密码或密钥"),
};
