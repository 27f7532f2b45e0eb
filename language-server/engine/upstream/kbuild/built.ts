import { checkCancel, type Cancel } from "../../ports";
import type { KernelConfig } from "./config";
import { unknown } from "./expand";
import { both, normalPath, objectLists, on, unsure, type Entry, type Makefiles, type State } from "./lists";

/** Whether a configuration builds a file; `symbol` is Kconfig's name without CONFIG_, `file` and `line` tie it to the object. */
export type BuildAnswer = { readonly state: "built" } | { readonly state: "not-built"; readonly symbol: string; readonly file: string; readonly line: number } | { readonly state: "unknown" };

export interface BuildOracle {
  /** `path` is below the kernel's root, with slashes. Everything that is not certain is unknown. */
  of(path: string): BuildAnswer;
}

/** Deeper chains of objects made of objects are no kernel's. */
const deepest = 32;

/** One Makefile's word for an object or a folder. */
interface Mention {
  readonly makefile: string;
  readonly entry: Entry;
}

/**
 * Answers from the Makefiles that descend from the root to the file: an object is built when a list that is on names it, or an object
 * made of it is, and its folder is gone down into. Headers, architectures, host programs and generated files are not decided.
 */
export function createBuildOracle(makefiles: Makefiles, config: KernelConfig, cancel?: Cancel): BuildOracle {
  const mentions = indexMentions(makefiles, config, cancel);
  const memo = new Map<string, State>();
  const answer = (target: string, depth: number): State => {
    const known = memo.get(target);
    if (known !== undefined) return known;
    if (depth > deepest) return unsure;
    // While it is worked out it is not known: a circle decides nothing.
    memo.set(target, unsure);
    const state = either(mentions.of(target).map(({ makefile, entry }) => both(entry.state, containerState(makefile, entry, depth + 1))));
    const settled = state.is === "on" || !mentions.mayBeMeant(target) ? state : unsure;
    memo.set(target, settled);
    return settled;
  };
  const containerState = (makefile: string, entry: Entry, depth: number): State => {
    const folder = folderOf(makefile);
    if (entry.of.kind === "parts") return answer(join(folder, `${entry.of.name}.o`), depth);
    return folder === "" ? on : answer(`${folder}/`, depth);
  };
  return {
    of(path) {
      const object = objectOf(path);
      if (object === undefined) return { state: "unknown" };
      const state = answer(object, 0);
      if (state.is === "on") return { state: "built" };
      return state.is === "off" ? { state: "not-built", symbol: state.symbol, file: state.file, line: state.line } : { state: "unknown" };
    },
  };
}

/** `a.o` of `a.c`, `a.S` and `a.rs`; undefined where Kbuild's lists do not decide. */
function objectOf(path: string): string | undefined {
  if (/^(?:arch|scripts|tools|usr|samples|Documentation|certs|rust)\//u.test(path)) return undefined;
  const match = /^(.*[^/])\.(?:c|S|rs)$/u.exec(path);
  return match === null || path.endsWith(".mod.c") ? undefined : normalPath(`${match[1] ?? ""}.o`);
}

/** One that is on decides; else one that is not known; else what keeps the first out. Nothing named it: not known. */
function either(states: readonly State[]): State {
  return states.find(({ is }) => is === "on") ?? states.find(({ is }) => is === "unknown") ?? states[0] ?? unsure;
}

interface Mentions {
  /** `target`: an object's path or a folder's with a slash at its end. */
  of(target: string): readonly Mention[];
  /** Whether a word that is not wholly known may stand for it. */
  mayBeMeant(target: string): boolean;
}

/** Every object that any Makefile of the tree names, also those of other folders (`../common/a.o`). */
function indexMentions(makefiles: Makefiles, config: KernelConfig, cancel: Cancel | undefined): Mentions {
  const found = new Map<string, Mention[]>();
  /** Patterns of words that are on or may be, by the path that they surely begin with. */
  const vague: { readonly prefix: string; readonly suffix: string }[] = [];
  const note = (makefile: string, entry: Entry, word: string): void => {
    const folder = folderOf(makefile);
    const at = word.indexOf(unknown);
    if (at >= 0) {
      if (entry.state.is !== "off") vague.push(vaguePlace(folder, word.slice(0, at), word.slice(word.lastIndexOf(unknown) + 1)));
      return;
    }
    const path = normalPath(word.startsWith(`${folder}/`) && folder !== "" ? word : join(folder, word));
    if (path === undefined) return;
    const target = word.endsWith("/") ? `${path}/` : path;
    const list = found.get(target);
    if (list === undefined) found.set(target, [{ makefile, entry }]);
    else list.push({ makefile, entry });
  };
  for (const makefile of makefiles.keys()) {
    if (!isKbuildFile(makefile, makefiles)) continue;
    checkCancel(cancel);
    for (const entry of objectLists(makefiles, makefile, config).entries) for (const word of entry.words) note(makefile, entry, word);
  }
  return {
    of: (target) => found.get(target) ?? [],
    mayBeMeant: (target) => vague.some(({ prefix, suffix }) => target.length >= prefix.length && target.startsWith(prefix) && (suffix === "" || target.endsWith(suffix))),
  };
}

/** An unknown word that names the whole of a path may also leave the folder; that is not followed. */
function vaguePlace(folder: string, before: string, after: string): { readonly prefix: string; readonly suffix: string } {
  const place = join(folder, before);
  const steps = normalPath(place.slice(0, place.lastIndexOf("/") + 1)) ?? "";
  const rest = place.slice(place.lastIndexOf("/") + 1);
  return { prefix: steps === "" ? rest : `${steps}/${rest}`, suffix: after };
}

/** Kbuild reads a folder's Kbuild file, else its Makefile; the root's Kbuild comes beside its Makefile (scripts/Makefile.build). */
function isKbuildFile(path: string, makefiles: Makefiles): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "Kbuild" || path === "Makefile") return true;
  return name === "Makefile" && !makefiles.has(join(folderOf(path), "Kbuild"));
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
