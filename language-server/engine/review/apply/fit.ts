import { checkCancel, type Cancel } from "../../ports";
import { sameLine, type ByteLine, type HunkBody } from "./content";

/** Where one hunk went, found the way `git apply` looks for it. */
export interface Placement {
  /** 0-based line in the file as it is when the hunk's turn comes; undefined when it fits nowhere. */
  readonly at: number | undefined;
  /** 1-based line of the file before the patch where the hunk begins; 0 when it begins in text that the patch brought. */
  readonly original: number;
  /** Lines between where the header says and where it went. */
  readonly offset: number;
  /** True when context lines had to be left out. */
  readonly reduced: boolean;
  /** Other places where the whole hunk would fit: 1-based lines of the file before the patch. */
  readonly elsewhere: readonly number[];
}

export interface HunkToFit {
  readonly oldStart: number;
  readonly newStart: number;
  readonly body: HunkBody;
}

interface ImageLine {
  readonly line: ByteLine;
  /** 1-based line of the file before the patch; 0 for a line that the patch brought. */
  readonly original: number;
  /** An earlier hunk of this patch has been here; git lets no later hunk match it. */
  readonly patched: boolean;
}

interface Window {
  readonly before: readonly ByteLine[];
  readonly expected: number;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

function matchesAt(image: readonly ImageLine[], window: Window, at: number): boolean {
  const { before } = window;
  if (at < 0 || at + before.length > image.length) return false;
  if (window.atEnd && at + before.length !== image.length) return false;
  if (window.atStart && at !== 0) return false;
  for (let i = 0; i < before.length; i++) {
    const have = image[at + i];
    const want = before[i];
    if (have === undefined || want === undefined || have.patched || !sameLine(have.line, want)) return false;
  }
  return true;
}

/** git's search: where the header says, then one line before, one after, two before, … */
function findPosition(image: readonly ImageLine[], window: Window): number | undefined {
  let start = window.expected;
  if (window.atStart) start = 0;
  else if (window.atEnd) start = image.length - window.before.length;
  start = Math.min(Math.max(start, 0), image.length);
  if (matchesAt(image, window, start)) return start;
  for (let distance = 1; start - distance >= 0 || start + distance <= image.length; distance++) {
    if (matchesAt(image, window, start - distance)) return start - distance;
    if (matchesAt(image, window, start + distance)) return start + distance;
  }
  return undefined;
}

/** At most this many other places are told. */
const maxPlaces = 20;

function otherPlaces(image: readonly ImageLine[], window: Window, at: number): readonly number[] {
  const places: number[] = [];
  if (window.before.length === 0 || window.atStart || window.atEnd) return places;
  for (let i = 0; i + window.before.length <= image.length && places.length < maxPlaces; i++) {
    if (i !== at && matchesAt(image, window, i)) places.push(image[i]?.original ?? 0);
  }
  return places.filter((place) => place > 0);
}

interface Found {
  readonly at: number;
  readonly window: Window;
  /** Leading lines that were left out. */
  readonly skipped: number;
  readonly reduced: boolean;
  /** 0-based line where the whole hunk was meant to begin. */
  readonly meant: number;
}

/** Tries the whole hunk, then with less and less context down to `minContext`, as `git apply -C<n>` does. */
function search(image: readonly ImageLine[], hunk: HunkToFit, minContext: number): Found | undefined {
  let { leading, trailing } = hunk.body;
  let window: Window = {
    before: hunk.body.before,
    expected: hunk.newStart > 0 ? hunk.newStart - 1 : 0,
    atStart: hunk.oldStart <= 1,
    atEnd: trailing === 0,
  };
  const meant = window.expected;
  let skipped = 0;
  let reduced = false;
  for (;;) {
    const at = findPosition(image, window);
    if (at !== undefined) return { at, window, skipped, reduced, meant };
    if (leading <= minContext && trailing <= minContext) return undefined;
    reduced = true;
    if (window.atStart || window.atEnd) {
      window = { ...window, atStart: false, atEnd: false };
      continue;
    }
    if (leading >= trailing) {
      // git steps back here although a line less is looked for; the order of its search depends on it.
      window = { ...window, before: window.before.slice(1), expected: window.expected - 1 };
      leading -= 1;
      skipped += 1;
    }
    if (trailing > leading) {
      window = { ...window, before: window.before.slice(0, -1) };
      trailing -= 1;
    }
  }
}

/**
 * Places the hunks of one file one after the other, as git does, and says for each where it went.
 * `minContext` undefined means that every context line must match.
 */
export function fitHunks(file: readonly ByteLine[], hunks: readonly HunkToFit[], minContext: number | undefined, cancel?: Cancel): readonly Placement[] {
  let image: readonly ImageLine[] = file.map((line, i) => ({ line, original: i + 1, patched: false }));
  const placements: Placement[] = [];
  for (const hunk of hunks) {
    checkCancel(cancel);
    const found = search(image, hunk, minContext ?? Infinity);
    if (found === undefined) {
      placements.push({ at: undefined, original: 0, offset: 0, reduced: false, elsewhere: [] });
      continue;
    }
    const { at, window, skipped, reduced, meant } = found;
    const elsewhere = otherPlaces(image, window, at);
    placements.push({ at, original: image[at]?.original ?? 0, offset: at - skipped - meant, reduced, elsewhere });
    const { after, before } = hunk.body;
    const dropped = before.length - window.before.length - skipped;
    const result = after.slice(skipped, after.length - dropped).map((line): ImageLine => ({ line, original: 0, patched: true }));
    image = [...image.slice(0, at), ...result, ...image.slice(at + window.before.length)];
  }
  return placements;
}
