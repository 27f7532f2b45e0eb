import { join } from "node:path";
import { never } from "../../../language-server/adapters/cancel";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { createProcess } from "../../../language-server/adapters/process";
import { documentImporterOf, mayBeDocument } from "../../../language-server/engine/tuning/import/documents";
import { measured } from "../../../language-server/engine/tuning/import/measured";
import type { ParameterRecord } from "../../../language-server/engine/tuning/types";
import { filesBelow, readSmall } from "../../../language-server/knowledge/index-files";
import { askDatabase, readDatabaseAddress } from "../../../language-server/knowledge/running-database";
import { startMariadb, startPostgresql, startRedis } from "../../support/databases";
import type { BenchTable } from "../table";

type Field = "type" | "default" | "range";

/** What documents and sources in `--docs` folders say of servers' settings, against what servers of this machine say of themselves: give those of the same version. */
export async function benchTuningLive({ docs = [] }: { readonly docs?: readonly string[] }): Promise<readonly BenchTable[]> {
  const servers = [
    { component: "postgresql", start: startPostgresql, address: (port: number) => `postgresql://keel@127.0.0.1:${port}/postgres` },
    { component: "mariadb", start: startMariadb, address: (port: number) => `mariadb://root@127.0.0.1:${port}` },
    { component: "redis", start: () => startRedis("keel"), address: (port: number) => `redis://:keel@127.0.0.1:${port}` },
  ];
  const stated = await statementsIn(docs);
  const rows: (readonly (string | number)[])[] = [];
  for (const { component, start, address } of servers) {
    const own = stated.filter(({ record }) => record.component === component);
    const server = own.length === 0 ? undefined : await start();
    if (server === undefined) continue;
    try {
      const truth = await truthOf(address(server.port), component);
      for (const importer of [...new Set(own.map((one) => one.importer))]) for (const field of ["type", "default", "range"] as const) rows.push(row(component, importer, field, own.filter((one) => one.importer === importer).map((one) => one.record), truth));
    } finally {
      await server.stop();
    }
  }
  return [{ title: "Fields of documents and sources against running servers of this machine", columns: ["component", "importer", "field", "stated and known", "right", "precision", "as told", "wrong"], rows }];
}

interface Statement {
  readonly importer: string;
  readonly record: ParameterRecord;
}

async function statementsIn(folders: readonly string[]): Promise<readonly Statement[]> {
  const found: Statement[] = [];
  for (const folder of folders) {
    for (const path of await filesBelow(folder, mayBeDocument, never)) {
      const bytes = await readSmall(join(folder, path));
      const text = bytes === undefined ? "" : nodeDecode.text(bytes);
      const importer = documentImporterOf(path, text);
      for (const record of importer?.read(path, text, { component: "", named: false, engineOptions: new Map() }).parameters ?? []) found.push({ importer: importer?.id ?? "", record });
    }
  }
  return found;
}

/** What the servers were started with is no default of theirs. */
const ours = new Set(["port", "bind", "save", "dir", "datadir", "requirepass", "socket", "pid_file", "bind_address", "listen_addresses", "unix_socket_directories"]);

/** Of redis only what an unconfigured server does is known: that is its default. */
async function truthOf(address: string, component: string): Promise<ReadonlyMap<string, ParameterRecord>> {
  const database = readDatabaseAddress(address);
  if (database === undefined) throw new Error("no address of a server");
  const asked = await askDatabase(database, createProcess({ trusted: () => true, log: { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error } }), never);
  if ("reason" in asked) throw new Error(asked.reason);
  return new Map(asked.imported.parameters.filter(({ name }) => !ours.has(keyOf(name))).map((record) => [keyOf(record.name), component === "redis" && record.current !== undefined ? { ...record, default: record.current } : record]));
}

function keyOf(name: string): string {
  return name.toLowerCase().replaceAll("-", "_");
}

function row(component: string, importer: string, field: Field, records: readonly ParameterRecord[], truth: ReadonlyMap<string, ParameterRecord>): readonly (string | number)[] {
  let known = 0;
  const wrong: string[] = [];
  for (const record of records) {
    const live = truth.get(keyOf(record.name));
    if (live?.[field] === undefined || record[field] === undefined) continue;
    known++;
    if (!agrees(record, live, field)) wrong.push(`${record.name}: ${JSON.stringify(record[field])}, ${JSON.stringify(live[field])}${live.unit === undefined ? "" : ` ${live.unit}`}`);
  }
  const told = measured.find((one) => one.component === component && one.field === field && one.importer === importer);
  return [component, importer, field, known, known - wrong.length, known === 0 ? "" : ((known - wrong.length) / known).toFixed(3), told === undefined ? "" : `${told.right}/${told.stated}`, wrong.slice(0, 12).join("; ")];
}

function agrees(stated: ParameterRecord, live: ParameterRecord, field: Field): boolean {
  if (field === "type") return stated.type === live.type || (isNumber(stated.type) && isNumber(live.type));
  if (field === "default") return plain(stated.default ?? "", stated.unit ?? live.unit) === plain(live.default ?? "", live.unit);
  const values = live.range?.values;
  if (values !== undefined || stated.range?.values !== undefined) return (stated.range?.values ?? []).every((value) => values?.includes(value) === true);
  return (["min", "max"] as const).every((bound) => stated.range?.[bound] === undefined || live.range?.[bound] === undefined || plain(stated.range[bound], stated.unit ?? live.unit) === plain(live.range[bound], live.unit));
}

function isNumber(type: string | undefined): boolean {
  return type === "integer" || type === "number" || type === "bytes" || type === "duration";
}

/** Milliseconds. */
const times: ReadonlyMap<string, number> = new Map([["us", 0.001], ["ms", 1], ["s", 1000], ["min", 60_000], ["h", 3_600_000], ["d", 86_400_000]]);

/** A value in bytes, milliseconds or as it is, so that `4MB` and `512` of 8 kB are one. */
function plain(value: string, unit: string | undefined): string {
  const bare = value.replace(/^['"](.*)['"]$/u, "$1").trim().toLowerCase();
  if (/^(?:on|yes|true)$/u.test(bare)) return "1";
  if (/^(?:off|no|false)$/u.test(bare)) return "0";
  const [, number = "", own = ""] = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*([a-z]*)$/u.exec(bare) ?? [];
  if (number === "") return bare;
  if (Number(number) < 0) return String(Number(number));
  const measure = own === "" ? (unit ?? "") : own;
  const time = times.get(measure);
  if (time !== undefined) return String(Number(number) * time);
  const [, count = "", name = ""] = /^(\d*)([a-z]*)$/iu.exec(measure) ?? [];
  return String(Number(number) * Number(count === "" ? "1" : count) * 1024 ** Math.max(0, " kmgt".indexOf(name.charAt(0).toLowerCase() || " ")));
}
