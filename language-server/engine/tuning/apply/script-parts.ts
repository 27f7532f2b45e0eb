/**
 * What the texts of scripts.ts share. All of them run in a POSIX `sh` with what coreutils and busybox have; data comes by standard
 * input, a line each, and is never a part of a command. Answers are lines of three fields with tabs between: what, name, value.
 */

/** Needs $root, $dir, $id and $tab. The timer runs them in a process of its own. */
const tools = `
say() { printf '%s\\t%s\\t%s\\n' "$1" "$2" "$3"; }
# Of a choice such as "none [mq-deadline]" the chosen one.
value() { tr '\\n\\t' '  ' < "$root/$1" 2>/dev/null | sed 's/  */ /g; s/ $//' | case "$1" in sys/*) sed 's/.*\\[\\([^]]*\\)\\].*/\\1/';; *) cat;; esac; }
sha() { if [ -f "$1" ]; then sha256sum < "$1" | cut -c 1-64; else echo -; fi; }
same() { [ -f "$1" ] && [ -f "$2" ] && [ "$(base64 < "$1")" = "$(base64 < "$2")" ]; }
# put NEW TARGET NUMBER EXPECTED: whole or not at all, with the mode and the owner of what was there; nothing when it is not as expected.
put() {
  part="\${2%/*}/.keelson-$id-$3"
  rm -f "$part"
  (set -C; : > "$part") 2>/dev/null || return 1
  if [ -e "$2" ]; then cp -a "$2" "$part" 2>/dev/null; else chmod 644 "$part"; fi
  cat "$1" 2>/dev/null > "$part" || { rm -f "$part"; return 1; }
  if [ -e "$2" ] && [ "$(stat -c '%u %g %a' "$2")" != "$(stat -c '%u %g %a' "$part")" ]; then rm -f "$part"; return 1; fi
  sync
  if [ -e "$4" ]; then same "$2" "$4"; else [ ! -e "$2" ]; fi || { rm -f "$part"; return 2; }
  mv -f "$part" "$2" 2>/dev/null || { rm -f "$part"; return 1; }
}
# Texts of files may hold passwords: they are kept no longer than the change is open.
drop() { rm -f "$dir"/*.old "$dir"/*.new "$dir"/*.shown; }
`;

/** Puts old files and values back and reads them again. One process does it, whoever comes first. */
const restore = `
restore() {
  mkdir "$dir/restoring" 2>/dev/null || return 0
  bad=0
  if [ -e "$dir/files" ]; then while IFS="$tab" read -r rn rpath; do
    rm -f "$root\${rpath%/*}/.keelson-$id-$rn"
    if same "$root$rpath" "$dir/$rn.new"; then
      if [ -e "$dir/$rn.old" ]; then put "$dir/$rn.old" "$root$rpath" "$rn" "$dir/$rn.new"; else rm -f "$root$rpath"; fi
    fi
    say back "$rpath" "$(sha "$root$rpath")"
    if [ -e "$dir/$rn.old" ]; then same "$root$rpath" "$dir/$rn.old"; else [ ! -e "$root$rpath" ]; fi || bad=1
  done < "$dir/files"; fi
  if [ -e "$dir/old" ]; then
    while IFS="$tab" read -r rpath rold; do
      [ "$rold" = 0 ] && grep -q "^$rpath$" "$dir/kept" 2>/dev/null && continue
      printf '%s\\n' "$rold" > "$root/$rpath" 2>/dev/null
    done < "$dir/old"
    while IFS="$tab" read -r rpath rold; do
      rnow=$(value "$rpath")
      say back "$rpath" "$rnow"
      [ "$rnow" = "$rold" ] || bad=1
    done < "$dir/old"
  fi
  if [ $bad = 0 ]; then drop; : > "$dir/restored"; else : > "$dir/half-restored"; fi
}
`;

const working = `${tools}${restore}`;

/** The same as words for `sh -c`, between quotes. */
export const quotedWorking = working.replaceAll("'", "'\\''");

/** Reads root, id and seconds. */
export const beginning = `${working}
export LC_ALL=C
umask 077
tab=$(printf '\\t')
fail() { say error "$1" "$2"; exit 3; }
plain() { case "$1" in ''|/*|*..*|*[!A-Za-z0-9_./-]*) return 1;; proc/sys/*|sys/block/*/queue/*|sys/kernel/mm/*) ;; *) return 1;; esac; }
# A file that may be written: an absolute path without detours, through no link, where the machine keeps files.
place() {
  case "$1" in /proc/*|/sys/*|/dev/*|/run/*|/boot/*|*/../*|*/./*|*//*|*/..|*/.|*/) return 1;; /*) ;; *) return 1;; esac
  [ ! -L "$root$1" ] && [ "$(readlink -f "$root\${1%/*}/")" = "$root\${1%/*}" ]
}
IFS= read -r root; IFS= read -r id; IFS= read -r wait
case "$root" in /*) ;; *) fail root "$root";; esac
case "$id" in ''|*[!0-9a-f]*) fail id "$id";; esac
case "$wait" in ''|*[!0-9]*) fail wait "$wait";; esac
root=$(readlink -f "$root"); [ "$root" = / ] && root=''
if [ "$(id -u)" = 0 ]; then base=/run/keelson; else base=\${XDG_RUNTIME_DIR:-/tmp}/keelson-$(id -u); fi
dir=$base/$id
`;
