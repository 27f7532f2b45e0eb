import { anolisBug, chromeLead, chromeTag, dialectLines, inclusion, inclusionCommit, inclusionField, ubuntuBug, type DialectLine } from "./dialects";
import type { BackportMarker, HeaderField, MessageLine } from "./types";

/** Where markers are looked for. */
export interface MarkerInput {
  readonly body: readonly MessageLine[];
  readonly header: readonly HeaderField[];
  readonly subject: string;
  readonly subjectLine: number | undefined;
}

/** git's own floor for an abbreviation that will stay unique in the kernel. */
const shortest = 12;

function shaFlaws(sha: string, full: boolean): readonly string[] {
  if (sha.length < shortest) return ["sha-too-short"];
  if (sha.length > 40 && sha.length !== 64) return ["sha-too-long"];
  return full && sha.length < 40 ? ["sha-not-full"] : [];
}

/** The exact form is written for 40 characters; a short sha is a flaw of its own, not of the wording. */
function wordingFlaws(text: string, sha: string, line: DialectLine): readonly string[] {
  const padded = text.replace(sha, "0".repeat(40));
  return line.exact.test(padded) ? [] : ["wording"];
}

interface Context {
  readonly anolis: boolean;
  readonly ubuntu: boolean;
}

function dialectOf(line: DialectLine, context: Context): BackportMarker["dialect"] {
  if (line.dialect === "stable-upstream" && context.anolis) return "anolis";
  if ((line.dialect === "cherry-pick" || line.dialect === "backport") && context.ubuntu) return "ubuntu";
  return line.dialect;
}

function markerOf(text: string, lines: BackportMarker["lines"], context: Context): BackportMarker | undefined {
  for (const line of dialectLines) {
    const written = line.loose.exec(text)?.[1];
    if (written === undefined) continue;
    const sha = written.toLowerCase();
    const flaws = [...shaFlaws(sha, line.full), ...wordingFlaws(text, written, line)];
    return { dialect: dialectOf(line, context), sha, origin: "mainline", lines, text, flaws };
  }
  return undefined;
}

/** Cheap enough to ask of every line of every message. */
const worthALook = /commit|picked|ported/i;

function lineMarkers(body: readonly MessageLine[], context: Context): readonly BackportMarker[] {
  const markers: BackportMarker[] = [];
  for (const [i, line] of body.entries()) {
    if (!worthALook.test(line.text)) continue;
    const text = line.text.trim();
    const single = markerOf(text, { first: line.line, last: line.line }, context);
    const next = body[i + 1];
    if (single !== undefined) {
      markers.push(single);
    } else if (next !== undefined && /^[([]/.test(text) && !/[)\]]/.test(text) && text.length < 200) {
      // A line too long for its writer: the parenthesis goes on below.
      const folded = markerOf(`${text} ${next.text.trim()}`, { first: line.line, last: next.line }, context);
      if (folded !== undefined) markers.push(folded);
    }
  }
  return markers;
}

function originOf(tree: string): BackportMarker["origin"] {
  const name = tree.toLowerCase();
  if (name === "mainline" || name === "upstream") return "mainline";
  return name === "stable" || name === "lts" ? "stable" : "other";
}

/** openEuler's header at line `i`: its fields up to the dashes or the first paragraph that is none of them. */
function inclusionMarker(body: readonly MessageLine[], i: number, tree: string): BackportMarker {
  const first = body[i]?.line ?? 0;
  let last = first;
  let sha: string | undefined;
  for (let at = i + 1; at < body.length && at < i + 16; at++) {
    const text = body[at]?.text.trim() ?? "";
    if (text === "") continue;
    if (!inclusionField.test(text) || inclusion.test(text)) break;
    sha ??= inclusionCommit.exec(text)?.[1]?.toLowerCase();
    last = body[at]?.line ?? last;
    if (text.startsWith("----")) break;
  }
  const origin = originOf(tree);
  const missing = sha === undefined && origin !== "other" ? ["no-commit"] : [];
  const flaws = sha === undefined ? missing : shaFlaws(sha, true);
  return { dialect: "openeuler", sha, origin, lines: { first, last }, text: body[i]?.text.trim() ?? "", flaws };
}

function inclusionMarkers(body: readonly MessageLine[]): readonly BackportMarker[] {
  const markers: BackportMarker[] = [];
  for (const [i, line] of body.entries()) {
    const tree = line.text.length < 60 ? inclusion.exec(line.text.trim())?.[1] : undefined;
    if (tree !== undefined) markers.push(inclusionMarker(body, i, tree));
  }
  return markers;
}

function headerMarkers(header: readonly HeaderField[], context: Context): readonly BackportMarker[] {
  return header
    .filter((field) => /^(?:git|alt)-commit$/i.test(field.name))
    .map((field) => markerOf(`${field.name}: ${field.value}`, field.lines, context))
    .filter((marker) => marker !== undefined);
}

function subjectMarker(subject: string, line: number | undefined): readonly BackportMarker[] {
  const tags = chromeTag.exec(subject.replace(/^\[[^\]]*\]\s*/, "").replace(chromeLead, ""))?.[1];
  if (tags === undefined || line === undefined) return [];
  const text = tags.trim();
  const flaws = /\s:|:\S/.test(text) ? ["wording"] : [];
  return [{ dialect: "chromeos", sha: undefined, origin: text.startsWith("UPSTREAM") || text.startsWith("BACKPORT") ? "mainline" : "other", lines: { first: line, last: line }, text, flaws }];
}

/** Claims that the commit carries another one, in every dialect, in document order. */
export function parseMarkers(input: MarkerInput): readonly BackportMarker[] {
  const context = { anolis: input.body.some((line) => anolisBug.test(line.text)), ubuntu: input.body.some((line) => ubuntuBug.test(line.text)) };
  const markers = [...subjectMarker(input.subject, input.subjectLine), ...headerMarkers(input.header, context), ...lineMarkers(input.body, context), ...inclusionMarkers(input.body)];
  return markers.length < 2 ? markers : markers.sort((a, b) => a.lines.first - b.lines.first);
}
