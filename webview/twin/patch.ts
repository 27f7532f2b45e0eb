/** A patch of one file made fit to be compared with another one. */
export interface ShownPatch {
  readonly text: string;
  /** For each line of `text`: its line in the file behind the change; empty for deleted lines and headers. */
  readonly numbers: readonly string[];
  /** 1-based first and last line in `text` of each hunk, with the hunk's first line in the file behind the change. */
  readonly hunks: readonly { readonly first: number; readonly last: number; readonly start: number }[];
}

const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/u;

/** Lines that differ for every two commits and say nothing of the change. */
const noise = /^(?:diff --git |index |similarity index |dissimilarity index |--- |\+\+\+ )/u;

/**
 * Takes line numbers and object names out of a patch, since they differ wherever two trees do; the numbers are shown beside
 * the lines instead. What is no patch comes out as it is, without hunks.
 */
export function readPatch(patch: string): ShownPatch {
  const lines: string[] = [];
  const numbers: string[] = [];
  const hunks: { first: number; last: number; start: number }[] = [];
  let old = 0;
  let left = 0;
  let at = 0;
  const put = (text: string, number: string): void => {
    lines.push(text);
    numbers.push(number);
  };
  const source = patch.split("\n");
  if (source.at(-1) === "") source.pop();
  for (const line of source) {
    if (old > 0 || left > 0) {
      const open = hunks.at(-1);
      const sign = line.charAt(0);
      if (sign === "\\") {
        put(line, "");
        continue;
      }
      put(line, sign === "-" ? "" : String(at));
      if (sign !== "+") old--;
      if (sign !== "-") {
        left--;
        at++;
      }
      if (open !== undefined) open.last = lines.length;
      continue;
    }
    const match = header.exec(line);
    if (match !== null) {
      old = Number(match[2] ?? 1);
      left = Number(match[4] ?? 1);
      at = Number(match[3]);
      put(`@@${match[5] ?? ""}`, "");
      hunks.push({ first: lines.length, last: lines.length, start: at });
    } else if (!noise.test(line)) put(line, "");
  }
  return { text: lines.join("\n"), numbers, hunks };
}

const byEnding: Readonly<Record<string, string>> = { c: "c", h: "c", cc: "cpp", cpp: "cpp", hpp: "cpp", cxx: "cpp", S: "c", dts: "c", dtsi: "c", rs: "rust", py: "python", sh: "shell", yaml: "yaml", yml: "yaml" };

/** Monaco's language for a path; plain text when none fits. */
export function languageOf(path: string): string {
  return byEnding[path.slice(path.lastIndexOf(".") + 1)] ?? "plaintext";
}
