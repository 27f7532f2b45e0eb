import { z } from "zod";
import { lineDiff } from "./line-diff";
import type { ApplyPlan, RollbackFile } from "./types";

const oneLine = z.string().max(4096).regex(/^[^\u0000-\u001f\u007f]*$/u);
/** Values of the kernel, and nothing else of a machine. */
const livePath = z.string().max(4096).regex(/^(?:proc\/sys|sys\/block|sys\/kernel\/mm)\/[A-Za-z0-9_./-]+$/u).refine((path) => !path.includes(".."));
const filePath = z.string().max(4096).regex(/^\/[^\u0000-\u001f\u007f]*[^\u0000-\u001f\u007f/]$/u).refine((path) => !/\/(?:\.{0,2})\//u.test(path) && !/^\/(?:proc|sys|dev|run|boot)\//u.test(path));
const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const piece = z.string().max(100_000);

const schema = z
  .object({
    format: z.literal(1),
    id: z.string().regex(/^[0-9a-f]{8,64}$/u),
    host: oneLine,
    root: z.string().max(4096).regex(/^\/[^\u0000-\u001f\u007f]*$/u),
    at: oneLine,
    changes: z.array(z.object({ name: oneLine, path: livePath, old: oneLine, value: oneLine.optional() })).max(1000),
    files: z.array(z.object({ path: filePath, oldHash: hash.optional(), newHash: hash, edits: z.array(z.object({ at: z.int().nonnegative(), old: piece, new: piece })).max(1000) })).max(100).optional(),
  })
  .refine(({ changes, files = [] }) => changes.length + files.length > 0);

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

/** The changes as a unified diff of values and of files, for a person to say yes or no to. */
export function planDiff({ changes, files }: Pick<ApplyPlan, "changes" | "files">, host: string): string {
  const values = changes.flatMap(({ name, old, value }) => (value === undefined ? [` ${name} = ${old}`] : [`-${name} = ${old}`, `+${name} = ${value}`]));
  const parts = values.length === 0 ? [] : [[`--- ${host} now`, `+++ ${host} after`, ...values].join("\n")];
  return [...parts, ...files.map(({ path, before, after }) => `--- ${before === undefined ? "/dev/null" : path}\n+++ ${path}\n${lineDiff(before ?? "", after)}`)].join("\n");
}

/** What makes the values of sysctls last over a reboot: the text of a file for `/etc/sysctl.d`. */
export function sysctlFile({ changes }: Pick<ApplyPlan, "changes">, at: string): string {
  const lasting = changes.filter(({ path }) => path.startsWith("proc/sys/"));
  return [`# Written by Keelson, ${at}. Old values stand behind.`, ...lasting.flatMap(({ name, old, value }) => (value === undefined ? [] : [`# was ${old}`, `${name} = ${value}`])), ""].join("\n");
}
