/** A text as lines for comparison: white space is no difference, as `diff -w` sees it. */
export interface TextLines {
  /** As they stand, without line ends. */
  readonly raw: readonly string[];
  /** Without white space. */
  readonly bare: readonly string[];
}

const lines = (text: string): string[] => {
  const all = text.split("\n");
  if (all.at(-1) === "") all.pop();
  return all;
};

/** A line without its white space. */
export function bareLine(line: string): string {
  return line.replace(/\s+/gu, "");
}

export function textLines(text: string): TextLines {
  const raw = lines(text);
  return { raw, bare: raw.map(bareLine) };
}

/**
 * How much a line tells, 0 to 1: nothing for an empty line, little for a brace or `break;`, all from a dozen letters and
 * digits on. Takes the bare line.
 */
export function lineWeight(bare: string): number {
  let letters = 0;
  for (let i = 0; i < bare.length && letters < 12; i++) {
    const code = bare.charCodeAt(i);
    if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127) letters += 1;
  }
  if (bare === "") return 0;
  return Math.max(0.05, letters / 12);
}

/** How often each line is there. */
export function lineCounts(bare: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of bare) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
