import type { Imported, ParameterRecord, ValueType } from "../../types";
import { Findings, passageOf } from "../passage";
import { titleOf } from "./html";
import { closeOf, markupPieces, wordsOf, type MarkupPiece } from "./markup";

const types: ReadonlyMap<string, ValueType> = new Map([
  ["boolean", "boolean"],
  ["integer", "integer"],
  ["floating point", "number"],
  ["string", "string"],
  ["enum", "enum"],
]);

const plainUnits: readonly (readonly [RegExp, string, ValueType])[] = [
  [/without units, it is taken as kilobytes/u, "kB", "bytes"],
  [/without units, it is taken as (?:WAL )?blocks/u, "8kB", "bytes"],
  [/without units, it is taken as megabytes/u, "MB", "bytes"],
  [/without units, it is taken as bytes/u, "B", "bytes"],
  [/without units, it is taken as milliseconds/u, "ms", "duration"],
  [/without units, it is taken as seconds/u, "s", "duration"],
  [/without units, it is taken as minutes/u, "min", "duration"],
];

/** Reads the server configuration chapter of PostgreSQL's manual: config.sgml, or its pages runtime-config-*.html. */
export function importPostgresqlDocument(path: string, text: string): Imported {
  const findings = new Findings(path, "postgresql");
  const pieces = markupPieces(path, text);
  let title = titleOf(pieces) ?? "Server Configuration";
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    if (piece?.kind !== "open") continue;
    if (piece.name === "title" || /^h[2-4]$/u.test(piece.name)) title = wordsOf(pieces, index, closeOf(pieces, index)).replace(/\s+/gu, " ").trim().slice(0, 120);
    if (!/^guc-/iu.test(piece.attributes.get("id") ?? "")) continue;
    if (piece.name === "varlistentry") index = addEntry(findings, pieces, index, title, "term", "listitem");
    else if (piece.name === "dt") index = addEntry(findings, pieces, index, title, "dt", "dd");
  }
  return findings.all;
}

/** The last piece of the entry. */
function addEntry(findings: Findings, pieces: readonly MarkupPiece[], at: number, title: string, termName: string, bodyName: string): number {
  const next = (name: string, from: number): number => pieces.findIndex((piece, index) => index >= from && index < from + 400 && piece.kind === "open" && piece.name === name);
  const body = next(bodyName, at);
  if (body < 0) return at;
  const end = closeOf(pieces, body);
  const description = wordsOf(pieces, body, end);
  const term = next(termName, at);
  const names: { name: string; type: string; line: number }[] = [];
  for (let index = Math.max(term, at); index < body; index++) {
    const piece = pieces[index];
    if (piece?.kind !== "open") continue;
    const isName = piece.name === "varname" || (piece.name === "code" && piece.attributes.get("class") === "varname");
    const isType = piece.name === "type" || (piece.name === "code" && piece.attributes.get("class") === "type");
    const words = isName || isType ? wordsOf(pieces, index, closeOf(pieces, index)).trim() : "";
    if (isName && /^[A-Za-z][\w.]{1,80}$/u.test(words) && !names.some((one) => one.name === words)) names.push({ name: words, type: "", line: piece.line });
    if (isType) for (const one of names) if (one.type === "") one.type = words;
    // The index of the book names the setting once more.
    if (piece.name === "indexterm") index = closeOf(pieces, index);
  }
  if (names.length === 0) findings.miss(pieces[at]?.line ?? 1, "an entry of the settings does not name its setting");
  for (const { name, type, line } of names) findings.add({ name, component: "postgresql", kind: "setting", ...fieldsOf(type, description), description: passageOf(description.split("\n")), source: { title, file: findings.file, line }, confidence: 0.9 });
  return Math.min(end, pieces.length);
}

function fieldsOf(written: string, text: string): Pick<ParameterRecord, "type" | "unit" | "restart"> {
  const words = text.replace(/\s+/gu, " ");
  const unit = plainUnits.find(([pattern]) => pattern.test(words));
  const type = unit?.[2] ?? types.get(written);
  const restart = /can only be set at server start/u.test(words) ? "service" : undefined;
  return { ...(type === undefined ? {} : { type }), ...(unit === undefined ? {} : { unit: unit[1] }), ...(restart === undefined ? {} : { restart }) };
}
