import type { Imported, ParameterRecord } from "../types";
import { Findings, indentOf, isBlank, linesOf, passageOf } from "./passage";
import { proseFields } from "./prose-fields";

const head = /^([A-Za-z0-9_<][\w.<>*-]{0,80})(\[?=\S*)?(?:\s*(\[[^\]]{1,120}\]))?(?:\s+(.*))?$/u;

interface Head {
  readonly name: string;
  /** What stands after the equals sign, the sign included: `=nn[KMG]`. */
  readonly form: string;
  readonly tags: string;
  readonly rest: string;
  readonly line: number;
}

/** Reads Documentation/admin-guide/kernel-parameters.txt: names at the first tab stop, their text at the third, options of a list at the second. */
export function importKernelParameters(path: string, text: string): Imported {
  const lines = linesOf(text);
  const findings = new Findings(path);
  let heads: Head[] = [];
  let body: string[] = [];
  let start = 0;
  const finish = (): void => {
    for (const one of heads) add(findings, one, heads.at(-1) ?? one, body, heads.length > 1);
    const only = heads[0];
    if (heads.length === 1 && only !== undefined) addOptions(findings, only, body, start);
    heads = [];
    body = [];
  };
  for (const [index, line] of lines.entries()) {
    const indent = indentOf(line);
    if (isBlank(line) || indent > 8) {
      if (heads.length > 0) body.push(line);
      continue;
    }
    const found = indent === 8 ? headOf(line.trim(), index + 1) : undefined;
    const stacked = heads.length > 0 && heads.length < 20 && body.length === 0 && heads.every((one) => one.rest === "");
    if (!stacked || !found) finish();
    if (found) {
      heads.push(found);
      start = index + 1;
    } else if (indent === 8 && index > 0) {
      findings.miss(index + 1, `"${line.trim().slice(0, 40)}" is at the place of a parameter and is not the name of one`);
    }
  }
  finish();
  return findings.all;
}

function headOf(text: string, line: number): Head | undefined {
  const match = head.exec(text);
  if (match?.[1] === undefined) return undefined;
  const [, name, form = "", tags = "", rest = ""] = match;
  // Words of a sentence have neither an equals sign nor tags after the first.
  if (form === "" && tags === "" && /^[A-Z]?[a-z]+\s[a-z]+\s[a-z]+\s/u.test(text) && !text.includes("\t")) return undefined;
  return { name, form, tags, rest, line };
}

/** `kvm-intel.nested` is a module's parameter, and the kernel takes a dash for an underscore there: `kvm_intel.nested`. */
function placed(name: string): Pick<ParameterRecord, "name" | "kind"> {
  const dotted = /^([a-z][\w-]*)\.(\w[\w.-]*)$/u.exec(name);
  return dotted === null ? { name, kind: "kernel-parameter" } : { name: `${(dotted[1] ?? "").replaceAll("-", "_")}.${dotted[2] ?? ""}`, kind: "module-parameter" };
}

function add(findings: Findings, one: Head, last: Head, body: readonly string[], shared: boolean): void {
  const words = [last.rest, ...optionless(body)];
  const tags = one.tags === "" ? (/^\s*(\[[^\]]{1,120}\])/u.exec(body.find((line) => !isBlank(line)) ?? "")?.[1] ?? last.tags) : one.tags;
  const form = formOf(one, words);
  const fields = shared ? {} : proseFields(one.name, words, form.type, false);
  const description = passageOf([`${tags} ${last.rest}`.trim(), ...body]);
  findings.add({
    ...placed(one.name),
    component: "kernel",
    ...fields,
    ...form,
    restart: "reboot",
    description: description === "" ? `${one.name}${one.form}` : description,
    source: { title: tags === "" ? "The kernel's command-line parameters" : `The kernel's command-line parameters ${tags}`, file: findings.file, line: one.line },
    confidence: Object.keys(fields).length > 1 ? 0.8 : 0.9,
  });
}

/** Text of an option's list is not the parameter's own. */
function optionless(body: readonly string[]): readonly string[] {
  return body.filter((line) => indentOf(line) !== 16);
}

/** What `Format:` or the form after the equals sign tells outright. */
function formOf(one: Head, words: readonly string[]): Pick<ParameterRecord, "type" | "range"> {
  const joined = words.slice(0, 12).join(" ").replace(/\s+/gu, " ");
  const stated = /\bFormat:\s*(\{[^}]{1,200}\}|\[[^\]]{1,200}\]|<[\w -]{1,40}>|[\w[\]<>-]{1,40})(.{0,12})/u.exec(joined);
  const form = stated?.[1] ?? /^=(\{[^}]*\}|\[[^\]]*\]|<[\w-]+>|n{1,2}(?:\[KMG\])?)$/u.exec(one.form)?.[1];
  if (form === undefined) return {};
  const listed = /^[{[](.*)[}\]]$/u.exec(form)?.[1];
  const after = stated?.[2]?.trim() ?? "";
  if (listed !== undefined) {
    const values = listed.split(/\s*[|,]\s*/u).map((item) => item.trim().replaceAll('"', ""));
    if (after.startsWith("[") || after.startsWith("|") || values.length < 2 || values.length > 40 || !values.every((item) => /^[\w.+-]{1,40}$/u.test(item))) return {};
    return { type: "enum", range: { values } };
  }
  if (/^[,:|[]/u.test(after)) return {};
  const bare = form.replace(/[<>]/gu, "").toLowerCase();
  if (/^(?:bool|boolean)$/u.test(bare)) return { type: "boolean" };
  if (/^(?:int|integer|unsigned int|uint|long|ulong|number|num)$/u.test(bare)) return { type: "integer" };
  if (/^(?:nn\[kmg\]|size\[kmg\]|n\[kmg\]|nn\[kmgtpe\])$/u.test(bare)) return { type: "bytes" };
  if (/^(?:string|str)$/u.test(bare)) return { type: "string" };
  return /^nn?$/u.test(bare) && stated === null ? { type: "integer" } : {};
}

/** Lines at the second tab stop are options of the value: `pci=noacpi`. */
function addOptions(findings: Findings, owner: Head, body: readonly string[], start: number): void {
  if (owner.form === "") return;
  for (let index = 0; index < body.length; index++) {
    const line = body[index] ?? "";
    if (indentOf(line) !== 16 || isBlank(line)) continue;
    const match = /^([a-z][\w.+-]{0,60}(?:=\S{0,40})?)(?:\t\s*|\s{2,}|\s+(?=\[))(\S.*)$/u.exec(line.trim()) ?? /^([a-z][\w.+-]{0,60}(?:=\S{0,40})?)$/u.exec(line.trim());
    if (match?.[1] === undefined) continue;
    let end = index + 1;
    while (end < body.length && !isBlank(body[end]) && indentOf(body[end] ?? "") > 16) end++;
    const description = passageOf([match[2] ?? "", ...body.slice(index + 1, end)]);
    if (description === "") continue;
    findings.add({
      name: `${owner.name}=${match[1].replace(/=.*$/u, "")}`,
      component: "kernel",
      kind: "kernel-parameter",
      restart: "reboot",
      description,
      source: { title: `Options of ${owner.name}=`, file: findings.file, line: start + index + 1 },
      confidence: 0.8,
    });
    index = end - 1;
  }
}
