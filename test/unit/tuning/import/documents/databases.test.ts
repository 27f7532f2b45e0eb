import assert from "node:assert/strict";
import { importServerHelp } from "../../../../../language-server/engine/tuning/import/documents/mariadb-help";
import { importServerSource } from "../../../../../language-server/engine/tuning/import/documents/mariadb-source";
import { importPostgresqlDocument } from "../../../../../language-server/engine/tuning/import/documents/postgresql-document";
import { importPostgresqlSample } from "../../../../../language-server/engine/tuning/import/documents/postgresql-sample";
import { importGucSource } from "../../../../../language-server/engine/tuning/import/documents/postgresql-source";
import { importRedisConf } from "../../../../../language-server/engine/tuning/import/documents/redis-conf";
import { importRedisSource } from "../../../../../language-server/engine/tuning/import/documents/redis-source";
import { brief } from "../brief";

describe("importing redis", () => {
  it("takes the comment above a directive, also where the directive itself is a comment", () => {
    const { parameters, prose, unread } = importRedisConf(
      "redis.conf",
      `################ OARS ################

# Boats take oars. This is about all of them and belongs to no directive, so that it stays prose here.

# How many oars a boat has.
# At most eight.
oars 4

# Stop rowing at this many strokes.
#
# max-strokes <count>
# stroke-policy calm

# Not a directive: rowing is hard
lamp-a yes
lamp-b yes
BAD
`,
    );
    assert.deepEqual(parameters.map(brief), [
      "oars @7 | How many oars a boat has. At most eight.",
      "max-strokes @11 | Stop rowing at this many strokes.",
      "stroke-policy @12 | Stop rowing at this many strokes.",
      "lamp-a @15 | Not a directive: rowing is hard",
      "lamp-b @16 | Not a directive: rowing is hard",
    ]);
    assert.deepEqual([prose.map((one) => one.heading), unread.map((one) => one.line)], [["OARS"], [17]]);
  });

  it("reads types, bounds and defaults of the table in config.c", () => {
    const { parameters, unread } = importRedisSource(
      "src/config.c",
      `configEnum mood_enum[] = { {"calm", MOOD_CALM}, {"wild", MOOD_WILD|MOOD_FAST}, {NULL, 0} };
#define OAR_LIMIT (1024*64)
#define createIntConfig(name, alias) { standard(name) }
standardConfig table[] = {
    createBoolConfig("lamp", NULL, MODIFIABLE_CONFIG, server.lamp, 1, NULL, NULL),
    createEnumConfig("mood", NULL, IMMUTABLE_CONFIG, mood_enum, server.mood, MOOD_WILD|MOOD_FAST, NULL, NULL),
    createIntConfig("oars", NULL, MODIFIABLE_CONFIG, 0, INT_MAX, server.oars, OAR_LIMIT, INTEGER_CONFIG, NULL, NULL), /* TCP */
    createSizeTConfig("hold", "cargo", MODIFIABLE_CONFIG, 1024*1024, LONG_MAX, server.hold, 1024ull*1024*1024, MEMORY_CONFIG, NULL, NULL),
    createStringConfig("name", NULL, MODIFIABLE_CONFIG, ALLOW_EMPTY_STRING, server.name, "", NULL, NULL),
    createSpecialConfig("save", NULL, MODIFIABLE_CONFIG | MULTI_ARG_CONFIG, set, get, rewrite, NULL),
    createBoolConfig(given, NULL, 0, x, y, NULL, NULL),
`,
    );
    assert.deepEqual(
      parameters.map((one) => `${brief(one)}${one.restart ?? ""}`),
      [
        "lamp boolean default=yes range={yes,no} @5 | none",
        "mood enum default=wild range={calm,wild} @6 | service",
        "oars integer default=65536 range=0..2147483647 @7 | none",
        "hold bytes default=1073741824 range=1048576..9223372036854775807 unit=bytes @8 | none",
        "name string default= @9 | none",
        "save @10 | none",
      ],
    );
    assert.deepEqual(unread.map((one) => one.line), [11]);
  });
});

