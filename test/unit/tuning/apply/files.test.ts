import assert from "node:assert/strict";
import fc from "fast-check";
import { fromBase64, toBase64 } from "../../../../language-server/engine/text/base64";
import { setInFile } from "../../../../language-server/engine/tuning/apply/edit";
import { lineDiff } from "../../../../language-server/engine/tuning/apply/line-diff";
import { readLooked, type LookedFile } from "../../../../language-server/engine/tuning/apply/look";
import { planFiles } from "../../../../language-server/engine/tuning/apply/plan-files";
import { applyEdits, undoEdits } from "../../../../language-server/engine/tuning/apply/text-edit";
import { setInTmpfiles } from "../../../../language-server/engine/tuning/apply/tmpfiles";
import { nodeDecode } from "../../../../language-server/adapters/decode";
import { formatNamed } from "../../../../language-server/engine/tuning/files/formats";
import type { FileKind } from "../../../../language-server/engine/tuning/files/types";
import { loadPack, type Pack } from "../../../../language-server/engine/tuning/pack/load";

describe("one value set in a file", () => {
  let pack: Pack;
  before(async () => {
    pack = await loadPack();
  });
  /** The text after, or why not. */
  const set = (kind: FileKind, text: string, name: string, value: string, component?: string): string => {
    const setting = pack.get(name).find((entry) => component === undefined || entry.component === component);
    const format = formatNamed(kind);
    assert.ok(setting !== undefined && format !== undefined, name);
    const result = setInFile(text, format, "x", setting, value);
    if ("same" in result) return "same";
    if ("cannot" in result) return `cannot: ${result.cannot.en}`;
    const after = applyEdits(text, [result.edit]) ?? "";
    assert.equal(undoEdits(after, [result.edit]), text);
    return after;
  };

  it("changes the value where it stands and leaves comments, blanks and line ends", () => {
    assert.equal(set("sysctl", "# ours\r\nvm.swappiness = 60 \r\nvm.dirty_ratio=20\r\n", "vm.swappiness", "10"), "# ours\r\nvm.swappiness = 10 \r\nvm.dirty_ratio=20\r\n");
    assert.equal(set("sysctl", "net/ipv4/tcp_rmem=1 2 3", "net.ipv4.tcp_rmem", "4096 87380 16777216"), "net/ipv4/tcp_rmem=4096 87380 16777216");
    assert.equal(set("postgresql", "work_mem = 4MB # per sort\n", "work_mem", "67108864"), "work_mem = 64MB # per sort\n");
    assert.equal(set("postgresql", "work_mem='4MB'", "work_mem", "64MB"), "work_mem='64MB'");
    assert.equal(set("mysql", "[client]\nport=1\n[mysqld]\ninnodb-io-capacity = 200\n", "innodb_io_capacity", "2000", "mariadb"), "[client]\nport=1\n[mysqld]\ninnodb-io-capacity = 2000\n");
    assert.equal(set("redis", "tcp-backlog 511\n", "tcp-backlog", "4096"), "tcp-backlog 4096\n");
    assert.equal(set("nginx", "worker_processes  1;\nevents { worker_connections 768; }\n", "worker_connections", "10240"), "worker_processes  1;\nevents { worker_connections 10240; }\n");
    assert.equal(set("yaml", "services:\n  a:\n    image: vllm/vllm-openai\n    command: --model x --max-num-seqs 64 --port 1\n", "--max-num-seqs", "256"), "services:\n  a:\n    image: vllm/vllm-openai\n    command: --model x --max-num-seqs 256 --port 1\n");
  });

  it("changes the last one where the last one counts", () => {
    assert.equal(set("sysctl", "vm.swappiness = 60\nvm.swappiness = 30\n", "vm.swappiness", "10"), "vm.swappiness = 60\nvm.swappiness = 10\n");
    assert.equal(set("sysctl", "vm.swappiness = 10\n", "vm.swappiness", "10"), "same");
  });

  it("adds it where people look for it: behind the commented default, in its section, in its block", () => {
    assert.equal(set("sysctl", "a.b = 1", "vm.swappiness", "10"), "a.b = 1\nvm.swappiness = 10\n");
    assert.equal(set("postgresql", "#work_mem = 4MB\t\t# min 64kB\n#other = 1\n", "work_mem", "64MB"), "#work_mem = 4MB\t\t# min 64kB\nwork_mem = 64MB\n#other = 1\n");
    assert.equal(set("redis", "# tcp-backlog tells how many\n# tcp-backlog 511\n\nport 1\n", "tcp-backlog", "4096"), "# tcp-backlog tells how many\n# tcp-backlog 511\ntcp-backlog 4096\n\nport 1\n");
    assert.equal(set("mysql", "[mysqld]\nuser = mysql\n\n[mysqldump]\nquick\n", "innodb_io_capacity", "2000", "mariadb"), "[mysqld]\nuser = mysql\ninnodb_io_capacity = 2000\n\n[mysqldump]\nquick\n");
    assert.equal(set("mysql", "[client]\n", "innodb_io_capacity", "2000", "mariadb"), "[client]\n[mysqld]\ninnodb_io_capacity = 2000\n");
    assert.equal(set("nginx", "user www;\nevents {\n  use epoll;\n}\nhttp {\n\tsendfile on;\n}\n", "keepalive_requests", "10000"), "user www;\nevents {\n  use epoll;\n}\nhttp {\n\tkeepalive_requests 10000;\n\tsendfile on;\n}\n");
    assert.equal(set("nginx", "user www;\nevents {\n  use epoll;\n}\n", "worker_connections", "10240"), "user www;\nevents {\n  worker_connections 10240;\n  use epoll;\n}\n");
    assert.equal(set("nginx", "user www;\nevents {\n}\n", "worker_rlimit_nofile", "65535"), "user www;\nworker_rlimit_nofile 65535;\nevents {\n}\n");
    assert.equal(set("shell", "exec vllm serve m \\\n  --port 1 \\\n  --max-num-seqs 64\n", "--async-scheduling", "True", "vllm"), "exec vllm serve m \\\n  --port 1 \\\n  --max-num-seqs 64 --async-scheduling\n");
    assert.equal(set("yaml", "a:\n  image: vllm/vllm-openai\n  command:\n    - --model=x\n    - --port=1\n  ports: []\n", "--max-num-seqs", "256"), "a:\n  image: vllm/vllm-openai\n  command:\n    - --model=x\n    - --port=1\n    - --max-num-seqs=256\n  ports: []\n");
  });

  it("leaves to a person what it cannot be sure of", () => {
    assert.match(set("nginx", "http { server { keepalive_timeout 1; } server { keepalive_timeout 2; } }", "keepalive_timeout", "65"), /stands 2 times/u);
    assert.match(set("nginx", "stream {\n}\n", "keepalive_requests", "10000"), /no place/u);
    assert.match(set("nginx", "http {\n}\n", "keepalive", "128"), /no place/u);
    assert.match(set("yaml", "a:\n  command: [\"vllm\", \"serve\", \"m\", \"--port\", \"1\"]\n", "--max-num-seqs", "256"), /no place/u);
    assert.match(set("shell", "vllm serve m --port 1\n", "--max-num-seqs", "256; reboot"), /cannot be written/u);
    assert.match(set("nginx", "events {\n}\n", "worker_connections", "1; include /etc/passwd"), /cannot be written/u);
    assert.match(set("mysql", "[mysqld]\n", "innodb_io_capacity", "1 # x", "mariadb"), /cannot be written/u);
  });

  it("keeps every text whole that it does not edit, and never throws", () => {
    const kinds: readonly (readonly [FileKind, string, string])[] = [["sysctl", "vm.swappiness", "10"], ["postgresql", "work_mem", "64MB"], ["mysql", "innodb_io_capacity", "2000"], ["redis", "tcp-backlog", "4096"], ["nginx", "worker_connections", "10240"], ["shell", "--max-num-seqs", "256"], ["yaml", "--max-num-seqs", "256"]];
    const pieces = fc.array(fc.constantFrom("vm.swappiness", "work_mem", "[mysqld]", "innodb_io_capacity", "tcp-backlog", "events", "http", "{", "}", ";", "=", " ", "\n", "\r\n", "#", "'", "\"", "worker_connections 1;", "vllm serve m", "--port 1", "- ", "command:", "image: vllm/vllm-openai", "\\", "\uFEFF", "值", "7"), { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), pieces, ([kind, name, value], text) => {
        const after = set(kind, text, name, value);
        if (after === "same" || after.startsWith("cannot")) return;
        const format = formatNamed(kind);
        const before = format?.parse(text, "x").settings.filter((entry) => entry.name !== name.replace(/^--/u, "")).map((entry) => `${entry.name}=${entry.value ?? ""}`);
        const kept = format?.parse(after, "x").settings.filter((entry) => entry.name !== name.replace(/^--/u, "")).map((entry) => `${entry.name}=${entry.value ?? ""}`);
        assert.deepEqual(kept, before);
      }),
      { numRuns: 1500 },
    );
  });

  it("sets values of /sys at boot by a line of tmpfiles.d", () => {
    const path = "/sys/kernel/mm/transparent_hugepage/enabled";
    const after = (text: string): string => {
      const result = setInTmpfiles(text, path, "madvise");
      return "edit" in result ? (applyEdits(text, [result.edit]) ?? "") : Object.keys(result).join("");
    };
    assert.equal(after("# x"), `# x\nw ${path} - - - - madvise\n`);
    assert.equal(after(`w! ${path} - - - - always\nd /x\n`), `w ${path} - - - - madvise\nd /x\n`);
    assert.equal(after(`w ${path} - - - - madvise\n`), "same");
    assert.deepEqual(Object.keys(setInTmpfiles("", path, "a b")), ["cannot"]);
  });
});

