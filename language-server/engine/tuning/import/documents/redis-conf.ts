import type { Imported } from "../../types";
import { Findings, isBlank, linesOf, passageOf } from "../passage";

const component = "redis";
const directive = /^([a-z][a-z0-9-]{1,60})(?:\s+(\S.{0,300}))?$/u;

interface Block {
  readonly comment: string[];
  readonly line: number;
  /** Directives of the file itself, and of its comments' last lines. */
  readonly names: { name: string; line: number }[];
}

/** Reads redis.conf and sentinel.conf: a comment, then the directive that it explains, itself often commented out. */
export function importRedisConf(path: string, text: string): Imported {
  const lines = linesOf(text);
  const findings = new Findings(path, component);
  let title = "redis.conf";
  let block: Block | undefined;
  for (const [index, line] of lines.entries()) {
    const heading = /^#{3,}\s+(\S.{0,80}?)\s*#*$/u.exec(line)?.[1];
    if (heading !== undefined) {
      finish(findings, block, title);
      block = undefined;
      title = heading;
    } else if (isBlank(line)) {
      finish(findings, block, title);
      block = undefined;
    } else if (line.startsWith("#")) {
      // What follows a directive without an empty line is a text of its own.
      if (block !== undefined && block.names.length > 0) {
        finish(findings, block, title);
        block = undefined;
      }
      block ??= { comment: [], line: index + 1, names: [] };
      block.comment.push(line.replace(/^#\s?/u, ""));
    } else {
      block ??= { comment: [], line: index + 1, names: [] };
      const name = directive.exec(line.trim())?.[1];
      if (name === undefined) findings.miss(index + 1, `"${line.slice(0, 40)}" is no directive`);
      else block.names.push({ name, line: index + 1 });
    }
  }
  finish(findings, block, title);
  return findings.all;
}

function finish(findings: Findings, block: Block | undefined, title: string): void {
  if (block === undefined) return;
  const { comment, line } = block;
  const names = [...block.names];
  let end = comment.length;
  // A default that is spelt out stands last in the comment: `# maxmemory <bytes>`.
  while (names.length < 20 && end > 0) {
    const last = (comment[end - 1] ?? "").trim();
    const name = isWritten(last, comment[end - 2]) ? directive.exec(last)?.[1] : undefined;
    if (name === undefined && !(last === "" && names.some((one) => one.line > line + end))) break;
    if (name !== undefined) names.unshift({ name, line: line + end - 1 });
    end--;
  }
  const words = comment.slice(0, end);
  const description = passageOf(words);
  const seen = new Set<string>();
  for (const one of names) {
    if (seen.has(one.name)) continue;
    seen.add(one.name);
    findings.add({ name: one.name, component, kind: "setting", description, source: { title, file: findings.file, line: one.line }, confidence: 0.9 });
  }
  if (names.length === 0) findings.tell(title, words, line, title);
}

/** True for a line of a comment that is a directive and no sentence. */
function isWritten(line: string, before: string | undefined): boolean {
  if (!directive.test(line) || /[.:,;]$/u.test(line)) return false;
  const words = line.split(/\s+/u);
  if (words.length === 1) return false;
  const value = words.slice(1).join(" ");
  const plain = /^(?:yes|no|on|off|""|-?\d[\w.]*|<.{1,80}>|"[^"]*"|\/\S*|[\w.-]+)(?:\s+(?:-?\d[\w.]*|<[^>]{1,60}>|[\w.:*/-]+)){0,4}$/u.test(value);
  if (!plain) return false;
  // A dash, a number, a path or a blank line above tells it from the end of a sentence.
  return (before === undefined || before.trim() === "" || directive.test(before.trim()) || /[.:!)]$/u.test(before.trim())) && (words.length <= 3 || /[\d<"/]/u.test(value) || (words[0] ?? "").includes("-"));
}
