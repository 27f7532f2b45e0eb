/**
 * What runs on the machine that is changed: constant texts for a POSIX `sh`. All data comes by standard input, a line each, and
 * is never a part of a command. Answers are lines of three fields with tabs between: what, name, value.
 */

const shared = `
export LC_ALL=C
umask 077
tab=$(printf '\\t')
say() { printf '%s\\t%s\\t%s\\n' "$1" "$2" "$3"; }
fail() { say error "$1" "$2"; exit 3; }
value() { tr '\\n\\t' '  ' < "$1" 2>/dev/null | sed 's/  */ /g; s/ $//'; }
plain() { case "$1" in ''|/*|*..*|*[!A-Za-z0-9_./-]*) return 1;; esac; }
IFS= read -r root; IFS= read -r id; IFS= read -r wait
case "$root" in /*) ;; *) fail root "$root";; esac
case "$id" in ''|*[!0-9a-f]*) fail id "$id";; esac
case "$wait" in ''|*[!0-9]*) fail wait "$wait";; esac
if [ "$(id -u)" = 0 ]; then base=/run/keelson; else base=\${XDG_RUNTIME_DIR:-/tmp}/keelson-$(id -u); fi
dir=$base/$id
`;

/** Writes old values back and reads them again. One process does it, whoever comes first. */
const restore = `
restore() {
  mkdir "$1/restoring" 2>/dev/null || return 0
  while IFS="$3" read -r rpath rold; do
    [ "$rold" = 0 ] && grep -q "^$rpath$" "$1/kept" 2>/dev/null && continue
    printf '%s\\n' "$rold" > "$2/$rpath" 2>/dev/null
  done < "$1/old"
  bad=0
  while IFS="$3" read -r rpath rold; do
    rnow=$(tr '\\n\\t' '  ' < "$2/$rpath" 2>/dev/null | sed 's/  */ /g; s/ $//')
    printf 'back\\t%s\\t%s\\n' "$rpath" "$rnow"
    [ "$rnow" = "$rold" ] || bad=1
  done < "$1/old"
  if [ $bad = 0 ]; then : > "$1/restored"; else : > "$1/half-restored"; fi
}
`;

/**
 * Input: root, id, seconds; then `set<TAB>path<TAB>value<TAB>old` and `keep<TAB>path<TAB>-<TAB>old`. A value that is no longer what
 * the user was shown ends it before anything is written.
 */
export const applyScript = `${shared}${restore}
mkdir -p "$base" && [ -O "$base" ] && [ ! -L "$base" ] || fail state "$base"
mkdir "$dir" || fail state "$dir"
: > "$dir/kept"
while IFS="$tab" read -r what path new shown; do
  plain "$path" || fail path "$path"
  [ -f "$root/$path" ] && [ -r "$root/$path" ] || fail missing "$path"
  if [ "$what" = set ]; then
    [ -w "$root/$path" ] || fail unwritable "$path"
    printf '%s\\t%s\\n' "$path" "$new" >> "$dir/new"
  else printf '%s\\n' "$path" >> "$dir/kept"; fi
  old=$(value "$root/$path")
  [ "$old" = "$shown" ] || fail changed "$path"
  printf '%s\\t%s\\n' "$path" "$old" >> "$dir/old"
  say old "$path" "$old"
done
[ -s "$dir/new" ] || fail nothing ''
sync
timer='${restore.replaceAll("'", "'\\''")}
: > "$1/armed"
left=$4
while [ "$left" -gt 0 ]; do [ -e "$1/confirmed" ] && exit 0; [ -e "$1/restoring" ] && exit 0; sleep 1; left=$((left - 1)); done
[ -e "$1/confirmed" ] && exit 0
restore "$1" "$2" "$3" > "$1/report"'
if command -v setsid > /dev/null; then setsid sh -c "$timer" keelson-timer "$dir" "$root" "$tab" "$wait" < /dev/null > /dev/null 2>&1 &
else nohup sh -c "$timer" keelson-timer "$dir" "$root" "$tab" "$wait" < /dev/null > /dev/null 2>&1 & fi
echo $! > "$dir/timer"
tries=0
while [ ! -e "$dir/armed" ]; do tries=$((tries + 1)); [ $tries -gt 50 ] && fail timer "$dir"; sleep 0.1 2>/dev/null || sleep 1; done
say state armed "$wait"
late() { rmdir "$dir/restoring"; restore "$dir" "$root" "$tab"; fail late "$id"; }
while IFS="$tab" read -r path new; do
  [ -e "$dir/restoring" ] && late
  if ! printf '%s\\n' "$new" 2>/dev/null > "$root/$path"; then restore "$dir" "$root" "$tab"; fail refused "$path"; fi
  now=$(value "$root/$path")
  say now "$path" "$now"
  if [ "$now" != "$new" ]; then restore "$dir" "$root" "$tab"; fail different "$path"; fi
done < "$dir/new"
# So slow that the timer was faster: what was written after it is taken back too.
[ -e "$dir/restoring" ] && late
say state applied "$id"
`;

/** Input: root, id, seconds (not used). Ends the timer, unless it has already put the old values back. */
export const confirmScript = `${shared}
[ -d "$dir" ] || fail unknown "$id"
: > "$dir/confirmed"
sleep 1
if [ -e "$dir/restoring" ]; then fail late "$id"; fi
while IFS="$tab" read -r path new; do say now "$path" "$(value "$root/$path")"; done < "$dir/new"
say state confirmed "$id"
`;

/** Input: root, id, seconds (not used); then `set<TAB>path<TAB>old` and `keep<TAB>path<TAB>old`. Nothing on the machine is needed. */
export const rollbackScript = `${shared}
if [ -d "$dir" ]; then : > "$dir/confirmed"; fi
bad=0
lines=$(cat)
printf '%s\\n' "$lines" | while IFS="$tab" read -r what path old; do
  [ -n "$path" ] || continue
  plain "$path" || fail path "$path"
  [ "$what" = keep ] && [ "$old" = 0 ] && continue
  [ "$(value "$root/$path")" = "$old" ] || printf '%s\\n' "$old" 2>/dev/null > "$root/$path"
done
printf '%s\\n' "$lines" | { while IFS="$tab" read -r what path old; do
  [ -n "$path" ] || continue
  plain "$path" || exit 3
  now=$(value "$root/$path")
  say back "$path" "$now"
  [ "$now" = "$old" ] || bad=1
done; if [ $bad = 0 ]; then say state restored "$id"; else say error half-restored "$id"; fi; }
`;

/** Input as for a rollback; reads only. */
export const compareScript = `${shared}
while IFS="$tab" read -r what path old; do
  [ -n "$path" ] || continue
  plain "$path" || fail path "$path"
  say back "$path" "$(value "$root/$path")"
done
if [ -e "$dir/restored" ]; then say state expired "$id"; elif [ -e "$dir/half-restored" ]; then say state half-restored "$id"; elif [ -e "$dir/confirmed" ]; then say state confirmed "$id"; elif [ -d "$dir" ]; then say state armed "$id"; else say state forgotten "$id"; fi
`;
