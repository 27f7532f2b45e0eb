import type { Imported, ParameterKind, ParameterRecord } from "../../types";
import { Findings, linesOf, passageOf } from "../passage";

export interface MarkdownSettings {
  readonly component: string;
  /** What options in tables are set through; undefined when the tables of the folder tell of no parameters. */
  readonly options?: ParameterKind;
}

/** Reads Markdown and MDX: a passage for each heading; options in tables (`|`--name=3`|text|`) become parameters when asked. */
export function importMarkdown(path: string, text: string, { component, options }: MarkdownSettings): Imported {
  const findings = new Findings(path, component);
  const lines = linesOf(text);
  const start = frontMatter(lines);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const given = titleIn(lines.slice(0, start));
  let title = given ?? name;
  let untitled = given === undefined;
  let section = { heading: title, line: 1, words: [] as string[] };
  let fence: string | undefined;
  for (let index = start; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const mark = /^\s{0,3}(`{3,}|~{3,})/u.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    const heading = fence === undefined ? headingOf(line, lines[index + 1]) : undefined;
    if (heading !== undefined) {
      findings.tell(section.heading, section.words, section.line, title);
      if (untitled) title = heading;
      untitled = false;
      section = { heading, line: index + 1, words: [] };
      if (/^(?:={3,}|-{3,})\s*$/u.test(lines[index + 1] ?? "")) index++;
      continue;
    }
    if (fence === undefined && options !== undefined && addRow(findings, line, index + 1, section.heading, options)) continue;
    section.words.push(mark === undefined && fence === undefined ? worded(line) : line);
  }
  findings.tell(section.heading, section.words, section.line, title);
  return findings.all;
}

/** Lines of YAML before the text. */
function frontMatter(lines: readonly string[]): number {
  if (lines[0]?.trim() !== "---") return 0;
  const end = lines.findIndex((line, index) => index > 0 && index < 200 && line.trim() === "---");
  return end < 0 ? 0 : end + 1;
}

function titleIn(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const found = /^title:\s*["']?([^"']{1,160}?)["']?\s*$/u.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function headingOf(line: string, next: string | undefined): string | undefined {
  const found = /^\s{0,3}#{1,6}\s+(\S.{0,300}?)\s*#*\s*$/u.exec(line)?.[1];
  const under = found === undefined && next !== undefined && /^(?:={3,}|-{3,})\s*$/u.test(next) && /^\S/u.test(line) && !/^[-|>*#=]/u.test(line) ? line.trim() : undefined;
  const heading = found ?? under;
  return heading === undefined ? undefined : worded(heading).replace(/\s*\{#[^}]{1,100}\}\s*$/u, "").trim();
}

/** Marks of Markdown and tags of MDX gone; links become their words. */
function worded(line: string): string {
  return line
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,500}\)/gu, "$1")
    .replace(/<\/?[A-Za-z][^<>]{0,200}>/gu, " ")
    .replace(/`{1,2}/gu, "")
    .replace(/\*\*|__(?=\S)/gu, "");
}

/** `|`--name=value` <VersionAdd>1.1</VersionAdd>|What it does (default: 3)|`. */
function addRow(findings: Findings, line: string, number: number, heading: string, kind: ParameterKind): boolean {
  const match = /^\|\s*`(--?[A-Za-z][\w-]{0,60})((?:=| )[^`]{0,60})?`(?:,?\s*`--?([\w-]{1,60})[^`]{0,60}`)?\s*(?:<VersionAdd>([^<]{1,40})<\/VersionAdd>)?\s*\|(.{1,4000})\|\s*$/u.exec(line);
  if (match === null) return false;
  // `-b value, --bucket value`: the long name is the one that people search for.
  const long = /--([A-Za-z][\w-]{1,60})/u.exec(`${match[1] ?? ""}${match[2] ?? ""}`)?.[1] ?? match[3];
  const name = long ?? match[1] ?? "";
  const description = passageOf([worded(match[5] ?? "").replace(/\s+/gu, " ")]);
  const since = /^(\d+\.\d+(?:\.\d+)?)/u.exec(match[4] ?? "")?.[1];
  findings.add({ name: name.replace(/^-+/u, ""), component: findings.component, kind, ...fieldsOf(match[5] ?? "", /[, ]-/u.test(match[2] ?? "") ? "" : (match[2] ?? "")), ...(since === undefined ? {} : { since }), description, source: { title: heading, file: findings.file, line: number }, confidence: 0.85 });
  return true;
}

/** `(default: 300)`; the value after the equals sign is the same one when it is no placeholder. */
function fieldsOf(text: string, form: string): Pick<ParameterRecord, "type" | "default" | "unit"> {
  const stated = /[(（]default(?: value)?(?:\s+is)?[:：]?\s*["“'`]*([^"”'`,()（）]{0,60}?)["”'`]*\s*[),，）]/iu.exec(text)?.[1]?.trim();
  const written = form.replace(/^[= ]/u, "").replace(/^["']|["']$/gu, "");
  const value = stated !== undefined && !/\s/u.test(stated) && stated !== "" ? stated : undefined;
  // The head of the row and its text tell of one default; two different ones tell of none.
  const known = value !== undefined && (written === "" || written === "value" || written === value || /^\D*$/u.test(written)) ? value : undefined;
  const type = known === undefined ? undefined : /^(?:true|false)$/u.test(known) ? "boolean" : /^-?\d+$/u.test(known) ? "integer" : /^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/u.test(known) ? "duration" : undefined;
  const unit = /\bin (MiB|KiB|GiB|Mbps|seconds|milliseconds|bytes)\b/u.exec(text)?.[1];
  return { ...(type === undefined ? {} : { type }), ...(known === undefined ? {} : { default: known }), ...(unit === undefined ? {} : { unit }) };
}
