import type { Setting } from "../types";
import type { Rule, RuleInput, SettingFinding } from "./types";

/**
 * Directives that nginx takes once in a block and refuses the second time ("is duplicate": ngx_conf_set_flag_slot and its like in
 * src/core/ngx_conf_file.c). Others may stand several times, so only these are told of.
 */
const once = new Set(
  `worker_processes worker_rlimit_nofile worker_rlimit_core worker_shutdown_timeout timer_resolution pcre_jit worker_connections multi_accept accept_mutex
  sendfile sendfile_max_chunk tcp_nopush tcp_nodelay keepalive_timeout keepalive_requests client_max_body_size client_body_buffer_size client_body_timeout
  client_header_timeout client_header_buffer_size send_timeout server_tokens reset_timedout_connection aio_write directio_alignment output_buffers
  gzip gzip_comp_level gzip_min_length gzip_vary gzip_buffers proxy_buffering proxy_buffer_size proxy_buffers proxy_connect_timeout proxy_read_timeout
  proxy_send_timeout proxy_http_version open_file_cache_valid open_file_cache_min_uses types_hash_max_size server_names_hash_bucket_size`.split(/\s+/u),
);

/** What nginx does not start with: a directive that stands in a block twice, there or in what the block includes. */
export const duplicate: Rule = {
  id: "duplicate",
  messages: {
    "tuning.duplicate.here": { en: "{name} stands in this block already, in line {line}: nginx takes it once and does not start.", "zh-cn": "{name} 在此块的第 {line} 行已出现：nginx 只接受一次，无法启动。" },
    "tuning.duplicate.other": { en: "{name} stands in this block already, by {file}: nginx takes it once and does not start.", "zh-cn": "{name} 已由 {file} 写入此块：nginx 只接受一次，无法启动。" },
    "tuning.duplicate.place": { en: "The other one", "zh-cn": "另一处" },
  },
  run: (input) => (input.kind === "nginx" ? find(input) : []),
};

function find({ file, included = [] }: RuleInput): readonly SettingFinding[] {
  const first = new Map<string, Setting>();
  const found: SettingFinding[] = [];
  for (const setting of file.settings) {
    const { name, scope } = setting;
    if (!once.has(name)) continue;
    const before = first.get(`${scope}\n${name}`);
    if (before === undefined) first.set(`${scope}\n${name}`, setting);
    else found.push(told(setting, before, undefined));
  }
  for (const { scope, parts } of included) {
    for (const { path, file: part } of parts) {
      // A block of its own may have it again.
      for (const other of part.settings.filter((entry) => entry.scope === "" && once.has(entry.name))) {
        const own = first.get(`${scope}\n${other.name}`);
        if (own !== undefined) found.push(told(own, other, path));
      }
    }
  }
  return found;
}

function told(setting: Setting, other: Setting, path: string | undefined): SettingFinding {
  const message = path === undefined ? { id: "tuning.duplicate.here", args: { name: setting.written, line: other.at.line } } : { id: "tuning.duplicate.other", args: { name: setting.written, file: path } };
  return { rule: "duplicate", severity: "error", at: setting.at, message, sources: [], fixes: [], related: [{ ...(path === undefined ? {} : { path }), at: other.at, message: { id: "tuning.duplicate.place" } }] };
}
