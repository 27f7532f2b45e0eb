import type { Patch } from "../../patch/types";
import type { Message } from "../../text/message";
import type { Finding } from "../types";
import type { Scope } from "./scope";
import type { Fact } from "./types";

const fixesTag = /^fixes$/i;

function fact(kind: Fact["kind"], message: Message, line: number | undefined): Fact {
  return { kind, message, line, severity: undefined, check: undefined };
}

function messageFacts(patch: Patch): readonly Fact[] {
  const facts: Fact[] = [];
  if (patch.subject !== "") {
    const { subject, index, total, version } = patch;
    const message: Message = index === undefined || total === undefined ? { id: "explain.subject", args: { subject } } : { id: "explain.subjectNumbered", args: { subject, index, total, version } };
    facts.push(fact("subject", message, patch.subjectLine));
  }
  if (patch.author !== undefined) facts.push(fact("author", { id: patch.date === undefined ? "explain.author" : "explain.authorDate", args: { name: patch.author.name === "" ? patch.author.email : patch.author.name, email: patch.author.email, date: patch.date ?? "" } }, undefined));
  for (const marker of patch.message.markers) {
    facts.push(fact("marker", marker.sha === undefined ? { id: "explain.markerTag", args: { text: marker.text.trim() } } : { id: "explain.marker", args: { sha: marker.sha.slice(0, 12), text: marker.text.trim() } }, marker.lines.first));
  }
  for (const trailer of patch.message.trailers) if (fixesTag.test(trailer.key)) facts.push(fact("fixes", { id: "explain.fixes", args: { value: trailer.value } }, trailer.lines.first));
  return facts;
}

/** A patch of a hundred files is told by its sum and its largest files. */
const mostFiles = 12;

function fileFacts(scope: Scope): readonly Fact[] {
  const chosen = new Set(scope.hunks.map(({ file }) => file));
  const files = scope.target.kind === "patch" ? scope.patch.files : scope.patch.files.filter((file) => chosen.has(file));
  const sum = (pick: "added" | "deleted"): number => files.reduce((total, file) => total + file[pick], 0);
  const facts: Fact[] = [];
  if (files.length > 1) facts.push(fact("files", { id: "explain.filesSum", args: { files: files.length, added: sum("added"), deleted: sum("deleted") } }, undefined));
  const largest = [...files].sort((a, b) => b.added + b.deleted - a.added - a.deleted).slice(0, mostFiles);
  for (const file of files.filter((entry) => largest.includes(entry))) {
    const args = { path: file.newPath, from: file.oldPath, added: file.added, deleted: file.deleted };
    const line = file.newPathLine ?? file.lines.first;
    if (file.binary) facts.push(fact("files", { id: "explain.fileBinary", args }, line));
    else facts.push(fact("files", { id: `explain.file.${file.status}`, args }, line));
  }
  if (files.length > mostFiles) facts.push(fact("files", { id: "explain.filesMore", args: { more: files.length - mostFiles } }, undefined));
  return facts;
}

/** The findings that lie within a target. */
export function findingsIn(scope: Scope, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.patch === scope.patch.ordinal && finding.line >= scope.first && finding.line <= scope.last);
}

/** All that is known of a target without a model, in reading order. */
export function factsOf(scope: Scope, findings: readonly Finding[]): readonly Fact[] {
  const told = findingsIn(scope, findings).map((finding): Fact => ({ kind: "finding", message: finding.message, line: finding.line, severity: finding.severity, check: finding.check }));
  return [...messageFacts(scope.patch), ...fileFacts(scope), ...told];
}
