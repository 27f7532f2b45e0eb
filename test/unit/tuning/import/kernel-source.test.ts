import assert from "node:assert/strict";
import { importKernelSource, isKernelMakefile, kernelImporterOf } from "../../../../language-server/engine/tuning/import/kernel";
import { mergeModules, modulesOfMakefile } from "../../../../language-server/engine/tuning/import/makefile";
import { brief } from "./brief";

const read = (text: string, path = "drivers/boat/boat-main.c"): readonly string[] => importKernelSource(path, text).parameters.map(brief);

describe("importing sysctl tables from C", () => {
  it("reads name, type, bounds and default where the file shows them", () => {
    const text = `
static int boat_oars = 4;
static const int most_oars = 16;
unsigned long boat_load;
static int boat_pair[2];
static struct ctl_table boat_table[] = {
	{
		.procname	= "oars", /* .procname = "not this" */
		.data		= &boat_oars,
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec_minmax,
		.extra1		= SYSCTL_ONE,
		.extra2		= (void *)&most_oars,
	},
#ifdef CONFIG_LOAD
	{
		.procname	= "load_kbytes",
		.data		= &boat_load,
		.maxlen		= sizeof(unsigned long),
		.mode		= 0444,
		.proc_handler	= proc_doulongvec_minmax,
	},
#endif
	{
		.procname	= "wait",
		.data		= &boat_oars,
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec_jiffies,
		.extra1		= SYSCTL_ONE,
	},
	{
		.procname	= "pair",
		.data		= &boat_pair,
		.maxlen		= 2 * sizeof(int),
		.proc_handler	= proc_dointvec,
	},
	{ }
};
static int __init boat_init(void)
{
	register_sysctl_init("dev/boat", boat_table);
	return 0;
}
`;
    assert.deepEqual(
      read(text).map((line) => line.split(" | ")[0]),
      ["dev.boat.oars integer default=4 range=1..16 @7", "dev.boat.load_kbytes integer unit=KiB @17", "dev.boat.wait integer unit=seconds @25", "dev.boat.pair list @33"],
    );
  });

  it("follows a copy of the table, a child of a directory and a printed path", () => {
    const entry = (name: string, more = ""): string => `{ .procname = "${name}", .mode = 0644, .proc_handler = proc_dointvec, .maxlen = sizeof(int)${more} },`;
    const text = `
static struct ctl_table a_table[] = { ${entry("a")} {} };
static struct ctl_table b_table[] = { ${entry("b")} {} };
static struct ctl_table root[] = { { .procname = "dev", .mode = 0555, .child = b_table }, {} };
static struct ctl_table c_table[] = { ${entry("c")} {} };
static struct ctl_table lost[] = { ${entry("d")} {} };
int f(struct net *net, struct device *dev)
{
	char path[40];
	table = kmemdup(a_table, sizeof(a_table), GFP_KERNEL);
	register_net_sysctl(net, "net/boat", table);
	register_sysctl_table(root);
	snprintf(path, sizeof(path), "net/boat/conf/%s", dev->name);
	register_net_sysctl(net, path, c_table);
}
`;
    const { parameters, unread } = importKernelSource("net/boat/sysctl.c", text);
    assert.deepEqual(
      parameters.map((record) => record.name),
      ["net.boat.a", "dev.b", "net.boat.conf.*.c"],
    );
    assert.deepEqual(unread, [{ file: "net/boat/sysctl.c", line: 6, reason: 'the file does not tell in which directory of /proc/sys the table "lost" is' }]);
  });

  it("gives no default and no bound that a function changes", () => {
    const text = `static int oars = 4;
static int most;
static struct ctl_table t[] = { { .procname = "oars", .data = &oars, .maxlen = sizeof(int), .proc_handler = proc_dointvec_minmax, .extra2 = &most }, {} };
static void f(void)
{
	oars = count();
	most = 2 * oars;
	register_sysctl("boat", t);
}
`;
    assert.deepEqual(read(text).map((line) => line.split(" | ")[0]), ["boat.oars integer @3"]);
  });
});

