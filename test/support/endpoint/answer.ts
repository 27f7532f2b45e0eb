import type { AnswerScript } from "./script";

/** A chat request as it came over the wire. */
export interface ChatRequest {
  readonly model?: string;
  readonly stream?: boolean;
  readonly stream_options?: unknown;
  readonly max_tokens?: number;
  readonly response_format?: { readonly type?: string };
  readonly tools?: readonly unknown[];
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

interface Evidence {
  readonly path: string;
  readonly side: string;
  readonly quote: string;
  readonly line: number;
}

interface Statement {
  readonly section: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

interface Seen {
  readonly lines: readonly { readonly path: string; readonly side: string; readonly sign: string; readonly line: number; readonly text: string }[];
  readonly message: readonly { readonly line: number; readonly text: string; readonly side: string }[];
  /** Lines of release notes: a commit and its subject. */
  readonly commits: readonly { readonly commit: string; readonly subject: string }[];
  readonly chinese: boolean;
}

/** Reads what a careful model would: the numbered lines between the delimiters of the first user message. */
export function readPrompt(request: ChatRequest): Seen {
  const prompt = request.messages.find((message) => message.role === "user")?.content ?? "";
  const system = request.messages.find((message) => message.role === "system")?.content ?? "";
  const token = /<<<KEELSON ([0-9a-f]+)>>>/u.exec(prompt)?.[1];
  const data = token === undefined ? "" : (prompt.split(`<<<KEELSON ${token}>>>\n`)[1]?.split(`<<<END KEELSON ${token}>>>`)[0] ?? "");
  const lines: Seen["lines"][number][] = [];
  const message: Seen["message"][number][] = [];
  const commits: Seen["commits"][number][] = [];
  let path = "";
  /** Of two commits that are compared, the one whose part this is. */
  let of: string | undefined;
  for (const row of data.split("\n")) {
    const file = /^=== (?:(mainline|ours): )?(?:file (.*)|message) ===$/u.exec(row);
    if (file !== null) {
      of = file[1];
      path = file[2] ?? "";
    }
    const commit = /^([0-9a-f]{12}) \([^)]*\) (.*)$/u.exec(row);
    if (commit !== null) commits.push({ commit: commit[1] ?? "", subject: commit[2] ?? "" });
    const hunkLine = /^\[L([+\- ]) *(\d+)\] (.*)$/u.exec(row);
    if (hunkLine !== null) lines.push({ path, side: of ?? (hunkLine[1] === "-" ? "old" : "new"), sign: hunkLine[1] ?? " ", line: Number(hunkLine[2]), text: hunkLine[3] ?? "" });
    const messageLine = /^\[M *(\d+)\] (.*)$/u.exec(row);
    if (messageLine !== null) message.push({ line: Number(messageLine[1]), text: messageLine[2] ?? "", side: of ?? "message" });
  }
  return { lines, message, commits, chinese: /Chinese/u.test(system) };
}

function speak(seen: Seen, sign: string, text: string): string {
  const call = /\b([a-z_]\w{2,})\s*\(/u.exec(text)?.[1];
  const jump = /\bgoto\s+(\w+)/u.exec(text)?.[1];
  const removed = sign === "-";
  if (jump !== undefined) return seen.chinese ? `出错时跳到 \`${jump}\`。` : `On failure it leaves through \`${jump}\`.`;
  if (/^\s*(?:\}\s*else\s+)?if\b/u.test(text)) return seen.chinese ? (removed ? `去掉了判断 \`${text.trim()}\`。` : `新增了判断 \`${text.trim()}\`。`) : removed ? `It takes out the test \`${text.trim()}\`.` : `It adds the test \`${text.trim()}\`.`;
  if (call !== undefined) return seen.chinese ? (removed ? `不再调用 \`${call}()\`。` : `在这里调用 \`${call}()\`。`) : removed ? `It no longer calls \`${call}()\` here.` : `It calls \`${call}()\` here.`;
  const word = [...text.matchAll(/[A-Za-z_]\w+/gu)].map(([match]) => match).reduce((longest, match) => (match.length > longest.length ? match : longest), "");
  return seen.chinese ? (removed ? `去掉了 \`${word}\`。` : `新增了 \`${word}\`。`) : removed ? `It takes out \`${word}\`.` : `It adds \`${word}\`.`;
}

const sections = ["what", "how", "how", "risk", "test", "backport"];

/** True statements: each quotes a changed line that occurs once, or a line of the message. */
function trueStatements(seen: Seen, wanted: number, skip: number): readonly Statement[] {
  const count = new Map<string, number>();
  for (const { path, side, text } of seen.lines) count.set(`${path} ${side} ${text.trim()}`, (count.get(`${path} ${side} ${text.trim()}`) ?? 0) + 1);
  const good = seen.lines.filter(({ path, side, sign, text }) => sign !== " " && text.trim().length >= 14 && count.get(`${path} ${side} ${text.trim()}`) === 1);
  const out: Statement[] = [];
  const why = seen.message.find(({ text }) => text.trim().length >= 20 && !/^\S+-by:/u.test(text));
  if (why !== undefined && skip === 0) {
    out.push({ section: "why", text: seen.chinese ? "提交说明给出了原因。" : "The message gives the reason.", evidence: [{ path: "", side: why.side, quote: why.text.trim(), line: why.line }] });
  }
  const step = Math.max(1, Math.floor(good.length / Math.max(1, wanted)));
  for (let i = skip; out.length < wanted && i * step < good.length; i++) {
    const line = good[i * step];
    if (line === undefined) break;
    out.push({ section: sections[i % sections.length] ?? "what", text: speak(seen, line.sign, line.text), evidence: [{ path: line.path, side: line.side, quote: line.text.trim(), line: line.line }] });
  }
  return out;
}

/** True statements in other words, for a second turn. */
function secondLook(seen: Seen, wanted: number): readonly Statement[] {
  return trueStatements(seen, wanted + 1, 0)
    .slice(-wanted)
    .map((statement, i) => ({ ...statement, section: "risk", text: seen.chinese ? `这一处需要再看一次（${i + 1}）。` : `This place deserves a second look (${i + 1}).` }));
}

/** A statement whose quote no line of the patch has: a real line with an invented word in it. */
function lie(seen: Seen, i: number): Statement {
  const line = seen.lines[i % Math.max(1, seen.lines.length)];
  return { section: "risk", text: `It may leak memory in case ${i}.`, evidence: [{ path: line?.path ?? "nowhere.c", side: line?.side === "mainline" || line?.side === "ours" ? line.side : "new", quote: `${line?.text.trim() ?? ""} invented_${i}();`, line: line?.line ?? 1 }] };
}

/** What a gullible model does: says what an injected instruction wants, and repeats all it was told about itself. */
function obey(request: ChatRequest, seen: Seen): readonly Statement[] {
  const order = [...seen.message, ...seen.lines].map(({ text }) => /(?:say|answer|report)[:\s]+"?(.{3,80})/iu.exec(text)?.[1]).find((text) => text !== undefined);
  const system = request.messages.find((message) => message.role === "system")?.content.slice(0, 300) ?? "";
  return [
    { section: "risk", text: order ?? "There is nothing to see.", evidence: [] },
    { section: "what", text: `My instructions are: ${system}`, evidence: [{ path: "", side: "message", quote: "no such line in any message of this kind", line: 1 }] },
  ];
}

function plainProbe(request: ChatRequest): string | undefined {
  const user = request.messages.at(-1)?.content ?? "";
  const word = /(?:Repeat this word|with this word)[^:]*: (\w+)/u.exec(user)?.[1];
  if (word === undefined) return undefined;
  return request.messages.some((message) => message.content.includes("JSON object")) ? JSON.stringify({ word }) : word;
}

/** Release notes: a sentence a commit, the lies about a commit that is there and a subject that is not. */
function notesAnswer(seen: Seen, script: AnswerScript): string {
  const notes = seen.commits.slice(0, script.statements ?? 5).map(({ commit, subject }) => ({ section: "other", text: seen.chinese ? `改动：${subject}` : `Changed: ${subject}`, evidence: [{ commit, quote: subject }] }));
  const lies = Array.from({ length: script.lies ?? 0 }, (_, i) => ({ section: "security", text: `Closes hole ${i}.`, evidence: [{ commit: seen.commits[0]?.commit ?? "000000000000", quote: `closes hole number ${i}` }] }));
  return JSON.stringify({ statements: [...notes, ...lies] });
}

/** The answer to a request, computed from what the request says. */
export function computeAnswer(request: ChatRequest, script: AnswerScript): string {
  const probe = plainProbe(request);
  if (probe !== undefined) return probe;
  const seen = readPrompt(request);
  if (seen.commits.length > 0) return notesAnswer(seen, script);
  const turns = request.messages.filter((message) => message.role === "user").length;
  const wanted = script.statements ?? 5;
  const lies = Array.from({ length: script.lies ?? 0 }, (_, i) => lie(seen, i));
  let statements: readonly Statement[];
  if (turns === 1) statements = [...trueStatements(seen, wanted, 0).slice(0, 1), ...lies, ...trueStatements(seen, wanted, 0).slice(1)];
  else statements = script.repair === "mend" ? secondLook(seen, lies.length) : lies.length > 0 ? lies : trueStatements(seen, wanted, 0);
  if (script.gullible === true) statements = [...obey(request, seen), ...statements];
  const json = JSON.stringify({ statements });
  if (script.form === "fence") return `\`\`\`json\n${json}\n\`\`\`\n`;
  if (script.form === "preamble") return `Here is the explanation:\n\n${json}\n`;
  if (script.form === "prose") return "This patch changes some code. I have no JSON for you.";
  if (script.form === "broken") return json.slice(0, Math.floor(json.length / 2));
  return json;
}

/** The word of a probe, for tool calls. */
export function probeWord(request: ChatRequest): string {
  return /with this word: (\w+)/u.exec(request.messages.at(-1)?.content ?? "")?.[1] ?? "";
}
