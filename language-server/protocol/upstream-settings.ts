import * as z from "zod";

/** A revision as git spells it: no option, no space, no control character. */
const revisionSchema = z.string().regex(/^(?!-)[^\s\p{Cc}]{1,400}$/u);

/** One comparison: which tree is ours and which mainline (or stable, or another vendor) it is compared with. */
export const upstreamPairSchema = z.object({
  /** What views and commands call it; unique in a folder. */
  name: z.string().min(1).max(80),
  /** The repository, absolute or below the workspace folder; every repository that has both revisions when absent. */
  folder: z.string().optional(),
  mainline: revisionSchema,
  downstream: revisionSchema,
});

export const upstreamSettingsSchema = z.object({
  pairs: z.array(upstreamPairSchema).default([]),
  /** A local clone of the kernel CNA's vulns repository; empty for none. */
  vulns: z.string().default(""),
  /** A `.config`; fixes in code that it does not build are folded away. Empty for none. */
  config: z.string().default(""),
  /** Globs of paths whose missing fixes are listed first. */
  subsystems: z.array(z.string()).default([]),
  /** A form's id (openeuler, stable, …) or a text with placeholders; empty asks every time. */
  inclusionTemplate: z.string().max(4000).default(""),
  patchLenses: z.boolean().default(true),
  sourceLenses: z.boolean().default(true),
});

export type UpstreamPairSetting = z.infer<typeof upstreamPairSchema>;

/** Never fails: a pair that is wrong is left out and told, the others stay. */
export function readUpstreamPairs(raw: unknown): { readonly value: readonly UpstreamPairSetting[]; readonly problems: readonly { readonly key: string; readonly detail: string }[] } {
  if (raw === undefined || raw === null) return { value: [], problems: [] };
  if (!Array.isArray(raw)) return { value: [], problems: [{ key: "upstream.pairs", detail: "not a list" }] };
  const value: UpstreamPairSetting[] = [];
  const problems: { key: string; detail: string }[] = [];
  for (const [i, entry] of (raw as readonly unknown[]).entries()) {
    const parsed = upstreamPairSchema.safeParse(entry);
    if (!parsed.success) for (const issue of parsed.error.issues) problems.push({ key: ["upstream.pairs", i, ...issue.path].map(String).join("."), detail: issue.message });
    else if (value.some((other) => other.name === parsed.data.name && other.folder === parsed.data.folder)) problems.push({ key: `upstream.pairs.${i}.name`, detail: "used twice" });
    else value.push(parsed.data);
  }
  return { value, problems };
}
