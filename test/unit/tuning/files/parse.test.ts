import assert from "node:assert/strict";
import { formatNamed } from "../../../../language-server/engine/tuning/files/formats";
import { settingsIn } from "./read";

describe("settings in files", () => {
  it("sysctl: dots or slashes, a leading dash, comments, CRLF and a BOM", () => {
    const text = "\ufeffvm.swappiness = 10\r\n# vm.dirty_ratio = 5\r\n; also a comment\r\n  -net/ipv4/conf/eth0.1/forwarding=1\r\nnet.ipv4.tcp_rmem =\t4096 87380  6291456 \r\nnet.ipv4.conf.*.rp_filter = 1";
    assert.deepEqual(settingsIn("sysctl", text), ["1:1 vm.swappiness = 10", "4:3 net.ipv4.conf.eth0/1.forwarding = 1", "5:0 net.ipv4.tcp_rmem = 4096 87380  6291456", "6:0 net.ipv4.conf.*.rp_filter = 1"]);
  });

  it("sysctl: a line without = or without a name is told, the others are read", () => {
    const file = formatNamed("sysctl")!.parse("vm.swappiness 10\n= 3\nvm.dirty_ratio = 5\n-net.ipv4.conf.all.rp_filter\n", "");
    assert.deepEqual(file.problems.map(({ at, message }) => `${at.line} ${message.id}`), ["1 tuning.file.noEquals", "2 tuning.file.noName"]);
    assert.deepEqual(file.settings.map(({ name }) => name), ["vm.dirty_ratio"]);
  });

  it("kernel command line: grub's variables, over lines, and not what is for init or Xen", () => {
    const text = 'GRUB_DEFAULT=0\nGRUB_CMDLINE_LINUX_DEFAULT="quiet hugepagesz=1G hugepages=16 \\\n  isolcpus=2-7"\nGRUB_CMDLINE_XEN="dom0_mem=4G"\nGRUB_CMDLINE_LINUX=\'dyndbg="file a.c +p" sysctl.vm.swappiness=1 -- single\'\n';
    assert.deepEqual(settingsIn("kernel-command-line", text, "/etc/default/grub"), ["2:28 quiet", "2:34 hugepagesz = 1G", "2:48 hugepages = 16", "3:2 isolcpus = 2-7", '5:20 dyndbg = file a.c +p', "5:41 vm.swappiness = 1"]);
    assert.deepEqual(settingsIn("kernel-command-line", "title Linux\noptions root=/dev/sda1 mitigations=off\n", "/boot/loader/entries/a.conf"), ["2:8 root = /dev/sda1", "2:23 mitigations = off"]);
    assert.deepEqual(settingsIn("kernel-command-line", "# one line\nnohz_full=1-3\n", "/etc/kernel/cmdline"), ["2:0 nohz_full = 1-3"]);
  });

  it("tuned and A-Tune: each section's own names, its includes, and values that tuned computes left open", () => {
    const text = "[main]\nsummary=x\ninclude=a,b\n[sysctl]\nvm.swappiness=10\nvm.dirty_ratio=${x}\nnet.core.busy_read=>50\n[bootloader]\ncmdline_a=+skew_tick=1 isolcpus=${cores}\n[bootloader.grub2]\niommu.passthrough = 1\n[kernel_config]\nCONFIG_HZ = 100\n[sysfs]\n/sys/kernel/mm/ksm/run=0\n[cpu]\ngovernor=performance\n";
    assert.deepEqual(settingsIn("tuned", text), ["5:0 vm.swappiness = 10", "6:0 vm.dirty_ratio = ${x} (open)", "7:0 net.core.busy_read = >50 (open)", "9:11 skew_tick = 1", "9:23 isolcpus = ${cores} (open)", "11:0 iommu.passthrough = 1", "13:0 CONFIG_HZ = 100", "15:0 /sys/kernel/mm/ksm/run = 0"]);
    assert.deepEqual(formatNamed("tuned")?.parse(text, "").includes.map(({ path }) => path), ["a", "b"]);
  });

  it("my.cnf: what servers read, in either spelling, and not a client's", () => {
    const text = "[client]\nport=3306\n[mysqld]\ninnodb-buffer-pool-size = 8G # most of it\nskip-name-resolve\nloose_thing='a b'\n!includedir /etc/mysql/conf.d/\n[mariadb-10.11]\nmax_connections=100\n";
    assert.deepEqual(settingsIn("mysql", text), ["4:0 innodb_buffer_pool_size = 8G", "5:0 skip_name_resolve", "6:0 thing = a b", "9:0 max_connections = 100"]);
    assert.deepEqual(formatNamed("mysql")?.parse(text, "").includes.map(({ path }) => path), ["/etc/mysql/conf.d/"]);
  });

  it("postgresql.conf: with and without =, quotes, comments behind, any case", () => {
    const text = "shared_buffers = 128MB\t# min 128kB\n  Work_Mem 4MB\nlog_line_prefix = '%m [%p] it''s # in'\t# a\ninclude_dir = 'conf.d'\npg_stat_statements.max = 100\nsearch_path = 'open\n#x = 1\n";
    assert.deepEqual(settingsIn("postgresql", text), ["1:0 shared_buffers = 128MB", "2:2 work_mem = 4MB", "3:0 log_line_prefix = %m [%p] it's # in", "5:0 pg_stat_statements.max = 100", "6:0 search_path = open"]);
    assert.deepEqual(formatNamed("postgresql")?.parse(text, "").problems.map(({ message }) => message.id), ["tuning.file.unclosedQuote"]);
  });

  it("nginx: directives in blocks, quotes, variables, and a lost semicolon", () => {
    const text = "worker_processes auto;\nevents { worker_connections 1024; }\nhttp {\n  log_format m '$a; $b'; # x {\n  sendfile on\n  keepalive_timeout 65;\n  include mime.types;\n  add_header A ${B}x;\n}\n";
    assert.deepEqual(settingsIn("nginx", text), ["1:0 nginx: worker_processes = auto", "2:9 nginx: worker_connections = 1024", "4:2 nginx: log_format = m $a; $b (open)", "7:2 nginx: include = mime.types", "8:2 nginx: add_header = A ${B}x (open)"]);
    assert.deepEqual(formatNamed("nginx")?.parse(text, "").problems.map(({ at, message }) => `${at.line} ${message.id}`), ["5 tuning.file.noSemicolon"]);
  });

  it("redis.conf", () => {
    assert.deepEqual(settingsIn("redis", "# c\nmaxmemory 2gb\nsave 900 1\nrequirepass \"a b\"\nappendonly yes  \n"), ["2:0 redis: maxmemory = 2gb", "3:0 redis: save = 900 1", "4:0 redis: requirepass = a b", "5:0 redis: appendonly = yes"]);
  });

  it("fio, Kconfig, units, limits and fstab", () => {
    assert.deepEqual(settingsIn("fio", "[global]\nioengine=libaio\ndirect=1\n[a]\nbs=${BS}\ngroup_reporting\n"), ["2:0 fio: ioengine = libaio", "3:0 fio: direct = 1", "5:0 fio: bs = ${BS} (open)", "6:0 fio: group_reporting"]);
    assert.deepEqual(settingsIn("kconfig", 'CONFIG_HZ=250\n# CONFIG_PREEMPT is not set\nCONFIG_LOCALVERSION="-a"\n# a comment\n'), ["1:0 CONFIG_HZ = 250", "2:2 CONFIG_PREEMPT = n", "3:0 CONFIG_LOCALVERSION = -a"]);
    assert.deepEqual(settingsIn("systemd", "[Unit]\nDescription=a\n[Service]\nExecStart=/bin/a \\\n  LimitNOFILE=1\nLimitNOFILE=65536\n"), ["6:0 systemd: LimitNOFILE = 65536"]);
    assert.deepEqual(settingsIn("limits", "# a\n*   soft  nofile 65536\n@dba - memlock unlimited\n"), ["2:10 limits: nofile = 65536", "3:7 limits: memlock = unlimited"]);
    assert.deepEqual(settingsIn("fstab", "/dev/sda1 / ext4 defaults 0 1\nredis://h/1 /jfs juicefs _netdev,cache-size=204800,writeback 0 0\n"), ["2:33 juicefs: cache-size = 204800", "2:51 juicefs: writeback"]);
  });
});

