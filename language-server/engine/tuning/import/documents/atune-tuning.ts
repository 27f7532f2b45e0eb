import type { Imported } from "../../types";
import { Findings, linesOf } from "../passage";

/** One object of A-Tune's tuning file: what may be tried and within what. */
interface Tried {
  readonly name: string;
  readonly line: number;
  words: string;
  readonly values: string[];
  /** The list that the next items belong to. */
  list: boolean;
}

const key = /^\s*(?:-\s*)?([a-z]\w{0,20})\s*:\s*(.{0,600}?)\s*$/u;

/**
 * Reads a tuning file of A-Tune (`object: - name: … info: desc: …`) as prose. `scope` and `options` are what A-Tune tries, not what
 * the parameter takes, so they are told and become no range; the commands in `get` and `set` are left out.
 */
export function importAtuneTuning(path: string, text: string): Imported {
  const findings = new Findings(path, "atune");
  const lines = linesOf(text);
  const project = /^project\s*:\s*["']?([^"'#]{1,60})/mu.exec(text.slice(0, 2000))?.[1]?.trim() ?? "A-Tune";
  let one: Tried | undefined;
  const finish = (): void => {
    if (one === undefined) return;
    const tried = one.values.length === 0 ? "" : ` A-Tune tries ${one.values.join(", ")}.`;
    findings.tell(one.name, [`${one.words === "" ? one.name : one.words}, tuned by A-Tune for ${project}.${tried}`], one.line, `A-Tune tuning of ${project}`);
  };
  for (const [index, line] of lines.entries()) {
    const item = /^\s*-\s*["']?([\w.+-]{1,40})["']?\s*(?:#.*)?$/u.exec(line)?.[1];
    if (item !== undefined && one?.list === true) {
      if (one.values.length < 20) one.values.push(item);
      continue;
    }
    const match = key.exec(line);
    if (match?.[1] === undefined) continue;
    const value = unquoted(match[2] ?? "");
    if (match[1] === "name" && value !== "") {
      finish();
      one = { name: value, line: index + 1, words: "", values: [], list: false };
    } else if (one !== undefined) {
      if (match[1] === "desc") one.words = value;
      one.list = (match[1] === "scope" || match[1] === "options") && value === "";
    }
  }
  finish();
  if (one === undefined && lines.length > 1) findings.miss(1, "no object with a name to tune");
  return findings.all;
}

function unquoted(text: string): string {
  return /^"([^"]*)"/u.exec(text)?.[1] ?? /^'([^']*)'/u.exec(text)?.[1] ?? text.replace(/\s+#.*$/u, "");
}
