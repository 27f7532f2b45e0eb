/**
 * The name of a sysctl in its one spelling, by dots. As in sysctl(8) the first separator decides: after a slash dots belong to a
 * name (`net/ipv4/conf/eth0.1/forwarding`), after a dot slashes do.
 */
export function sysctlName(written: string): string {
  const name = written.trim().replace(/^\/?(?:proc\/sys\/)?/u, "");
  const first = /[./]/u.exec(name)?.[0];
  if (first !== "/") return name;
  return name.split("/").map((part) => part.replaceAll(".", "/")).join(".");
}

/** Directories of /proc/sys whose entries are named by what the machine has: the store knows each once, as `*`. */
const perThing = /^(net\.ipv[46]\.(?:conf|neigh)|net\.mpls\.conf|dev\.raid\.|dev\.parport|dev\.cdrom|kernel\.sched_domain\.cpu\d+)\.(.+)\.([^.]+)$/u;

/** The names under which a sysctl may be known, the exact one first. */
export function sysctlSpellings(name: string): readonly string[] {
  const match = perThing.exec(name);
  if (match?.[1] === undefined || match[3] === undefined) return [name];
  return [...new Set([name, `${match[1]}.*.${match[3]}`, `${match[1]}.all.${match[3]}`, `${match[1]}.default.${match[3]}`])];
}
