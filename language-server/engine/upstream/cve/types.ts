/** One record of the kernel CNA: a fix and what it mends, in mainline or in a stable branch. */
export interface CveRecord {
  /** `CVE-2024-12345`. */
  readonly id: string;
  /** Full shas of mainline's fixes (the `.sha1` file), the record's own word where that file is missing; may be several. */
  readonly fixes: readonly string[];
  /** Full shas of all fixes that the record names, stable branches' among them. */
  readonly allFixes: readonly string[];
  /** Full shas of what introduced it: mainline's and stable's. Empty when the record tells none. */
  readonly introduced: readonly string[];
}

/** Something of the directory that could not be read as it should. */
export interface CveProblem {
  /** Path below the directory. */
  readonly path: string;
  readonly code: "no-directory" | "unreadable" | "too-large" | "not-json" | "not-a-record" | "bad-sha";
  readonly detail: string;
}

export interface CveRecords {
  readonly value: readonly CveRecord[];
  readonly problems: readonly CveProblem[];
}
