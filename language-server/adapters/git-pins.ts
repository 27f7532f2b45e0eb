import { devNull } from "node:os";

/**
 * Configuration that every git call carries, so that nothing in a repository's or a user's configuration decides what
 * runs or how output looks. Command-line configuration wins over every file.
 */
const pins: readonly (readonly [string, string])[] = [
  // What git would run by itself.
  ["core.hooksPath", devNull],
  ["core.fsmonitor", "false"],
  ["core.pager", "cat"],
  ["core.editor", "false"],
  ["sequence.editor", "false"],
  ["core.askPass", ""],
  ["core.sshCommand", "false"],
  ["core.gitProxy", ""],
  ["core.alternateRefsCommand", "false"],
  ["credential.helper", ""],
  ["diff.external", ""],
  ["interactive.diffFilter", ""],
  ["gpg.program", "false"],
  ["gpg.ssh.program", "false"],
  ["gpg.x509.program", "false"],
  ["commit.gpgSign", "false"],
  ["tag.gpgSign", "false"],
  ["log.showSignature", "false"],
  ["rerere.enabled", "false"],
  ["rerere.autoUpdate", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["fetch.recurseSubmodules", "false"],
  ["submodule.recurse", "false"],
  ["diff.ignoreSubmodules", "dirty"],
  ["core.attributesFile", devNull],
  // Nothing is fetched, also not for a partial clone.
  ["protocol.allow", "never"],
  // Long walks over old diffs: a larger cache costs more in fresh memory than it saves.
  ["core.deltaBaseCacheLimit", "32m"],
  // How output looks and how patches are matched.
  ["color.ui", "false"],
  ["core.quotePath", "true"],
  ["core.precomposeUnicode", "false"],
  ["diff.noprefix", "false"],
  ["diff.mnemonicPrefix", "false"],
  ["diff.srcPrefix", "a/"],
  ["diff.dstPrefix", "b/"],
  ["diff.algorithm", "myers"],
  ["diff.context", "3"],
  ["diff.interHunkContext", "0"],
  ["diff.indentHeuristic", "true"],
  ["diff.renames", "true"],
  ["diff.suppressBlankEmpty", "false"],
  ["diff.submodule", "short"],
  ["diff.orderFile", devNull],
  ["diff.relative", "false"],
  ["log.follow", "false"],
  ["log.mailmap", "false"],
  ["log.decorate", "false"],
  ["log.abbrevCommit", "false"],
  ["log.diffMerges", "separate"],
  ["format.signOff", "false"],
  ["format.pretty", "medium"],
  ["i18n.logOutputEncoding", "UTF-8"],
  ["apply.whitespace", "warn"],
  ["apply.ignoreWhitespace", "no"],
  ["merge.conflictStyle", "merge"],
  ["merge.renames", "true"],
  ["advice.detachedHead", "false"],
];

/** The pins as arguments that come before git's verb. */
export const pinnedArguments: readonly string[] = ["--no-pager", ...pins.flatMap(([key, value]) => ["-c", `${key}=${value}`])];

/** Variables that decide what git runs, beside everything that starts with `GIT_`. */
const dropped = new Set(["EDITOR", "VISUAL", "PAGER", "SSH_ASKPASS", "PREFIX"]);

/**
 * The environment of every program that we run: the given one without git's and other steering variables, with git's own
 * pinned. No system or user configuration is read; messages are in English, since they are matched and quoted.
 */
export function pinnedEnvironment(from: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(from)) {
    if (!key.toUpperCase().startsWith("GIT_") && !dropped.has(key.toUpperCase())) env[key] = value;
  }
  return {
    ...env,
    LC_ALL: "C.UTF-8",
    LANGUAGE: "en",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: devNull,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    // Replaces every protocol.*.allow of a configuration file; no protocol has this name.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_PAGER: "cat",
    GIT_EDITOR: "false",
    GIT_SEQUENCE_EDITOR: "false",
    GIT_ASKPASS: "",
    GIT_SSH_COMMAND: "false",
    GIT_MERGE_AUTOEDIT: "no",
  };
}

