import type { PackSetting } from "../pack/types";
import type { SuggestedSetting } from "./types";

type Risk = SuggestedSetting["risk"];

/** Values that trade safety of data or of the machine for speed. */
const dangerous: readonly { readonly name: RegExp; readonly value: RegExp; readonly en: string; readonly zh: string }[] = [
  { name: /^kernel\.randomize_va_space$/u, value: /^[01]$/u, en: "programs become easier to attack", zh: "程序更易受攻击" },
  { name: /^fs\.suid_dumpable$/u, value: /^1$/u, en: "secrets of privileged programs can be read", zh: "特权程序的机密可被读取" },
  { name: /^kernel\.sched_rt_runtime_us$/u, value: /^-1$/u, en: "one spinning real-time task can lock a CPU", zh: "一个空转的实时任务可锁死 CPU" },
  { name: /^innodb_flush_log_at_trx_commit$/u, value: /^[02]$/u, en: "a crash loses up to a second of commits", zh: "崩溃会丢失最多一秒的提交" },
  { name: /^(?:fsync|full_page_writes)$/u, value: /^off$/u, en: "a power cut can destroy the database", zh: "断电可能毁掉数据库" },
  { name: /^innodb_doublewrite$/u, value: /^(?:off|0)$/iu, en: "torn pages cannot be mended", zh: "页断裂无法修复" },
  { name: /^--writeback$/u, value: /./u, en: "data that is not uploaded is lost with the machine", zh: "未上传的数据随机器丢失" },
  { name: /^net\.ipv4\.tcp_timestamps$/u, value: /^0$/u, en: "ports can no longer be reused safely and round-trip times are coarse", zh: "端口无法安全复用，往返时延测量变粗" },
  { name: /^kernel\.nmi_watchdog$/u, value: /^0$/u, en: "hard lockups are no longer noticed", zh: "不再检测硬死锁" },
  { name: /^vm\.overcommit_memory$/u, value: /^2$/u, en: "programs that reserve much fail to start", zh: "大量预留内存的程序会启动失败" },
  { name: /^vm\.(?:min_free_kbytes|nr_hugepages)$/u, value: /./u, en: "memory is taken from programs at once", zh: "会立即占用程序可用的内存" },
];

export function riskOf(setting: PackSetting, value: string): Risk {
  const danger = dangerous.find(({ name, value: of }) => name.test(setting.name) && of.test(value));
  if (danger !== undefined) return { level: "high", says: { en: danger.en, zh: danger.zh } };
  if (setting.trap !== undefined) return { level: "medium", says: setting.trap };
  if (setting.restart !== "none") return { level: "medium", says: setting.restart === "reboot" ? { en: "takes a reboot", zh: "需要重启机器" } : { en: "takes a restart of the service", zh: "需要重启服务" } };
  return { level: "low", says: { en: "can be undone at once", zh: "可立即撤销" } };
}
