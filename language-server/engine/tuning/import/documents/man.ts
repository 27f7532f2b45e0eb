import type { Imported, ParameterKind, ParameterRecord } from "../../types";
import { Findings, isBlank, linesOf, passageOf } from "../passage";

/** A `.TP` or `.IP` of a page: its tag and the words below it. */
interface Item {
  readonly tags: string[];
  readonly line: number;
  readonly words: string[];
  readonly depth: number;
}

/** Words of a line of troff, its fonts and escapes gone. */
function plain(text: string): string {
  return text
    .replace(/\\".*$/u, "")
    .replace(/\\f(?:\[[^\]]{0,20}\]|\(..|.)/gu, "")
    .replace(/\\s[+-]?\d/gu, "")
    .replace(/\\\(em|\\\[em\]/gu, "—")
    .replace(/\\\(bu|\\\[bu\]/gu, "-")
    .replace(/\\\((?:aq|cq|oq|lq|rq)|\\\[(?:aq|cq|oq|lq|rq)\]/gu, "'")
    .replace(/\\\((..)|\\\[([^\]]{1,20})\]/gu, " ")
    .replace(/\\[-]/gu, "-")
    .replace(/\\[&|^/,%:!]/gu, "")
    .replace(/\\[e\\]/gu, "\\")
    .replace(/\\[ ~0]/gu, " ")
    .replace(/\\c$/u, "");
}

/** Arguments of a request: quoted ones are one. `.BR a | b` joins without blanks. */
function request(line: string): { readonly name: string; readonly words: string } | undefined {
  const match = /^[.'][ \t]*(\\?["\w]{1,12})[ \t]*(.*)$/u.exec(line);
  if (match?.[1] === undefined) return undefined;
  const name = match[1];
  const args = [...(match[2] ?? "").matchAll(/"((?:[^"]|""){0,2000})"?|((?:[^\s\\]|\\.)+)/gu)].map((arg) => plain(arg[1] ?? arg[2] ?? ""));
  return { name, words: /^(?:BR|RB|IR|RI|BI|IB)$/u.test(name) ? args.join("") : args.join(" ") };
}

const font = /^(?:B|I|R|SB|SM|BR|RB|IR|RI|BI|IB)$/u;

/**
 * Reads a manual page. What stands below /proc/sys becomes sysctls (proc(5), tcp(7), socket(7), …), a list under a heading of
 * mount options becomes mount options (ext4(5), xfs(5), nfs(5)), fio's job options become settings; the rest is prose by section.
 */
export function importManPage(path: string, text: string, component: string | undefined): Imported {
  const page = /(?:^|\/)([\w.+-]+?)\.\d\w{0,8}(?:\.gz)?$/u.exec(path)?.[1] ?? "manual";
  const findings = new Findings(path, component ?? page);
  const reader: Reader = { page, findings, section: page, sectionLine: 1, prose: [], directory: directories.get(page) ?? "", items: [], depth: 0, waiting: false };
  for (const [index, line] of linesOf(text).entries()) readLine(reader, line, index + 1);
  endItems(reader, 0);
  endSection(reader);
  return findings.all;
}

/** Where the sysctls of a page of section 7 are, that the page names once and then leaves out. */
const directories: ReadonlyMap<string, string> = new Map([
  ["tcp", "net.ipv4"],
  ["udp", "net.ipv4"],
  ["ip", "net.ipv4"],
  ["icmp", "net.ipv4"],
  ["arp", "net.ipv4.neigh.*"],
  ["socket", "net.core"],
]);

interface Reader {
  readonly page: string;
  readonly findings: Findings;
  section: string;
  sectionLine: number;
  prose: string[];
  directory: string;
  items: Item[];
  depth: number;
  /** The next line is the tag of a `.TP`. */
  waiting: boolean;
}

function readLine(reader: Reader, line: string, number: number): void {
  const found = request(line);
  if (found === undefined || font.test(found.name)) {
    const words = found === undefined ? plain(line) : found.words;
    if (reader.waiting) {
      reader.waiting = false;
      openItem(reader, words, number);
    } else say(reader, words);
    return;
  }
  switch (found.name) {
    case "SH":
    case "SS":
      endItems(reader, 0);
      endSection(reader);
      reader.depth = 0;
      reader.section = found.words === "" ? reader.page : found.words;
      reader.sectionLine = number;
      return;
    case "TP":
      endItems(reader, reader.depth);
      reader.waiting = true;
      return;
    case "TQ":
      reader.waiting = true;
      return;
    case "IP":
      if (found.words.replace(/\s+\d+n?$/u, "").trim() === "" || /^(?:-|\*|o|•)(?:\s|$)/u.test(found.words)) say(reader, "- ");
      else {
        endItems(reader, reader.depth);
        openItem(reader, found.words.replace(/\s+\d+n?$/u, ""), number);
      }
      return;
    case "RS":
      reader.depth = Math.min(20, reader.depth + 1);
      return;
    case "RE":
      endItems(reader, reader.depth);
      reader.depth = Math.max(0, reader.depth - 1);
      return;
    case "PP":
    case "P":
    case "LP":
    case "HP":
      if (reader.depth === 0) endItems(reader, 0);
      say(reader, "");
      return;
    default:
      if (/^(?:sp|br|nf|fi|EX|EE)$/u.test(found.name)) say(reader, "");
  }
}

function openItem(reader: Reader, tag: string, line: number): void {
  const last = reader.items.at(-1);
  if (last !== undefined && last.depth === reader.depth && last.words.every(isBlank)) last.tags.push(tag);
  else {
    // What is listed within an item is a part of its text.
    say(reader, "");
    if (reader.items.length > 0) say(reader, `${tag}:`);
    reader.items.push({ tags: [tag], line, words: [], depth: reader.depth });
  }
}

function say(reader: Reader, words: string): void {
  const item = reader.items.at(-1);
  if (item === undefined) reader.prose.push(words);
  else for (const one of reader.items) one.words.push(words);
}

/** Ends the items of this depth and deeper ones. */
function endItems(reader: Reader, depth: number): void {
  while ((reader.items.at(-1)?.depth ?? -1) >= depth) {
    const item = reader.items.pop();
    if (item !== undefined && !addItem(reader, item) && reader.items.length === 0) reader.prose.push(item.tags.join(", "), ...item.words, "");
  }
}

function endSection(reader: Reader): void {
  const { findings, prose, section, sectionLine, page } = reader;
  if (!/^(?:AUTHORS?|COPYRIGHT|SEE ALSO|COLOPHON|REPORTING BUGS|HISTORY|NAME)$/u.test(section)) findings.tell(`${page}: ${section}`, joined(prose), sectionLine, page);
  reader.prose = [];
}

/** Lines of a paragraph as one, so that what is cut is cut between words. */
function joined(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    if (word.trim() === "") lines.push("");
    else {
      const last = lines.at(-1) ?? "";
      if (last === "") lines.push(word.trim());
      else lines[lines.length - 1] = `${last} ${word.trim()}`;
    }
  }
  return lines;
}

function addItem(reader: Reader, item: Item): boolean {
  // A list within a list is of values.
  if (item.depth > 0 && !item.tags.some((tag) => tag.includes("/proc/sys/"))) return false;
  const found = [...new Map(item.tags.flatMap((tag) => namesOf(reader, tag)).map((one) => [one.name, one])).values()];
  if (found.length === 0) return false;
  const description = passageOf(joined(item.words));
  for (const { name, component, kind, since, fields } of found.slice(0, 20)) {
    reader.findings.add({ name, component, kind, ...(found.length > 1 ? {} : fields), ...(since === undefined ? {} : { since }), description, source: { title: `${reader.page}: ${reader.section}`, file: reader.findings.file, line: item.line }, confidence: 0.7 });
  }
  return true;
}

interface Named {
  readonly name: string;
  readonly component: string;
  readonly kind: ParameterKind;
  readonly since?: string;
  readonly fields?: Pick<ParameterRecord, "type">;
}

function namesOf(reader: Reader, tag: string): readonly Named[] {
  const since = /since Linux (\d\.\d{1,2}(?:\.\d{1,2})?)/u.exec(tag)?.[1];
  const more = since === undefined ? {} : { since };
  const paths = [...tag.matchAll(/\/proc\/sys\/([\w./-]{1,100}\w)/gu)].map((match) => (match[1] ?? "").replaceAll("/", "."));
  if (paths.length > 0) {
    // A directory has an entry of its own.
    return /\/(?:\s|$|\()/u.test(tag) ? [] : paths.filter((path) => path.includes(".")).map((name) => ({ name, component: "kernel", kind: "sysctl", ...more }));
  }
  if (reader.directory !== "" && /proc\b/iu.test(reader.section)) {
    const name = /^([a-z][a-z0-9_]{2,60})(?:\s|$|\()/u.exec(tag.trim())?.[1];
    return name === undefined ? [] : [{ name: `${reader.directory}.${name}`, component: "kernel", kind: "sysctl", ...more }];
  }
  if (/mount options/iu.test(reader.section)) {
    const component = /^Mount options for (\w{2,12})$/iu.exec(reader.section)?.[1]?.toLowerCase() ?? reader.page;
    return tag.split(/\s*[|/,]\s*|\s+or\s+|\s+and\s+/u).flatMap((part) => {
      const name = /^([a-z][\w.-]{1,40})(?:=.*)?$/u.exec(part.trim())?.[1];
      return name === undefined ? [] : [{ name, component, kind: "mount-option" as const, ...more }];
    });
  }
  if (reader.page === "fio" && !/OPTIONS$|COMMAND/u.test(reader.section)) {
    return tag.split(/\s*,\s*/u).flatMap((part) => {
      const name = /^(?:\([a-z_,]{2,80}\))?([a-z][\w]{1,40})=(?!=)/u.exec(part.trim())?.[1] ?? /^(?:\([a-z_,]{2,80}\))([a-z]\w{1,40})$/u.exec(part.trim())?.[1];
      return name === undefined ? [] : [{ name, component: "fio", kind: "setting" as const }];
    });
  }
  return [];
}
