import { beginning, quotedWorking } from "./script-parts";

/**
 * What runs on the machine that is changed: constant texts. Contents of files come in Base64 after a `b`, `-` is a file that is
 * not there.
 *
 * Input: root, id, seconds; then `set<TAB>path<TAB>value<TAB>old`, `keep<TAB>path<TAB>-<TAB>old` and `file<TAB>path<TAB>new<TAB>old`.
 * What is no longer as the user was shown ends it before anything is written.
 */
export const applyScript = `${beginning}
mkdir -p "$base" && [ -O "$base" ] && [ ! -L "$base" ] || fail state "$base"
mkdir "$dir" || fail state "$dir"
fail() { drop; say error "$1" "$2"; exit 3; }
: > "$dir/kept"; : > "$dir/old"; : > "$dir/new"; : > "$dir/files"
n=0
take_file() {
  place "$1" || fail place "$1"
  n=$((n + 1))
  [ -d "$root\${1%/*}" ] || fail missing "$1"
  [ -w "$root\${1%/*}" ] || fail unwritable "$1"
  printf %s "\${2#b}" | base64 -d > "$dir/$n.new" || fail state "$dir"
  if [ "$3" = - ]; then [ ! -e "$root$1" ] || fail changed "$1"
  else
    [ -f "$root$1" ] && [ -r "$root$1" ] || fail missing "$1"
    [ -w "$root$1" ] || fail unwritable "$1"
    [ "$(stat -c %h "$root$1")" = 1 ] || fail place "$1"
    cat "$root$1" > "$dir/$n.old" || fail state "$dir"
    printf %s "\${3#b}" | base64 -d > "$dir/$n.shown"
    same "$dir/$n.old" "$dir/$n.shown" || fail changed "$1"
  fi
  printf '%s\\t%s\\n' "$n" "$1" >> "$dir/files"
  say old "$1" "$(sha "$root$1")"
}
while IFS="$tab" read -r what path new shown; do
  if [ "$what" = file ]; then take_file "$path" "$new" "$shown"; continue; fi
  plain "$path" || fail path "$path"
  [ -f "$root/$path" ] && [ -r "$root/$path" ] || fail missing "$path"
  if [ "$what" = set ]; then
    [ -w "$root/$path" ] || fail unwritable "$path"
    printf '%s\\t%s\\n' "$path" "$new" >> "$dir/new"
  else printf '%s\\n' "$path" >> "$dir/kept"; fi
  old=$(value "$path")
  [ "$old" = "$shown" ] || fail changed "$path"
  printf '%s\\t%s\\n' "$path" "$old" >> "$dir/old"
  say old "$path" "$old"
done
[ -s "$dir/new" ] || [ -s "$dir/files" ] || fail nothing ''
sync
timer='dir=$1 root=$2 tab=$3 left=$4 id=$5
${quotedWorking}
: > "$dir/armed"
while [ "$left" -gt 0 ]; do [ -e "$dir/confirmed" ] && exit 0; [ -e "$dir/restoring" ] && exit 0; sleep 1; left=$((left - 1)); done
[ -e "$dir/confirmed" ] && exit 0
restore > "$dir/report"'
if command -v setsid > /dev/null; then setsid sh -c "$timer" keelson-timer "$dir" "$root" "$tab" "$wait" "$id" < /dev/null > /dev/null 2>&1 &
else nohup sh -c "$timer" keelson-timer "$dir" "$root" "$tab" "$wait" "$id" < /dev/null > /dev/null 2>&1 & fi
echo $! > "$dir/timer"
tries=0
while [ ! -e "$dir/armed" ]; do tries=$((tries + 1)); [ $tries -gt 50 ] && fail timer "$dir"; sleep 0.1 2>/dev/null || sleep 1; done
say state armed "$wait"
fail() { say error "$1" "$2"; exit 3; }
late() { rmdir "$dir/restoring"; restore; fail late "$id"; }
while IFS="$tab" read -r path new; do
  [ -e "$dir/restoring" ] && late
  if ! printf '%s\\n' "$new" 2>/dev/null > "$root/$path"; then restore; fail refused "$path"; fi
  now=$(value "$path")
  say now "$path" "$now"
  if [ "$now" != "$new" ]; then restore; fail different "$path"; fi
done < "$dir/new"
while IFS="$tab" read -r n path; do
  [ -e "$dir/restoring" ] && late
  put "$dir/$n.new" "$root$path" "$n" "$dir/$n.old"
  case $? in 0) ;; 2) restore; fail changed-since "$path";; *) restore; fail unwritten "$path";; esac
  say now "$path" "$(sha "$root$path")"
  if ! same "$root$path" "$dir/$n.new"; then restore; fail different "$path"; fi
done < "$dir/files"
# So slow that the timer was faster: what was written after it is taken back too.
[ -e "$dir/restoring" ] && late
say state applied "$id"
`;

