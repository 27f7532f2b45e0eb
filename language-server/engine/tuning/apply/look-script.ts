/**
 * Reads configuration files; writes nothing. A constant text for a POSIX `sh`. Input: root; then `find<TAB>component` for the
 * usual places of a program, `named<TAB>path` for a file that the user pointed at, `sysctl` for all that is read at boot, `tmpfiles`
 * for what sets values of /sys then. Answers a line a file: what, component, path as asked for, path
 * without links, content in Base64 after a `b`; `-` and why in place of the content when it cannot be read.
 */
export const lookScript = `
export LC_ALL=C
tab=$(printf '\\t')
IFS= read -r root
case "$root" in /*) ;; *) exit 3;; esac
root=$(readlink -f "$root"); [ "$root" = / ] && root=''
most=1048576
say() { printf '%s\\t%s\\t%s\\t%s\\t%s\\n' "$1" "$2" "$3" "$4" "$5"; }
show() {
  given=\${3#"$root"}
  if [ ! -e "$3" ]; then
    # A file that is to be made: its folder must be there.
    real=$(readlink -f "\${3%/*}/")/\${3##*/}
    if [ -d "\${3%/*}" ] && [ ! -L "$3" ]; then say "$1" "$2" "$given" "\${real#"$root"}" absent; else say "$1" "$2" "$given" "$given" -missing; fi
    return
  fi
  real=$(readlink -f "$3")
  if [ ! -f "$real" ]; then say "$1" "$2" "$given" "$given" -missing
  elif [ ! -r "$real" ]; then say "$1" "$2" "$given" "\${real#"$root"}" -unreadable
  elif [ "$(wc -c < "$real")" -gt $most ]; then say "$1" "$2" "$given" "\${real#"$root"}" -large
  else say "$1" "$2" "$given" "\${real#"$root"}" "b$(base64 < "$real" | tr -d '\\n')"; fi
}
# usual COMPONENT FILE…: whether any is there.
usual() {
  component=$1; shift; any=1
  for f in "$@"; do [ -f "$f" ] && { show find "$component" "$f"; any=0; }; done
  return $any
}
while IFS="$tab" read -r what path; do
  case "$what" in
    named) show named - "$root$path";;
    sysctl)
      for f in "$root"/etc/sysctl.d/*.conf "$root"/run/sysctl.d/*.conf "$root"/usr/local/lib/sysctl.d/*.conf "$root"/usr/lib/sysctl.d/*.conf "$root"/lib/sysctl.d/*.conf "$root"/etc/sysctl.conf; do [ -f "$f" ] && show sysctl kernel "$f"; done
      [ -e "$root/etc/sysctl.d/90-keelson.conf" ] || show sysctl kernel "$root/etc/sysctl.d/90-keelson.conf";;
    tmpfiles) show tmpfiles kernel "$root/etc/tmpfiles.d/90-keelson.conf";;
    find)
      case "$path" in
        postgresql) usual postgresql "$root"/etc/postgresql/*/*/postgresql.conf || usual postgresql "$root"/var/lib/pgsql/data/postgresql.conf "$root"/var/lib/pgsql/*/data/postgresql.conf || usual postgresql "$root/var/lib/postgresql/data/postgresql.conf";;
        mariadb) usual mariadb "$root/etc/mysql/mariadb.conf.d/50-server.cnf" || usual mariadb "$root/etc/my.cnf.d/mariadb-server.cnf" || usual mariadb "$root/etc/my.cnf";;
        mysql) usual mysql "$root/etc/mysql/mysql.conf.d/mysqld.cnf" || usual mysql "$root/etc/my.cnf.d/mysql-server.cnf" || usual mysql "$root/etc/my.cnf";;
        redis) usual redis "$root/etc/redis/redis.conf" "$root/etc/valkey/valkey.conf" || usual redis "$root/etc/redis.conf";;
        nginx) usual nginx "$root/etc/nginx/nginx.conf";;
      esac;;
  esac
done
printf 'end\\t-\\t-\\t-\\t-\\n'
`;
