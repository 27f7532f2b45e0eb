import assert from "node:assert/strict";
import { documentImporterOf, mayBeDocument } from "../../../../../language-server/engine/tuning/import/documents";
import { importAtuneTuning } from "../../../../../language-server/engine/tuning/import/documents/atune-tuning";
import { importSglangArguments, importVllmConfig, vllmOptionsOf } from "../../../../../language-server/engine/tuning/import/documents/engine-arguments";
import { importFioHowto } from "../../../../../language-server/engine/tuning/import/documents/fio";
import { importHtml } from "../../../../../language-server/engine/tuning/import/documents/html";
import { importManPage } from "../../../../../language-server/engine/tuning/import/documents/man";
import { importMarkdown } from "../../../../../language-server/engine/tuning/import/documents/markdown";
import { importNginxDocument } from "../../../../../language-server/engine/tuning/import/documents/nginx";
import { importProfile } from "../../../../../language-server/engine/tuning/import/documents/profile";
import { importPlainText } from "../../../../../language-server/engine/tuning/import/documents/text";
import { brief } from "../brief";

const long = "These words only make the passage long enough to be kept as one that a search may find.";

describe("importing nginx", () => {
  it("reads directives of a module's reference in XML", () => {
    const { parameters, prose } = importNginxDocument(
      "http/ngx_http_boat_module.xml",
      `<?xml version="1.0"?><!DOCTYPE module SYSTEM "x.dtd"><module name="Module boat">
<section id="summary"><para>${long}</para></section>
<section id="directives" name="Directives">
<directive name="oars"><syntax><value>number</value></syntax><default>512</default><context>http</context><context>server</context><appeared-in>1.2.3</appeared-in>
<para>Sets the <i>number</i> of oars &amp; more.</para></directive>
<directive name="lamp"><syntax><literal>on</literal> | <literal>off</literal></syntax><default>off</default><context>main</context><para>Light.</para></directive>
<directive name="mood"><syntax>calm | wild | <value>time</value></syntax><default/><para>Mood.</para></directive>
</section></module>`,
    );
    assert.deepEqual(parameters.map(brief), [
      "oars integer default=512 since=1.2.3 @4 | Sets the number of oars & more. oars number; Context: http, server",
      "lamp boolean default=off range={on,off} @6 | Light. lamp on | off; Context: main",
      "mood @7 | Mood. mood calm | wild | time;",
    ]);
    assert.deepEqual(prose.map((one) => one.heading), ["Module boat"]);
  });

  it("reads the page that is made of it", () => {
    const { parameters } = importNginxDocument("ngx_http_boat_module.html", `<html><head><title>Module boat</title></head><body><div class="directive"><table><tr><th>Syntax:</th><td><code><strong>oars</strong> <i>number</i>;</code><br></td></tr><tr><th>Default:</th><td><pre>oars 512;</pre></td></tr><tr><th>Context:</th><td><code>http</code>, <code>server</code><br></td></tr></table><p>This directive appeared in version 1.2.3.</p></div><p>Sets the number of oars.</p></body></html>`);
    assert.deepEqual(parameters.map(brief), ["oars integer default=512 since=1.2.3 @1 | Sets the number of oars. oars number; Context: http, server"]);
  });
});

describe("importing fio and JuiceFS", () => {
  it("reads options of a job with type and an outright default", () => {
    const { parameters } = importFioHowto("HOWTO.rst", "Command line options\n--------------------\n\n.. option:: --debug=type\n\n\tDebug.\n\nJob parameters\n--------------\n\n.. option:: oars=int\n\n\tNumber of oars, see :option:`lamp`.  Default: 4k.\n\n.. option:: lamp=bool, light=bool\n\n\tLight.  Default: true, if dark.\n\n.. option:: hold=int[%|z]\n\n\tHold. Default: 1.\n");
    assert.deepEqual(parameters.map(brief), ["oars integer default=4096 @11 | Number of oars, see lamp. Default: 4k.", "lamp boolean @15 | Light. Default: true, if dark.", "light boolean @15 | Light. Default: true, if dark.", "hold default=1 @19 | Hold. Default: 1."]);
  });

  it("reads options in tables, and prose by heading", () => {
    const text = `---\ntitle: Reference of boats\n---\n\n## Rowing {#rowing}\n\n${long}\n\n|Items|Description|\n|-|-|\n|\`--oars=4\` <VersionAdd>1.1</VersionAdd>|Oars in MiB (default: 4), see [more](x.md)|\n|\`-l value, --lamp value\`|Light (default: "on")|\n|\`--wait=10\`|Wait (default: 20)|\n\n\`\`\`\n# no heading\n\`\`\`\n`;
    const { parameters, prose } = importMarkdown("command_reference.mdx", text, { component: "juicefs", options: "mount-option" });
    assert.deepEqual(parameters.map(brief), ["oars integer default=4 unit=MiB since=1.1 @11 | Oars in MiB (default: 4), see more", 'lamp default=on @12 | Light (default: "on")', "wait @13 | Wait (default: 20)"]);
    assert.deepEqual(prose.map((one) => `${one.heading} @${one.source.line} ${one.source.title}`), ["Rowing @5 Reference of boats"]);
  });
});