describe("importing parameters of modules and of the boot", () => {
  it("names a parameter after its module, with type, default and description", () => {
    const text = `
static bool lamp = true;
static int oars;
static char *name = "unnamed";
#define DEPTH 12
static unsigned int depth = DEPTH;
module_param(lamp, bool, 0644);
MODULE_PARM_DESC(lamp, "Light the lamp "
	"(default: on)");
module_param_named(oar_count, oars, int, S_IRUGO);
module_param(name, charp, 0);
module_param(depth, uint, 0444);
module_param_array(ports, int, NULL, 0);
/* module_param(ghost, int, 0); */
#define MY_PARAM(x) \\
	module_param(x, int, 0)
`;
    assert.deepEqual(read(text), [
      "boat_main.lamp boolean default=Y @7 | Light the lamp (default: on)",
      "boat_main.oar_count integer default=0 @10 | ",
      "boat_main.name string default=unnamed @11 | ",
      "boat_main.depth integer default=12 @12 | ",
      "boat_main.ports list @13 | ",
    ]);
  });

  it("takes the module from the Makefile, and says so when none tells it", () => {
    const modules = mergeModules([
      modulesOfMakefile("drivers/boat/Makefile", "obj-$(CONFIG_BOAT) += row-boat.o lone.o\nrow-boat-y := main.o \\\n\tsub/oars.o\nrow-boat-${CONFIG_SAIL} += sail.o\n"),
      modulesOfMakefile("drivers/ship/Makefile", "PARTS := ../boat/main.o\nobj-m += ship.o\nship-objs := $(PARTS)\n"),
    ]);
    const names = (path: string): readonly string[] => importKernelSource(path, "module_param(x, int, 0);\n", { modules }).parameters.map((record) => record.name);
    assert.deepEqual(names("drivers/boat/main.c"), ["row_boat.x", "ship.x"]);
    assert.deepEqual(names("drivers/boat/sub/oars.c"), ["row_boat.x"]);
    assert.deepEqual(names("drivers/boat/sail.c"), ["row_boat.x"]);
    assert.deepEqual(names("drivers/boat/lone.c"), ["lone.x"]);
    assert.deepEqual(importKernelSource("drivers/boat/other.c", "\nmodule_param(x, int, 0);\n", { modules }), {
      parameters: [],
      prose: [],
      unread: [{ file: "drivers/boat/other.c", line: 2, reason: 'no Makefile tells which module the parameter "x" belongs to' }],
    });
  });

  it("reads boot parameters and a prefix of the file's own", () => {
    const text = `__setup("boat=", set_boat);
early_param("noboat", no_boat);
core_param(row, row_now, int, 0644);
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "harbour."
module_param(berths, int, 0);
early_param("open
`;
    assert.deepEqual(
      read(text).map((line) => line.split(" | ")[0]),
      ["boat @1", "noboat @2", "row integer @3", "harbour.berths integer @6"],
    );
    assert.deepEqual(importKernelSource("a/b.c", text).unread, [{ file: "a/b.c", line: 7, reason: "early_param( is not closed" }]);
  });
});

describe("kernelImporterOf", () => {
  it("knows the files of a kernel tree by their path", () => {
    const id = (path: string): string | undefined => kernelImporterOf(path)?.id;
    assert.equal(id("Documentation/admin-guide/sysctl/vm.rst"), "sysctl-document");
    assert.equal(id("Documentation/admin-guide/sysctl/index.rst"), undefined);
    assert.equal(id("Documentation/networking/nf_conntrack-sysctl.rst"), "sysctl-document");
    assert.equal(id("Documentation/admin-guide/kernel-parameters.txt"), "kernel-parameters");
    assert.equal(id("Documentation/ABI/stable/sysfs-block"), "abi");
    assert.equal(id("Documentation/ABI/README"), undefined);
    assert.equal(id("Documentation/admin-guide/cgroup-v2.rst"), "cgroup");
    assert.equal(id("Kconfig"), "kconfig");
    assert.equal(id("lib/Kconfig.debug"), "kconfig");
    assert.equal(id("tools/testing/Kconfig"), undefined);
    assert.equal(id("kernel/sysctl.c"), "source");
    assert.equal(id("samples/x/y.c"), undefined);
    assert.equal(isKernelMakefile("drivers/net/Makefile"), true);
    assert.equal(isKernelMakefile("virt/kvm/Makefile.kvm"), true);
  });
});
