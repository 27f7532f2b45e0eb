import type { Imported, ValueRange } from "../types";
import { Findings, indentOf, isBlank, linesOf, passageOf } from "./passage";
import { proseFields } from "./prose-fields";
import { sectionsOf } from "./rst";

const controllers = "cgroup|cpu|memory|io|pids|cpuset|rdma|hugetlb|misc|perf_event|device|irq|dmem|debug";
const interfaceFile = new RegExp(String.raw`^ {2}((?:${controllers})\.[\w.<>-]{1,80})\s*$`, "u");

/** Reads Documentation/admin-guide/cgroup-v2.rst: the interface files of the controllers. */
export function importCgroupDocument(path: string, text: string): Imported {
  const lines = linesOf(text);
  const findings = new Findings(path);
  for (const section of sectionsOf(lines)) {
    let found = false;
    for (let index = section.start; index < section.end; index++) {
      const names = [nameAt(lines, index)].filter((name) => name !== undefined);
      if (names.length === 0) continue;
      // Several files of one description stand in lines below one another.
      while (index + 1 < section.end && names.length < 20) {
        const next = nameAt(lines, index + 1);
        if (next === undefined) break;
        names.push(next);
        index++;
      }
      const start = index + 1;
      let end = start;
      while (end < section.end && (isBlank(lines[end]) || indentOf(lines[end] ?? "") > 2)) end++;
      if (end === start) continue;
      found = true;
      names.forEach((name, place) => {
        add(findings, name, lines.slice(start, end), start - names.length + place + 1, section.title, names.length > 1);
      });
      index = end - 1;
    }
    if (!found) findings.tell(section.title, lines.slice(section.start, section.end), section.line, section.title);
  }
  return findings.all;
}

function nameAt(lines: readonly string[], index: number): string | undefined {
  return interfaceFile.exec(lines[index] ?? "")?.[1];
}

function add(findings: Findings, name: string, body: readonly string[], line: number, title: string, shared: boolean): void {
  const words = body.join(" ").replace(/\s+/gu, " ").slice(0, 4000);
  const quoted = /\b[Tt]he default(?: value)?(?: is)? "([^"]{1,40})"/u.exec(words)?.[1] ?? /\bdefaults? to "([^"]{1,40})"/u.exec(words)?.[1];
  // Bounds in running words are mostly those of a key within the file.
  const fields = shared ? {} : proseFields(name, body);
  const found = quoted ?? fields.default;
  const span = /\brange (?:is )?\[(-?\d+), (-?\d+)\]/u.exec(words);
  const range: ValueRange | undefined = span?.[1] === undefined || span[2] === undefined ? undefined : { min: span[1], max: span[2] };
  findings.add({
    name,
    component: "kernel",
    kind: "cgroup",
    ...(fields.unit === undefined ? {} : { unit: fields.unit }),
    ...(range === undefined || shared ? {} : { range }),
    ...(found === undefined || shared ? {} : { default: found }),
    restart: "none",
    description: passageOf(body),
    source: { title, file: findings.file, line },
    confidence: 0.85,
  });
}