describe("a plan of the files", () => {
  let pack: Pack;
  before(async () => {
    pack = await loadPack();
  });
  const looked = (why: LookedFile["why"], component: string, given: string, text: string | undefined, more: Partial<LookedFile> = {}): LookedFile => ({ why, component, given, path: given, text, ...more });
  const own = looked("sysctl", "kernel", "/etc/sysctl.d/90-keelson.conf", undefined);
  const plan = (wanted: Readonly<Record<string, string>>, files: readonly LookedFile[], locked: readonly string[] = []): readonly string[] => {
    const { files: planned, refused } = planFiles(Object.entries(wanted).map(([name, value]) => ({ name, value })), { changes: [], refused: [] }, files, pack, locked);
    for (const { before, after, edits } of planned) assert.equal(applyEdits(before ?? "", edits), after);
    return [...planned.map(({ path, after }) => `${path}: ${after.replace(/^# Written.*\n/u, "")}`), ...refused.map(({ name, why }) => `${name} ${why.en}`)];
  };

  it("puts a sysctl into the file that has the last word, else into Keelson's own", () => {
    assert.deepEqual(plan({ "vm.swappiness": "10" }, [own]), ["/etc/sysctl.d/90-keelson.conf: vm.swappiness = 10\n"]);
    const early = looked("sysctl", "kernel", "/etc/sysctl.d/10-a.conf", "vm.swappiness = 60\n");
    const late = looked("sysctl", "kernel", "/etc/sysctl.d/99-z.conf", "vm.swappiness = 30\n");
    assert.deepEqual(plan({ "vm.swappiness": "10" }, [early, late, own]), ["/etc/sysctl.d/99-z.conf: vm.swappiness = 10\n"]);
    assert.deepEqual(plan({ "vm.swappiness": "10" }, [looked("sysctl", "kernel", "/usr/lib/sysctl.d/50-d.conf", "vm.swappiness = 60\n"), own]), ["/etc/sysctl.d/90-keelson.conf: vm.swappiness = 10\n"]);
    assert.deepEqual(plan({ "vm.swappiness": "10" }, [looked("sysctl", "kernel", "/usr/lib/sysctl.d/99-d.conf", "vm.swappiness = 60\n"), own]), ["vm.swappiness /usr/lib/sysctl.d/99-d.conf sets it later at boot"]);
    assert.deepEqual(plan({ "vm.swappiness": "10" }, [looked("sysctl", "kernel", "/etc/sysctl.d/99-sysctl.conf", "vm.swappiness = 60\n", { path: "/etc/sysctl.conf" }), own]), ["/etc/sysctl.conf: vm.swappiness = 10\n"]);
    assert.deepEqual(plan({ "vm.swappiness": "10" }, [looked("sysctl", "kernel", "/etc/sysctl.d/99-x.conf", "vm.swappiness = 60\n", { path: "/srv/x.conf" }), own]), ["/etc/sysctl.d/90-keelson.conf: vm.swappiness = 10\n"].slice(1).concat(["vm.swappiness /etc/sysctl.d/99-x.conf sets it later at boot"]));
  });

  it("puts a program's settings into its one file, the named one first", () => {
    const usual = looked("find", "postgresql", "/etc/postgresql/15/main/postgresql.conf", "");
    const other = looked("find", "postgresql", "/etc/postgresql/16/main/postgresql.conf", "");
    const named = looked("named", "-", "/srv/pg/postgresql.conf", "");
    assert.deepEqual(plan({ random_page_cost: "1.1" }, [usual]), ["/etc/postgresql/15/main/postgresql.conf: random_page_cost = 1.1\n"]);
    assert.match(plan({ random_page_cost: "1.1" }, [usual, other])[0] ?? "", /several files could be meant/u);
    assert.deepEqual(plan({ random_page_cost: "1.1" }, [usual, other, named]), ["/srv/pg/postgresql.conf: random_page_cost = 1.1\n"]);
    assert.match(plan({ random_page_cost: "1.1" }, [])[0] ?? "", /no file of postgresql was found/u);
    assert.match(plan({ random_page_cost: "1.1" }, [looked("named", "-", "/srv/postgresql.conf", undefined, { problem: "unreadable" })])[0] ?? "", /postgresql\.conf may not be read/u);
  });

  it("refuses what is locked, wrong, unknown, or behind a link that leads away", () => {
    const usual = looked("find", "postgresql", "/etc/postgresql/15/main/postgresql.conf", "");
    assert.match(plan({ random_page_cost: "1.1" }, [usual], ["random_page_cost"])[0] ?? "", /lock list/u);
    assert.match(plan({ random_page_cost: "many" }, [usual])[0] ?? "", /no number/u);
    assert.match(plan({ no_such: "1" }, [usual])[0] ?? "", /no setting that the pack knows/u);
    assert.match(plan({ random_page_cost: "1.1" }, [{ ...usual, path: "/srv/elsewhere.conf" }])[0] ?? "", /leads to/u);
  });
});

