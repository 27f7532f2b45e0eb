import type { MarkerDialect } from "./types";

/** One way to write "this carries commit X" on a line of its own. `loose` finds it, `exact` is how its keepers write it. */
export interface DialectLine {
  readonly dialect: MarkerDialect;
  /** Group 1 is the sha. */
  readonly loose: RegExp;
  readonly exact: RegExp;
  /** Keepers write all 40 characters. */
  readonly full: boolean;
}

/** First match wins, so the narrow ones come first. Sources: the conventions named in docs of each tree; see the comments. */
export const dialectLines: readonly DialectLine[] = [
  // DPDK stable: doc/guides/contributing/stable.rst and its git history.
  {
    dialect: "dpdk",
    loose: /^\[\s*(?:(?:partially )?backported from |cherry[- ]picked from )?upstream commit:?\s+([0-9a-f]{6,64})\s*\]$/,
    exact: /^\[ (?:(?:partially )?backported from |cherry[- ]picked from )?upstream commit [0-9a-f]{40} \]$/,
    full: true,
  },
  // Linux stable: Documentation/process/stable-kernel-rules.rst, option 3.
  { dialect: "stable-bracket", loose: /^\[\s*upstream commit:?\s+([0-9a-f]{6,64})\s*\]$/i, exact: /^\[ Upstream commit [0-9a-f]{40} \]$/, full: true },
  { dialect: "stable-upstream", loose: /^commit\s+([0-9a-f]{6,64})\s+upstream\s*[.,]?$/i, exact: /^commit [0-9a-f]{40} upstream\.$/, full: true },
  { dialect: "dpdk", loose: /^upstream[ -]commit:?\s+([0-9a-f]{6,64})\.?$/i, exact: /^upstream commit [0-9a-f]{40}$/, full: true },
  // Xen and others: a block of `master commit:` and `master date:`.
  { dialect: "master-commit", loose: /^\[?\s*master commit:?\s+([0-9a-f]{6,64})\s*\]?\.?$/i, exact: /^master commit: [0-9a-f]{40}$/, full: true },
  // Ubuntu kernel: https://wiki.ubuntu.com/Kernel/Dev/StablePatchFormat: the tree's name follows the sha.
  {
    dialect: "ubuntu",
    loose: /^\((?:cherry[- ]?picked|back-?ported)\s+from\s+commit\s+([0-9a-f]{6,64})\s+[A-Za-z][^\s()]*\)$/i,
    exact: /^\((?:cherry picked|backported) from commit [0-9a-f]{40} [A-Za-z][^\s()]*\)$/,
    full: true,
  },
  // git cherry-pick -x.
  { dialect: "cherry-pick", loose: /^\(\s*cherry[- ]?picked\s+from\s+(?:commit\s+)?([0-9a-f]{6,64})\s*\)\.?$/i, exact: /^\(cherry picked from commit [0-9a-f]{40}\)$/, full: true },
  { dialect: "backport", loose: /^\(\s*back-?ported\s+from\s+(?:upstream\s+)?(?:commit\s+)?([0-9a-f]{6,64})\s*\)\.?$/i, exact: /^\(backported from commit [0-9a-f]{40}\)$/, full: true },
  // SUSE kernel-source: README, "patch headers".
  { dialect: "suse", loose: /^(?:git|alt)-commit\s*:\s*([0-9a-f]{6,64})$/i, exact: /^(?:Git|Alt)-commit: [0-9a-f]{40}$/, full: true },
];

/** `mainline inclusion` opens openEuler's header; the tree's name is group 1. */
export const inclusion = /^([A-Za-z][\w.-]{0,30}) inclusion$/i;
/** Its sha line. */
export const inclusionCommit = /^commit:?\s+([0-9a-f]{6,64})$/i;
/** Fields that may follow, up to the dashes. */
export const inclusionField = /^(?:from|commit|category|bugzilla|cve|reference|feature|bug|issue|link)\b|^-{4,}$/i;

/** `ANBZ: #4567` of Anolis, above `commit X upstream.`. */
export const anolisBug = /^ANBZ:\s*#?\d+/i;
/** Ubuntu's bug field. */
export const ubuntuBug = /^BugLink:\s*https?:\/\/bugs\.launchpad\.net\//i;

/** Tags that ChromeOS and Android put before a subject: docs/kernel_development.md of ChromiumOS. */
export const chromeTag = /^((?:(?:UPSTREAM|BACKPORT|FROMLIST|FROMGIT)\s*:\s*)+)/;
/** `CHROMIUM: FROMLIST: …` is written too. */
export const chromeLead = /^(?:CHROMIUM|ANDROID)\s*:\s*/;
