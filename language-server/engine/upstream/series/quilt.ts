import { readSeries } from "../../patch/load";
import { stackProblem } from "./problems";
import type { Stack, StackEntry, StackProblem } from "./types";

/** `-p0`, `-p 0` is not quilt's; `-pab` names its own prefixes and strips one part (quilt(1)). */
export function stripOf(options: readonly string[]): number {
  for (const option of options) {
    const level = /^-p(\d{1,3}|ab)$/.exec(option)?.[1];
    if (level !== undefined) return level === "ab" ? 1 : Number(level);
  }
  return 1;
}

/** A quilt `series` file: a name a line, patch's options after it, `#` begins a comment. */
export function readQuilt(text: string): Stack {
  const entries = readSeries(text.replace(/^\ufeff/u, "")).map(({ name, options, line }) => ({ name, line, strip: stripOf(options), reversed: options.includes("-R") }));
  return { entries, problems: [] };
}

/**
 * SUSE's `series.conf` (kernel-source, scripts/guards): as quilt's, with guards before the name. `+x` includes the patch only
 * when x is defined, `-x` only when it is not, a lone `-` never. Nothing is defined here.
 */
export function readGuarded(text: string): Stack {
  const entries: StackEntry[] = [];
  const problems: StackProblem[] = [];
  for (const [i, whole] of text.replace(/^\ufeff/u, "").split(/\r?\n/u).entries()) {
    const words = whole.replace(/(^|\s)#.*$/u, "").trim().split(/\s+/u).filter((word) => word !== "");
    const at = words.findIndex((word) => !/^[+-]/u.test(word));
    const name = words[at];
    if (name === undefined) continue;
    const guard = words.slice(0, at).find((word) => word.startsWith("+") || word === "-");
    if (guard === undefined) entries.push({ name, line: i + 1, strip: stripOf(words.slice(at + 1)), reversed: false });
    else problems.push(stackProblem(i + 1, "guarded", { name, guard }));
  }
  return { entries, problems };
}
