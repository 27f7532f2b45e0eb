import type { Imported } from "../types";
import { importAbiDocument } from "./abi-document";
import { lineIndex, withoutComments } from "./c-text";
import { fileValues } from "./c-values";
import { importCgroupDocument } from "./cgroup-document";
import { importKconfig } from "./kconfig";
import { importKernelParameters } from "./kernel-parameters";
import type { ModuleNames } from "./makefile";
import { addModuleParameters } from "./module-parameters";
import { Findings } from "./passage";
import { importSysctlDocument } from "./sysctl-document";
import { addSysctlTables } from "./sysctl-source";

export type KernelImporterId = "sysctl-document" | "kernel-parameters" | "abi" | "cgroup" | "kconfig" | "source";

/** What is known of the tree beside the one file. */
export interface KernelTree {
  /** From the tree's Makefiles, {@link import("./makefile").modulesOfMakefile}; without it a module is guessed from the file's name. */
  readonly modules?: ModuleNames;
}

export interface KernelImporter {
  readonly id: KernelImporterId;
  /** Never throws; what can't be read is in `unread`. */
  read(path: string, text: string, tree?: KernelTree): Imported;
}

const importers: readonly (readonly [RegExp, KernelImporter])[] = [
  [/^Documentation\/(?:admin-guide\/sysctl\/(?!index\.rst$)[\w-]+\.rst|networking\/[\w-]*sysctl[\w-]*\.rst)$/u, { id: "sysctl-document", read: importSysctlDocument }],
  [/^Documentation\/admin-guide\/kernel-parameters\.txt$/u, { id: "kernel-parameters", read: importKernelParameters }],
  [/^Documentation\/ABI\/(?:stable|testing|obsolete|removed)\/[^/]+$/u, { id: "abi", read: importAbiDocument }],
  [/^Documentation\/admin-guide\/cgroup-v2\.rst$/u, { id: "cgroup", read: importCgroupDocument }],
  [/^(?!Documentation\/|scripts\/|tools\/)(?:[^/]+\/)*Kconfig(?:[.-][\w.-]+)?$/u, { id: "kconfig", read: importKconfig }],
  [/^(?!Documentation\/|scripts\/|tools\/|samples\/|usr\/)(?:[^/]+\/)+[^/]+\.c$/u, { id: "source", read: importKernelSource }],
];

/** Which importer reads a file of a kernel tree; the path is relative to the tree, with slashes. */
export function kernelImporterOf(path: string): KernelImporter | undefined {
  return importers.find(([pattern]) => pattern.test(path))?.[1];
}

/** True for the files that tell which module a source file is in; read them before the sources. */
export function isKernelMakefile(path: string): boolean {
  return /^(?!Documentation\/|scripts\/|tools\/|samples\/)(?:[^/]+\/)*(?:Makefile(?:\.kvm)?|Kbuild)$/u.test(path);
}

const telling = ["module_param", "ctl_table", "early_param", "__setup", "core_param"];

/** Reads a C file: sysctl tables, module parameters, boot parameters. Most files have none and cost one search each. */
export function importKernelSource(path: string, text: string, tree: KernelTree = {}): Imported {
  const findings = new Findings(path);
  if (!telling.some((word) => text.includes(word))) return findings.all;
  const code = withoutComments(text);
  const values = fileValues(code);
  const lineOf = lineIndex(code);
  // Tables of the test of tables are never registered.
  if (path !== "kernel/sysctl-test.c") addSysctlTables(findings, code, values, lineOf);
  const known = tree.modules?.get(path);
  const modules = tree.modules === undefined ? [path.slice(path.lastIndexOf("/") + 1).replace(/\.c$/u, "").replaceAll("-", "_")] : (known ?? []);
  addModuleParameters(findings, code, values, lineOf, modules, known !== undefined);
  return findings.all;
}
