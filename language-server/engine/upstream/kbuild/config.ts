/** A kernel's `.config`. */
export interface KernelConfig {
  /** `y`, `m`, `n`, or the value as written; undefined when the file says nothing of the symbol and is no complete one. Without `CONFIG_`. */
  get(symbol: string): string | undefined;
  /** Kconfig wrote it: a symbol that it does not name is off. A defconfig or a fragment leaves symbols to their defaults. */
  readonly complete: boolean;
  /** From the line that Kconfig writes on top (`# Linux/x86 6.1.0 Kernel Configuration`); undefined without it. */
  readonly arch: string | undefined;
  readonly size: number;
}

export interface ConfigProblem {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** A complete one has thousands; a fragment that somebody gave Kconfig's head has not. */
const fewestSymbols = 200;
const mostProblems = 20;

/** Reads what Kconfig writes (scripts/kconfig/confdata.c). Lines that are none of its forms are problems; the rest counts. */
export function parseKernelConfig(text: string): { readonly value: KernelConfig; readonly problems: readonly ConfigProblem[] } {
  const symbols = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  let generated = false;
  let arch: string | undefined;
  for (const [i, raw] of text.replace(/^\ufeff/u, "").split("\n").entries()) {
    const line = raw.trimEnd();
    const set = /^CONFIG_(\w+)=(.*)$/u.exec(line);
    const unset = /^# CONFIG_(\w+) is not set$/u.exec(line);
    if (set !== null) symbols.set(set[1] ?? "", set[2] ?? "");
    else if (unset !== null) symbols.set(unset[1] ?? "", "n");
    else if (line.startsWith("#")) {
      generated ||= line.includes("Automatically generated file; DO NOT EDIT");
      arch ??= /^# Linux\/([\w-]{1,30})\b.* Kernel Configuration/u.exec(line)?.[1];
    } else if (line !== "" && problems.length < mostProblems) problems.push({ line: i + 1, text: line.slice(0, 120) });
  }
  const complete = generated && symbols.size >= fewestSymbols;
  return { value: { get: (symbol) => symbols.get(symbol) ?? (complete ? "n" : undefined), complete, arch, size: symbols.size }, problems };
}
