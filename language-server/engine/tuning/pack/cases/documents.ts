import { page, tuningCase } from "../case";
import { kernelDocs } from "../cite";
import { applicationDocs } from "../cite-applications";
import type { TuningCase } from "../types";

const gib = 1024 ** 3;

/** What the makers of a program or of the kernel say that it wants of the system; the words are ours, and so are values after a `~`: there the document names the setting alone. */
export const documentCases: readonly TuningCase[] = [
  tuningCase("document", "redis-host", {
    en: "redis key-value cache on a dedicated host, many clients, snapshots by fork", zh: "redis 键值缓存专用主机，客户端多，以 fork 做快照",
    source: page("Redis documentation, administration", "https://redis.io/docs/latest/operate/oss_and_stack/management/admin/", "CC-BY-NC-SA-4.0"),
  }, `
    vm.overcommit_memory = 1
    net.core.somaxconn ~ 4096
    net.ipv4.tcp_max_syn_backlog ~ 4096
    redis/tcp-backlog ~ 4096
  `),
  tuningCase("document", "nginx-host", {
    en: "nginx web server and reverse proxy, http, very many client connections", zh: "nginx 网站服务器与反向代理，http 客户端连接极多",
    source: page("NGINX blog, tuning NGINX for performance", "https://blog.nginx.org/blog/tuning-nginx", "F5"),
  }, `
    net.core.somaxconn ~ 4096
    net.core.netdev_max_backlog ~ 16384
    fs.file-max ~ 2097152
    net.ipv4.ip_local_port_range = 1024 65000
    nginx/worker_processes = auto
    nginx/worker_connections ~ 10240
    nginx/worker_rlimit_nofile ~ 65535
    nginx/keepalive_requests ~ 10000
    nginx/keepalive ~ 128
  `),
  tuningCase("document", "postgresql-resources", {
    en: "PostgreSQL database server, kernel resources, shared memory and huge pages", zh: "PostgreSQL 数据库服务器的内核资源、共享内存与大页",
    source: page("PostgreSQL 15, managing kernel resources", "https://www.postgresql.org/docs/15/kernel-resources.html", "PostgreSQL"),
  }, `
    kernel.shmmax = 17179869184
    kernel.shmall = 4194304
    kernel.sem ~ 250 32000 32 128
    vm.overcommit_memory = 2
    fs.file-max ~ 2097152
    postgresql/huge_pages ~ on
  `),
  tuningCase("document", "postgresql-ssd", {
    en: "PostgreSQL transactions on SSD or NVMe, checkpoints and planner", zh: "SSD 或 NVMe 上的 PostgreSQL 事务负载，检查点与规划器",
    source: page("PostgreSQL 15, query planning", "https://www.postgresql.org/docs/15/runtime-config-query.html", "PostgreSQL"), hardware: { disk: "nvme" },
  }, `
    postgresql/random_page_cost ~ 1.1
    postgresql/effective_io_concurrency ~ 200
  `),
  tuningCase("document", "mysql-innodb", {
    en: "MySQL and MariaDB InnoDB transactions, oltp, sysbench, tpcc on a dedicated server", zh: "MySQL 与 MariaDB InnoDB 联机事务专用服务器",
    source: page("MySQL 8.4, optimizing InnoDB disk I/O", "https://dev.mysql.com/doc/refman/8.4/en/optimizing-innodb-diskio.html", "Oracle"),
  }, `
    fs.aio-max-nr ~ 1048576
    mariadb/innodb_buffer_pool_size ~ 70%
    mariadb/innodb_flush_method ~ O_DIRECT
    mariadb/innodb_log_file_size ~ 4294967296
    mariadb/innodb_io_capacity ~ 2000
    mariadb/innodb_flush_neighbors ~ 0
  `),
  tuningCase("document", "mongodb-production", {
    en: "MongoDB document database in production", zh: "MongoDB 文档数据库生产环境",
    source: page("MongoDB manual, production notes", "https://www.mongodb.com/docs/manual/administration/production-notes/", "CC-BY-NC-SA-3.0"),
  }, `
    vm.swappiness = 1
    vm.zone_reclaim_mode = 0
    net.ipv4.tcp_keepalive_time = 120
  `),
  tuningCase("document", "mongodb-limits", {
    en: "large MongoDB document database in production, limits of files, processes and memory maps", zh: "大型 MongoDB 文档数据库生产环境，文件、进程与内存映射的上限",
    source: page("MongoDB manual, operations checklist", "https://www.mongodb.com/docs/manual/administration/production-checklist-operations/", "CC-BY-NC-SA-3.0"),
  }, `
    vm.max_map_count = 131060
    fs.file-max = 98000
    kernel.pid_max = 64000
    kernel.threads-max = 64000
  `),
  tuningCase("document", "elasticsearch", {
    en: "Elasticsearch and OpenSearch search engine nodes", zh: "Elasticsearch 与 OpenSearch 搜索引擎节点",
    source: page("Elasticsearch guide, important system configuration", "https://www.elastic.co/guide/en/elasticsearch/reference/8.19/system-config.html", "Elastic"),
  }, `
    vm.max_map_count = 1048576
    vm.swappiness = 1
    net.ipv4.tcp_retries2 = 5
  `),
  tuningCase("document", "kafka", {
    en: "Kafka message broker, sequential writes through the page cache", zh: "Kafka 消息队列，经页缓存顺序写",
    source: page("Charmed Apache Kafka documentation, performance tuning", "https://documentation.ubuntu.com/charmed-kafka/3/reference/performance-tuning", "CC-BY-SA-4.0"),
  }, `
    vm.swappiness = 1
    vm.dirty_ratio = 80
    vm.dirty_background_ratio = 5
  `),
  tuningCase("document", "isolated-cpus", {
    en: "real-time and packet processing on isolated CPUs, nohz_full, low jitter, dpdk", zh: "隔离 CPU 上的实时与报文处理，nohz_full，低抖动",
    source: kernelDocs.perCpuThreads(267),
  }, `
    vm.stat_interval ~ 60
  `),
  tuningCase("document", "busy-polling", {
    en: "network latency, request and response over few connections, busy polling", zh: "网络低延迟，少量连接上的请求应答，忙轮询",
    source: kernelDocs.net(193),
  }, `
    net.core.busy_poll = 50
    net.core.busy_read = 50
  `),
  tuningCase("document", "long-fat-network", {
    en: "bulk transfer over 10G to 100G networks, large bandwidth-delay product, network throughput", zh: "10G 到 100G 网络上的大文件传输，带宽时延积大，网络吞吐",
    source: kernelDocs.ip(701),
  }, `
    net.core.rmem_max ~ 67108864
    net.core.wmem_max ~ 67108864
    net.ipv4.tcp_rmem ~ 4096 131072 33554432
    net.ipv4.tcp_wmem ~ 4096 65536 33554432
    net.ipv4.tcp_mtu_probing ~ 1
  `),
  tuningCase("document", "kubernetes-network", {
    en: "Kubernetes node, container host that routes for its pods", zh: "Kubernetes 节点，为 Pod 转发报文的容器主机",
    source: page("Kubernetes, container runtimes", "https://kubernetes.io/docs/setup/production-environment/container-runtimes/", "CC-BY-4.0"),
  }, `
    net.ipv4.ip_forward = 1
  `),
  tuningCase("document", "container-watches", {
    en: "container host and Kubernetes node with many pods, too many open files", zh: "Pod 众多的容器主机与 Kubernetes 节点，打开文件过多",
    source: page("kind, known issues", "https://kind.sigs.k8s.io/docs/user/known-issues/", "Apache-2.0"),
  }, `
    fs.inotify.max_user_watches = 524288
    fs.inotify.max_user_instances = 512
  `),
  tuningCase("document", "kubelet", {
    en: "Kubernetes kubelet with protected kernel defaults", zh: "启用内核默认值保护的 Kubernetes kubelet",
    source: applicationDocs.kubeletSysctl(49),
  }, `
    vm.overcommit_memory = 1
    kernel.panic = 10
    kernel.panic_on_oops = 1
  `),
  tuningCase("document", "laptop", {
    en: "laptop on battery, disks that spin down, power saving", zh: "笔记本电池供电，磁盘休眠，节能",
    source: kernelDocs.laptopMode(94),
  }, `
    vm.laptop_mode = 5
    vm.dirty_writeback_centisecs = 60000
    vm.dirty_expire_centisecs = 60000
    vm.dirty_ratio = 40
  `),
  tuningCase("document", "hpc-numa", {
    en: "hpc and mpi programs pinned to NUMA nodes, scientific computing, simulation", zh: "绑定 NUMA 节点的高性能计算与 MPI 程序，科学计算与仿真",
    source: kernelDocs.kernel(612), hardware: { minNumaNodes: 2 },
  }, `
    kernel.numa_balancing = 0
  `),
  tuningCase("document", "oracle-database", {
    en: "Oracle database server installation", zh: "Oracle 数据库服务器安装",
    source: page("Oracle Database Free installation guide, kernel parameters", "https://docs.oracle.com/en/database/oracle/oracle-database/26/xeinl/requirements/server-component-kernel-parameter-requirements.html", "Oracle"),
  }, `
    fs.aio-max-nr = 1048576
    fs.file-max = 6815744
    kernel.sem = 250 32000 100 128
    kernel.shmmni = 4096
    kernel.shmall = 1073741824
    kernel.shmmax = 4398046511104
    net.ipv4.ip_local_port_range = 9000 65500
    net.core.rmem_default = 262144
    net.core.rmem_max = 4194304
    net.core.wmem_default = 262144
    net.core.wmem_max = 1048576
    kernel.panic_on_oops = 1
  `),
  tuningCase("document", "short-connections", {
    en: "client or proxy that opens very many short http connections", zh: "大量短连接的 http 客户端或代理",
    source: kernelDocs.ip(954),
  }, `
    net.ipv4.tcp_tw_reuse ~ 1
    net.ipv4.ip_local_port_range ~ 10240 65000
  `),
  tuningCase("document", "long-connections", {
    en: "gateway with hundreds of thousands of long-lived connections, keepalive, websocket", zh: "数十万长连接的网关，保活，websocket",
    source: kernelDocs.ip(491),
  }, `
    net.ipv4.tcp_keepalive_time ~ 600
    net.ipv4.tcp_keepalive_intvl ~ 30
    net.ipv4.tcp_keepalive_probes ~ 5
    fs.file-max ~ 2097152
    fs.nr_open ~ 2097152
    net.ipv4.tcp_mem ~ 1528512 2038016 3057024
    net.ipv4.tcp_rmem ~ 4096 16384 4194304
    net.ipv4.tcp_wmem ~ 4096 16384 4194304
    net.ipv4.tcp_notsent_lowat ~ 131072
  `),
  tuningCase("document", "large-memory-writes", {
    en: "server with much memory and slow disks, storage, write bursts and stalls at sync", zh: "大内存慢磁盘的服务器，写入突发与同步停顿",
    source: kernelDocs.vm(160), hardware: { minMemory: 64 * gib },
  }, `
    vm.dirty_background_bytes ~ 268435456
    vm.dirty_bytes ~ 1073741824
    vm.dirty_expire_centisecs ~ 1500
    vm.dirty_writeback_centisecs ~ 500
  `),
  tuningCase("document", "ceph-osd", {
    en: "Ceph storage node with many disks, erasure coding", zh: "多磁盘的 Ceph 存储节点，纠删码",
    source: applicationDocs.cephSysctl(1),
  }, `
    fs.aio-max-nr = 1048576
  `),
  tuningCase("document", "kvm-host", {
    en: "KVM virtual machine host with huge pages, hypervisor", zh: "使用大页的 KVM 虚拟化宿主机",
    source: kernelDocs.hugetlb(107),
  }, `
    vm.nr_hugepages ~ 50%
  `),
  tuningCase("document", "llm-serving", {
    en: "LLM inference serving with vLLM on accelerators, throughput with many concurrent requests", zh: "加速卡上用 vLLM 做大模型推理服务，高并发吞吐",
    source: applicationDocs.vllmScheduler(50), hardware: { accelerator: true },
  }, `
    vllm/--max-num-seqs ~ 256
    vllm/--max-num-batched-tokens = 8192
    vllm/--gpu-memory-utilization ~ 0.92
    vllm/--enable-chunked-prefill ~ True
    vllm/--enable-prefix-caching ~ True
  `),
  tuningCase("document", "llm-latency", {
    en: "interactive LLM chat, low time per output token, steady TPOT and TTFT", zh: "交互式大模型对话，低 TPOT 与 TTFT，推理时延平稳",
    source: applicationDocs.vllmScheduler(78), hardware: { accelerator: true },
  }, `
    vllm/--max-num-batched-tokens ~ 2048
    vllm/--enable-chunked-prefill ~ True
    vllm/--async-scheduling ~ True
    vllm/--enable-prefix-caching ~ True
  `),
  tuningCase("document", "sglang-serving", {
    en: "SGLang inference serving of shared prompts, agents, many turns", zh: "SGLang 推理服务，共享提示、智能体、多轮对话",
    source: applicationDocs.sglangArguments(302), hardware: { accelerator: true },
  }, `
    sglang/--schedule-policy ~ lpm
    sglang/--mem-fraction-static ~ 0.88
    sglang/--chunked-prefill-size ~ 8192
    sglang/--enable-hierarchical-cache ~ True
    sglang/--hicache-ratio ~ 2.0
  `),
  tuningCase("document", "cpu-offload", {
    en: "inference of a large mixture of experts with weights or KV cache offloaded to host memory, heterogeneous CPU and accelerator", zh: "把权重或 KV cache 卸载到主机内存的大型 MoE 推理，CPU 与加速卡异构协同",
    source: applicationDocs.vllmCache(96), hardware: { accelerator: true, minMemory: 128 * gib },
  }, `
    vllm/--cpu-offload-gb ~ 64
    vllm/--kv-offloading-size ~ 64
  `),
  tuningCase("document", "accelerator-host", {
    en: "host of accelerators, GPU or NPU, for LLM inference and training", zh: "GPU 或 NPU 加速卡主机，用于大模型推理与训练",
    source: page("ROCm 6.3 documentation, system validation before training", "https://rocm.docs.amd.com/en/docs-6.3.3/how-to/rocm-for-ai/training/prerequisite-system-validation.html", "MIT"), hardware: { accelerator: true, minNumaNodes: 2 },
  }, `
    kernel.numa_balancing = 0
  `),
  tuningCase("document", "juicefs-dataset", {
    en: "AI training data loading of a data set that is only read, from JuiceFS, many small files", zh: "从 JuiceFS 读取只读数据集的 AI 训练数据加载，小文件多",
    source: page("JuiceFS documentation, cache", "https://juicefs.com/docs/community/guide/cache/", "Apache-2.0"),
  }, `
    juicefs/--attr-cache ~ 3600s
    juicefs/--entry-cache ~ 3600s
    juicefs/--dir-entry-cache ~ 3600s
    juicefs/--open-cache ~ 3600s
    juicefs/--buffer-size ~ 1G
    juicefs/--cache-size ~ 1T
  `),
  tuningCase("document", "juicefs-checkpoints", {
    en: "checkpoints of AI training written to JuiceFS, large sequential files", zh: "向 JuiceFS 写入 AI 训练检查点，大文件顺序写",
    source: page("JuiceFS documentation, cache", "https://juicefs.com/docs/community/guide/cache/", "Apache-2.0"),
  }, `
    juicefs/--buffer-size ~ 2G
    juicefs/--max-uploads ~ 50
  `),
  tuningCase("document", "many-small-files", {
    en: "file server with very many small files, metadata, directory walks", zh: "海量小文件的文件服务器，元数据与目录遍历",
    source: kernelDocs.vm(951),
  }, `
    vm.vfs_cache_pressure ~ 50
  `),
  tuningCase("document", "ray-cluster", {
    en: "Ray cluster for distributed inference and batch, object store in shared memory", zh: "用于分布式推理与批处理的 Ray 集群，对象存储使用共享内存",
    source: applicationDocs.rayScripts(553),
  }, `
    ray/--object-store-memory ~ 30%
  `),
];
