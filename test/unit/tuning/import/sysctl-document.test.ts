import assert from "node:assert/strict";
import { importSysctlDocument } from "../../../../language-server/engine/tuning/import/sysctl-document";
import { brief } from "./brief";

const admin = "Documentation/admin-guide/sysctl/boat.rst";
const networking = "Documentation/networking/ip-sysctl.rst";

describe("importing a sysctl document", () => {
  it("takes each section as a parameter, with the directory that the title tells", () => {
    const text = [
      "================================",
      "Documentation for /proc/sys/boat/",
      "================================",
      "",
      "ballast_kbytes",
      "==============",
      "",
      "How much ballast is kept. The default value is 4096.",
      "",
      "",
      "oar-count & sail_count (wooden boats only)",
      "==========================================",
      "",
      "Both are counted at launch.",
    ].join("\n");
    const { parameters, unread } = importSysctlDocument(admin, text);
    assert.deepEqual(parameters.map(brief), [
      "boat.ballast_kbytes default=4096 unit=KiB @5 | How much ballast is kept. The default value is 4096.",
      "boat.oar-count @11 | Both are counted at launch.",
      "boat.sail_count @11 | Both are counted at launch.",
    ]);
    assert.deepEqual(unread, []);
  });

  it("says so when a numbered chapter does not tell its directory, instead of giving a wrong one", () => {
    const text = [
      "================================",
      "Documentation for /proc/sys/boat/",
      "================================",
      "",
      "1. /proc/sys/boat/keel - Keel options",
      "=====================================",
      "",
      "keel_depth",
      "----------",
      "",
      "Depth of the keel in bytes.",
      "",
      "2. Rudder",
      "---------",
      "",
      "rudder_angle",
      "------------",
      "",
      "The angle.",
    ].join("\n");
    const { parameters, unread } = importSysctlDocument(admin, text);
    assert.deepEqual(parameters.map(brief), ["boat.keel.keel_depth unit=bytes @8 | Depth of the keel in bytes."]);
    assert.deepEqual(unread, [{ file: admin, line: 16, reason: 'the document does not say in which directory of /proc/sys "rudder_angle" is' }]);
  });

  it("reads a directory's entries from its list, and paths at the head of a paragraph", () => {
    const text = [
      "Documentation for /proc/sys/boat/",
      "=================================",
      "",
      "compass",
      "-------",
      "",
      "This is a directory, with the following entries:",
      "",
      "* ``north``: where north is, in",
      "  whole degrees;",
      "",
      "* ``drift``: how far off.",
      "",
      "Other files of the boat",
      "-----------------------",
      "",
      "/proc/sys/boat/lamp/oil is what burns.",
    ].join("\n");
    assert.deepEqual(importSysctlDocument(admin, text).parameters.map(brief), [
      "boat.compass.north @9 | where north is, in whole degrees;",
      "boat.compass.drift @12 | how far off.",
      "boat.lamp.oil @17 | /proc/sys/boat/lamp/oil is what burns.",
    ]);
  });

  it("reads `name - TYPE` with type, default, range and values", () => {
    const text = [
      "/proc/sys/net/ipv4/* Variables",
      "==============================",
      "",
      "tcp_paddle - BOOLEAN",
      "\tPaddle or not.",
      "",
      "\t- 0 - disabled",
      "\t- 1 - enabled (default)",
      "",
      "tcp_wake - INTEGER",
      "\tHow long the wake is kept, in seconds.",
      "",
      "\tPossible values: 0 - 300",
      "",
      "\tDefault: 60 (one minute)",
      "",
      "Paddle variables",
      "================",
      "",
      "tcp_stroke - INTEGER",
      "\tWhich stroke.",
      "",
      "\tPossible values:",
      "",
      "\t- 0 - none",
      "\t- 1 - breast",
      "\t- 2 - crawl",
      "",
      "\tDefault: FALSE",
      "",
      "paddle_mem - vector of 3 INTEGERs: min, default, max",
      "\tDefault: 4K",
    ].join("\n");
    assert.deepEqual(importSysctlDocument(networking, text).parameters.map(brief), [
      "net.ipv4.tcp_paddle boolean default=1 @4 | Paddle or not. - 0 - disabled - 1 - enabled (default)",
      "net.ipv4.tcp_wake integer default=60 range=0..300 unit=seconds @10 | How long the wake is kept, in seconds. Possible values: 0 - 300 Default: 60 (one minute)",
      "net.ipv4.tcp_stroke integer default=0 range={0,1,2} @20 | Which stroke. Possible values: - 0 - none - 1 - breast - 2 - crawl Default: FALSE",
      "net.ipv4.paddle_mem list @31 | Default: 4K",
    ]);
  });

  it("writes a star for an interface's name, also below a heading of conf/", () => {
    const text = [
      "/proc/sys/net/ipv6/* Variables",
      "==============================",
      "",
      "oar - BOOLEAN",
      "\tAll boats.",
      "",
      "``conf/interface/*``:",
      "\tOne boat.",
      "",
      "rudder - INTEGER",
      "\tThis boat's.",
      "",
      "conf/<iface>/tiller - INTEGER",
      "\tAnd this.",
      "",
      "``icmp/*``:",
      "===========",
      "",
      "bell - INTEGER",
      "\tRings.",
    ].join("\n");
    assert.deepEqual(
      importSysctlDocument(networking, text).parameters.map((record) => record.name),
      ["net.ipv6.oar", "net.ipv6.conf.*.rudder", "net.ipv6.conf.*.tiller", "net.ipv6.icmp.bell"],
    );
  });

  it("keeps silent about defaults that depend, disagree or are computed", () => {
    const entry = (words: string): string | undefined => importSysctlDocument(networking, `/proc/sys/net/ipv4/* Variables\n==============================\n\noar - INTEGER\n\t${words}\n`).parameters[0]?.default;
    assert.equal(entry("Default: 3"), "3");
    assert.equal(entry("Default: 3 if there are two banks, else 1"), undefined);
    assert.equal(entry("If the boat is small the default is 3."), undefined);
    assert.equal(entry("Default: 3/4 of the oars"), undefined);
    assert.equal(entry("Default: 3, or 4 on weekends"), undefined);
    assert.equal(entry("The default value is 3.\n\n\tDefault: 4"), undefined);
    assert.equal(entry("Default: 512kB Minimum: 64kB"), "524288");
    assert.equal(entry("Default: 0x0007 (three oars)"), "0x0007");
    assert.equal(entry("CONFIG_OAR sets the default value of ``oar``."), undefined);
  });

  it("reads CRLF and a byte order mark, and nothing from nothing", () => {
    const text = "\uFEFF/proc/sys/net/mpls/* Variables:\r\n===============================\r\n\r\noar - INTEGER\r\n\tDefault: 255\r\n";
    assert.deepEqual(importSysctlDocument(networking, text).parameters.map(brief), ["net.mpls.oar integer default=255 @4 | Default: 255"]);
    assert.deepEqual(importSysctlDocument(admin, ""), { parameters: [], prose: [], unread: [] });
  });
});
