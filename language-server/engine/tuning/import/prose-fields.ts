import type { ParameterRecord, ValueRange, ValueType } from "../types";
import { indentOf, isBlank } from "./passage";

export type Fields = Pick<ParameterRecord, "type" | "default" | "range" | "unit">;

const number = String.raw`-?(?:0x[0-9a-fA-F]+|\d+)`;
const size = String.raw`\d+ ?(?:[kKMG]i?B|[KMG])\b`;
const value = String.raw`(${size}|${number}|"[^"\s]{1,40}"|'[\w.-]{1,40}'|\x60\x60${number}\x60\x60|true|false|on|off|enabled|disabled|yes|no)(?![\w/*%^-])`;
const unitWord = String.raw`(?:micro|milli|nano|centi)?-?(?:seconds?|secs?)|msecs?|usecs?|ms|us|ns|bytes?|pages?|jiffies|percent|minutes?`;
/** What may stand after a value so that it is the whole value. */
const ends = new RegExp(String.raw`^\s*(?:${unitWord})?\s*(?:$|[.,;)](?:\s+(?!-?\d)|$)|\.$|\(|-\s|Min|Max)`, "u");
/** Words that make a value depend on something. */
const hedged = /\b(?:if|when|unless|depend\w*|otherwise|else|with|or|per|times|until|for|on machines|CONFIG_\w+)\b/iu;

const statements = [
  new RegExp(String.raw`(?:^|[.;)] )(?:[-*] )?(?:The )?defaults?(?: value)? ?[:=] ?${value}`, "iu"),
  new RegExp(String.raw`^\s*(?:[-*] )?default ${value}`, "iu"),
  new RegExp(String.raw`\b(?:the|with a|current|by)?\s*default (?:value|setting|threshold|timeout|limit)?\s*(?:is|of|=|:)\s*(?:set to )?${value}`, "iu"),
  new RegExp(String.raw`\bdefaults? to\s+${value}`, "iu"),
  new RegExp(String.raw`\(default\s*(?:is|=|:|,)?\s*${value}\)`, "iu"),
];
const listed = /^\s*(?:[-*+]\s+)?(?:``)?(-?\d+|not 0|TRUE|FALSE)(?:``)?(?:\s*[-:=)]|\s)\s*\S/u;
const marked = /\(\s*(?:the )?default(?: value| behaviou?r| setting)?\s*\)|\[default\]/iu;

/** What prose states outright of a parameter; two statements that disagree, or a conditional one, give nothing. `numeric`: "off" is written as 0. */
export function proseFields(name: string, lines: readonly string[], declared?: ValueType, numeric = declared !== undefined): Fields {
  const unit = unitOf(name, lines);
  const range = rangeOf(lines);
  const found = declared === "list" ? undefined : defaultOf(lines, declared, unit, numeric);
  return {
    ...(declared === undefined ? {} : { type: declared }),
    ...(found === undefined ? {} : { default: found }),
    ...(range === undefined ? {} : { range }),
    ...(unit === undefined ? {} : { unit }),
  };
}

function defaultOf(lines: readonly string[], declared: ValueType | undefined, unit: string | undefined, numeric: boolean): string | undefined {
  const found = new Set<string>();
  let head: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (isBlank(line)) {
      head = undefined;
      continue;
    }
    const item = listed.exec(line);
    if (item) head = item[1];
    else if (/^\s*[-*+]\s/u.test(line)) head = undefined;
    if (marked.test(line) && head !== undefined) {
      if (head === "not 0" && declared !== "boolean") return undefined;
      found.add(plain(head === "not 0" ? "1" : head, numeric && declared !== "string", unit));
    }
    if (!/default/iu.test(line)) continue;
    const own = line.trim().replace(/\s+/gu, " ");
    const joined = `${own} ${sameParagraph(lines[index + 1])}`;
    for (const statement of statements) {
      const match = statement.exec(joined);
      if (!match || match.index >= own.length) continue;
      const rest = joined.slice(match.index + match[0].length);
      if (/\)$/u.test(match[0])) {
        found.add(plain(match[1] ?? "", numeric && declared !== "string", unit));
        continue;
      }
      if (!ends.test(rest) || hedged.test(sentence(rest)) || hedged.test(lastClause(`${sameParagraph(lines[index - 1])} ${joined.slice(0, match.index)}`))) return undefined;
      found.add(plain(match[1] ?? "", numeric && declared !== "string", unit));
      break;
    }
  }
  if (found.size !== 1) return undefined;
  const [only] = found;
  return declared === "boolean" && only !== "0" && only !== "1" ? undefined : only;
}

