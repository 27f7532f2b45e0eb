/** Why a text is no commit or range. */
export type RangeFlaw = "empty" | "option" | "space" | "character" | "dots";

export type RangeReading = { readonly range: string } | { readonly flaw: RangeFlaw };

/**
 * Reads what a person typed as a commit or range: `a`, `a..b`, `a...b`, `HEAD~3`, `v6.1^{commit}`. Only the form is judged
 * here, so that nothing reaches git as an option or as several arguments; whether it exists is git's to say.
 */
export function readRange(text: string): RangeReading {
  const range = text.trim();
  if (range === "") return { flaw: "empty" };
  if (range.split(/\.{2,3}/).some((part) => part.startsWith("-"))) return { flaw: "option" };
  if (/\s/.test(range)) return { flaw: "space" };
  // git check-ref-format(1) forbids these in names; ^ ~ { } @ : / are of gitrevisions(7).
  if (/[\p{Cc}\p{Cf}?*[\\;|&<>$`'"()!]/u.test(range)) return { flaw: "character" };
  if (/\.{4,}/.test(range) || (range.match(/\.\./g) ?? []).length > 1 || /^\.{2,}$/.test(range)) return { flaw: "dots" };
  return { range };
}