describe("importing engine arguments", () => {
  it("takes of vLLM's classes the fields that an option sets", () => {
    const options = vllmOptionsOf('cache_kwargs = get_kwargs(CacheConfig)\ngroup.add_argument("--oar-count", "-o", **cache_kwargs["oars"])\ngroup.add_argument(\n    "--lamp", **cache_kwargs["lamp"])\n');
    assert.deepEqual([...options], [["CacheConfig.oars", ["--oar-count"]], ["CacheConfig.lamp", ["--lamp"]]]);
    const { parameters } = importVllmConfig(
      "vllm/config/cache.py",
      `Mood = Literal["calm", "wild"]
@dataclass
class CacheConfig:
    """About boats: all of them."""

    DEFAULT_OARS: ClassVar[int] = 2_048
    oars: int = Field(default=DEFAULT_OARS, ge=1)  # comment "x
    """Number of oars.

    More words."""
    lamp: Mood | None = "calm"
    """Light."""
    hidden: int = 3
    """Nobody sets it."""
`,
      options,
    );
    assert.deepEqual(parameters.map(brief), ["--oar-count integer default=2048 range=1.. @7 | Number of oars. More words.", "--lamp enum default=calm range={calm,wild} @11 | Light."]);
  });

  it("reads SGLang's options with defaults from the class", () => {
    const { parameters } = importSglangArguments(
      "python/sglang/srt/server_args.py",
      `class ServerArgs:
    oars: int = 4
    mood: Optional[float] = None

    def add(parser):
        parser.add_argument("--oars", type=int, default=ServerArgs.oars, help="Number of "
            "oars.")
        parser.add_argument("--mood", type=float, default=ServerArgs.mood, help="Mood.")
        parser.add_argument("--lamp", action="store_true", help="Light.")
        parser.add_argument("--kind", choices=["a", "b"], default="b", help='Kind, "a" or not')
        parser.add_argument("--old", help=argparse.SUPPRESS)
`,
    );
    assert.deepEqual(parameters.map(brief), ["--oars integer default=4 @6 | Number of oars.", "--mood number @8 | Mood.", "--lamp boolean default=false @9 | Light.", '--kind enum default=b range={a,b} @10 | Kind, "a" or not']);
  });
});

describe("importing manual pages", () => {
  it("reads sysctls below their path, and in a section about /proc", () => {
    const { parameters, prose } = importManPage("man7/tcp.7.gz", `.TH TCP 7\n.SH NAME\ntcp \\- x\n.SH DESCRIPTION\n${long}\n.SS /proc interfaces\n.TP\n.IR tcp_oars " (integer; default: 4; since Linux 2.4)"\n.\\" hidden\nNumber of\n.B oars .\n.RS\n.TP\n.I low\nFew.\n.RE\n.TP\n.I /proc/sys/net/core/lamp\nLight.\n.TP\n.IR /proc/sys/net/core/ " (since Linux 2.2)"\nA directory.\n`, undefined);
    assert.deepEqual(parameters.map(brief), ["net.ipv4.tcp_oars since=2.4 @8 | Number of oars . low: Few.", "net.core.lamp @18 | Light."]);
    assert.deepEqual(prose.map((one) => `${one.component} ${one.heading}`), ["tcp tcp: DESCRIPTION", "tcp tcp: /proc interfaces"].slice(0, prose.length));
  });

  it("reads mount options under a heading of them", () => {
    const { parameters } = importManPage("man5/boat.5", ".SH MOUNT OPTIONS\n.TP\n.BR lamp | nolamp\nLight.\n.TP\n.BI oars= n\nOars.\n", undefined);
    assert.deepEqual(parameters.map((one) => `${one.component} ${one.kind} ${brief(one)}`), ["boat mount-option lamp @3 | Light.", "boat mount-option nolamp @3 | Light.", "boat mount-option oars @6 | Oars."]);
  });
});

