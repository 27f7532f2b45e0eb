import type { Imported, ParameterRecord, ValueType } from "../../types";
import { Findings, indentOf, isBlank, linesOf, passageOf } from "../passage";
import { bytesOf } from "../prose-fields";
import { sectionsOf } from "../rst";

const types: ReadonlyMap<string, ValueType> = new Map([
  ["int", "integer"],
  ["siint", "integer"],
  ["sint", "integer"],
  ["bool", "boolean"],
  ["float", "number"],
  ["str", "string"],
  ["time", "duration"],
]);

/** Reads fio's HOWTO.rst: `.. option:: name=type, alias=type` and the text below it. */
export function importFioHowto(path: string, text: string): Imported {
  const lines = linesOf(text);
  const findings = new Findings(path, "fio");
  for (const section of sectionsOf(lines)) {
    let found = false;
    // Options of the program itself are no settings of a job.
    const program = /^Command line options/iu.test(section.title);
    for (let index = section.start; index < section.end; index++) {
      const head = /^\.\. option:: (.{1,200})$/u.exec(lines[index] ?? "")?.[1];
      if (head === undefined) continue;
      let end = index + 1;
      while (end < section.end && (isBlank(lines[end]) || indentOf(lines[end] ?? "") > 0)) end++;
      found = true;
      const names = namesOf(head).filter((one) => !one.name.startsWith("-"));
      if (!program && names.length > 0) add(findings, names, lines.slice(index + 1, end), section.title, index + 1);
      else if (names.length === 0 && !/^-/u.test(head)) findings.miss(index + 1, `"${head.slice(0, 40)}" names no option`);
      index = end - 1;
    }
    if (!found) findings.tell(section.title, lines.slice(section.start, section.end), section.line, section.title);
  }
  return findings.all;
}

interface Named {
  readonly name: string;
  readonly form: string | undefined;
}

/** `a=int, b=int`, `a=int[:int][,int]`, `a`, `a=str : [engine] [engine]`. */
function namesOf(head: string): readonly Named[] {
  const whole = head.replace(/\s+:\s+\[.*$/u, "");
  return [...whole.matchAll(/(?:^|,\s+)(-{0,2}[a-z][\w-]{0,60})(?:=(\w{1,20})?([^,\s]{0,60}))?/gu)].map((match) => ({ name: match[1] ?? "", form: (match[3] ?? "") === "" ? match[2] : undefined }));
}

function add(findings: Findings, names: readonly Named[], body: readonly string[], title: string, line: number): void {
  const description = passageOf(body).replace(/:(?:option|file|manpage|command):`([^`]{1,120})`/gu, "$1");
  for (const { name, form } of names) {
    const type = form === undefined ? undefined : types.get(form);
    findings.add({ name, component: "fio", kind: "setting", ...(type === undefined ? {} : { type }), ...defaultOf(description, type), description, source: { title, file: findings.file, line }, confidence: 0.85 });
  }
}

/** `Default: 1.` that ends a sentence of its own; with two of them, or one that depends on something, nothing. */
function defaultOf(description: string, type: ValueType | undefined): Pick<ParameterRecord, "default"> {
  const words = description.replace(/\s+/gu, " ");
  const found = [...words.matchAll(/\b(?:Defaults? to|Default is|Default:|default is)\s+(?:``)?([\w.-]{1,30}?)(?:``)?(?:\.(?:\s|$)|\s*$)/gu)].map((match) => match[1] ?? "");
  if (found.length !== 1 || (words.match(/\bdefaults?\b/giu) ?? []).length > 1) return {};
  const value = found[0] ?? "";
  if (type === "boolean") return /^(?:true|1|false|0)$/u.test(value) ? { default: /^(?:true|1)$/u.test(value) ? "1" : "0" } : {};
  if (type === "integer") return /^-?\d+[kKmMgG]?$/u.test(value) ? { default: bytesOf(value.replace(/m$/u, "M").replace(/g$/u, "G")) } : {};
  return /^(?:the|not|no|a|an|any|all|same|unlimited|zero|one)$/u.test(value) ? {} : { default: value };
}
