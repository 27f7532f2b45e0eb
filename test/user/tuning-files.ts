import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A folder with one file of each kind that settings are told of, each with something to tell. */
export function makeTuningFiles(parent: string, name: string): void {
  const write = (path: string, text: string): void => {
    const file = join(parent, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write("etc/sysctl.d/90-keel.conf", "# database host\nvm.swappiness = 300\nvm.dirty_ratio = 40\nvm.dirty_bytes = 268435456\nkernel.sched_latency_ns = 24000000\nnet.core.rmem_max = 16777216\nnet.core.rmem_default = 33554432\nvm.dirty_expire_centisecs = 3000\n");
  write("etc/default/grub", 'GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX_DEFAULT="quiet transparent_hugepage=never numa_balancing=disable"\n');
  write("tuned/keel/tuned.conf", "[main]\nsummary=Keel\n\n[sysctl]\nvm.dirty_background_ratio=50\nvm.dirty_ratio=20\nkernel.sched_min_granularity_ns=10000000\n");
  write("etc/mysql/my.cnf", "[mysqld]\ninnodb_buffer_pool_size = 8589934592\nmax_connections = 500\n");
  write("pg/postgresql.conf", "shared_buffers = 4GB\nwork_mem = 32kB\nfsync = maybe\nmax_wal_size = 1GB\nmax_wal_size = 4GB\n");
  write("etc/nginx/nginx.conf", "worker_processes auto;\nevents {\n    worker_connections 1024;\n}\nhttp {\n    sendfile on;\n    keepalive_timeout 65;\n}\n");
  write("etc/redis/redis.conf", "maxmemory 4294967296\nmaxmemory-policy noeviction\nappendonly maybe\n");
  write("serve.sh", "#!/bin/bash\nexec vllm serve \"$MODEL\" \\\n  --max-num-seqs 512 \\\n  --max-num-batched-tokens 256 \\\n  --gpu-memory-utilization 0.92\n");
  write("compose.yaml", "services:\n  llm:\n    image: vllm/vllm-openai:v0.8.4\n    command: --model keel/m --max-num-seqs 512 --max-num-batched-tokens 256\n");
  write("keel.fio", "[global]\nioengine=libaio\ndirect=1\niodepth=32\n\n[read]\nrw=randread\nbs=4k\nbs=8k\n");
  write("etc/security/limits.d/keel.conf", "* soft nofile 65536\n* soft nofile 1024\n");
  write("k8s/deploy.yaml", 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: vllm\n          image: vllm/vllm-openai:v0.8.4\n          args: ["--max-num-seqs", "512", "--max-num-batched-tokens=256"]\n');
  write("sglang.sh", "#!/bin/sh\npython3 -m sglang.launch_server --model-path keel/m --mem-fraction-static 1.4\n");
  write("etc/fstab", "redis://127.0.0.1:6379/1 /jfs juicefs _netdev,cache-size=102400,writeback 0 0\n");
  write("kernel/keel.config", "CONFIG_HZ=1000\nCONFIG_SMP=y\nCONFIG_SMP=n\n");
  write("etc/systemd/system/keel.service", "[Service]\nLimitNOFILE=65536\nLimitMEMLOCK=infinit\nCPUQuota=200\n");
  write("values.yaml", "replicas: 2\n");
}