/** Input: root, id, seconds (not used). Ends the timer, unless it has already put the old values back. */
export const confirmScript = `${beginning}
[ -d "$dir" ] || fail unknown "$id"
: > "$dir/confirmed"
sleep 1
if [ -e "$dir/restoring" ]; then fail late "$id"; fi
while IFS="$tab" read -r path new; do say now "$path" "$(value "$path")"; done < "$dir/new"
while IFS="$tab" read -r n path; do say now "$path" "$(sha "$root$path")"; done < "$dir/files"
drop
say state confirmed "$id"
`;

/**
 * Input: root, id, seconds (not used); then `set<TAB>path<TAB>old`, `keep<TAB>path<TAB>old` and `file<TAB>path<TAB>old<TAB>now`, where
 * `=` for `old` writes nothing. Nothing on the machine is needed.
 */
export const rollbackScript = `${beginning}
if [ -d "$dir" ]; then : > "$dir/confirmed"; fi
bad=0
lines=$(cat)
held=$dir
dir=$(mktemp -d) || fail state "$dir"
printf '%s\\n' "$lines" | while IFS="$tab" read -r what path old now; do
  [ -n "$path" ] || continue
  if [ "$what" = file ]; then
    place "$path" || fail place "$path"
    [ "$old" = = ] && continue
    printf %s "\${now#b}" | base64 -d > "$dir/1.new"
    if [ "$old" = - ]; then same "$root$path" "$dir/1.new" && rm -f "$root$path"
    else printf %s "\${old#b}" | base64 -d > "$dir/1.old"; put "$dir/1.old" "$root$path" 1 "$dir/1.new"; fi
    continue
  fi
  plain "$path" || fail path "$path"
  [ "$what" = keep ] && [ "$old" = 0 ] && continue
  [ "$(value "$path")" = "$old" ] || printf '%s\\n' "$old" 2>/dev/null > "$root/$path"
done
printf '%s\\n' "$lines" | { while IFS="$tab" read -r what path old now; do
  [ -n "$path" ] || continue
  if [ "$what" = file ]; then
    place "$path" || exit 3
    say back "$path" "$(sha "$root$path")"
    case "$old" in =) ;; -) [ ! -e "$root$path" ] || bad=1;; *) printf %s "\${old#b}" | base64 -d > "$dir/1.old"; same "$root$path" "$dir/1.old" || bad=1;; esac
    continue
  fi
  plain "$path" || exit 3
  now=$(value "$path")
  say back "$path" "$now"
  [ "$now" = "$old" ] || bad=1
done; if [ $bad = 0 ]; then say state restored "$id"; else say error half-restored "$id"; fi; }
drop; rmdir "$dir"; dir=$held; drop
`;

/** Input as for a rollback, of files the paths alone; reads only. */
export const compareScript = `${beginning}
while IFS="$tab" read -r what path old; do
  [ -n "$path" ] || continue
  if [ "$what" = file ]; then place "$path" || fail place "$path"; say back "$path" "$(sha "$root$path")"; continue; fi
  plain "$path" || fail path "$path"
  say back "$path" "$(value "$path")"
done
if [ -e "$dir/restored" ]; then say state expired "$id"; elif [ -e "$dir/half-restored" ]; then say state half-restored "$id"; elif [ -e "$dir/confirmed" ]; then say state confirmed "$id"; elif [ -d "$dir" ]; then say state armed "$id"; else say state forgotten "$id"; fi
`;
