import type { Call } from "./calls";
import type { AssignedCall } from "./places";

/** A function that acquires something and the one that gives it back. */
interface Pair {
  readonly acquire: string;
  readonly release: readonly string[];
}

const known: readonly Pair[] = [
  { acquire: "clk_prepare_enable", release: ["clk_disable_unprepare"] },
  { acquire: "clk_prepare", release: ["clk_unprepare"] },
  { acquire: "request_irq", release: ["free_irq"] },
  { acquire: "request_threaded_irq", release: ["free_irq"] },
  { acquire: "pci_request_regions", release: ["pci_release_regions"] },
  { acquire: "pci_request_region", release: ["pci_release_region"] },
  { acquire: "pci_alloc_irq_vectors", release: ["pci_free_irq_vectors"] },
  { acquire: "misc_register", release: ["misc_deregister"] },
  { acquire: "register_netdev", release: ["unregister_netdev"] },
  { acquire: "alloc_chrdev_region", release: ["unregister_chrdev_region"] },
  { acquire: "cdev_add", release: ["cdev_del"] },
  { acquire: "sysfs_create_group", release: ["sysfs_remove_group"] },
  { acquire: "device_create_file", release: ["device_remove_file"] },
  { acquire: "alloc_workqueue", release: ["destroy_workqueue"] },
  { acquire: "create_singlethread_workqueue", release: ["destroy_workqueue"] },
  { acquire: "ioremap", release: ["iounmap"] },
  { acquire: "pci_iomap", release: ["pci_iounmap"] },
  { acquire: "kthread_run", release: ["kthread_stop"] },
  { acquire: "class_create", release: ["class_destroy"] },
  { acquire: "device_create", release: ["device_destroy"] },
  { acquire: "alloc_netdev", release: ["free_netdev"] },
  { acquire: "alloc_etherdev", release: ["free_netdev"] },
  { acquire: "dma_alloc_coherent", release: ["dma_free_coherent"] },
  { acquire: "kmalloc", release: ["kfree", "kfree_sensitive"] },
  { acquire: "kzalloc", release: ["kfree", "kfree_sensitive"] },
  { acquire: "kcalloc", release: ["kfree"] },
  { acquire: "kmalloc_array", release: ["kfree"] },
  { acquire: "kmemdup", release: ["kfree"] },
  { acquire: "kstrdup", release: ["kfree"] },
  { acquire: "kasprintf", release: ["kfree"] },
  { acquire: "vmalloc", release: ["vfree"] },
  { acquire: "vzalloc", release: ["vfree"] },
  { acquire: "kvmalloc", release: ["kvfree"] },
  { acquire: "kvzalloc", release: ["kvfree"] },
  { acquire: "kvcalloc", release: ["kvfree"] },
  { acquire: "rte_malloc", release: ["rte_free"] },
  { acquire: "rte_zmalloc", release: ["rte_free"] },
  { acquire: "rte_zmalloc_socket", release: ["rte_free"] },
];

/** Endings of functions that belong together when all before them is equal. */
const endings: readonly (readonly [string, readonly string[]])[] = [
  ["_enable_device", ["_disable_device"]],
  ["_register", ["_unregister", "_deregister"]],
  ["_create", ["_destroy"]],
  ["_enable", ["_disable"]],
  ["_alloc", ["_free"]],
  ["_attach", ["_detach"]],
  ["_add", ["_del", "_remove"]],
];

const byName = new Map(known.map((pair) => [pair.acquire, pair.release]));
/** They do nothing when they get NULL, so that calling them for what was never acquired is harmless. */
const nullSafe = /^(?:k?v?z?free|kvfree|kfree_sensitive|rte_free|free|free_percpu|kmem_cache_destroy|mempool_destroy|dma_pool_destroy|clk_\w+|debugfs_remove\w*|of_node_put|put_device|release_firmware|\w*_put)$/;

/** The functions that release what this one acquires; empty when we don't know. */
export function releasesOf(name: string): readonly string[] {
  const exact = byName.get(name);
  if (exact !== undefined) return exact;
  if (name.startsWith("devm_")) return [];
  for (const [acquire, release] of endings) {
    if (name.endsWith(acquire) && name.length > acquire.length + 1) return release.map((ending) => name.slice(0, -acquire.length) + ending);
  }
  return [];
}

export function isNullSafe(release: string): boolean {
  return nullSafe.test(release);
}

/** True when both functions are API whose contract we know, not only alike in name. */
export function isKnownPair(name: string): boolean {
  return byName.has(name);
}

/** True when `release` gives back exactly what this call acquired: each of its arguments is one of the call's or its result. */
export function releases(release: Call, acquired: AssignedCall): boolean {
  if (!releasesOf(acquired.call.name).includes(release.name)) return false;
  const given = new Set([...acquired.targets, ...acquired.call.args].map(bare));
  if (release.args.length === 0) return acquired.call.args.length === 0;
  if (!release.args.every((arg) => given.has(bare(arg)))) return false;
  return !returnsPointer(acquired.call.name) || release.args.some((arg) => acquired.targets.map(bare).includes(bare(arg)));
}

function returnsPointer(name: string): boolean {
  return byName.has(name) && /alloc|dup|ioremap|iomap|_create$|_workqueue|kasprintf|kthread_run/.test(name) && !/chrdev|irq_vectors/.test(name);
}

/** An argument without casts, `&` and brackets around it. */
export function bare(argument: string): string {
  return argument.replace(/^\((?:[\w ]+\**)\)/, "").replace(/^&/, "");
}
