/** One line that checkpatch.pl printed with `--terse --show-types`. */
export interface Remark {
  /** 1-based line of its input. */
  readonly line: number;
  readonly level: "ERROR" | "WARNING" | "CHECK";
  /** Such as `LONG_LINE`. */
  readonly type: string;
  readonly text: string;
}

/** Longer texts are cut: they come from the tree's script and from the patch. */
const longestText = 500;

/** Reads what the script printed; lines of another form (its summary, Perl's warnings) are left out. */
export function parseRemarks(output: string): readonly Remark[] {
  const remarks: Remark[] = [];
  for (const line of output.split("\n")) {
    const found = /^.*?:(\d+): (ERROR|WARNING|CHECK):([A-Z][A-Z0-9_]*): (.*)$/u.exec(line);
    const [, number, level, type, text] = found ?? [];
    if (number === undefined || type === undefined || text === undefined) continue;
    if (level !== "ERROR" && level !== "WARNING" && level !== "CHECK") continue;
    remarks.push({ line: Number(number), level, type, text: text.trim().slice(0, longestText) });
  }
  return remarks;
}
