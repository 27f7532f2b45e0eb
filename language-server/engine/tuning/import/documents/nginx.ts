import type { Imported, ParameterRecord, ValueType } from "../../types";
import { Findings, passageOf } from "../passage";
import { titleOf } from "./html";
import { closeOf, markupPieces, wordsOf, type MarkupPiece } from "./markup";

const component = "nginx";
/** No page has nearly as many. */
const mostSections = 300;

/** Reads a module's reference of nginx.org, as XML (its source) or as the page made of it. */
export function importNginxDocument(path: string, text: string): Imported {
  const findings = new Findings(path, component);
  const pieces = markupPieces(path, text);
  const module = pieces.find((piece) => piece.kind === "open" && piece.name === "module");
  const title = (module?.kind === "open" ? module.attributes.get("name") : undefined) ?? titleOf(pieces) ?? "nginx";
  let sections = 0;
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    if (piece?.kind !== "open") continue;
    const isPage = piece.name === "div" && piece.attributes.get("class") === "directive";
    if (!isPage && piece.name !== "directive" && piece.name !== "section") continue;
    const end = closeOf(pieces, index);
    if (piece.name === "directive") {
      addXml(findings, pieces, index, end, title);
      index = end;
    } else if (isPage) {
      addPage(findings, pieces, index, end, title);
      index = end;
    } else if (++sections < mostSections && piece.attributes.get("id") !== "directives" && !hasDirective(pieces, index, end)) {
      findings.tell(piece.attributes.get("name") ?? title, wordsOf(pieces, index, end).split("\n"), piece.line, title);
    }
  }
  return findings.all;
}

function hasDirective(pieces: readonly MarkupPiece[], from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    const piece = pieces[index];
    if (piece?.kind === "open" && piece.name === "directive") return true;
  }
  return false;
}

function addXml(findings: Findings, pieces: readonly MarkupPiece[], at: number, end: number, title: string): void {
  const open = pieces[at];
  const name = open?.kind === "open" ? (open.attributes.get("name") ?? "") : "";
  const syntax: string[] = [];
  const contexts: string[] = [];
  let value: string | undefined;
  let since: string | undefined;
  let body = end;
  for (let index = at + 1; index < end; index++) {
    const piece = pieces[index];
    if (piece?.kind !== "open") continue;
    const close = Math.min(closeOf(pieces, index), end);
    const words = (): string => wordsOf(pieces, index, close).replace(/\s+/gu, " ").trim();
    if (piece.name === "syntax") syntax.push(words());
    else if (piece.name === "default") value = words();
    else if (piece.name === "context") contexts.push(words());
    else if (piece.name === "appeared-in") since = words();
    else if (piece.name === "para") {
      body = index;
      break;
    }
    index = Math.max(index, close);
  }
  add(findings, { name, syntax, contexts, value, since, body: wordsOf(pieces, body, end), line: open?.line ?? 1, title });
}

/** `<div class="directive"><table><tr><th>Syntax:</th><td>…` with the text behind it up to the next one. */
function addPage(findings: Findings, pieces: readonly MarkupPiece[], at: number, end: number, title: string): void {
  const cells = wordsOf(pieces, at, end).split("\n");
  const of = (label: string): readonly string[] => {
    const from = cells.indexOf(label);
    if (from < 0) return [];
    const rest = cells.slice(from + 1);
    const to = rest.findIndex((cell) => /^(?:Syntax|Default|Context):$|^This directive /u.test(cell));
    return to < 0 ? rest : rest.slice(0, to);
  };
  const lines = of("Syntax:");
  const name = /^(\w{1,60})/u.exec(lines[0] ?? "")?.[1] ?? "";
  let next = end + 1;
  while (next < pieces.length && next < end + 3000) {
    const piece = pieces[next];
    if (piece?.kind === "open" && piece.name === "div" && piece.attributes.get("class") === "directive") break;
    next++;
  }
  const since = /^This directive appeared in version(?:s)? ([\d.]+)/u.exec(cells.at(-1) ?? "")?.[1];
  const value = of("Default:").join(" ").replace(new RegExp(String.raw`^${name}\s+`, "u"), "").replace(/;$/u, "");
  add(findings, { name, syntax: lines.map((line) => line.replace(new RegExp(String.raw`^${name}\s*`, "u"), "").replace(/;$/u, "")), contexts: of("Context:").flatMap((cell) => cell.split(/,\s*/u)), value: value === "—" ? undefined : value, since, body: wordsOf(pieces, end, next), line: pieces[at]?.line ?? 1, title });
}

interface Directive {
  readonly name: string;
  readonly syntax: readonly string[];
  readonly contexts: readonly string[];
  readonly value: string | undefined;
  readonly since: string | undefined;
  readonly body: string;
  readonly line: number;
  readonly title: string;
}

function add(findings: Findings, one: Directive): void {
  if (!/^\w[\w-]{0,60}$/u.test(one.name)) {
    findings.miss(one.line, "a directive without a name");
    return;
  }
  const version = one.since === undefined ? undefined : /^\d+\.\d+\.\d+/u.exec(one.since)?.[0];
  findings.add({
    name: one.name,
    component,
    kind: "setting",
    ...fieldsOf(one),
    ...(version === undefined ? {} : { since: version }),
    description: passageOf([...one.body.split("\n"), one.syntax.map((form) => `${one.name} ${form};`).join(" "), ...(one.contexts.length === 0 ? [] : [`Context: ${one.contexts.join(", ")}`])]),
    source: { title: one.title, file: findings.file, line: one.line },
    confidence: 0.9,
  });
}

function fieldsOf({ syntax, value }: Directive): Pick<ParameterRecord, "type" | "default" | "range"> {
  const form = syntax.length === 1 ? (syntax[0] ?? "").trim() : "";
  const words = form.split(/\s*\|\s*/u);
  const plain = words.length > 1 && words.every((word) => /^[\w.-]{1,40}$/u.test(word)) && !words.some((word) => /^(?:number|size|time|string|name|path|file|address|mask|value|offset|code|rate|level|zone|method|regex)$/u.test(word));
  const options = plain ? words : undefined;
  const type = options === undefined ? typeOf(form) : options.length === 2 && options.includes("on") && options.includes("off") ? "boolean" : "enum";
  // "auto (1.2.3)" and lists of alternatives are prose.
  const stated = value !== undefined && value !== "" && /^[^\s|;][^|;]{0,80}$/u.test(value) ? value : undefined;
  return { ...(type === undefined ? {} : { type }), ...(stated === undefined ? {} : { default: stated }), ...(options === undefined ? {} : { range: { values: options } }) };
}

function typeOf(form: string): ValueType | undefined {
  if (form === "number") return "integer";
  if (form === "size") return "bytes";
  if (form === "time") return "duration";
  return undefined;
}
