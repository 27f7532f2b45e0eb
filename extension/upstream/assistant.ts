import * as vscode from "vscode";
import type { PairRef, RefSuggestion } from "../../language-server/protocol/upstream";
import { readRange } from "../review/range";
import { pickRepository } from "../review/repositories";
import type { Services } from "../services";
import { showHowToFetch } from "./fetch";
import { readPairs, workspaceHides, writePair, type PairPlace } from "./pairSettings";
import { choose, enter, withoutIcons, type Choice, type Step } from "./steps";

interface Draft {
  readonly folder: string;
  readonly mainline: string;
  readonly downstream: string;
  readonly name: string;
}

const steps = 4;
/** Stands for the choice that explains how mainline gets into the repository. */
const fetchFirst = "\0fetch";

/** Asks for the two sides of a comparison, its name and where to keep it, and writes the setting. Undefined when the user gave up. */
export async function setUpPair(services: Services, arg: unknown): Promise<PairRef | undefined> {
  const repository = await pickRepository(arg);
  if (repository === undefined) return undefined;
  const { folder } = repository;
  const suggested = services.server.request("keelson/upstream/suggestPairs", { folder });
  let draft: Draft = { folder, mainline: "", downstream: "", name: "" };
  let step = 1;
  for (;;) {
    const answer = await askStep(step, draft, services, suggested);
    if (answer.kind === "closed") return undefined;
    if (answer.kind === "back") {
      step = Math.max(1, step - 1);
      continue;
    }
    if (answer.value === fetchFirst) {
      await showHowToFetch(services, folder);
      return undefined;
    }
    if (step === steps) return keep(draft, answer.value);
    draft = filled(draft, step, answer.value);
    step += 1;
  }
}

interface Suggested {
  readonly name: string;
  readonly mainline: readonly RefSuggestion[];
  readonly downstream: readonly RefSuggestion[];
}

function filled(draft: Draft, step: number, value: string): Draft {
  if (step === 1) return { ...draft, mainline: value };
  return step === 2 ? { ...draft, downstream: value } : { ...draft, name: value };
}

async function askStep(step: number, draft: Draft, services: Services, suggested: Promise<Suggested>): Promise<Step<string>> {
  switch (step) {
    case 1:
      return askSide(1, vscode.l10n.t("Compare with Mainline: which side is mainline's?"), draft.mainline, suggested.then(({ mainline }) => [...mainline.map(choiceOf), fetchChoice()]));
    case 2:
      return askSide(2, vscode.l10n.t("Compare with Mainline: which side is yours?"), draft.downstream, suggested.then(({ downstream }) => downstream.filter(({ ref }) => ref !== draft.mainline).map(choiceOf)));
    case 3:
      return enter({ title: vscode.l10n.t("Compare with Mainline: what to call it"), prompt: vscode.l10n.t("The Upstream view shows this name."), step: 3, steps, value: draft.name === "" ? freeName((await suggested).name, draft.folder) : draft.name, flaw: (text) => nameFlaw(text, draft.folder) });
    default:
      return askWhere(draft, services);
  }
}

function askSide(step: number, title: string, before: string, items: Promise<readonly Choice<string>[]>): Promise<Step<string>> {
  return choose<string>({ title, placeholder: vscode.l10n.t("Choose a branch or tag, or type any revision"), step, steps, items, active: (ref) => ref === before, typed: typedRevision });
}

function choiceOf({ ref, description, reason }: RefSuggestion): Choice<string> {
  return { label: withoutIcons(ref), description: withoutIcons(reason), detail: withoutIcons(description), value: ref };
}

function fetchChoice(): Choice<string> {
  return { label: `$(cloud-download) ${vscode.l10n.t("Mainline is not in this repository yet…")}`, detail: vscode.l10n.t("Shows the two git commands that bring it in from another clone or a server."), value: fetchFirst, alwaysShow: true };
}

function typedRevision(text: string): Choice<string> | undefined {
  const reading = readRange(text);
  if (!("range" in reading) || reading.range.includes("..")) return undefined;
  return { label: `$(git-commit) ${withoutIcons(reading.range)}`, description: vscode.l10n.t("as typed"), value: reading.range };
}

function nameFlaw(name: string, folder: string): string | undefined {
  if (name === "") return vscode.l10n.t("A name is needed.");
  if (name.length > 80) return vscode.l10n.t("At most 80 characters.");
  return readPairs(folder).some((pair) => pair.name === name) ? vscode.l10n.t("A comparison is called that already.") : undefined;
}

function freeName(wanted: string, folder: string): string {
  const taken = new Set(readPairs(folder).map(({ name }) => name));
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted} ${n}`;
    if (!taken.has(name)) return name;
  }
}

/** The last step shows what will be compared and what will be written, before anything is. */
async function askWhere(draft: Draft, { server }: Services): Promise<Step<string>> {
  const { folder, mainline, downstream } = draft;
  const items = server.request("keelson/upstream/checkPair", { folder, mainline, downstream }).then(({ problem, mainlineCommits, downstreamCommits }): Choice<string>[] => {
    if (problem !== undefined) return [{ label: `$(error) ${withoutIcons(problem)}`, alwaysShow: true }];
    const what = vscode.l10n.t("{0} commits of yours against {1} of mainline's", downstreamCommits.toLocaleString(vscode.env.language), mainlineCommits.toLocaleString(vscode.env.language));
    const own: Choice<string> = { label: `$(account) ${vscode.l10n.t("Keep it in your own settings, and compare")}`, description: what, detail: vscode.l10n.t("Nothing is written to the tree."), value: "user" };
    return [
      ...(workspaceHides(folder) ? [] : [own]),
      { label: `$(folder) ${vscode.l10n.t("Keep it in the workspace's settings, and compare")}`, description: workspaceHides(folder) ? what : "", detail: vscode.l10n.t("Writes .vscode/settings.json, for everybody who opens this folder."), value: "workspace" },
    ];
  });
  return choose<string>({ title: `${draft.name}: ${downstream} ← ${mainline}`, placeholder: vscode.l10n.t("Where shall it be kept?"), step: 4, steps, items });
}

async function keep({ folder, ...pair }: Draft, where: string): Promise<PairRef> {
  const place: PairPlace = where === "workspace" ? "workspace" : "user";
  await writePair(folder, pair, place);
  return { folder, pair: pair.name };
}
