/**
 * What kinds of work there are, with the words that people name them by and the broader kind that each belongs to.
 * Words are matched as whole words in English and as parts of a run in Chinese.
 */
export interface Concept {
  readonly id: string;
  readonly parents: readonly string[];
  readonly words: readonly string[];
}

/** id < parents: words. */
const rows = `
server: server, servers, 服务器
database < server: database, databases, db, rdbms, dbms, olap, sql, 数据库
oltp < database: oltp, tpcc, tpc, sysbench, transaction, transactions, transactional, 交易, 事务, 联机
mysql < oltp: mysql, mariadb, percona, innodb, polardb, greatsql
postgres < oltp: postgresql, postgres, pgbench, opengauss, gaussdb, greenplum
enterprise-database < database: oracle, mssql, sqlserver, db2, hana, dameng, kingbase, 达梦, 金仓
document-store < database: mongodb, elasticsearch, opensearch, solr, cassandra, couchdb, 搜索引擎
enterprise-application < server: sap, netweaver, erp, weblogic, websphere
key-value < network-service: redis, memcached, keydb, valkey, dragonfly, etcd, tair, 缓存服务, 键值
network-service < server, network: network, networking, networks, packet, packets, connection, connections, 网络, 连接, 报文
network: tcp, udp, nic, ethernet, 网卡
network-latency < network-service, latency: latency network, network latency, busy polling, 网络延迟, 网络时延
network-throughput < network-service, throughput: network throughput, streaming, 40g, 100g, 25g, 10g, iperf, netperf, 网络吞吐, 带宽
web < network-service: web, http, https, nginx, apache, httpd, tomcat, jetty, haproxy, envoy, gateway, proxy, caddy, traffic, openresty, cdn, 网站, 网关, 反向代理, 代理
short-connections < web: short connection, short connections, short-lived, 短连接
long-connections < web: long connection, long connections, long-lived, keepalive, keep-alive, websocket, 长连接
rpc < network-service, java: dubbo, grpc, rpc, middleware, thrift, brpc, microservice, microservices, 微服务, 中间件
messaging < network-service, storage: kafka, rocketmq, rabbitmq, pulsar, mq, 消息队列
java: java, jvm, tomcat, specjbb, spring boot
big-data < batch, storage: hadoop, spark, hdfs, hive, flink, hbase, mapreduce, terasort, tersort, wordcount, big data, dfsio, 大数据, 数据分析
batch < throughput: batch, etl, analytics, 批处理, 离线
hpc < compute: hpc, mpi, gatk, gatk4, genome, human genome, openfoam, wrf, simulation, scientific, lammps, gromacs, slurm, 高性能计算, 科学计算, 仿真, 基因
compute: compute, computing, cpu, speccpu, speccpu2006, speccpu2017, encryption, aes, rsa, md5, crypto, compile, kernel build, chauffeur, unixbench, compute intensive, cpu intensive, 计算密集, 编译, 加密, 计算
throughput: throughput, 吞吐, 吞吐量
latency: latency, deterministic, low-latency, jitter, 低延迟, 时延, 延迟, 抖动
real-time < latency: realtime, real-time, rt, partitioning, isolation, isolated, isolcpus, nohz, dpdk, nfv, telco, cyclictest, 实时, 隔离
power: powersave, power save, power saving, low power, less power, saving power, laptop, battery, spindown, spinning-down, spin down, energy, 节能, 省电, 功耗, 休眠
virtual-host < virtualization: virtual host, kvm, hypervisor, qemu, libvirt, virtual-host, openstack, kvm guests, host, 宿主机, 虚拟化主机
virtual-guest < virtualization: virtual guest, virtual-guest, guest, guests, vm, 虚拟机, 客户机, 云主机
virtualization: virtual, virtualization, cloud, vmware, 虚拟化, 云
container < network-service: container, containers, kubernetes, k8s, openshift, docker, atomic, pod, pods, containerd, node, android, robox, 容器, 集群节点
storage: storage, disk, disks, io, i-o, vdbench, ceph, fio, lustre, gpfs, spectrum, spectrumscale, erasure, nfs, glusterfs, minio, object storage, juicefs, nvme, ssd, hdd, backup, file server, 存储, 磁盘, 文件服务, 备份, 读写
memory: memory intensive, memory bandwidth, stream, 内存密集, 内存带宽, 内存
baseline < compute: benchmark, basic, test suite, lmbench, baseline, 基准测试, 跑分
desktop: desktop, workstation, interactive, gnome, 桌面
console: serial console, console, 串口, 控制台
accelerator < inference: accelerator, gpu, npu, ascend, cuda, accelerator-performance, 加速卡, 显卡, 昇腾
inference < server: llm, inference, vllm, sglang, serving, model serving, deepseek, qwen, llama, kv cache, ttft, tpot, ktransformers, triton, tensorrt, 推理, 大模型, 模型服务
training < accelerator, storage: training, data loading, dataloader, mlperf, pytorch, checkpoint, unet3d, resnet50, dataset, 训练, 数据加载, 检查点, 数据集
offload < inference, memory: offload, offloading, expert, moe, syshax, expert-kit, heterogeneous, 卸载, 异构, 专家
`;

export const concepts: readonly Concept[] = rows
  .trim()
  .split("\n")
  .map((row) => {
    const colon = row.indexOf(":");
    const [id = "", parents = ""] = row.slice(0, colon).split("<");
    return { id: id.trim(), parents: list(parents), words: list(row.slice(colon + 1)) };
  });

function list(text: string): readonly string[] {
  return text.split(",").flatMap((part) => part.trim() || []);
}