/**
 * For long reads: glibc otherwise gives memory back and asks for it again thousands of times while git unpacks objects, a fifth of
 * its time on some machines. Not for git's other work: growing one huge list is slower with it.
 */
export const steadyMemory = { MALLOC_TOP_PAD_: String(64 << 20), MALLOC_MMAP_THRESHOLD_: String(256 << 20), MALLOC_TRIM_THRESHOLD_: String(512 << 20) };

/** The same for git itself. Before 2.32 git knows no GIT_CONFIG_GLOBAL, so it gets a home without a configuration. */
export function gitEnvironment(from: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return { ...pinnedEnvironment(from), HOME: devNull, XDG_CONFIG_HOME: devNull };
}

const differs = new Set(["diff", "log", "show", "format-patch", "diff-tree", "diff-index", "diff-files", "whatchanged"]);

/** Adds what only an option can switch off: programs that the repository names for showing differences. */
export function pinVerb(args: readonly string[]): readonly string[] {
  const [verb, ...rest] = args;
  if (verb === undefined || !differs.has(verb)) return args;
  return [verb, "--no-ext-diff", "--no-textconv", ...rest];
}

/** Verbs that read objects and refs only; they run no filter, driver or hook whatever the configuration says. */
const readers = new Set(["cat-file", "rev-parse", "rev-list", "log", "show", "diff-tree", "merge-base", "ls-tree", "for-each-ref", "show-ref", "symbolic-ref", "name-rev", "format-patch", "version", "config"]);

/** Whether a verb may run a program that a filter, merge driver or configured hook names. */
export function runsDrivers(args: readonly string[]): boolean {
  return !readers.has(args[0] ?? "");
}

/** One entry of `git config -z --get-regexp`. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: string;
}

export function parseConfig(text: string): readonly ConfigEntry[] {
  return text
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => {
      const end = entry.indexOf("\n");
      return end < 0 ? { key: entry, value: "true" } : { key: entry.slice(0, end), value: entry.slice(end + 1) };
    });
}

/** The configuration keys that {@link overrides} and the adapter need to see. */
export const watchedKeys = "^(filter|merge|diff|hook|mergetool|difftool|user|safe|extensions|protocol|remote)\\.";

const neutral: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  // An empty command means "no filter", so content stays as it is stored.
  filter: [["clean", ""], ["smudge", ""], ["process", ""], ["required", "false"]],
  // `false` leaves a conflict; an empty driver would silently keep our side.
  merge: [["driver", "false"]],
  diff: [["command", ""], ["textconv", ""], ["cachetextconv", "false"]],
  hook: [["enabled", "false"], ["event", ""]],
};

/** Configuration that takes the programs out of every filter, driver and hook that the repository's configuration names. */
export function overrides(entries: readonly ConfigEntry[]): readonly ConfigEntry[] {
  const seen = new Set<string>();
  const out: ConfigEntry[] = [];
  for (const { key } of entries) {
    const first = key.indexOf(".");
    const last = key.lastIndexOf(".");
    const section = key.slice(0, first);
    const harmless = neutral[section];
    if (harmless === undefined || last === first || seen.has(key.slice(0, last))) continue;
    seen.add(key.slice(0, last));
    for (const [name, value] of harmless) out.push({ key: `${key.slice(0, last)}.${name}`, value });
  }
  return out;
}

/** Entries as the environment that git 2.31 and later read; a subsection may hold any character there. */
export function configEnvironment(entries: readonly ConfigEntry[]): Record<string, string> {
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  entries.forEach(({ key, value }, i) => {
    env[`GIT_CONFIG_KEY_${i}`] = key;
    env[`GIT_CONFIG_VALUE_${i}`] = value;
  });
  return env;
}
