import { MarkupKind, type Hover, type Position, type Range } from "vscode-languageserver";
import { locate } from "../engine/patch/locate";
import type { FileDiff, Hunk, Patch } from "../engine/patch/types";
import type { Cancel } from "../engine/ports";
import type { CommitInfo, Finding, History } from "../engine/review/types";
import type { SetFacts } from "../repository-stage";
import type { PatchDocument } from "./documents";
import { signed } from "./codeLens";
import { code, plain } from "../engine/text/markdown";
import { findingRange, lineText, position, wholeLine } from "./positions";
import { referencesIn, type Reference } from "./references";
import type { Services } from "./services";
import { upstreamHover } from "./upstream/hover";

interface HoverInput {
  readonly document: PatchDocument;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly services: Services;
  readonly cancel: Cancel;
}

/** What is known about the thing under the pointer. All foreign text is escaped. */
export async function hover(document: PatchDocument, at: Position, services: Services, cancel: Cancel): Promise<Hover | null> {
  if (at.line >= document.text.lineCount) return null;
  const input: HoverInput = { document, line: at.line + 1, column: at.character, services, cancel };
  const place = locate(document.parsed.value, input.line);
  if (place === undefined) return null;
  const { patch, file, hunk, zone } = place;
  const parts: string[] = [];
  let range: Range = wholeLine(document.text, input.line);
  const reference = zone === "hunk" ? undefined : referencesIn(lineText(document.text, input.line)).find((entry) => entry.start <= input.column && input.column <= entry.end);
  if (reference?.kind === "commit") {
    range = { start: position(input.line, reference.start), end: position(input.line, reference.end) };
    parts.push(await commitHover(reference, input), ...(await upstreamHover(reference.text, services, cancel)));
  } else if (zone === "fileHeader" && file !== undefined) parts.push(fileHover(patch, file, input));
  else if (zone === "hunkHeader" && hunk !== undefined && file !== undefined) parts.push(hunkHover(patch, file, hunk, input));
  parts.push(...evidence(input));
  const value = parts.filter((part) => part !== "").join("\n\n---\n\n");
  return value === "" ? null : { contents: { kind: MarkupKind.Markdown, value }, range };
}

async function commitHover(reference: Reference, { document, services, cancel }: HoverInput): Promise<string> {
  const { words } = services;
  const facts = await services.findings.ready(document, cancel);
  if (facts === undefined) return words.say({ id: services.workbench.trusted() ? "server.hover.noRepository" : "server.untrusted" });
  const found = await facts.history.findCommit(reference.text, cancel);
  if (found.kind === "ambiguous") return words.say({ id: "server.hover.ambiguous", args: { sha: code(reference.text), count: found.candidates.length } });
  if (found.kind === "missing") return words.say({ id: "server.hover.missing", args: { sha: code(reference.text) } });
  const where = await whereIs(found.commit, facts, services, cancel);
  const later = await facts.history.fixesOf(found.commit.sha, cancel);
  const fixes = later.length === 0 ? "" : [words.say({ id: "server.hover.laterFixes", args: { count: later.length } }), ...later.slice(0, 5).map((fix) => `- ${oneCommit(fix)}`)].join("\n");
  return [`${oneCommit(found.commit)}  \n${plain(found.commit.authorName)}, ${found.commit.authorDate.slice(0, 10)}`, where, fixes].filter((part) => part !== "").join("\n\n");
}

function oneCommit(commit: CommitInfo): string {
  return `${code(commit.sha.slice(0, 12))} ${plain(commit.subject)}`;
}

async function whereIs(commit: CommitInfo, facts: SetFacts, services: Services, cancel: Cancel): Promise<string> {
  const { words } = services;
  const history: History = facts.history;
  const base = code(facts.baseName);
  if (await history.isAncestor(commit.sha, history.base, cancel)) return words.say({ id: "server.hover.inTree", args: { base } });
  const carrier = await history.carriedAs(commit.sha, cancel);
  if (carrier !== undefined) return words.say({ id: "server.hover.carried", args: { base, carrier: oneCommit(carrier) } });
  return words.say({ id: "server.hover.notInTree", args: { base } });
}

function fileHover(patch: Patch, file: FileDiff, { document, services, cancel }: HoverInput): string {
  const { words } = services;
  const head = `${code(file.newPath)} ${file.binary ? plain(words.say({ id: "server.binary" })) : `+${file.added} −${file.deleted}`}`;
  const { facts, complete } = services.findings.known(document);
  const found = facts?.patches.get(patch.ordinal);
  if (found === undefined) return complete || cancel.cancelled ? head : `${head}\n\n${words.say({ id: "server.lens.looking" })}`;
  const people = found.maintainers.slice(0, 12).map((entry) => `- ${plain(entry.name)} ${code(entry.email)} (${plain(words.say({ id: `server.role.${entry.role.replace(" ", "-")}` }))}, ${plain(entry.section)})`);
  return people.length === 0 ? `${head}\n\n${words.say({ id: "server.hover.noMaintainers" })}` : [head, "", words.say({ id: "server.hover.maintainers" }), ...people].join("\n");
}

function hunkHover(patch: Patch, file: FileDiff, hunk: Hunk, { document, services }: HoverInput): string {
  const { words } = services;
  const fit = services.findings.known(document).facts?.patches.get(patch.ordinal)?.applies?.hunks.find((entry) => entry.line === hunk.line);
  const where = words.say({ id: "server.hover.hunk", args: { old: hunk.oldStart, oldEnd: hunk.oldStart + Math.max(0, hunk.oldLines - 1), path: code(file.oldPath), section: hunk.section === "" ? "" : ` ${code(hunk.section)}` } });
  if (fit === undefined) return where;
  return `${where}\n\n${plain(words.say({ id: `server.hunk.${fit.state}`, args: { file: fit.file, line: fit.line, offset: signed(fit.offset), places: fit.places.join(", ") } }))}`;
}

/** Evidence of the findings under the pointer, which the editor's own hover leaves out. */
function evidence(input: HoverInput): readonly string[] {
  const { document, line, column, services } = input;
  // What is known by now: a hover never waits for the checks.
  const { findings } = services.findings.known(document);
  return findings.filter((finding) => finding.line === line && within(finding, input, column) && (finding.related?.length ?? 0) > 0).map((finding) => oneEvidence(finding, document, services));
}

function within(finding: Finding, { document }: HoverInput, column: number): boolean {
  const range = findingRange(document.text, finding);
  return column >= range.start.character && column <= range.end.character;
}

function oneEvidence(finding: Finding, document: PatchDocument, services: Services): string {
  const lines = (finding.related ?? []).map((related) => {
    const place = related.path !== undefined ? code(`${related.path}:${related.pathLine ?? 1}`) : related.line === undefined ? "" : `${services.words.say({ id: "server.line", args: { line: related.line } })}: ${code(lineText(document.text, related.line).trim())}`;
    return `- ${plain(services.words.say(related.message))} ${place}`;
  });
  return [services.words.say({ id: "server.hover.evidence", args: { check: code(finding.check) } }), ...lines].join("\n");
}