describe("importing MariaDB and MySQL", () => {
  it("reads options with their text and the table of values below them", () => {
    const { parameters } = importServerHelp(
      "help.txt",
      `mysqld  Ver 8.0.1 for Linux
  --oars=#            Number of oars
  --oars-policy[=name] 
                      How oars are given out. One of: FAIR, FIRST
  -l, --lamp          Light the lamp
                      (Defaults to on; use --skip-lamp to disable.)
  --log-file=name     Where to write
  --wait-time=#       Time to wait

Variables (--variable-name=value)
and boolean options {FALSE|TRUE}                             Value (after reading options)
------------------------------------------------------------ -------------
oars                                                         4
oars-policy                                                  FIRST
lamp                                                         TRUE
log-file                                                     /var/log/x.log
wait-time                                                    10

To see what values a running server uses
`,
    );
    assert.deepEqual(parameters.map((one) => `${one.component} ${brief(one)}`), [
      "mysql oars integer default=4 @2 | Number of oars",
      "mysql oars_policy enum default=FIRST range={FAIR,FIRST} @3 | How oars are given out. One of: FAIR, FIRST",
      "mysql lamp boolean default=ON range={ON,OFF} @5 | Light the lamp",
      "mysql log_file @7 | Where to write",
      "mysql wait_time default=10 @8 | Time to wait",
    ]);
  });

  it("reads the variables of the server and of InnoDB from their sources", () => {
    const server = importServerSource(
      "sql/sys_vars.cc",
      `static Sys_var_ulong Sys_oars(
       "oars", "Number of oars that "
       "MariaDB can have",
       READ_ONLY GLOBAL_VAR(oars), CMD_LINE(REQUIRED_ARG),
       VALID_RANGE(1, UINT_MAX), DEFAULT(4*1024), BLOCK_SIZE(1));
static Sys_var_on_access_global<Sys_var_mybool,
                                PRIV_LAMP>
Sys_lamp("lamp", "Light", GLOBAL_VAR(lamp), CMD_LINE(OPT_ARG), DEFAULT(TRUE));
static Sys_var_enum Sys_mood("mood", "Mood", SESSION_VAR(mood), CMD_LINE(OPT_ARG), names, DEFAULT(MOOD_X));
`,
    );
    assert.deepEqual(server.parameters.map((one) => `${one.component} ${one.restart ?? ""} ${brief(one)}`), [
      "mariadb service oars integer default=4096 range=1..4294967295 @1 | Number of oars that MariaDB can have",
      "mariadb none lamp boolean default=ON range={ON,OFF} @6 | Light",
      "mariadb none mood enum @9 | Mood",
    ]);
    const engine = importServerSource(
      "storage/innobase/handler/ha_innodb.cc",
      `static MYSQL_SYSVAR_ULONG(oars, srv_oars,
  PLUGIN_VAR_RQCMDARG | PLUGIN_VAR_READONLY,
  "Number of oars", NULL, oars_update, 200, 100, ~0UL, 0);
static MYSQL_SYSVAR_BOOL(lamp, srv_lamp, PLUGIN_VAR_OPCMDARG, "Lamp", NULL, NULL, FALSE);
`,
    );
    assert.deepEqual(engine.parameters.map((one) => `${one.restart ?? ""} ${brief(one)}`), ["service innodb_oars integer default=200 range=100.. @1 | Number of oars", "none innodb_lamp boolean default=OFF range={ON,OFF} @4 | Lamp"]);
    assert.equal(importServerSource("x/ha_boat.cc", "MYSQL_SYSVAR_BOOL(lamp, l, 0, \"x\", 0, 0, 0)").unread.length, 1);
  });
});

