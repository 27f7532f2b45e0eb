import type { Imported } from "../../types";
import { Findings, linesOf, passageOf } from "../passage";

/** Reads postgresql.conf.sample: `#name = value   # what it is`, below headings in a box of dashes. */
export function importPostgresqlSample(path: string, text: string): Imported {
  const findings = new Findings(path, "postgresql");
  const lines = linesOf(text);
  let heading = "";
  for (const [index, line] of lines.entries()) {
    const title = /^#\s?-?\s?([A-Z][A-Za-z /(),&-]{2,60}?)\s?-?\s*$/u.exec(line)?.[1];
    if (title !== undefined && /^#(?:-{10,}|\s*)$/u.test(lines[index + 1] ?? "")) heading = title.trim();
    const match = /^#?([a-z][a-z0-9_.]{2,60})\s=\s('[^']*'|[^\s#]+)\s*(?:#\s?(.*))?$/u.exec(line);
    if (match?.[1] === undefined) continue;
    const words = [match[3] ?? ""];
    for (const more of lines.slice(index + 1, index + 6)) {
      const rest = /^\s+#\s?(.*)$/u.exec(more)?.[1];
      if (rest === undefined) break;
      words.push(rest);
    }
    const description = passageOf([words.join(" ").trim()]);
    findings.add({ name: match[1], component: "postgresql", kind: "setting", ...(/change requires restart/u.test(description) ? { restart: "service" as const } : {}), description: description === "" ? heading : `${heading === "" ? "" : `${heading}: `}${description}`, source: { title: heading === "" ? "postgresql.conf" : heading, file: path, line: index + 1 }, confidence: 0.9 });
  }
  return findings.all;
}
