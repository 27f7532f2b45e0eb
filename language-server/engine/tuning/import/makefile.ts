import { linesOf } from "./passage";

/** Modules by source file: `drivers/net/foo/main.c` is linked into `foo`. */
export type ModuleNames = ReadonlyMap<string, readonly string[]>;

const assignment = /^\s*([\w.$()/-]{1,120}?)\s*(?:\+|:|\?)?=\s*(.*)$/u;
const mostObjects = 20_000;
const longestList = 200_000;

/**
 * Reads a Makefile or Kbuild file: which sources it links into which module (or built-in object, which names its parameters in
 * the same way). Only what is written outright: lists of objects, `addprefix`, variables of the same file.
 */
export function modulesOfMakefile(path: string, text: string): ModuleNames {
  const directory = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  const variables = new Map<string, string[]>();
  const parts = new Map<string, string[]>();
  const targets = new Set<string>();
  let count = 0;
  for (const line of joined(linesOf(text))) {
    const match = assignment.exec(line.slice(0, longestList).replace(/\$\{([\w-]+)\}/gu, "$($1)"));
    if (match?.[1] === undefined) continue;
    const words = expand(uncomment(match[2] ?? ""), variables);
    count += words.length;
    if (count > mostObjects) break;
    const left = match[1];
    append(variables, left.replace(/-\$\([\w-]+\)$/u, "-y"), words);
    const objects = words.filter((word) => word.endsWith(".o")).map((word) => word.slice(0, -2));
    const list = /^(.+?)-(?:objs|y|m|\$\([\w-]+\)|objs-\$\([\w-]+\)|\$\(.*\))$/u.exec(left);
    if (list?.[1] === undefined) continue;
    const owner = list[1].replace(/-objs$/u, "");
    if (/^(?:obj|lib|core|drivers|head|net|virt)$/u.test(owner)) for (const object of objects) targets.add(object);
    else {
      append(parts, owner, objects);
      // A file that others include, like Makefile.kvm, leaves it to them to say that the object is built.
      if (/\/Makefile\.\w+$/u.test(path)) targets.add(owner);
    }
  }
  return resolve(directory, targets, parts);
}

function append(lists: Map<string, string[]>, name: string, words: readonly string[]): void {
  const list = lists.get(name) ?? [];
  for (const word of words) list.push(word);
  lists.set(name, list);
}

/** Both maps in one: a file may be in modules of several Makefiles. */
export function mergeModules(maps: Iterable<ModuleNames>): ModuleNames {
  const all = new Map<string, readonly string[]>();
  for (const map of maps) for (const [file, modules] of map) all.set(file, [...new Set([...(all.get(file) ?? []), ...modules])]);
  return all;
}

function resolve(directory: string, targets: ReadonlySet<string>, parts: ReadonlyMap<string, readonly string[]>): ModuleNames {
  const found = new Map<string, Set<string>>();
  const note = (object: string, module: string): void => {
    const file = normal(`${directory}${object}.c`);
    const known = found.get(file) ?? new Set();
    if (known.size < 8) known.add(module);
    found.set(file, known);
  };
  const lists = new Map([...parts].filter(([owner]) => targets.has(owner)));
  const inner = new Set([...lists.values()].flat());
  for (const [owner, objects] of lists) for (const object of objects) if (!lists.has(object)) note(object, moduleName(owner));
  for (const target of targets) if (!lists.has(target) && !inner.has(target)) note(target, moduleName(target));
  return new Map([...found].map(([file, modules]) => [file, [...modules]]));
}

/** KBUILD_MODNAME: the last part of the path, with underscores. */
function moduleName(object: string): string {
  return object.slice(object.lastIndexOf("/") + 1).replaceAll("-", "_").replaceAll(",", "_");
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      // An included file counts its steps up from the one that includes it; above the tree there is nothing.
      parts.pop();
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function* joined(lines: readonly string[]): Generator<string> {
  let whole = "";
  for (const line of lines) {
    if (line.endsWith("\\") && whole.length < longestList) whole += `${line.slice(0, -1)} `;
    else {
      yield whole + line;
      whole = "";
    }
  }
  if (whole !== "") yield whole;
}

function uncomment(text: string): string {
  const hash = text.indexOf("#");
  return hash < 0 ? text : text.slice(0, hash);
}

/** Words of a list, with variables of this file and `$(addprefix dir/, …)` put in. */
function expand(text: string, variables: ReadonlyMap<string, readonly string[]>): string[] {
  const prefixed = /^\s*\$\(addprefix\s+([\w./-]+)\s*,\s*([^()]*)\)\s*$/u.exec(text);
  const prefix = prefixed?.[1] ?? "";
  const words: string[] = [];
  for (const word of (prefixed?.[2] ?? text).split(/\s+/u)) {
    if (word === "" || words.length > mostObjects) continue;
    const [, name, rest = ""] = /^\$\(([\w.-]+)\)(\/[\w./-]+)?$/u.exec(word) ?? [];
    if (name === undefined) words.push(prefix + word);
    else words.push(...(variables.get(name) ?? []).slice(0, rest === "" ? 2000 : 1).map((one) => one + rest));
  }
  return words;
}
