/** Lines around a change that are shown with it. */
const context = 2;

/** Lines beyond which a search for the next equal one is no use: edits are of single lines. */
const farthest = 50;

interface Row {
  readonly mark: " " | "-" | "+";
  readonly text: string;
  /** 0-based line of the old and of the new text that it stands before or at. */
  readonly old: number;
  readonly new: number;
}

/** The hunks of a unified diff between two texts that differ in a few lines. */
export function lineDiff(before: string, after: string): string {
  const rows = rowsOf(linesOf(before), linesOf(after));
  const shown = new Set(rows.flatMap(({ mark }, i) => (mark === " " ? [] : Array.from({ length: 2 * context + 1 }, (_one, step) => i - context + step))));
  const out: string[] = [];
  let from = 0;
  while (from < rows.length) {
    if (!shown.has(from)) {
      from += 1;
      continue;
    }
    let to = from;
    while (to < rows.length && shown.has(to)) to += 1;
    out.push(...hunk(rows.slice(from, to)));
    from = to;
  }
  return out.join("\n");
}

function hunk(rows: readonly Row[]): readonly string[] {
  const olds = rows.filter(({ mark }) => mark !== "+").length;
  const news = rows.filter(({ mark }) => mark !== "-").length;
  const [first] = rows;
  const start = (line: number, many: number): string => `${String(many === 0 ? line : line + 1)},${String(many)}`;
  return [`@@ -${start(first?.old ?? 0, olds)} +${start(first?.new ?? 0, news)} @@`, ...rows.map(({ mark, text }) => `${mark}${text}`)];
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/u);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function rowsOf(old: readonly string[], now: readonly string[]): readonly Row[] {
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  const push = (mark: Row["mark"], text: string): void => {
    rows.push({ mark, text, old: i, new: j });
    if (mark !== "+") i += 1;
    if (mark !== "-") j += 1;
  };
  while (i < old.length || j < now.length) {
    const [a, b] = [old[i], now[j]];
    if (a !== undefined && a === b) push(" ", a);
    else {
      const added = a === undefined ? now.length - j : now.slice(j, j + farthest).indexOf(a);
      const removed = b === undefined ? old.length - i : old.slice(i, i + farthest).indexOf(b);
      if (added > 0 && (removed <= 0 || added <= removed)) for (let n = 0; n < added; n++) push("+", now[j] ?? "");
      else if (removed > 0) for (let n = 0; n < removed; n++) push("-", old[i] ?? "");
      else {
        push("-", a ?? "");
        push("+", b ?? "");
      }
    }
  }
  return rows;
}
