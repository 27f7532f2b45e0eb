import { checkCancel, type Cancel, type Decode, type Files } from "../../ports";
import { parseRecord } from "./parse";
import type { CveProblem, CveRecord, CveRecords } from "./types";

/** The largest record of 14,626 is 20 kB; what is far above that is none. */
const largestFile = 4 << 20;
/** So many problems tell what is wrong; a directory of another kind would give thousands. */
const mostProblems = 200;
const together = 16;

/**
 * Reads a clone of the kernel CNA's repository (git.kernel.org, security/vulns): `cve/published/<year>/CVE-<year>-<number>.json` with
 * `.sha1` files beside them. `directory` is the clone, its `cve` or its `published` folder. Bad files are problems, never exceptions.
 */
export async function readCveRecords(files: Files, decode: Decode, directory: string, cancel?: Cancel): Promise<CveRecords> {
  const published = await findPublished(files, directory);
  if (published === undefined) return { value: [], problems: [{ path: directory, code: "no-directory", detail: "cve/published" }] };
  const value: CveRecord[] = [];
  const problems: CveProblem[] = [];
  for (const year of await files.list(published)) {
    if (!year.directory || !/^\d{4}$/u.test(year.name)) continue;
    const names = (await files.list(`${published}/${year.name}`)).filter((entry) => !entry.directory).map(({ name }) => name);
    const present = new Set(names);
    const records = names.filter((name) => /^CVE-\d{4}-\d{4,19}\.json$/u.test(name));
    for (let i = 0; i < records.length; i += together) {
      checkCancel(cancel);
      const read = await Promise.all(records.slice(i, i + together).map((name) => readOne({ files, decode, published }, `${year.name}/${name}`, present)));
      for (const one of read) {
        if (one.record !== undefined) value.push(one.record);
        problems.push(...one.problems.slice(0, mostProblems - problems.length));
      }
    }
  }
  return { value, problems };
}

async function findPublished(files: Files, directory: string): Promise<string | undefined> {
  const clean = directory.replace(/[\\/]+$/u, "");
  for (const path of [`${clean}/cve/published`, `${clean}/published`, clean]) {
    if ((await files.list(path)).some((entry) => entry.directory && /^\d{4}$/u.test(entry.name))) return path;
  }
  return undefined;
}

interface Place {
  readonly files: Files;
  readonly decode: Decode;
  readonly published: string;
}

interface ReadOne {
  readonly record: CveRecord | undefined;
  readonly problems: readonly CveProblem[];
}

async function readOne({ files, decode, published }: Place, name: string, present: ReadonlySet<string>): Promise<ReadOne> {
  const path = `${published}/${name}`;
  const size = (await files.stat(path))?.size ?? 0;
  if (size > largestFile) return { record: undefined, problems: [{ path: name, code: "too-large", detail: String(size) }] };
  const bytes = await files.read(path);
  if (bytes === undefined) return { record: undefined, problems: [{ path: name, code: "unreadable", detail: "" }] };
  const beside = name.replace(/\.json$/u, ".sha1");
  const sha1 = present.has(beside.slice(beside.indexOf("/") + 1)) ? await files.read(`${published}/${beside}`) : undefined;
  const parsed = parseRecord(decode.text(bytes), sha1 === undefined ? undefined : decode.text(sha1.subarray(0, 64 << 10)));
  return { record: parsed.record, problems: parsed.problems.map((problem) => ({ path: name, ...problem })) };
}