describe("importing profiles", () => {
  const text = "[main]\nsummary=Row fast\ninclude=calm\n[sysctl]\nvm.oars = 4\n# vm.x = 1\nnet.y=${y}\n[vm]\ntransparent_hugepages=never\n[script]\nscript=a.sh\n";

  it("tells what a profile sets, as prose and as data; values with variables are left out", () => {
    assert.deepEqual(importProfile("rowing/tuned.conf", text).prose.map((one) => `${one.component} ${one.heading}: ${one.text}`), ["tuned rowing: Row fast\nBuilds on calm.\nvm.oars = 4\n/sys/kernel/mm/transparent_hugepage/enabled = never"]);
    assert.deepEqual(importProfile("rowing/tuned.conf", text).prose.map(({ settings }) => settings), [[{ name: "vm.oars", component: "kernel", value: "4" }, { name: "/sys/kernel/mm/transparent_hugepage/enabled", component: "kernel", value: "never" }]]);
    assert.deepEqual(importProfile("short/tuned.conf", "[sysctl]\nvm.oars = 4\n").prose.map(({ text: told, settings }) => [told, settings?.length]), [["vm.oars = 4", 1]]);
    assert.deepEqual(importProfile("calm/tuned.conf", `[main]\nsummary=${"calm ".repeat(30)}\n`).prose.map(({ settings }) => settings), [undefined]);
  });

  it("tells what A-Tune tries as prose, without the commands", () => {
    const { prose } = importAtuneTuning("a_server.yaml", 'project : "boat"\nobject :\n -\n   name : "vm.oars"\n   info :\n     desc : "How many oars are carried for all of the rowers of the boat at once, spare ones too"\n     set : "rm -rf $value"\n     scope :\n       - 1\n       - 8\n     step : 1\n');
    assert.deepEqual(prose.map((one) => `${one.heading} @${one.source.line}: ${one.text}`), ["vm.oars @4: How many oars are carried for all of the rowers of the boat at once, spare ones too, tuned by A-Tune for boat. A-Tune tries 1, 8."]);
  });
});

describe("importing any document", () => {
  it("reads a page by its headings, without what leads elsewhere", () => {
    const { prose } = importHtml("a/b.html", `<html><head><title>Boats</title><script>var a = "<h1>no</h1>";</script></head><body><nav>${long}</nav><h1>Rowing &mdash; a start</h1><p>${long}</p><pre>oars=4</pre><h2>Lamps</h2><p>Short.</p></body></html>`, "boat");
    assert.deepEqual(prose.map((one) => `${one.component} ${one.heading}: ${one.text}`), [`boat Rowing — a start: ${long}\noars=4`]);
  });

  it("reads a page whose ends are left out, with all the names that HTML has for characters", () => {
    const { prose } = importHtml("b.html", `<title>Boats</title><body><ul><li>Oars &para; ${long}<li>Sails<p>Two &mu;s<table><tr><td>a<td>b<tr><td>c</table><h2>Lamps<em> lit</h2>${long}`, "boat");
    assert.deepEqual(prose.map((one) => `${one.heading}: ${one.text}`), [`Boats: Oars ¶ ${long}\nSails\nTwo μs\na\nb\nc`, `Lamps lit: ${long}`]);
  });

  it("reads on where elements are nested without an end", () => {
    const { prose } = importHtml("c.html", `${"<b><i>".repeat(60_000)}</u></b><h2>Lamps</h2><p>${long}</p>`, "boat");
    assert.deepEqual(prose.map((one) => `${one.heading}: ${one.text}`), [`Lamps: ${long}`]);
  });

  it("reads plain text in passages, with the page of a PDF", () => {
    const page = `Title of it\n${long}\n`;
    assert.deepEqual(importPlainText("a.txt", page, "boat").prose.map((one) => `${one.heading} @${one.source.line} ${one.source.title}`), ["Title of it @1 a.txt"]);
    assert.deepEqual(importPlainText("a.pdf", `${page}\f${page}`, "boat").prose.map((one) => one.source.title), ["a.pdf, page 1", "a.pdf, page 2"]);
  });

  it("chooses an importer by name and content", () => {
    const id = (path: string, text = ""): string | undefined => (mayBeDocument(path) ? documentImporterOf(path, text)?.id : undefined);
    assert.equal(id("etc/redis/redis.conf"), "redis-conf");
    assert.equal(id("src/config.c", "int main"), undefined);
    assert.equal(id("src/config.c", 'createBoolConfig("a", NULL, MODIFIABLE_CONFIG'), "redis-source");
    assert.equal(id("help.txt", "/usr/sbin/mariadbd  Ver 10"), "server-help");
    assert.equal(id("help.txt"), "text");
    assert.equal(id("man5/proc.5.gz", ".TH PROC 5"), "man");
    assert.equal(id("a.conf", "x = 1\n"), undefined);
    assert.equal(id("a.conf", "#\n[main]\n"), "profile");
    assert.equal(id("docs/a.md", "mount juicefs"), "juicefs");
    assert.equal(id("CHANGELOG.md", "x"), undefined);
    assert.equal(id("html/runtime-config-wal.html"), "postgresql-document");
  });
});
