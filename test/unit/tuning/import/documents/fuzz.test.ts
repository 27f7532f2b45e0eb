import assert from "node:assert/strict";
import fc from "fast-check";
import { documentImporterOf } from "../../../../../language-server/engine/tuning/import/documents";
import { vllmOptionsOf } from "../../../../../language-server/engine/tuning/import/documents/engine-arguments";
import type { Imported } from "../../../../../language-server/engine/tuning/types";

/** What each importer must see to take the file, before what chance adds. */
const files = [
  ["redis.conf", ""],
  ["src/config.c", "MODIFIABLE_CONFIG\n"],
  ["sql/sys_vars.cc", ""],
  ["storage/innobase/handler/ha_innodb.cc", ""],
  ["help.txt", "mysqld  Ver 8\n"],
  ["guc.c", ""],
  ["guc_parameters.dat", ""],
  ["config.sgml", ""],
  ["postgresql.conf.sample", ""],
  ["ngx_http_boat_module.xml", ""],
  ["HOWTO.rst", ".. option:: a=int\n"],
  ["command_reference.md", "juicefs\n"],
  ["vllm/config/cache.py", ""],
  ["vllm/engine/arg_utils.py", ""],
  ["sglang/server_args.py", ""],
  ["a/tuned.conf", ""],
  ["a.yaml", "object:\n"],
  ["tcp.7", ".TH TCP 7\n"],
  ["boat.5", ".SH MOUNT OPTIONS\n"],
  ["fio.1", ".TH fio 1\n.SH JOBS\n"],
  ["a.md", ""],
  ["a.rst", ""],
  ["a.html", ""],
  ["a.txt", ""],
] as const;

const pieces = [
  "\n", "\n", "\n\n", "\t", "    ", " ", "# ", "#\n", "#### A ####\n", "oars 4\n", "# oars <n>\n", "createIntConfig(\"a\", NULL, MODIFIABLE_CONFIG, 0, INT_MAX, x, 1*2, INTEGER_CONFIG, NULL, NULL),", "configEnum a_enum[] = { {\"x\", Y},", "};", "\"", "'", "\"\"\"", "\\", "(", ")", "{", "}", "[", "]", "/*", "*/",
  "static Sys_var_ulong Sys_a(\n\"a\", \"b\",", "VALID_RANGE(0, 1)", "DEFAULT(1 << 3)", "MYSQL_SYSVAR_INT(a, b, 0, \"c\", 0, 0, 1, 2, 3, 4);", "  --oars=#   Number\n", "  -a, --lamp \n", "and boolean options {FALSE|TRUE}   Value (after reading options)\n-----\n", "oars   TRUE\n",
  "static struct config_int ConfigureNamesInt[] = {", "{ {\"a\", PGC_USERSET, X, gettext_noop(\"b\"), NULL, GUC_UNIT_KB}, &a, 1, 2, 3, 0, 0, 0 },", "{ name => 'a', type => 'int' },", "<varlistentry id=\"guc-a\"><term><varname>a</varname> (<type>integer</type>)</term><listitem>", "</listitem>", "<dt id=\"GUC-B\">", "<dd>", "#a = 1 # b\n",
  "<module name=\"x\">", "<directive name=\"a\">", "<syntax>on | off</syntax>", "<para>", "</directive>", "<div class=\"directive\">", "<section>", "<h1>", "</h1>", "<script>", "<!--", "<![CDATA[", "<!DOCTYPE a [", "<!", "<", ">", "&#x41;", "&amp", "<nav>",
  ".. option:: a=int, b=str\n", "Default: 1.\n", "|`--a=1`|b (default: 1)|\n", "```\n", "---\n", "class CacheConfig:\n", "    a: int = Field(default=1, ge=0)\n", "    \"\"\"b\"\"\"\n", ".add_argument(\"--a\", type=int, default=1, help=\"x\")\n", "a_kwargs = get_kwargs(CacheConfig)\n", "**a_kwargs[\"a\"]", "[main]\n", "[sysctl]\n", "summary=x\n", "vm.a = 1\n", " - name : \"a\"\n", "   scope :\n", "     - 1\n",
  ".SH PROC\n", ".TP\n", ".IP a 4\n", ".RS\n", ".RE\n", ".BR a \" b\n", "\\fB", "\\(", "\\[", "/proc/sys/vm/a\n", ".B a=b\n", "====\n", "\r\n", "\uFEFF", "船", "\u0000", "\f",
];
const text = fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ maxLength: 12 }) }), { maxLength: 120 }).map((parts) => parts.join(""));

function read(path: string, content: string): Imported {
  const importer = documentImporterOf(path, content);
  assert.ok(importer, path);
  return importer.read(path, content, { component: "boat", named: false, engineOptions: new Map([["CacheConfig.a", ["--a"]]]) });
}

describe("importers of documents on hostile input", () => {
  for (const [path, begin] of files) {
    it(`never throw, and point at lines that are there: ${path}`, () => {
      fc.assert(
        fc.property(text, (content) => {
          const whole = begin + content;
          const lines = whole.split("\n").length;
          const { parameters, prose, unread } = read(path, whole);
          for (const { name, description, source } of parameters) assert.ok(name.length > 0 && description.length < 1800 && source.file === path);
          for (const { line } of [...parameters.map((one) => one.source), ...prose.map((one) => one.source), ...unread]) assert.ok(line >= 1 && line <= lines, `line ${line} of ${lines}`);
        }),
        { numRuns: 100 },
      );
    });

    it(`take a long run of any one piece without stopping: ${path}`, () => {
      for (const piece of pieces) {
        const result = read(path, begin + piece.repeat(Math.ceil(40_000 / piece.length)));
        assert.ok(result.parameters.length <= 50_000 && result.unread.length <= 1001);
      }
    });
  }

  it("options of any content give fields, never an exception", () => {
    fc.assert(fc.property(text, (content) => vllmOptionsOf(content).size < 1000), { numRuns: 200 });
  });
});
