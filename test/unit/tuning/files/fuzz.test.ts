import assert from "node:assert/strict";
import fc from "fast-check";
import { formatNamed, formatOf } from "../../../../language-server/engine/tuning/files/formats";
import { fileKinds } from "../../../../language-server/engine/tuning/files/types";

const pieces = [
  "\n", "\n", "\r\n", "\r", " ", "\t", "=", " = ", "[", "]", "[sysctl]\n", "[mysqld]\n", "[Service]\n", "[main]\n", "{", "}", ";", "#", "'", '"', "\\", "\\\n", "${", "$(", "`", "{{", "}}", "--", "-", ",", ":", "- ", "|\n", ">\n", "---\n", "&a ", "*a", "!!t ",
  "vm.swappiness", "net/ipv4/conf/eth0.1/x", "GRUB_CMDLINE_LINUX=", 'GRUB_CMDLINE_LINUX="quiet', "options ", "CONFIG_A=y\n", "# CONFIG_B is not set\n", "work_mem 4MB\n", "maxmemory 1gb\n", "events {", "worker_connections 1;", "vllm serve m --max-num-seqs 4 ", "image: vllm/vllm-openai\n", "command: ", "args:\n", "  - --a=1\n", "juicefs mount -o a=1,b ", "mountOptions: [a=1]\n", "csi:\n  driver: csi.juicefs.com\n", "bs=4k\n", "LimitNOFILE=1\n", "* soft nofile 1\n", "x /y juicefs a=1 0 0\n", "\ufeff", "船", "\u0000", "\ud800",
];
const text = fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ maxLength: 10 }) }), { maxLength: 80 }).map((parts) => parts.join(""));
const paths = ["", "/etc/sysctl.conf", "/etc/default/grub", "/boot/loader/entries/a.conf", "/etc/kernel/cmdline", "/a/tuned.conf", "/a/my.cnf", "/etc/nginx/nginx.conf", "/a/b.yaml", "/a/b.sh"];

describe("configuration files on hostile input", () => {
  for (const kind of fileKinds) {
    it(`never throw, and point at text that is there: ${kind}`, () => {
      fc.assert(
        fc.property(text, fc.constantFrom(...paths), (content, path) => {
          const lines = content.split(/\r\n|\n|\r/u);
          const file = formatNamed(kind)!.parse(content, path);
          for (const { at, valueAt, name } of file.settings) {
            assert.ok(name !== "" && at.end > at.start, `${name} at ${at.start}–${at.end}`);
            for (const place of valueAt === undefined ? [at] : [at, valueAt]) assert.ok(place.line >= 1 && place.line <= lines.length && place.start >= 0 && place.end >= place.start && place.end <= (lines[place.line - 1] ?? "").length, `${name} ${JSON.stringify(place)} in ${JSON.stringify(lines[place.line - 1])}`);
          }
          for (const { at } of file.problems) assert.ok(at.line >= 1 && at.line <= lines.length);
        }),
        { numRuns: 300 },
      );
    });

    it(`read the first half of a file as they read it whole: ${kind}`, () => {
      const whole = "vm.swappiness = 1\n".repeat(400);
      assert.doesNotThrow(() => formatNamed(kind)!.parse(whole.slice(0, 3333), "/etc/sysctl.conf"));
    });
  }

  it("are told from others without throwing, whatever the text", () => {
    fc.assert(fc.property(text, fc.constantFrom(...paths), (content, path) => void formatOf(path, content)), { numRuns: 300 });
  });

  it("take long lines and deep nesting in linear time", () => {
    for (const kind of fileKinds) {
      for (const hostile of ["a ".repeat(200_000), "{".repeat(100_000), '"'.repeat(100_000), "[[".repeat(50_000), "- ".repeat(50_000), "vllm serve ".repeat(30_000), "\\\n".repeat(100_000), `image: ${"x".repeat(300_000)}`]) formatNamed(kind)!.parse(hostile, "/etc/default/grub");
    }
  }).timeout(20_000);
});
