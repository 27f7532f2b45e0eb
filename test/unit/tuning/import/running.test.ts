import assert from "node:assert/strict";
import fc from "fast-check";
import { conflictsOf, undisputed } from "../../../../language-server/engine/tuning/import/conflicts";
import { integerOf } from "../../../../language-server/engine/tuning/import/c-arithmetic";
import { importPgSettings, importRedisValues, importServerVariables, importSystemVariables } from "../../../../language-server/engine/tuning/import/running/databases";
import { importSysctlValues, importSysfsValues } from "../../../../language-server/engine/tuning/import/running/kernel";
import type { Imported, ParameterRecord } from "../../../../language-server/engine/tuning/types";
import { readDatabaseAddress } from "../../../../language-server/knowledge/running-database";
import { brief } from "./brief";

const seen = ({ parameters }: Imported): readonly string[] => parameters.map((one) => `${brief(one).split(" @")[0] ?? ""} now ${one.current ?? "-"}`);

describe("importing a running system", () => {
  it("reads sysctls, one for all interfaces, without names and keys of the machine", () => {
    const found = importSysctlValues("/proc/sys", "vm.oars = 4\nnet.ipv4.tcp_rmem = 1\t2\t3\nnet.ipv4.conf.all.x = 1\nnet.ipv4.conf.eth0.x = 1\nkernel.hostname = me\nnet.ipv4.tcp_fastopen_key = 1-2\nsysctl: permission denied on key 'vm.y'\nrubbish\n");
    assert.deepEqual(seen(found), ["vm.oars now 4", "net.ipv4.tcp_rmem now 1 2 3", "net.ipv4.conf.all.x now 1", "kernel.hostname now -", "net.ipv4.tcp_fastopen_key now -"]);
    assert.deepEqual(found.unread.map((one) => one.line), [7]);
  });

  it("reads a choice of /sys as its values and the one that holds", () => {
    assert.deepEqual(seen(importSysfsValues("/sys", "/sys/block/vda/queue/scheduler = [none] mq-deadline\n/sys/block/vda/queue/nr_requests = 64\n")), ["/sys/block/vda/queue/scheduler enum range={none,mq-deadline} now none", "/sys/block/vda/queue/nr_requests now 64"]);
  });

  it("reads what databases tell of themselves, secrets left out", () => {
    const row = (...fields: string[]): string => fields.join("\u001f");
    const rows = [row("shared_oars", "128", "8kB", "Oars.", "", "postmaster", "integer", "16", "1073741823", "", "1024", "f"), row("mood", "calm", "", "Mood.", "", "user", "enum", "", "", "calm,wild", "calm", "t"), row("primary_conninfo", "password=x", "", "C.", "", "sighup", "string", "", "", "", "", "f"), row("block_size", "8192", "", "B", "", "internal", "integer", "1", "2", "", "8192", "f"), row("short", "1")];
    const found = importPgSettings("postgresql://h", `${rows.join("\n")}\n`);
    assert.deepEqual(seen(found), ["shared_oars bytes default=1024 range=16..1073741823 unit=8kB now 128", "mood enum default=calm range={calm,wild} now -", "primary_conninfo string now -"]);
    assert.equal(found.unread.length, 1);
    assert.deepEqual(seen(importServerVariables("mysql://h", "oars\t4\nlamp\tON\nssl_key\t/x\n", "mysql")), ["oars now 4", "lamp boolean now ON", "ssl_key now -"]);
    assert.deepEqual(importServerVariables("mysql://h", "oars\t4\nversion\t10.11.2-MariaDB\n", "mysql").parameters.map(({ component }) => component), ["mariadb", "mariadb"]);
    const line = (...fields: string[]): string => fields.join("\t");
    const variables = importSystemVariables("mariadb://h", [line("oars", "4", "2", "BIGINT UNSIGNED", "1", "8", "", "NO", "CONFIG", "Oars\\tand more."), line("mood", "calm", "wild", "ENUM", "", "", "calm,wild", "YES", "COMPILE-TIME", "Mood."), line("place", "/x", "/y", "VARCHAR", "", "", "", "YES", "AUTO", ""), line("short"), ""].join("\n"));
    assert.deepEqual(seen(variables), ["oars integer default=2 range=1..8 now 4", "mood enum default=wild range={calm,wild} now calm", "place string now /x"]);
    assert.deepEqual([variables.unread.length, variables.parameters[0]?.description], [1, "Oars\tand more."]);
    assert.deepEqual(seen(importServerVariables("mysql://h", "key_buffer_size\t8\nlog_hostname\tON\nreport_password\t12\nmy_auth\t1\n", "mysql")), ["key_buffer_size now 8", "log_hostname boolean now ON", "report_password now -", "my_auth now -"]);
    assert.deepEqual(seen(importRedisValues("redis://h", "oars\r\n4\r\nrequirepass\r\nsecret\r\nsave\r\n\r\n")), ["oars now 4", "requirepass now -", "save now "]);
  });

  it("reads answers of any shape, cut anywhere, without an exception, and points at their lines", () => {
    const pieces = fc.array(fc.oneof(fc.constantFrom("oars", "\t", "\u001f", "\n", "\r\n", "\\n", "\\", "ON", "4", "kB", "ENUM", "a,b", "internal", "\uFEFF", "船", "\u0000", "requirepass", "version\t10-MariaDB\n", "x".repeat(600)), fc.string({ maxLength: 6 })), { maxLength: 60 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(pieces, (text) => {
        const lines = text.split("\n").length;
        for (const { parameters, unread } of [importPgSettings("f", text), importSystemVariables("f", text), importServerVariables("f", text, "mysql"), importRedisValues("f", text), importSysctlValues("f", text), importSysfsValues("f", text)]) {
          for (const { line } of [...parameters.map(({ source }) => source), ...unread]) assert.ok(line >= 1 && line <= lines);
          for (const { name, current } of parameters) assert.ok(name !== "" && (current ?? "").length <= 500 && (name !== "requirepass" || current === undefined));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("takes addresses of servers, and none that would be an option of their client", () => {
    assert.deepEqual(readDatabaseAddress("postgres://me:p%20w@db.example.com:5433/x"), { scheme: "postgresql", host: "db.example.com", port: "5433", user: "me", password: "p w", database: "x" });
    assert.equal(readDatabaseAddress("redis://[::1]")?.host, "::1");
    for (const bad of ["db.example.com", "redis:secret@x", "http://x", "postgresql://-x@h/d", "postgresql://h/-d", "mysql://%E0%A4%A@h"]) assert.equal(readDatabaseAddress(bad), undefined, bad);
  });
});

describe("what sources say differently", () => {
  it("is a conflict only when the values differ, not their spelling", () => {
    const record = (file: string, fields: Partial<ParameterRecord>): ParameterRecord => ({ name: "vm.oars", component: "kernel", kind: "sysctl", description: "", source: { title: "", file, line: 1 }, confidence: 1, ...fields });
    assert.deepEqual(conflictsOf([record("a", { default: "64kB", type: "bytes", range: { min: "0", max: "9" } }), record("b", { default: "65536", type: "integer", range: { min: "0", max: "10" } }), record("c", { default: "65536" })]).map(({ field, statements }) => `${field}: ${statements.map(({ value, source }) => `${value} ${source.file}`).join(", ")}`), ["max: 9 a, 10 b"]);
    const left = (records: readonly ParameterRecord[]): readonly string[] => undisputed(records).map((one) => `${one.source.file} ${one.default ?? "-"} ${one.range?.max ?? "-"}`);
    assert.deepEqual(left([record("a", { default: "1", range: { max: "9" }, confidence: 0.9 }), record("b", { default: "2", confidence: 0.8 }), record("other", { component: "redis", default: "3" })]), ["a - 9", "b - -", "other 3 -"]);
    assert.deepEqual(left([record("running", { default: "1" }), record("document", { default: "2", confidence: 0.8 })]), ["running 1 -", "document - -"]);
    assert.deepEqual(conflictsOf([record("a", { default: "on" }), record("b", { default: "1", name: "vm/oars" })]), []);
  });
});

describe("constants of C", () => {
  it("are computed where they are of integers, and left alone otherwise", () => {
    const macro = (name: string): string | undefined => ({ KB: "(1024)", LOOP: "LOOP + 1", MB: "KB * KB" })[name];
    for (const [text, value] of [["4*1024", 4096n], ["(16 * MB)", 16777216n], ["INT_MAX / 2", 1073741823n], ["1U << 20", 1048576n], ["0x10UL", 16n], ["-1", -1n], ["(ulong) 3", 3n], ["010", 8n], ["2 + 3 * 4", 14n], ["LOOP", undefined], ["1.5", undefined], ["f(3)", undefined], ["~0UL", undefined], ["1 /0", undefined], ["", undefined], ["(".repeat(90), undefined]] as const) assert.equal(integerOf(text, macro), value, text);
  });
});
