/** Folders in the order in which systemd and procps look: a file of the same name in an earlier one hides the later ones. */
export const sysctlFolders = ["etc/sysctl.d", "run/sysctl.d", "usr/local/lib/sysctl.d", "usr/lib/sysctl.d", "lib/sysctl.d"] as const;

/** The root of a system that a sysctl file belongs to (`""` for `/`), or undefined when its folder stands alone. */
export function sysctlRoot(path: string): string | undefined {
  if (path.endsWith("/etc/sysctl.conf")) return path.slice(0, -"/etc/sysctl.conf".length);
  const folder = sysctlFolders.find((name) => path.slice(0, path.lastIndexOf("/")).endsWith(`/${name}`));
  return folder === undefined ? undefined : path.slice(0, path.lastIndexOf("/") - folder.length - 1);
}

/**
 * Sorts files as `sysctl --system` reads them: by file name whatever the folder, a name that an earlier folder has only from
 * there, /etc/sysctl.conf at the end. `paths` come folder by folder in the order of {@link sysctlFolders}.
 */
export function loadOrder(paths: readonly string[]): readonly string[] {
  const byName = new Map<string, string>();
  const last: string[] = [];
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (path.endsWith("/etc/sysctl.conf")) last.push(path);
    else if (name.endsWith(".conf") && !byName.has(name)) byName.set(name, path);
  }
  return [...[...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path), ...last];
}
