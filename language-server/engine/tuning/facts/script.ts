/**
 * What is run on the machine that is looked at: a constant text for `sh`, given nothing and reading only. Each file comes as
 * `@@ path` and its first lines; a file that is not there is left out.
 */
export const factScript = `
export LC_ALL=C
show() { [ -r "$1" ] && [ ! -d "$1" ] && { printf '@@ %s\\n' "$1"; head -n "\${2:-80}" "$1" 2>/dev/null; printf '\\n'; }; }
printf '@@ host\\n'; uname -n; printf '@@ kernel\\n'; uname -r; printf '@@ architecture\\n'; uname -m
printf '@@ cpus\\n'; getconf _NPROCESSORS_ONLN
show /proc/meminfo 80
show /proc/cmdline 2
show /proc/sys/kernel/osrelease 1
printf '@@ cpuinfo\\n'; grep -m 4 -E '^(model name|Model|CPU part|flags)' /proc/cpuinfo | cut -c 1-4000
show /sys/kernel/mm/transparent_hugepage/enabled 1
show /sys/class/dmi/id/product_name 1
for n in /sys/devices/system/node/node[0-9]*; do [ -d "$n" ] && printf '@@ %s\\n1\\n' "$n"; done
for d in /sys/block/*; do
  [ -d "$d/queue" ] || continue
  case "$d" in */loop*|*/ram*|*/zram*) continue;; esac
  printf '@@ block\\n'
  (cd "$d" && grep -aHs '' size queue/rotational queue/scheduler queue/nr_requests queue/read_ahead_kb queue/rq_affinity queue/nomerges queue/max_sectors_kb queue/wbt_lat_usec queue/write_cache | sed "s|^|\${d##*/}/|")
done
for i in /sys/class/net/*; do
  [ -e "$i/device" ] || continue
  show "$i/speed" 1; show "$i/mtu" 1
  printf '@@ %s/driver\\n' "$i"; readlink "$i/device/driver"
  printf '@@ %s/queues\\n' "$i"; ls "$i/queues" 2>/dev/null | grep -c '^rx-'
done
for p in /sys/bus/pci/devices/*; do
  c=$(cat "$p/class" 2>/dev/null)
  case "$c" in 0x0302*|0x1200*) printf '@@ pci %s\\n' "$p"; cat "$p/vendor" "$p/numa_node" 2>/dev/null;; 0x0300*) v=$(cat "$p/vendor"); [ "$v" = 0x10de ] && { printf '@@ pci %s\\n' "$p"; cat "$p/vendor" "$p/numa_node" 2>/dev/null; };; esac
done
printf '@@ sysctls\\n'
for r in vm kernel fs net/core net/ipv4 net/netfilter net/unix net/ipv6/neigh/default; do
  [ -d "/proc/sys/$r" ] || continue
  find "/proc/sys/$r" -maxdepth 4 -type f -perm -0444 ! -path '*/net/ipv4/conf/*' ! -path '*/net/ipv4/neigh/[!d]*' ! -name 'stat_refresh' ! -name '*key*' ! -name 'uuid' ! -name 'boot_id' -exec grep -aHs '' {} + 2>/dev/null
done | cut -c 1-500 | head -n 5000
printf '@@ end\\n'
`;
