import type { CodeLens } from "vscode-languageserver";
import type { Patch } from "../engine/patch/types";
import type { Cancel } from "../engine/ports";
import type { ApplyResult } from "../engine/review/types";
import type { CommandName, Commands } from "../protocol/commands";
import type { PatchDocument } from "./documents";
import { Superseded } from "./guard";
import { wholeLine } from "./positions";
import type { Services } from "./services";
import { upstreamLenses } from "./upstream/lens";

/** What an unresolved lens remembers: its text needs the checks, which the lens list does not wait for. */
interface LensData {
  readonly uri: string;
  readonly version: number;
  readonly patch: number;
}

/** Lenses of every patch, file and hunk. What must be looked up is resolved for the visible ones only. */
export function codeLenses(document: PatchDocument, services: Services): CodeLens[] {
  return document.parsed.value.patches.flatMap((patch) => [...patchLenses(document, patch, services), ...fileLenses(document, patch, services)]);
}

function command<K extends CommandName>(title: string, name: K, argument: Commands[K]): NonNullable<CodeLens["command"]> {
  return { title, command: name, arguments: [argument] };
}

function patchLenses(document: PatchDocument, patch: Patch, services: Services): CodeLens[] {
  const { words, findings } = services;
  const range = wholeLine(document.text, patch.subjectLine ?? patch.lines.first);
  const data: LensData = { uri: document.uri, version: document.version, patch: patch.ordinal };
  if (patch.kind !== "patch") return [{ range, data }];
  const lenses: CodeLens[] = [
    { range, command: command(words.say({ id: "server.lens.explain" }), "keelson.review.explain", { uri: document.uri, target: { kind: "patch", patch: patch.ordinal } }) },
    { range, data },
    ...upstreamLenses(document, patch, services),
  ];
  const { facts, complete } = findings.known(document);
  const applies = facts?.patches.get(patch.ordinal)?.applies;
  if (facts !== undefined && applies !== undefined) {
    const title = baseTitle(applies, facts.baseName, services);
    const details = baseDetails(applies, words.say(facts.base.reason), services);
    lenses.push({ range, command: command(title, "keelson.review.showBase", { uri: document.uri, patch: patch.ordinal, title, details }) });
    lenses.push({ range, command: command(words.say({ id: "server.lens.worktree" }), "keelson.review.applyToWorktree", { uri: document.uri, patch: patch.ordinal }) });
  } else if (!complete && services.workbench.trusted()) {
    lenses.push({ range, command: { title: words.say({ id: "server.lens.looking" }), command: "" } });
  }
  return lenses;
}

function fileLenses(document: PatchDocument, patch: Patch, services: Services): CodeLens[] {
  const { words } = services;
  return patch.files.flatMap((file, index) => [
    {
      range: wholeLine(document.text, file.lines.first),
      command: command(words.say({ id: "server.lens.explainFile" }), "keelson.review.explain", { uri: document.uri, target: { kind: "file", patch: patch.ordinal, file: index } }),
    },
    ...file.hunks.map((hunk, number) => ({
      range: wholeLine(document.text, hunk.line),
      command: command(words.say({ id: "server.lens.explainHunk" }), "keelson.review.explain", { uri: document.uri, target: { kind: "hunk", patch: patch.ordinal, file: index, hunk: number } }),
    })),
  ]);
}

function baseTitle(applies: ApplyResult, branch: string, services: Services): string {
  return services.words.say({ id: `server.applies.${applies.state}`, args: { branch } });
}

/** Why this base, and what git said at each step. */
function baseDetails(applies: ApplyResult, reason: string, services: Services): string {
  const { words } = services;
  const steps = applies.steps.map((step) => `${words.say({ id: `server.step.${step.how}` })}: ${step.ok ? words.say({ id: "server.step.ok" }) : step.error.trim()}`);
  const hunks = applies.hunks.filter((hunk) => hunk.state !== "exact").map((hunk) => words.say({ id: `server.hunk.${hunk.state}`, args: { file: hunk.file, line: hunk.line, offset: signed(hunk.offset), places: hunk.places.join(", ") } }));
  return [reason, ...steps, ...hunks].join("\n");
}

/** With a true minus sign, as line offsets are shown. */
export function signed(offset: number): string {
  return offset < 0 ? `−${-offset}` : `+${offset}`;
}

/** Fills in the number of findings. */
export async function resolveCodeLens(lens: CodeLens, services: Services, cancel: Cancel): Promise<CodeLens> {
  const data = lens.data as LensData | undefined;
  if (data === undefined) return lens;
  const document = services.documents.get(data.uri);
  // An older lens: the client asks for new ones after each change.
  if (document?.version !== data.version) throw new Superseded();
  const { findings } = await services.findings.of(document, cancel);
  const own = findings.filter((finding) => finding.patch === data.patch);
  const count = own.filter((finding) => finding.severity !== "hint").length;
  const id = count === 0 ? "server.lens.noFindings" : count === 1 ? "server.lens.oneFinding" : "server.lens.findings";
  const title = services.words.say({ id, args: { count } });
  return { range: lens.range, command: command(title, "keelson.review.showFindings", { uri: data.uri, patch: data.patch, lines: own.map((finding) => finding.line) }) };
}
