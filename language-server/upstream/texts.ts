import { code, plain } from "../engine/text/markdown";
import type { Difference } from "../engine/upstream/explain/difference";
import type { ReleaseNotes } from "../engine/upstream/explain/release-notes";
import { noteSections, type Explained, type LinePlace } from "../engine/upstream/explain/types";
import type { Words } from "../words";

type Say = Words["say"];

function short(sha: string): string {
  return sha.slice(0, 12);
}

function placeText({ side, path, line, quote }: LinePlace, say: Say): string {
  const where = path === "" ? say({ id: "upstream.text.message", args: { line } }) : `${path}:${line}`;
  return `${say({ id: `upstream.text.${side}` })}, ${code(where)}: ${code(quote.split("\n")[0] ?? "")}`;
}

/** What went wrong or was left out, one line each. */
function warnings(model: Explained<unknown>, say: Say): readonly string[] {
  const told = model.warnings.map((warning) => plain(say(warning)));
  if (model.dropped > 0) told.push(plain(say({ id: "upstream.text.dropped", args: { count: model.dropped } })));
  if (model.error !== undefined) told.push(`${plain(say(model.error.message))} ${plain(say(model.error.advice))} ${plain(model.error.detail)}`);
  return told;
}

function head(title: string, model: Explained<unknown>, say: Say): readonly string[] {
  if (model.endpoint === undefined || (model.statements.length === 0 && model.error === undefined && model.warnings.length === 0 && model.dropped === 0)) return [];
  return [`## ${plain(say({ id: title, args: { model: `${model.endpoint.id} (${model.endpoint.model})` } }))}`];
}

/** Why a commit differs, as Markdown: the model's paragraph with its evidence first, then the facts. */
export function differenceText(difference: Difference, names: { readonly ours: string; readonly mainline: string; readonly subject: string }, say: Say): string {
  const { facts, model } = difference;
  const paragraph = model.statements.map(({ text }, i) => `${plain(text)} \\[${i + 1}\\]`).join(" ");
  const evidence = model.statements.flatMap(({ evidence: places }, i) => places.map((place) => `- \\[${i + 1}\\] ${placeText(place, say)}`));
  const told = facts.map(({ kind, message, place }) => `${kind === "line" ? "  " : ""}- ${plain(say(message))}${place === undefined || kind === "hunk" ? "" : ` (${code(place.path === "" ? say({ id: "upstream.text.message", args: { line: place.line } }) : `${place.path}:${place.line}`)})`}`);
  const parts = [
    `# ${plain(say({ id: "upstream.text.difference", args: { ours: short(names.ours), mainline: short(names.mainline) } }))}`,
    plain(names.subject),
    ...head("upstream.text.byModel", model, say),
    paragraph,
    evidence.join("\n"),
    ...warnings(model, say),
    `## ${plain(say({ id: "upstream.text.facts" }))}`,
    told.join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Release notes as Markdown: the model's sentences by section first, then all commits grouped. */
export function notesText({ facts, model }: ReleaseNotes, range: string, say: Say): string {
  const { counts, groups } = facts;
  const summary = noteSections.flatMap((section) => {
    const own = model.statements.filter((statement) => statement.section === section);
    if (own.length === 0) return [];
    const lines = own.map(({ text, evidence }) => `- ${plain(text)} (${evidence.map(({ commit }) => code(short(commit))).join(", ")})`);
    return [`### ${plain(say({ id: `upstream.notes.section.${section}` }))}`, lines.join("\n")];
  });
  const all = groups.flatMap(({ group, lines }) => [
    `### ${plain(say({ id: `upstream.notes.section.${group}` }))}`,
    lines.map(({ commit, subject, upstream, cves }) => `- ${code(short(commit))} ${plain([subject, ...cves].join(" "))}${upstream.length === 0 ? "" : ` (${upstream.map((sha) => code(short(sha))).join(", ")})`}`).join("\n"),
  ]);
  const parts = [
    `# ${plain(say({ id: "upstream.notes.title", args: { range } }))}`,
    plain(say(counts.commits === 0 ? { id: "upstream.notes.empty" } : { id: "upstream.notes.counts", args: counts })),
    ...head("upstream.notes.model", model, say),
    ...summary,
    ...warnings(model, say),
    ...(all.length === 0 ? [] : [`## ${plain(say({ id: "upstream.notes.all" }))}`, ...all]),
  ];
  return `${parts.join("\n\n")}\n`;
}
