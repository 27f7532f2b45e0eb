import { z } from "zod";
import type { ApplyPlan, RollbackFile } from "./types";

const oneLine = z.string().max(4096).regex(/^[^\u0000-\u001f\u007f]*$/u);

const schema = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{8,64}$/u),
  host: oneLine,
  root: z.string().max(4096).regex(/^\/[^\u0000-\u001f\u007f]*$/u),
  at: oneLine,
  changes: z.array(z.object({ name: oneLine, path: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/u).refine((path) => !path.includes("..")), old: oneLine, value: oneLine.optional() })).min(1).max(1000),
});

/** Undefined when the text is no rollback file. */
export function readRollbackFile(text: string): RollbackFile | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const result = schema.safeParse(parsed);
  return result.success ? (result.data as RollbackFile) : undefined;
}

/** The changes as a unified diff of values, for a person to say yes or no to. */
export function planDiff({ changes }: ApplyPlan, host: string): string {
  const lines = changes.flatMap(({ name, old, value }) => (value === undefined ? [` ${name} = ${old}`] : [`-${name} = ${old}`, `+${name} = ${value}`]));
  return [`--- ${host} now`, `+++ ${host} after`, ...lines].join("\n");
}

/** What makes the values last over a reboot: the text of a file for `/etc/sysctl.d`. */
export function sysctlFile({ changes }: ApplyPlan, at: string): string {
  return [`# Written by Keelson, ${at}. Old values stand behind.`, ...changes.flatMap(({ name, old, value }) => (value === undefined ? [] : [`# was ${old}`, `${name} = ${value}`])), ""].join("\n");
}
