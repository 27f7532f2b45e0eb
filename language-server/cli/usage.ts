import { parseArgs, type ParseArgsConfig } from "node:util";
import type { Message } from "../engine/text/message";

/** Could not run; the message says what to do about it. Exit status 2. */
export class UsageError extends Error {
  readonly code = "usage";
  constructor(readonly told: Message) {
    super(told.id);
    this.name = "UsageError";
  }
}

type Shape = NonNullable<ParseArgsConfig["options"]>;

/** Options of one shape, and the words that belong to none. Throws {@link UsageError}. */
export function readOptions<T extends Shape>(args: readonly string[], options: T): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // node's own words name the option; the first sentence is enough.
    if (error instanceof TypeError) throw new UsageError({ id: "cli.badOption", args: { detail: `${error.message.split(". ")[0]?.replace(/\.$/u, "") ?? ""}.` } });
    throw error;
  }
}

/** `option` as the user writes it, with its dashes. Throws {@link UsageError}. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((entry) => entry === value);
  if (found === undefined) throw new UsageError({ id: "cli.badValue", args: { option, value, allowed: allowed.join(", ") } });
  return found;
}

/** A whole number between two others, both allowed. Throws {@link UsageError}. */
export function whole(option: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/u.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw new UsageError({ id: "cli.badValue", args: { option, value, allowed: `${least} … ${most}` } });
  return number;
}
