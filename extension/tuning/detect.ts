/** What is looked at of an editor's document. */
interface Looked {
  readonly uri: { readonly path: string; readonly scheme: string };
  readonly languageId: string;
  getText(): string;
}

/** Files that are a configuration by their name and place alone. */
const sure =
  /(?:^|\/)(?:sysctl\.conf|sysctl\.d\/[^/]+\.conf|default\/grub|default\/grub\.d\/[^/]+\.cfg|loader\/entries\/[^/]+\.conf|(?:kernel|proc)\/cmdline|cmdline\.d\/[^/]+\.conf|(?:firmware|boot)\/cmdline\.txt|tuned\.conf|\.?my\.cnf|my\.ini|postgresql(?:\.auto)?\.conf(?:\.sample)?|nginx\.conf|(?:redis|valkey|keydb)[\w.-]*\.conf|[^/]+\.fio|security\/limits\.conf|limits\.d\/[^/]+\.conf|fstab)$/i;

/** Files whose text must show it, with what it must have. */
const shown: readonly (readonly [RegExp, RegExp])[] = [
  [/\.ya?ml$/i, /\b(?:vllm|sglang|juicefs)\b/],
  [/\.(?:sh|bash|zsh|ksh)$/i, /\b(?:vllm\s+serve|vllm\.entrypoints\.|sglang\.launch_server|sglang\s+serve|juicefs\s+mount|mount\.juicefs)\b/],
  [/sysctl[^/]*\.conf$/i, /^-?\w+[./]\S+\s*=/m],
  [/\.conf$/i, /^\s*\[(?:sysctl|sysfs|vm|bootloader(?:\.grub2)?|kernel_config)\]/m],
  [/\.(?:cnf|ini)$/i, /^\s*\[(?:mysqld|mariadb|mariadbd|galera|client-server)[-\d.]*\]/m],
  [/\/(?:postgresql|pgsql)\/.*conf\.d\/[^/]+\.conf$/i, /^\s*\w+\s*=/m],
  [/(?:\/nginx\/.*\.conf|\/sites-(?:available|enabled)\/[^/]+)$/i, /[;{]\s*$/m],
  [/\.(?:job|ini)$/i, /^\s*ioengine\s*=/m],
  [/(?:\/\.config|\.config|_defconfig|\/defconfig|\/config-\d[^/]*)$/i, /^(?:CONFIG_\w+=|# CONFIG_)/m],
  [/(?:\.(?:service|socket|mount|swap|slice|scope)|\.(?:service|socket|mount|swap|slice|scope)\.d\/[^/]+\.conf|systemd\/(?:system|user)\.conf)$/i, /^\s*(?:Default)?(?:Limit|Memory|CPU|Tasks)\w+=/m],
];

/** What decides stands near the start of a file. */
const looked = 60_000;

/** Whether a document is likely a configuration file that Keelson tells of; the server decides. Cheap: it is asked of every document. */
export function mayBeConfiguration(document: Looked): boolean {
  const { uri, languageId } = document;
  const { path } = uri;
  if (uri.scheme === "git" || uri.scheme === "output") return false;
  if (sure.test(path)) return true;
  const patterns = shown.filter(([name]) => name.test(path) || (languageId === "shellscript" && name.source.includes("zsh")));
  if (patterns.length === 0) return false;
  const text = document.getText().slice(0, looked);
  return patterns.some(([, content]) => content.test(text));
}
