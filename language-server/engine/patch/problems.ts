import type { Problem } from "./types";

/** What a parser's parts share: where to write down what stood out. */
export type Problems = Problem[];

type Args = Readonly<Record<string, string | number>>;

function severityOf(code: string): Problem["severity"] {
  if (informationCodes.has(code)) return "information";
  return warningCodes.has(code) ? "warning" : "error";
}

const informationCodes: ReadonlySet<string> = new Set(["combined-diff", "utf-16", "nothing-found"]);
const warningCodes: ReadonlySet<string> = new Set(["context-diff", "bad-base64", "no-closing-boundary", "series-entry", "unsafe-path"]);

/** Each code is the end of a message id in `messages.ts`. */
export function report(problems: Problems, line: number, code: string, args?: Args): void {
  const id = `patch.${code}`;
  problems.push({ line, code, severity: severityOf(code), message: args === undefined ? { id } : { id, args } });
}
