import type { KernelConfig } from "./config";
import { expand, splitArguments, unknown, words, type Lookup } from "./expand";
import { parseMakefile, type Guard, type Statement, type Test } from "./makefile";

/** Whether something takes part in the build, and which symbol keeps it out. */
export type State =
  | { readonly is: "on" }
  | { readonly is: "off"; readonly symbol: string; readonly file: string; readonly line: number }
  | { readonly is: "unknown" };

export const on: State = { is: "on" };
export const unsure: State = { is: "unknown" };

/** One assignment to a list of objects. */
export interface Entry {
  /** `list`: `obj-y`, `lib-m` and the like, which the build starts from. `parts`: what the object of that name is linked from. */
  readonly of: { readonly kind: "list" } | { readonly kind: "parts"; readonly name: string };
  /** Objects (`a.o`), folders (`a/`) and what may hold {@link unknown} in places. */
  readonly words: readonly string[];
  readonly state: State;
}

/** What a Makefile says of objects. */
export interface ObjectLists {
  readonly entries: readonly Entry[];
}

/** The kernel's Makefiles by path below its root. */
export type Makefiles = ReadonlyMap<string, string>;

const deepestInclude = 8;

interface Variable {
  readonly raw: string;
  /** Set for `=`, which make expands where it is used. */
  readonly lazy: boolean;
}

interface Scope {
  readonly makefiles: Makefiles;
  readonly config: KernelConfig;
  readonly arch: string | undefined;
  readonly folder: string;
  readonly variables: Map<string, Variable>;
  readonly entries: Entry[];
  /** Expansions and includes that are still made: a Makefile written to take for ever is not read to its end. */
  readonly budget: { expansions: number; includes: number };
}

/** Reads the lists of a Makefile as make would with this configuration, and also those that the configuration leaves out, each with what does so. */
export function objectLists(makefiles: Makefiles, path: string, config: KernelConfig): ObjectLists {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  const scope: Scope = { makefiles, config, arch: sourceArch(config.arch), folder, variables: new Map(), entries: [], budget: { expansions: 20_000, includes: 200 } };
  readInto(scope, path, on, 0);
  return { entries: scope.entries };
}

/** SRCARCH of the architecture that a configuration names (Makefile, "Additional ARCH settings"). */
function sourceArch(arch: string | undefined): string | undefined {
  if (arch === "i386" || arch === "x86_64") return "x86";
  return arch === "sparc32" || arch === "sparc64" ? "sparc" : arch;
}

function readInto(scope: Scope, path: string, outer: State, depth: number): void {
  for (const statement of parseMakefile(scope.makefiles.get(path) ?? "")) {
    const guarded = guardState(scope, statement.guards, path);
    // The root's Makefile asks how make was called. Its lists are the same for every build of the kernel itself.
    const state = both(outer, path === "Makefile" && guarded.is === "unknown" ? on : guarded);
    if (statement.kind === "include") readInclude(scope, statement.value, state, depth);
    else readAssignment(scope, statement, state, path);
  }
}

function readInclude(scope: Scope, value: string, state: State, depth: number): void {
  if (state.is === "off") return;
  for (const word of words(expand(value, lookupIn(scope)))) {
    const path = normalPath(word);
    if (depth < deepestInclude && path !== undefined && scope.makefiles.has(path) && scope.budget.includes-- > 0) readInto(scope, path, state, depth + 1);
    // It may name any object. What the root's Makefile includes is the architecture's, or made by the build.
    else if (scope.folder !== "") scope.entries.push({ of: { kind: "list" }, words: [unknown], state: unsure });
  }
}

const lists = /^(?:obj|lib|core|drivers|net|libs|virt|init|head|extra|always)-([^-]*)$/u;
const parts = /^(.+)-(y|m|n|objs|)$/u;

function readAssignment(scope: Scope, statement: Extract<Statement, { kind: "assign" }>, state: State, path: string): void {
  const lookup = lookupIn(scope);
  const name = expand(statement.name, lookup);
  assign(scope, name, statement, state);
  const list = lists.exec(name);
  const part = list === null ? (parts.exec(name) ?? (name.endsWith(`-${unknown}`) ? [name, name.slice(0, -2), unknown] : null)) : null;
  if ((list === null && part === null) || /flags/iu.test(name)) return;
  const suffix = (list ?? part ?? []).at(-1) ?? "";
  const of: Entry["of"] = list !== null ? { kind: "list" } : { kind: "parts", name: part?.[1] ?? "" };
  const own = suffixState(scope, statement, suffix, path);
  scope.entries.push({ of, words: words(expand(statement.value, lookup)), state: both(own, state) });
}

function suffixState({ config }: Scope, { name, line }: { readonly name: string; readonly line: number }, suffix: string, file: string): State {
  if (suffix.includes(unknown)) return unsure;
  if (suffix !== "" && suffix !== "n") return on;
  const symbol = symbolsIn(name).find((one) => config.get(one) === "n");
  return symbol === undefined ? unsure : { is: "off", symbol, file, line };
}

function symbolsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bCONFIG_(\w+)/gu)].map((match) => match[1] ?? "");
}

/** Assignments that surely do not happen change nothing; those that may happen leave the variable unknown. */
function assign(scope: Scope, name: string, { operator, value }: { readonly operator: string; readonly value: string }, state: State): void {
  if (state.is === "off") return;
  const before = scope.variables.get(name);
  if (state.is === "unknown") scope.variables.set(name, { raw: unknown, lazy: false });
  else if (operator === "=") scope.variables.set(name, { raw: value, lazy: true });
  else if (operator === ":=") scope.variables.set(name, { raw: expand(value, lookupIn(scope)), lazy: false });
  else if (operator === "?=") {
    if (before === undefined) scope.variables.set(name, { raw: value, lazy: true });
  } else if (before?.lazy === true) scope.variables.set(name, { raw: `${before.raw} ${value}`, lazy: true });
  else scope.variables.set(name, { raw: `${before?.raw ?? ""} ${expand(value, lookupIn(scope))}`.trim(), lazy: false });
}

function lookupIn(scope: Scope, open: ReadonlySet<string> = new Set()): Lookup {
  return (name) => {
    const { variables, config, arch } = scope;
    if (name.startsWith("CONFIG_")) return configValue(config, name.slice("CONFIG_".length));
    const fixed = fixedValue(name, scope);
    if (fixed !== undefined) return fixed;
    const variable = variables.get(name);
    if (variable !== undefined) {
      if (!variable.lazy) return variable.raw;
      // A variable that names itself ends make; here it is not known.
      return open.has(name) || open.size > 40 || scope.budget.expansions-- <= 0 ? undefined : expand(variable.raw, lookupIn(scope, new Set([...open, name])));
    }
    if (name === "SRCARCH" || name === "ARCH") return arch;
    // What Kbuild hands down is written in capitals; lists in small letters that a Makefile does not set are empty to make.
    return /^[a-z][\w-]*$/u.test(name) ? "" : undefined;
  };
}

function fixedValue(name: string, { folder }: Scope): string | undefined {
  if (name === "obj" || name === "src") return folder === "" ? "." : folder;
  if (name === "srctree" || name === "objtree" || name === "srcroot") return ".";
  // The architecture's own Makefile sets these; all are below arch/.
  if (/^ARCH_(?:CORE|LIB|DRIVERS)$/u.test(name)) return `arch/${unknown}`;
  return name === "KBUILD_EXTMOD" ? "" : undefined;
}

function configValue(config: KernelConfig, symbol: string): string | undefined {
  const value = config.get(symbol);
  if (value === "n") return "";
  return value?.startsWith('"') === true ? undefined : value;
}

function guardState(scope: Scope, guards: readonly Guard[], file: string): State {
  return guards.reduce<State>((state, guard) => both(state, testState(scope, guard, file)), on);
}

function testState(scope: Scope, { test, holds }: Guard, file: string): State {
  const outcome = evaluate(scope, test);
  if (outcome === undefined) return unsure;
  if (outcome === holds) return on;
  const named = symbolsIn(test.text);
  const symbol = named.find((one) => scope.config.get(one) === "n") ?? named[0];
  return symbol === undefined ? unsure : { is: "off", symbol, file, line: test.line };
}

function evaluate(scope: Scope, { word, text }: Test): boolean | undefined {
  const lookup = lookupIn(scope);
  if (word === "ifdef" || word === "ifndef") {
    const value = lookup(text.trim());
    return value === undefined || value.includes(unknown) ? undefined : (value !== "") === (word === "ifdef");
  }
  const [one, other] = operands(text) ?? [];
  if (one === undefined || other === undefined) return undefined;
  const left = expand(one, lookup).trim();
  const right = expand(other, lookup).trim();
  if (left.includes(unknown) || right.includes(unknown)) return undefined;
  return (left === right) === (word === "ifeq");
}

/** `(a,b)`, `"a" "b"` or `'a' 'b'`. */
function operands(text: string): readonly [string, string] | undefined {
  if (text.startsWith("(")) {
    const split = splitArguments(text.slice(1, text.lastIndexOf(")")));
    return split.length < 2 ? undefined : [split[0] ?? "", split.slice(1).join(",")];
  }
  const quoted = /^(["'])(.*?)\1\s*(["'])(.*?)\3\s*$/u.exec(text);
  return quoted === null ? undefined : [quoted[2] ?? "", quoted[4] ?? ""];
}

/** Both must take part: the first that keeps it out is told. */
export function both(one: State, other: State): State {
  if (one.is === "off") return one;
  if (other.is === "off") return other;
  return one.is === "unknown" ? one : other;
}

/** A path without `.` and `..` steps; undefined when it leaves the tree or is not known. */
export function normalPath(path: string): string | undefined {
  if (path.includes(unknown) || path.startsWith("/")) return undefined;
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}
