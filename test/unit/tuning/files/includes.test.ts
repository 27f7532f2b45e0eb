import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nodeDecode } from "../../../../language-server/adapters/decode";
import { nodeFiles } from "../../../../language-server/adapters/files";
import { render } from "../../../../language-server/engine/text/message";
import { tuningRuleMessages } from "../../../../language-server/engine/tuning/files/rules/registry";
import { createView } from "../../../../language-server/engine/tuning/files/rules/known";
import type { SettingsKnowledge } from "../../../../language-server/knowledge/settings";
import { checkFile } from "../../../../language-server/tuning/check";

const view = createView({ pack: () => [], records: () => [], names: [], origins: [] });
const knowledge = { viewOf: () => Promise.resolve(view) } as unknown as SettingsKnowledge;

describe("a file that others include, or that includes others", () => {
  let folder: string;
  const at = (path: string): string => join(folder, path);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  };
  const told = async (path: string, text: string, folders: readonly string[] = []): Promise<readonly string[]> => {
    write(path, text);
    const checked = await checkFile(at(path), text, new Map(), { knowledge, files: nodeFiles, decode: nodeDecode, folders });
    return (checked?.findings ?? []).map((finding) => `${finding.at.line} ${render(finding.message, tuningRuleMessages, "en").replaceAll(`${folder}/`, "")}`);
  };
  const set = (line: number, name: string, file: string, value: string): string => `${line} ${name} is set again by ${file}, which is read later, to ${value}; this line does nothing.`;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson-includes 含 ")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("of PostgreSQL: a folder's files by name, what stands behind the line counts", async () => {
    write("pg/conf.d/20-b.conf", "work_mem = 8MB\nfsync = off\n");
    write("pg/conf.d/10-a.conf", "work_mem = 6MB\n");
    write("pg/conf.d/.hidden.conf", "work_mem = 1GB\n");
    write("pg/conf.d/note.txt", "work_mem = 1GB\n");
    write("pg/more.conf", "max_wal_size = 8GB\n");
    assert.deepEqual(await told("pg/postgresql.conf", "work_mem = 4MB\nmax_wal_size = 1GB\ninclude_dir = 'conf.d'\nfsync = on\ninclude_if_exists 'more.conf'\ninclude_if_exists 'none.conf'\n"), [set(1, "work_mem", "pg/conf.d/20-b.conf", "8MB"), set(2, "max_wal_size", "pg/more.conf", "8GB")]);
    assert.deepEqual(await told("pg/conf.d/10-a.conf", "work_mem = 6MB\nfsync = off\n"), []);
    write("pg/postgresql/conf.d/10-a.conf", "");
    write("pg/postgresql/conf.d/20-b.conf", "work_mem = 8MB\n");
    write("pg/postgresql/postgresql.conf", "work_mem = 4MB\ninclude_dir 'conf.d'\nfsync = on\n");
    assert.deepEqual(await told("pg/postgresql/conf.d/10-a.conf", "work_mem = 6MB\nfsync = off\n"), [set(1, "work_mem", "pg/postgresql/conf.d/20-b.conf", "8MB"), set(2, "fsync", "pg/postgresql/postgresql.conf", "on")]);
  });

  it("of MySQL: absolute paths of a tree are the tree's own; a folder's order is told of MariaDB only", async () => {
    write("root/etc/mysql/conf.d/b.cnf", "[mysqld]\nmax_connections = 9\n");
    const text = "[mysqld]\nmax_connections = 5\n!includedir /etc/mysql/conf.d/\n!include /etc/mysql/x.cnf\n";
    write("root/etc/mysql/x.cnf", "[mysqld]\ntable_open_cache = 1\n[client]\nport = 1\n");
    assert.deepEqual(await told("root/etc/mysql/my.cnf", text), [set(2, "max_connections", "root/etc/mysql/conf.d/b.cnf", "9")]);
    write("root/etc/mysql/conf.d/c.cnf", "[mysqld]\nmax_connections = 7\n");
    assert.deepEqual(await told("root/etc/mysql/my.cnf", text), [], "which of the two wins is nobody's promise");
    write("maria/etc/mysql/mariadb.conf.d/60-z.cnf", "[mariadb]\nmax_connections = 7\n");
    write("maria/etc/mysql/mariadb.cnf", "!includedir /etc/mysql/mariadb.conf.d/\n");
    assert.deepEqual(await told("maria/etc/mysql/mariadb.conf.d/50-server.cnf", "[mariadb]\nmax_connections = 5\n"), [set(2, "max_connections", "maria/etc/mysql/mariadb.conf.d/60-z.cnf", "7")]);
  });

  it("of redis: absolute paths and patterns; a relative path depends on where the server was started", async () => {
    write("redis/local.d/1.conf", "maxmemory 2gb\n");
    write("redis/local.d/2.conf", "maxmemory 3gb\n");
    write("redis/other.conf", "appendonly yes\n");
    assert.deepEqual(await told("redis/redis.conf", `maxmemory 1gb\nappendonly no\ninclude ${at("redis/local.d/*.conf")}\ninclude other.conf\n`), [set(1, "maxmemory", "redis/local.d/2.conf", "3gb")]);
    assert.deepEqual(await told("redis/redis.conf", `include ${at("redis/other.conf")}\nappendonly no\n`), [], "what stands behind the line counts");
  });

  it("of nginx: a directive that the block has already, by what is included into that block", async () => {
    write("etc/nginx/conf.d/a.conf", "sendfile on;\nadd_header A b;\nserver {\n    keepalive_timeout 5;\n    include /etc/nginx/in-server.conf;\n}\n");
    write("etc/nginx/in-server.conf", "tcp_nopush on;\n");
    const text = "worker_processes 2;\nhttp {\n    sendfile on;\n    tcp_nopush on; keepalive_timeout 65;\n    add_header A b;\n    include conf.d/*.conf;\n    server {\n        sendfile off;\n    }\n}\nworker_processes 4;\n";
    assert.deepEqual(await told("etc/nginx/nginx.conf", text), ["3 sendfile stands in this block already, by etc/nginx/conf.d/a.conf: nginx takes it once and does not start.", "11 worker_processes stands in this block already, in line 1: nginx takes it once and does not start."]);
    assert.equal((await told("etc/nginx/nginx.conf", text.replace("conf.d/*.conf", "/etc/nginx/conf.d/*.conf"))).length, 2, "the tree's own /etc");
  });

  it("is not read from outside of its folder and of the open ones, by path or by link", async () => {
    write("secret.conf", "work_mem = 1MB\n");
    write("pg/conf.d/a.conf", "");
    symlinkSync(at("secret.conf"), at("pg/link.conf"));
    symlinkSync(folder, at("pg/all"));
    for (const line of ["include '../secret.conf'", `include '${at("secret.conf")}'`, "include 'link.conf'", "include 'all/secret.conf'", "include_dir 'all'", "include_dir '..'"]) assert.deepEqual(await told("pg/postgresql.conf", `work_mem = 4MB\n${line}\n`), [], line);
    assert.deepEqual(await told("pg/postgresql.conf", "work_mem = 4MB\ninclude '../secret.conf'\n", [folder]), [set(1, "work_mem", "secret.conf", "1MB")], "an open folder's own");
    assert.deepEqual(await told("pg/postgresql.conf", "work_mem = 4MB\ninclude '../secret.conf'\n", [at("other")]), []);
  });

  it("is left when it goes in circles, nests too deep, or is no text of its kind", async () => {
    write("pg/a.conf", "include 'b.conf'\nwork_mem = 5MB\n");
    write("pg/b.conf", "include 'a.conf'\ninclude 'postgresql.conf'\n");
    assert.deepEqual(await told("pg/postgresql.conf", "work_mem = 4MB\ninclude 'a.conf'\n"), [set(1, "work_mem", "pg/a.conf", "5MB")]);
    for (let i = 0; i < 14; i++) write(`deep/${i}.conf`, `${i === 13 ? "work_mem = 9MB" : `include '${i + 1}.conf'`}\n`);
    assert.deepEqual(await told("deep/postgresql.conf", "work_mem = 4MB\ninclude '0.conf'\n"), []);
    writeFileSync(at("pg/a.conf"), Buffer.from([0xff, 0xfe, 0, 1, 2]));
    mkdirSync(at("pg/folder.conf"));
    assert.deepEqual(await told("pg/postgresql.conf", "work_mem = 4MB\ninclude 'a.conf'\ninclude 'folder.conf'\ninclude ''\ninclude_dir 'a.conf'\n"), []);
  });
});
