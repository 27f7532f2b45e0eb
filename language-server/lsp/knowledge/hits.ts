import { join } from "node:path";
import { factual } from "../../engine/tuning/import/measured";
import type { SearchHit } from "../../engine/tuning/store/types";
import type { KnowledgeSource, ParameterRecord } from "../../engine/tuning/types";
import type { KnowledgeHit } from "../../protocol/knowledge";
import type { Words } from "../../words";

/** Characters of the text in a list. */
const shown = 300;

/** What is said of a parameter's fields, in a line. */
export function factsOf(records: readonly ParameterRecord[], words: Words): string {
  const settled = factual(records);
  const first = <K extends keyof ParameterRecord>(field: K): ParameterRecord[K] | undefined => settled.find((record) => record[field] !== undefined)?.[field];
  const [type, value, range, unit, current, restart, since] = [first("type"), first("default"), first("range"), first("unit"), first("current"), first("restart"), first("since")];
  const say = (id: string, args: Readonly<Record<string, string>>): string => words.say({ id: `knowledge.fact.${id}`, args });
  const facts = [
    type,
    value === undefined ? undefined : say("default", { value: value === "" ? '""' : value }),
    range === undefined ? undefined : range.values !== undefined ? say("values", { values: range.values.join(", ") }) : range.min !== undefined && range.max !== undefined ? say("range", { min: range.min, max: range.max }) : range.min !== undefined ? say("atLeast", { min: range.min }) : range.max !== undefined ? say("atMost", { max: range.max }) : undefined,
    unit === undefined ? undefined : say("unit", { unit }),
    current === undefined ? undefined : say("current", { value: current === "" ? '""' : current }),
    restart === "service" || restart === "reboot" ? say(restart, {}) : undefined,
    since === undefined ? undefined : say("since", { version: since }),
  ];
  return facts.filter((fact) => fact !== undefined).join(" · ");
}

export interface HitContext {
  readonly words: Words;
  /** All records of a name. */
  records(name: string): Promise<readonly ParameterRecord[]>;
  /** Absolute path of a source's file when it is on this machine. */
  place(source: KnowledgeSource): Promise<string | undefined>;
}

export async function hitView({ name, kind, component, source, record }: SearchHit, context: HitContext): Promise<KnowledgeHit> {
  const own = "description" in record ? (await context.records(name)).filter((one) => one.kind === kind && one.component === component) : [];
  const text = ("description" in record ? record.description : record.text).replace(/\s+/gu, " ").trim();
  const path = await context.place(source);
  return {
    name,
    kind,
    component,
    text: text.length > shown ? `${text.slice(0, shown).replace(/\s\S*$/u, "")} …` : text,
    facts: factsOf(own, context.words),
    source: `${source.file}:${source.line}  ${source.title}`,
    place: path === undefined ? undefined : { path, line: source.line },
    page: pageOf(name, own, "description" in record ? undefined : record.text, source, context.words),
  };
}

/** Text of others is shown as text: in a block of code that it can't close. */
function pageOf(name: string, records: readonly ParameterRecord[], prose: string | undefined, source: KnowledgeSource, words: Words): string {
  const code = (text: string): string => `\`${text.replace(/[`\r\n]/gu, " ")}\``;
  const block = (text: string): string => `~~~~text\n${text.replace(/^~{3,}/gmu, "~ ~")}\n~~~~`;
  const parts = prose === undefined ? records.map((record) => [`## ${code(`${record.source.file}:${record.source.line}`)} ${code(record.source.title)}`, "", factsOf([record], words), "", ...(record.description === "" ? [] : [block(record.description)])].join("\n")) : [[`## ${code(`${source.file}:${source.line}`)}`, "", block(prose)].join("\n")];
  return [`# ${code(name)}`, ...parts].join("\n\n");
}

/** Path of a file of an origin, if the origin is a folder and the file stays within it. */
export function placeIn(origin: string, file: string): string | undefined {
  if (!origin.startsWith("/") && !/^[A-Za-z]:[\\/]/u.test(origin)) return undefined;
  return file.split("/").includes("..") ? undefined : join(origin, file);
}
