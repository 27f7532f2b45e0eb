import type { KnowledgeSource } from "../types";

/** A file of a work that the pack cites: a line in it is a source. */
type Cited = (line: number) => KnowledgeSource;

interface Work {
  /** With the version that the lines are of. */
  readonly title: string;
  /** Where its files are read on the web; the file's path follows. */
  readonly web: string;
  readonly licence: string;
}

function document({ title, web, licence }: Work, file: string): Cited {
  return (line) => ({ title: `${title}, ${file.slice(file.lastIndexOf("/") + 1)}`, file, line, url: `${web}/${file}`, licence });
}

const mariadb: Work = { title: "MariaDB 10.11", web: "https://github.com/MariaDB/server/blob/10.11", licence: "GPL-2.0" };
const postgresql: Work = { title: "PostgreSQL 15", web: "https://github.com/postgres/postgres/blob/REL_15_STABLE", licence: "PostgreSQL" };
const redis: Work = { title: "Redis 7.2", web: "https://github.com/redis/redis/blob/7.2.5", licence: "BSD-3-Clause" };
const nginx: Work = { title: "nginx documentation", web: "https://github.com/nginx/nginx.org/blob/main", licence: "BSD-2-Clause" };
const juicefs: Work = { title: "JuiceFS 1.4", web: "https://github.com/juicedata/juicefs/blob/v1.4.1", licence: "Apache-2.0" };
const vllm: Work = { title: "vLLM 0.14", web: "https://github.com/vllm-project/vllm/blob/v0.14.0", licence: "Apache-2.0" };
const sglang: Work = { title: "SGLang 0.5", web: "https://github.com/sgl-project/sglang/blob/main", licence: "Apache-2.0" };
const kubernetes: Work = { title: "Kubernetes", web: "https://github.com/kubernetes/kubernetes/blob/master", licence: "Apache-2.0" };
const ceph: Work = { title: "Ceph", web: "https://github.com/ceph/ceph/blob/main", licence: "LGPL-2.1" };
const ray: Work = { title: "Ray 2.58", web: "https://github.com/ray-project/ray/blob/ray-2.58.0/python", licence: "Apache-2.0" };

const fio: Work = { title: "fio 3.42", web: "https://github.com/axboe/fio/blob/master", licence: "GPL-2.0" };
const pam: Work = { title: "Linux-PAM 1.7", web: "https://github.com/linux-pam/linux-pam/blob/master", licence: "BSD-3-Clause OR GPL-2.0-or-later" };
const systemd: Work = { title: "systemd 252", web: "https://github.com/systemd/systemd/blob/v252", licence: "LGPL-2.1-or-later" };

export const applicationDocs = {
  innodb: document(mariadb, "mysql-test/suite/sys_vars/r/sysvars_innodb.result"),
  mariadbVariables: document(mariadb, "mysql-test/suite/sys_vars/r/sysvars_server_notembedded.result"),
  mariadbHelp: document(mariadb, "mysql-test/main/mysqld--help.result"),
  postgres: document(postgresql, "src/backend/utils/misc/postgresql.conf.sample"),
  redisConf: document(redis, "redis.conf"),
  nginxCore: document(nginx, "xml/en/docs/ngx_core_module.xml"),
  nginxHttp: document(nginx, "xml/en/docs/http/ngx_http_core_module.xml"),
  nginxGzip: document(nginx, "xml/en/docs/http/ngx_http_gzip_module.xml"),
  nginxSsl: document(nginx, "xml/en/docs/http/ngx_http_ssl_module.xml"),
  nginxLog: document(nginx, "xml/en/docs/http/ngx_http_log_module.xml"),
  nginxProxy: document(nginx, "xml/en/docs/http/ngx_http_proxy_module.xml"),
  nginxUpstream: document(nginx, "xml/en/docs/http/ngx_http_upstream_module.xml"),
  juicefsFlags: document(juicefs, "cmd/flags.go"),
  juicefsFormat: document(juicefs, "cmd/format.go"),
  vllmCache: document(vllm, "vllm/config/cache.py"),
  vllmScheduler: document(vllm, "vllm/config/scheduler.py"),
  vllmParallel: document(vllm, "vllm/config/parallel.py"),
  vllmModel: document(vllm, "vllm/config/model.py"),
  vllmLoad: document(vllm, "vllm/config/load.py"),
  sglangArguments: document(sglang, "python/sglang/srt/server_args.py"),
  kubeletSysctl: document(kubernetes, "staging/src/k8s.io/component-helpers/node/util/sysctl/sysctl.go"),
  cephSysctl: document(ceph, "etc/sysctl/90-ceph-osd.conf"),
  rayScripts: document(ray, "ray/scripts/scripts.py"),
  fioHowto: document(fio, "HOWTO.rst"),
  pamLimits: document(pam, "modules/pam_limits/limits.conf.5.xml"),
  systemdExec: document(systemd, "man/systemd.exec.xml"),
  systemdResources: document(systemd, "man/systemd.resource-control.xml"),
  rayServe: document(ray, "ray/serve/_private/config.py"),
} as const;
