import { terms } from "../terms";

/** Chinese words of the field and what the documents, which are mostly English, call them. Ours; longest match wins. */
const rows = `
透明大页=transparent huge page|大页内存=huge page|大页=huge page|巨页=huge page|标准大页=huge page|内存=memory|物理内存=memory|虚拟内存=virtual memory|共享内存段=shared memory segment|共享内存=shared memory|匿名内存=anonymous memory|匿名页=anonymous page|页面=page|页缓存=page cache|页=page|内存页=page|缓存=cache|缓存区=buffer|缓冲区=buffer|缓冲池=buffer pool|缓冲=buffer|高速缓存=cache
脏页=dirty page|脏数据=dirty data|脏=dirty|回写=writeback|写回=writeback|刷盘=flush dirty writeback|刷新=flush|刷写=flush writeback|落盘=flush sync|后台=background|前台=foreground
交换分区=swap|交换空间=swap|交换区=swap|交换=swap|换出=swap out|换入=swap in|倾向=tendency swappiness|积极程度=swappiness tendency|回收=reclaim|内存回收=memory reclaim|内存不足=out memory oom|空闲内存=free memory|空闲=idle free|保留=reserve|预留=reserve|过量分配=overcommit|超额分配=overcommit|过度分配=overcommit|分配=allocate|释放=release free drop|清理=clean drop|清空=flush drop|碎片整理=compaction defrag|碎片=fragment|压缩=compress compaction|合并=merge|水位=watermark|水线=watermark
网络=network|网卡=network device|网络设备=network device|网口=interface|接口=interface|套接字=socket|连接数=connection number|最大连接数=maximum connection|连接跟踪=connection tracking conntrack|连接请求=connection request syn|连接队列=backlog connection queue|半连接队列=syn backlog|半连接=syn backlog half open|全连接队列=somaxconn listen backlog|全连接=somaxconn accept|监听队列=listen backlog somaxconn|监听=listen|连接=connection|长连接=keepalive connection|保活=keepalive|心跳=keepalive|握手=handshake syn|三次握手=handshake syn|重传=retransmit retries|重试=retry|重用=reuse|复用=reuse|快速打开=fast open|拥塞控制=congestion control|拥塞窗口=congestion window|拥塞=congestion|慢启动=slow start|窗口缩放=window scaling|窗口扩大=window scaling|窗口=window|时间戳=timestamp|选择确认=selective acknowledgement sack|选择性确认=selective acknowledgement sack|确认=acknowledgement|乱序=reordering|接收缓冲区=receive buffer rmem|接收缓冲=receive buffer rmem|接收窗口=receive buffer window rmem|读缓冲区=receive buffer rmem read|接收队列=receive queue backlog|接收=receive|发送缓冲区=send buffer wmem|发送缓冲=send buffer wmem|写缓冲区=write buffer wmem|发送队列=transmit queue|发送=send|数据包=packet|报文=packet|数据帧=frame packet|包=packet|软中断=software interrupt softirq napi|硬中断=interrupt|中断=interrupt|中断亲和性=interrupt affinity|忙轮询=busy poll|轮询=poll|端口范围=port range|本地端口=local port|临时端口=local port range|端口=port|路由缓存=route cache|路由=route|转发=forward|邻居表=neighbour table|邻居=neighbour|防火墙=netfilter|反向路径=reverse path|源地址=source address|组播=multicast|多播=multicast|广播=broadcast|洪水攻击=flood syncookies|洪泛攻击=flood syncookies|攻击=attack|重定向=redirect|网桥=bridge|带宽=bandwidth|吞吐量=throughput|吞吐=throughput|队列规则=qdisc|队列长度=queue length backlog|队列深度=queue depth requests|队列=queue|积压=backlog|丢包=drop packet
进程号=pid process identifier|进程数=process number pid|进程=process task|线程数=thread number|线程池=thread pool|线程=thread|任务=task|调度器=scheduler|调度=scheduler|调度粒度=scheduler granularity|粒度=granularity|时间片=timeslice|抢占=preempt|迁移=migration|负载均衡=load balance|均衡=balance|唤醒=wakeup|实时=realtime rt|优先级=priority|亲和性=affinity|绑核=affinity cpu|处理器=cpu processor|核心=core|内核=kernel|主频=frequency|频率=frequency|节能=power save|功耗=power|空闲状态=idle state|睡眠=sleep|节点=node|跨节点=remote node numa|自动均衡=balancing|本地=local
文件句柄=file handle file max|文件描述符=file descriptor|句柄=file handle|打开文件=open file|文件数=file number|文件系统=filesystem|文件=file|目录=directory|目录项=dentry|索引节点=inode|异步=asynchronous aio|同步=sync|磁盘=disk block|硬盘=disk block|块设备=block device|固态硬盘=ssd nonrotational|机械盘=rotational|机械硬盘=rotational|预读=read ahead|读取=read|写入=write|读=read|写=write|挂载=mount|日志缓冲区=log buffer|日志文件=log file|日志级别=log level|日志=log|慢查询=slow query|慢日志=slow log|持久化=persistence save|快照=snapshot|检查点=checkpoint|事务=transaction|查询=query|排序=sort|索引=index|表=table|主从=replica|复制=replication
最大值=maximum|最大=maximum|最多=maximum|上限=maximum limit|最小值=minimum|最小=minimum|最少=minimum|下限=minimum|限制=limit|大小=size|长度=length|容量=capacity size|数量=number|个数=number|次数=count retry|数目=number|总数=total number|百分比=percentage ratio|比例=ratio|比率=ratio|占比=ratio|阈值=threshold|门限=threshold|默认值=default|默认=default|超时时间=timeout|超时=timeout|时间间隔=interval|间隔=interval|周期=period interval|时长=duration time|时间=time|延迟=latency|时延=latency|低延迟=low latency|延时=delay latency|速率=rate|速度=speed|性能=performance|开启=enable|启用=enable|打开=enable open|关闭=disable close|禁用=disable|禁止=disable|允许=allow|自动=automatic|手动=manual|开关=enable|模式=mode|策略=policy|级别=level|等级=level|权限=permission restrict|随机化=randomize|地址空间=address space|安全=security|信号量=semaphore|消息队列=message queue|消息=message|映射=mapping mmap|内存映射=memory map count mmap|映射区域=map count|看门狗=watchdog|死锁=lockup|软锁=softlockup|挂起=hung suspend|崩溃=panic crash|转储=dump|容器=container namespace|命名空间=namespace|控制组=cgroup|虚拟机=virtual machine|虚拟化=virtualization|客户机=guest|推理=inference|显存=gpu memory|批处理=batch|并发数=concurrency maximum|并发=concurrency|张量并行=tensor parallel|流水线并行=pipeline parallel|量化=quantization|前缀缓存=prefix cache|键值缓存=kv cache|上下文长度=model length context|等待=wait|状态=state|扫描=scan|守护进程=daemon|设备=device|驱动=driver|模块=module|启动=boot|命令行=command line|参数=parameter|系统=system|用户=user|服务器=server|客户端=client|数据库=database|数据=data|全局=global|每个=per|单个=per|资源=resource|统计=statistics|监控=monitor|过期=expire|到期=expire|隔离=isolate|独占=exclusive|绑定=bind affinity|丢弃=drop discard|探测=probe|跟踪=trace|调试=debug|校验=checksum|加密=crypto|巨帧=jumbo mtu|传输单元=mtu|分片=fragment|重组=reassembly
`;

const dictionary: ReadonlyMap<string, readonly string[]> = new Map(
  rows
    .trim()
    .split(/[|\n]/u)
    .map((row) => {
      const [word = "", english = ""] = row.split("=");
      return [word, terms(english)] as const;
    }),
);
const longest = Math.max(...[...dictionary.keys()].map((word) => word.length));

export interface ChineseWord {
  readonly word: string;
  /** Undefined when the dictionary does not have it. */
  readonly english: readonly string[] | undefined;
}

/** A run of Chinese characters as words of the dictionary, longest first, and what lies between them. */
export function chineseWords(run: string): readonly ChineseWord[] {
  const words: ChineseWord[] = [];
  let between = "";
  const flush = (): void => {
    if (between !== "") words.push({ word: between, english: undefined });
    between = "";
  };
  for (let at = 0; at < run.length; ) {
    let length = Math.min(longest, run.length - at);
    while (length > 0 && !dictionary.has(run.slice(at, at + length))) length--;
    if (length === 0) {
      between += run[at] ?? "";
      at++;
      continue;
    }
    flush();
    const word = run.slice(at, at + length);
    words.push({ word, english: dictionary.get(word) });
    at += length;
  }
  flush();
  return words;
}