describe("importing PostgreSQL", () => {
  it("reads the tables of guc.c: unit, bounds, default, restart; what the server computes is left out", () => {
    const { parameters } = importGucSource(
      "src/backend/utils/misc/guc.c",
      `static const struct config_enum_entry mood_options[] = { {"calm", MOOD_CALM, false}, {"wild", MOOD_WILD, false}, {"on", MOOD_CALM, true}, {NULL, 0, false} };
static struct config_bool ConfigureNamesBool[] =
{
	{
		{"lamp", PGC_SIGHUP, OARS,
			gettext_noop("Lights the lamp."),
			NULL
		},
		&lamp,
		true,
		NULL, NULL, NULL
	},
	/* End-of-list marker */
	{ {NULL, 0, 0, NULL, NULL}, NULL, false, NULL, NULL, NULL }
};
static struct config_int ConfigureNamesInt[] =
{
	{ {"shared_oars", PGC_POSTMASTER, MEM, gettext_noop("Sets the oars "
		"of all."), NULL, GUC_UNIT_BLOCKS }, &n, 16384, 16, INT_MAX / 2, NULL, NULL, NULL },
#ifdef USE_WAIT
	{ {"oar_wait", PGC_USERSET, X, gettext_noop("Waits."), gettext_noop("Long."), GUC_UNIT_MS }, &w, -1, -1, 100, NULL, NULL, NULL },
#endif
	{ {"block_oars", PGC_INTERNAL, X, gettext_noop("Shows."), NULL }, &b, 8, 8, 8, NULL, NULL, NULL },
};
static struct config_enum ConfigureNamesEnum[] =
{
	{ {"mood", PGC_SUSET, X, gettext_noop("Mood."), NULL }, &mood, MOOD_WILD, mood_options, NULL, NULL, NULL },
};
`,
    );
    assert.deepEqual(parameters.map((one) => `${one.restart ?? ""} ${brief(one)}`), [
      "none lamp boolean default=on range={on,off} @5 | Lights the lamp.",
      "service shared_oars bytes default=16384 range=16..1073741823 unit=8kB @18 | Sets the oars of all.",
      "none oar_wait duration default=-1 range=-1..100 unit=ms @21 | Waits. Long.",
      "none mood enum default=wild range={calm,wild} @27 | Mood.",
    ]);
  });

  it("reads guc_parameters.dat, the table since version 18", () => {
    const { parameters } = importGucSource("guc_parameters.dat", "# x\n{ name => 'oars', type => 'int', context => 'PGC_POSTMASTER', group => 'MEM',\n  short_desc => 'Sets the boat\\'s oars.',\n  flags => 'GUC_UNIT_KB',\n  variable => 'Oars',\n  boot_val => '64 * 1024',\n  min => '0',\n  max => 'INT_MAX',\n},\n");
    assert.deepEqual(parameters.map(brief), ["oars bytes default=65536 range=0..2147483647 unit=kB @2 | Sets the boat's oars."]);
  });

  it("reads the manual, as SGML and as pages", () => {
    const sgml = `<sect1 id="x"><title>Memory</title>
     <varlistentry id="guc-oars" xreflabel="oars">
      <term><varname>oars</varname> (<type>integer</type>)
      <indexterm><primary><varname>oars</varname> configuration parameter</primary></indexterm></term>
      <listitem><para>
        Number of oars. If this value is specified without units, it is taken as kilobytes. This parameter can only be set at server start.
       </para></listitem></varlistentry></sect1>`;
    const page = `<h2>Memory</h2><dl><dt id="GUC-OARS"><span class="term"><code class="varname">oars</code> (<code class="type">integer</code>)</span></dt><dd><p>Number of oars. If this value is specified without units, it is taken as kilobytes. This parameter can only be set at server start.</p></dd></dl>`;
    for (const [path, text, line] of [["doc/config.sgml", sgml, 3], ["runtime-config-x.html", page, 1]] as const) {
      const { parameters } = importPostgresqlDocument(path, text);
      assert.deepEqual(parameters.map((one) => `${one.restart ?? ""} ${one.source.title} ${brief(one).slice(0, 60)}`), [`service Memory oars bytes unit=kB @${line} | Number of oars. If this value is specifie`.slice(0, 15) + `oars bytes unit=kB @${line} | Number of oars. If this value is specified`.slice(0, 60)]);
    }
  });

  it("reads postgresql.conf.sample", () => {
    const { parameters } = importPostgresqlSample("postgresql.conf.sample", "#----------\n# OARS AND BOATS\n#----------\n\n#oars = 4\t\t\t# min 1\n\t\t\t\t# (change requires restart)\nlamp = 'on'\n");
    assert.deepEqual(parameters.map((one) => `${one.restart ?? ""} ${brief(one)}`), ["service oars @5 | OARS AND BOATS: min 1 (change requires restart)", " lamp @7 | OARS AND BOATS"]);
  });
});
