import assert from "node:assert/strict";
import { mayBeConfiguration } from "../../../extension/tuning/detect";

function likely(path: string, text: string, languageId = "plaintext", scheme = "file"): boolean {
  return mayBeConfiguration({ uri: { path, scheme }, languageId, getText: () => text });
}

describe("which documents start the server for their settings", () => {
  const ours: readonly (readonly [string, string, string?])[] = [
    ["/etc/sysctl.conf", ""],
    ["/etc/sysctl.d/a.conf", ""],
    ["/etc/default/grub", ""],
    ["/etc/mysql/my.cnf", ""],
    ["/srv/compose.yaml", "image: vllm/vllm-openai\n"],
    ["/srv/serve.sh", "vllm serve m\n"],
    ["/srv/serve", "#!/bin/sh\nvllm serve m\n", "shellscript"],
    ["/srv/a.conf", "[main]\n[sysctl]\nvm.swappiness=1\n"],
    ["/srv/linux/.config", "CONFIG_SMP=y\n"],
    ["/etc/systemd/system/a.service", "[Service]\nLimitNOFILE=1\n"],
    ["/etc/nginx/conf.d/a.conf", "server {\n"],
  ];
  const others: readonly (readonly [string, string, string?, string?])[] = [
    ["/srv/values.yaml", "replicas: 1\n"],
    ["/srv/build.sh", "make -j8\n"],
    ["/srv/run", "echo\n", "shellscript"],
    ["/srv/app.conf", "a = b\n"],
    ["/srv/notes.txt", "vllm serve\n"],
    ["/srv/a.service", "[Service]\nExecStart=/bin/true\n"],
    ["/srv/app.config", "<configuration/>\n"],
    ["/etc/sysctl.conf", "", "properties", "git"],
  ];
  for (const [path, text, language] of ours) it(`${path} does`, () => { assert.equal(likely(path, text, language), true); });
  for (const [path, text, language, scheme] of others) it(`${path} (${scheme ?? "file"}) does not`, () => { assert.equal(likely(path, text, language, scheme), false); });
});
