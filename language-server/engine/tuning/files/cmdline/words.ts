import { span } from "../text/lines";
import type { Setting } from "../types";
import { isTemplate } from "../sysctl/format";

/** Parameters that may stand several times, each for itself or for those after it. */
const repeated = new Set(["console", "earlycon", "earlyprintk", "hugepagesz", "hugepages", "hugetlb_cma", "memmap", "acpi_osi", "netconsole", "rd.driver.blacklist", "rd.driver.pre", "rd.lvm.lv", "rd.luks.uuid", "module_blacklist", "modprobe.blacklist", "ip", "crashkernel", "mem", "memblock", "pci", "iommu", "intel_iommu", "video", "dyndbg", "trace_event", "rd.break"]);

/** The parameters of a kernel command line that stands in `text` of a line from a column on. */
export function commandLineSettings(text: string, line: number, column: number, scope: string): readonly Setting[] {
  const settings: Setting[] = [];
  for (const { start, end } of words(text)) {
    const word = text.slice(start, end);
    // What follows is for init.
    if (word === "--") break;
    const equals = word.indexOf("=");
    const written = equals < 0 ? word : word.slice(0, equals);
    if (!/^[\w.*-]+$/u.test(written) || written.startsWith("-")) continue;
    const raw = equals < 0 ? undefined : word.slice(equals + 1);
    const quoted = raw !== undefined && raw.length > 1 && raw.startsWith('"') && raw.endsWith('"');
    const value = quoted ? raw.slice(1, -1) : raw;
    const valueStart = column + start + equals + (quoted ? 2 : 1);
    const isSysctl = written.startsWith("sysctl.");
    settings.push({
      name: isSysctl ? written.slice("sysctl.".length).replaceAll("/", ".") : written,
      written,
      component: "kernel",
      kind: isSysctl ? "sysctl" : "kernel-parameter",
      value,
      at: span(line, column + start, column + start + written.length),
      valueAt: value === undefined ? undefined : span(line, valueStart, valueStart + value.length),
      scope,
      open: isTemplate(word),
      ...(repeated.has(written) || written.includes("*") ? { several: true } : {}),
    });
  }
  return settings;
}

/** Words by blanks, quotes hold together as in the kernel. */
function words(text: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = -1;
  let quoted = false;
  for (let i = 0; i <= text.length; i++) {
    const char = text.charAt(i);
    if (char === '"') quoted = !quoted;
    const ends = i === text.length || (!quoted && /\s/u.test(char));
    if (ends && start >= 0) {
      found.push({ start, end: i });
      start = -1;
    } else if (!ends && start < 0) start = i;
  }
  return found;
}
