import type { StackProblem } from "./types";

const severities: Readonly<Record<string, StackProblem["severity"]>> = {
  "not-found": "error",
  outside: "error",
  compressed: "error",
  "no-list": "error",
  "no-patch": "warning",
  "unread-macro": "warning",
  "several-specs": "warning",
  "no-such-patch": "warning",
  "not-applied": "information",
  condition: "information",
  guarded: "information",
  "order-assumed": "information",
};

/** Each code is the end of a message id in `messages.ts`. */
export function stackProblem(line: number, code: string, args: Readonly<Record<string, string | number>> = {}): StackProblem {
  return { line, code, severity: severities[code] ?? "warning", message: { id: `upstream.series.${code}`, args } };
}