describe("settings of inference engines in commands", () => {
  it("shell: over lines, with = or a blank, quotes, variables, and only of the engine's command", () => {
    const text = '#!/bin/bash\nexport A=1 # --not-this 1\nexec vllm serve "$MODEL" \\\n  --max-num-seqs 256 --gpu-memory-utilization=0.95 \\\n  --served-model-name "a b" -tp ${TP:-8} --enable-prefix-caching\nls --color\npython3 -m sglang.launch_server --mem-fraction-static .8 && echo --x 1\njuicefs mount -d redis://h/1 /jfs --cache-size 1024 -o max-uploads=20,allow_other\n';
    assert.deepEqual(settingsIn("shell", text), [
      "4:2 vllm: max-num-seqs = 256",
      "4:21 vllm: gpu-memory-utilization = 0.95",
      "5:2 vllm: served-model-name = a b",
      "5:28 vllm: tensor-parallel-size = ${TP:-8} (open)",
      "5:41 vllm: enable-prefix-caching",
      "7:32 sglang: mem-fraction-static = .8",
      "8:34 juicefs: cache-size = 1024",
      "8:55 juicefs: max-uploads = 20",
    ]);
  });

  it("compose: the image's own command, a text, a folded text", () => {
    const text = "services:\n  a:\n    image: vllm/vllm-openai:v0.8.4\n    command: --model m/x --max-num-seqs 8\n  b:\n    image: x\n    command: >\n      vllm serve m\n      --max-model-len 4096\n      --swap-space=4\n  web:\n    image: nginx\n    command: --max-num-seqs 9\n";
    assert.deepEqual(settingsIn("yaml", text), ["4:13 vllm: model = m/x", "4:25 vllm: max-num-seqs = 8", "9:6 vllm: max-model-len = 4096", "10:6 vllm: swap-space = 4"]);
  });

  it("Kubernetes: lists of words, a shell's -c, templates, mount options of JuiceFS", () => {
    const text =
      'spec:\n  containers:\n  - name: a\n    image: vllm/vllm-openai:latest\n    args: ["--max-num-batched-tokens", "2048", \'--max-num-seqs=4096\', --dtype, {{ .Values.dtype }}]\n  - image: y\n    command: ["/bin/sh", "-c"]\n    args:\n      - |\n        set -e\n        vllm serve m --block-size 16 \\\n          --kv-cache-dtype fp8\n---\napiVersion: v1\nkind: PersistentVolume\nspec:\n  mountOptions: ["cache-size=1024", writeback]\n  csi:\n    driver: csi.juicefs.com\n';
    assert.deepEqual(settingsIn("yaml", text), ["5:12 vllm: max-num-batched-tokens = 2048", "5:48 vllm: max-num-seqs = 4096", "5:70 vllm: dtype =  (open)", "11:21 vllm: block-size = 16", "12:10 vllm: kv-cache-dtype = fp8", "17:18 juicefs: cache-size = 1024", "17:36 juicefs: writeback"]);
  });
});
