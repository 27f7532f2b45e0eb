import assert from "node:assert/strict";
import { kindOf } from "./read";

const ours: readonly (readonly [string, string, string])[] = [
  ["/etc/sysctl.conf", "", "sysctl"],
  ["/srv/roles/db/files/sysctl.d/90-db.conf", "vm.swappiness=1\n", "sysctl"],
  ["/srv/99-sysctl-db.conf", "# a\nvm.swappiness = 1\n", "sysctl"],
  ["/etc/default/grub", "GRUB_TIMEOUT=5\n", "kernel-command-line"],
  ["/boot/loader/entries/a.conf", "options quiet\n", "kernel-command-line"],
  ["/usr/lib/tuned/balanced/tuned.conf", "[main]\n", "tuned"],
  ["/srv/a-tune/web.conf", "[main]\ninclude = x\n[sysctl]\nvm.swappiness=1\n", "tuned"],
  ["/etc/mysql/my.cnf", "", "mysql"],
  ["/etc/mysql/mariadb.conf.d/50-server.cnf", "[mysqld]\n", "mysql"],
  ["/etc/postgresql/15/main/postgresql.conf", "", "postgresql"],
  ["/etc/postgresql/15/main/conf.d/a.conf", "work_mem = 4MB\n", "postgresql"],
  ["/etc/nginx/nginx.conf", "", "nginx"],
  ["/etc/nginx/conf.d/a.conf", "server {\n}\n", "nginx"],
  ["/etc/redis/redis.conf", "port 6379\n", "redis"],
  ["/srv/serve.sh", "vllm serve m\n", "shell"],
  ["/srv/run", "#!/usr/bin/env bash\npython -m \\\n sglang.launch_server\n", "shell"],
  ["/srv/docker-compose.yml", "services:\n  a:\n    image: vllm/vllm-openai\n    command: --max-num-seqs 2\n", "yaml"],
  ["/srv/job.fio", "[a]\nrw=read\n", "fio"],
  ["/srv/linux/.config", "CONFIG_SMP=y\n", "kconfig"],
  ["/srv/arch/arm64/configs/openeuler_defconfig", "CONFIG_SMP=y\n", "kconfig"],
  ["/etc/systemd/system/a.service.d/limits.conf", "[Service]\nLimitNOFILE=1\n", "systemd"],
  ["/etc/security/limits.d/a.conf", "* soft nofile 1\n", "limits"],
  ["/etc/fstab", "", "fstab"],
  ["C:\\my\\sysctl.conf", "", "sysctl"],
];

const others: readonly (readonly [string, string])[] = [
  ["/etc/NetworkManager/NetworkManager.conf", "[main]\nplugins=ifupdown\n"],
  ["/srv/app.conf", "name = value\n"],
  ["/srv/sysctl-notes.conf", "these are notes = of mine\nwith words\n"],
  ["/etc/apache2/conf.d/a.conf", "<Directory />\n"],
  ["/etc/redis/sentinel.conf", "port 26379\n"],
  ["/srv/redis-exporter.conf", "[redis]\naddr=1\n"],
  ["/srv/build.sh", "pip install vllm\n./run\n"],
  ["/srv/values.yaml", "replicas: 2\nimage: nginx\n"],
  ["/srv/notes.yaml", "text: we compared vllm with others\n"],
  ["/srv/settings.ini", "[a]\nbs=1\n"],
  ["/srv/app.config", "<configuration/>\n"],
  ["/srv/php.cnf", "[openssl]\na=b\n"],
  ["/srv/a.service", "no unit\n"],
  ["/srv/limits.conf", "a = 1\n"],
  ["/srv/README.md", "sysctl.conf\n"],
  ["/srv/0001-a.patch", "--- a/etc/sysctl.conf\n"],
];

describe("which files settings are told of", () => {
  for (const [path, text, kind] of ours) it(`${path} is ${kind}`, () => { assert.equal(kindOf(path, text), kind); });
  for (const [path, text] of others) it(`${path} is left alone`, () => { assert.equal(kindOf(path, text), undefined); });
});