function sameParagraph(line: string | undefined): string {
  if (line === undefined || isBlank(line) || /^\s*[-*+=~]/u.test(line)) return "";
  return line.trim().replace(/\s+/gu, " ");
}

/** Up to the end of the sentence, what stands in brackets included. */
function sentence(rest: string): string {
  const bracket = /^\s*\([^)]{0,200}\)/u.exec(rest)?.[0] ?? "";
  const after = rest.slice(bracket.length);
  const end = /[.;](?:\s|$)|(?:Min|Max)imum|Possible/u.exec(after);
  return bracket + (end ? after.slice(0, end.index) : after);
}

function lastClause(before: string): string {
  const start = Math.max(before.lastIndexOf(". "), before.lastIndexOf("; "), before.lastIndexOf(": "));
  return before.slice(start + 1);
}

/** As it is written where it is set: numbers for words, bytes for sizes. */
function plain(raw: string, numeric: boolean, unit: string | undefined): string {
  const text = raw.replace(/["'`]/gu, "");
  if (numeric && /^(?:true|on|enabled|yes)$/iu.test(text)) return "1";
  if (numeric && /^(?:false|off|disabled|no)$/iu.test(text)) return "0";
  return unit === undefined || unit === "bytes" ? bytesOf(text) : text;
}

/** `64kB` as bytes; anything else stays. */
export function bytesOf(text: string): string {
  const match = /^(\d{1,12}) ?([kKMG])(?:i?B)?$/u.exec(text);
  if (!match) return text;
  const shift = { k: 10n, K: 10n, M: 20n, G: 30n }[match[2] as "k" | "K" | "M" | "G"];
  return (BigInt(match[1] ?? "0") << shift).toString();
}

const bound = String.raw`(${size}|${number})`;
const spans = [
  new RegExp(String.raw`\b(?:possible|valid|allowed|legal|accepted) (?:values?|range)\s*(?:is|are)?\s*:?\s*(?:from|between|in the range(?: of)?)?\s*[[(]?${bound}\s*(?:-|\.\.+|to|and|,|–)\s*${bound}(?![\w.]*(?:[,-] ?\d|[\^*/+]))`, "iu"),
  new RegExp(String.raw`\brange:?\s*(?:is|of|from)?\s*\[${bound}\s*(?:,|-|\.\.+)\s*${bound}\]`, "iu"),
  new RegExp(String.raw`\brange:?\s*(?:is|of|from)?\s*${bound}\s*(?:-|\.\.+|to)\s*${bound}(?![\w])`, "iu"),
  new RegExp(String.raw`\b(?:should|must) be (?:in the range )?between ${bound} and ${bound}(?![\w])`, "iu"),
];
const least = new RegExp(String.raw`\b(?:minimum(?: value)?(?: is|:)|min:)\s+${bound}(?![\w/*.%-]*\w)`, "iu");
const most = new RegExp(String.raw`\b(?:maximum(?: value)?(?: is|:)|max:)\s+${bound}(?![\w/*.%-]*\w)`, "iu");

function rangeOf(lines: readonly string[]): ValueRange | undefined {
  const text = lines.join(" ").slice(0, 6000).replace(/\s+/gu, " ");
  const found = new Map<string, ValueRange>();
  for (const span of spans) {
    const match = span.exec(text);
    if (!match || match[1] === undefined || match[2] === undefined) continue;
    const range = { min: bytesOf(match[1]), max: bytesOf(match[2]) };
    if (isBelow(range.min, range.max)) found.set(`${range.min} ${range.max}`, range);
  }
  if (found.size === 1) for (const range of found.values()) return range;
  if (found.size > 1) return undefined;
  const values = valuesOf(lines);
  if (values) return { values };
  const min = least.exec(text)?.[1];
  const max = most.exec(text)?.[1];
  if (min === undefined && max === undefined) return undefined;
  return { ...(min === undefined ? {} : { min: bytesOf(min) }), ...(max === undefined ? {} : { max: bytesOf(max) }) };
}

function isBelow(min: string, max: string): boolean {
  const [low, high] = [Number(min), Number(max)];
  return Number.isFinite(low) && Number.isFinite(high) && low < high;
}

/** The numbers of a list that follows `Possible values:`; a mask has no such list. */
function valuesOf(lines: readonly string[]): readonly string[] | undefined {
  if (lines.some((line) => /\b(?:bit ?mask|bits?|bitmap|mask|OR'?ed|combin\w+|sum)\b/iu.test(line))) return undefined;
  const start = lines.findIndex((line) => /^\s*(?:(?:possible|valid|allowed) )?values\b[^.]{0,60}:{1,2}\s*$/iu.test(line));
  if (start < 0) return undefined;
  const values: string[] = [];
  const indent = indentOf(lines[start] ?? "");
  for (const line of lines.slice(start + 1, start + 60)) {
    if (isBlank(line) || /^\s*=+(?:\s+=+)+\s*$/u.test(line)) continue;
    const head = /^\s*(?:[-*+]\s+)?(?:``)?(-?\d+)(?:``)?\s*(?:[-:=)]|\s)\s*\S/u.exec(line);
    // "3 or 4", "2-5": several values in one row.
    if (/^\s*(?:[-*+]\s+)?(?:``)?-?\d+(?:``)?\s?(?:or|and|to|,|-|\.\.|\^)\s?-?\d/u.test(line)) return undefined;
    if (head?.[1] !== undefined) values.push(head[1]);
    else if (/^\s*[-*+]\s/u.test(line)) return undefined;
    else if (indentOf(line) <= indent) break;
  }
  return values.length >= 2 && new Set(values).size === values.length ? values : undefined;
}

const suffixes: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[_-])kbytes$|[_-]kb$/u, "KiB"],
  [/(?:^|[_-])bytes$/u, "bytes"],
  [/[_-](?:centisecs)$/u, "centiseconds"],
  [/[_-](?:msecs?|ms|millisecs)$/u, "milliseconds"],
  [/[_-](?:usecs?|us)$/u, "microseconds"],
  [/[_-](?:nsecs?|ns)$/u, "nanoseconds"],
  [/[_-](?:secs|seconds)$/u, "seconds"],
  [/[_-]MBps$/u, "MB/s"],
];
const words: readonly (readonly [RegExp, string])[] = [
  [/\bin (?:units of )?(?:milliseconds|msecs?|ms)\b|\((?:in )?(?:milliseconds|msecs?|ms)\)|value is in milliseconds/iu, "milliseconds"],
  [/\bin (?:units of )?(?:microseconds|usecs?|us)\b|\((?:in )?(?:microseconds|usecs?|us)\)/iu, "microseconds"],
  [/\bin (?:units of )?(?:nanoseconds|nsecs?|ns)\b|\((?:in )?(?:nanoseconds|nsecs?|ns)\)/iu, "nanoseconds"],
  [/\bin (?:units of )?(?:seconds|secs)\b|\((?:in )?(?:seconds|secs)\)/iu, "seconds"],
  [/\bin (?:units of )?bytes\b|\((?:in )?bytes\)/iu, "bytes"],
  [/\bin (?:units of )?(?:kilobytes|kibibytes|KiB|KB)\b/iu, "KiB"],
  [/\bin (?:units of )?(?:jiffies)\b|\((?:in )?jiffies\)/iu, "jiffies"],
  [/\bin (?:units of )?pages\b|\((?:in )?pages\)|\bin page units\b/iu, "pages"],
  [/\bin (?:percent|percentage)\b|\bas a percentage of\b/iu, "percent"],
];

/** From the name's own ending, else from the first paragraph when it speaks of exactly one unit. */
export function unitOf(name: string, lines: readonly string[]): string | undefined {
  for (const [suffix, unit] of suffixes) if (suffix.test(name)) return unit;
  const start = lines.findIndex((line) => !isBlank(line));
  if (start < 0) return undefined;
  let end = lines.findIndex((line, index) => index > start && isBlank(line));
  if (end < 0) end = lines.length;
  // What something costs, or what the default is made of, has a unit of its own.
  const text = lines
    .slice(start, end)
    .join(" ")
    .slice(0, 3000)
    .split(/(?<=\.)\s/u)
    .filter((words) => !/\b(?:default|costs?|divided)\b/iu.test(words))
    .join(" ");
  const found = words.filter(([word]) => word.test(text));
  return found.length === 1 ? found[0]?.[1] : undefined;
}