describe("texts on their way", () => {
  it("pass Base64 byte for byte", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64"));
        assert.deepEqual(fromBase64(toBase64(bytes)), new Uint8Array(bytes));
      }),
    );
    for (const bad of ["a", "ab=c", "====", "a\nb=", "é==="]) assert.equal(fromBase64(bad), undefined, bad);
  });

  it("are left out where the machine's answer is cut or odd", () => {
    const line = "find\tpostgresql\t/a\t/a\tb";
    assert.deepEqual(readLooked(`${line}YQ==\nfind\tx\t/b\nbanner\n${line}!\n${line}YQ==\tmore\n`, nodeDecode).map(({ text, problem }) => text ?? problem), ["a", "missing"]);
  });

  it("show their changed lines with two lines around", () => {
    assert.equal(lineDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n", "1\n2\n3\n4\nV\n6\n7\n8\n9\n0\nX\n"), "@@ -3,5 +3,5 @@\n 3\n 4\n-5\n+V\n 6\n 7\n@@ -9,2 +9,3 @@\n 9\n 0\n+X");
    assert.equal(lineDiff("", "a\n"), "@@ -0,0 +1,1 @@\n+a");
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 }), fc.array(fc.constantFrom("a", "b", "d"), { maxLength: 12 }), (before, after) => {
        const rows = lineDiff(before.map((row) => `${row}\n`).join(""), after.map((row) => `${row}\n`).join("")).split("\n").filter((row) => row !== "" && !row.startsWith("@@"));
        assert.equal(rows.filter((row) => row.startsWith("-")).length - rows.filter((row) => row.startsWith("+")).length, before.length - after.length);
      }),
    );
  });
});
