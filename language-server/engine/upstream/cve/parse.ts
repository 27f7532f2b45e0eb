import type { CveProblem, CveRecord } from "./types";

const fullName = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;
const cveId = /^CVE-\d{4}-\d{4,19}$/u;

type Fault = Pick<CveProblem, "code" | "detail">;

/** A record, or why there is none. Both are undefined for one that was rejected. */
export interface ParsedRecord {
  readonly record: CveRecord | undefined;
  readonly problems: readonly Fault[];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function member(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);
}

/**
 * Reads a CVE JSON 5.x record as the kernel's CNA publishes it: `containers.cna.affected[].versions[]` of `versionType` git hold
 * `version`, what introduced the fault, and `lessThan`, what fixed it (https://docs.kernel.org/process/cve.html; the schema is
 * CVEProject/cve-schema's). `mainline`: the text of the `.sha1` file beside it, which names mainline's own fixes.
 */
export function parseRecord(text: string, mainline: string | undefined): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { record: undefined, problems: [{ code: "not-json", detail: error.message }] };
  }
  const id = member(value, "cveMetadata", "cveId");
  if (typeof id !== "string" || !cveId.test(id)) return { record: undefined, problems: [{ code: "not-a-record", detail: "cveMetadata.cveId" }] };
  if (member(value, "cveMetadata", "state") === "REJECTED") return { record: undefined, problems: [] };
  const problems: Fault[] = [];
  const sha = (named: unknown): readonly string[] => {
    const lower = typeof named === "string" ? named.toLowerCase() : "";
    if (fullName.test(lower)) return [lower];
    // "0": the record does not know. Anything else is a slip that must not pass for a commit.
    if (named !== undefined && named !== "0" && problems.length < 8) problems.push({ code: "bad-sha", detail: JSON.stringify(named).slice(0, 80) });
    return [];
  };
  const versions = list(member(value, "containers", "cna", "affected")).flatMap((affected) => list(member(affected, "versions")));
  const ranges = versions.filter((version) => member(version, "versionType") === "git" && member(version, "status") === "affected");
  const allFixes = ranges.flatMap((range) => sha(member(range, "lessThan")));
  const introduced = ranges.flatMap((range) => sha(member(range, "version")));
  const own = mainline === undefined ? [] : mainline.split(/\s+/u).filter((word) => word !== "").flatMap(sha);
  return { record: { id, fixes: unique(own.length > 0 ? own : allFixes), allFixes: unique([...own, ...allFixes]), introduced: unique(introduced) }, problems };
}

function unique(shas: readonly string[]): readonly string[] {
  return [...new Set(shas)];
}
