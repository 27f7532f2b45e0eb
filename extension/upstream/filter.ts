import * as vscode from "vscode";
import type { PairRef, UpstreamFilter } from "../../language-server/protocol/upstream";
import type { Server } from "../server/server";
import { dayOf, filterText, readDay, type FilterWords } from "./filterText";
import { choose, enter, withoutIcons, type Choice, type Step } from "./steps";

type Risk = NonNullable<UpstreamFilter["risk"]>[number];
type Part = "subsystem" | "path" | "author" | "since" | "until" | "risk" | "pick" | "text";

const risks: readonly Risk[] = ["cve", "syzbot", "regression", "stable", "marked-subsystem", "revert"];

/** The words of the filter's parts; commands and the view say it alike. */
export function filterWords(): FilterWords {
  return {
    subsystem: vscode.l10n.t("subsystem"),
    unfiled: vscode.l10n.t("in no subsystem"),
    path: vscode.l10n.t("path"),
    author: vscode.l10n.t("author"),
    since: vscode.l10n.t("since"),
    until: vscode.l10n.t("until"),
    risk: vscode.l10n.t("risk"),
    verdict: vscode.l10n.t("verdict"),
    pick: "",
    text: vscode.l10n.t("text"),
  };
}

/** Asks for parts of the filter until the user closes the picks; each change shows at once. */
export async function editFilter(server: Server, ref: PairRef | undefined, current: () => UpstreamFilter, change: (filter: UpstreamFilter) => void): Promise<void> {
  for (;;) {
    const part = await choose<Part>({ title: vscode.l10n.t("Filter Upstream"), placeholder: vscode.l10n.t("By what? Escape when done"), step: 1, steps: 2, items: partItems(current(), ref !== undefined) });
    if (part.kind !== "value") return;
    const answer = await askPart(part.value, server, ref, current());
    if (answer.kind === "closed") return;
    if (answer.kind === "value") change(without(answer.value));
  }
}

/** Without the parts that are empty. */
function without(filter: UpstreamFilter): UpstreamFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0)));
}

function partItems(filter: UpstreamFilter, subsystems: boolean): readonly Choice<Part>[] {
  const item = (value: Part, label: string, now: string | undefined): Choice<Part> => ({ value, label, ...(now === undefined || now === "" ? {} : { description: withoutIcons(now) }) });
  return [
    ...(subsystems ? [item("subsystem", vscode.l10n.t("Subsystem of MAINTAINERS"), filter.unfiled === true ? vscode.l10n.t("in no subsystem") : filter.subsystem)] : []),
    item("path", vscode.l10n.t("Path, folder or glob"), filter.path),
    item("author", vscode.l10n.t("Author"), filter.author),
    item("since", vscode.l10n.t("Since a day"), filter.since === undefined ? undefined : dayOf(filter.since)),
    item("until", vscode.l10n.t("Until a day"), filter.until === undefined ? undefined : dayOf(filter.until)),
    item("risk", vscode.l10n.t("Risk"), filter.risk?.map(riskName).join(", ")),
    item("pick", vscode.l10n.t("How missing fixes pick"), filter.pick === undefined ? undefined : pickName(filter.pick)),
    item("text", vscode.l10n.t("Words of the subject, or a sha"), filter.text),
  ];
}

function pickName(pick: NonNullable<UpstreamFilter["pick"]>): string {
  return pick === "clean" ? vscode.l10n.t("picks clean") : vscode.l10n.t("conflicts");
}

export function riskName(risk: Risk): string {
  switch (risk) {
    case "cve":
      return "CVE";
    case "stable":
      return "Cc: stable";
    case "syzbot":
      return "syzbot";
    case "marked-subsystem":
      return vscode.l10n.t("your subsystems");
    case "revert":
      return vscode.l10n.t("revert");
    case "regression":
      return vscode.l10n.t("regression");
  }
}

async function askPart(part: Part, server: Server, ref: PairRef | undefined, filter: UpstreamFilter): Promise<Step<UpstreamFilter>> {
  switch (part) {
    case "subsystem":
      return ref === undefined ? { kind: "back" } : merged(await askSubsystem(server, ref), (subsystem) => ({ ...filter, subsystem, unfiled: undefined }));
    case "risk":
      return askRisk(filter);
    case "pick":
      return merged(await askPick(), (pick) => ({ ...filter, pick }));
    case "since":
    case "until": {
      const now = filter[part];
      const title = part === "since" ? vscode.l10n.t("Since a day") : vscode.l10n.t("Until a day");
      const answer = await enter({ title, prompt: vscode.l10n.t("A day as 2025-03-31; empty for any"), step: 2, steps: 2, value: now === undefined ? "" : dayOf(now), flaw: (text) => (text === "" || readDay(text, part) !== undefined ? undefined : vscode.l10n.t("Write the day as 2025-03-31.")) });
      return merged(answer, (text) => ({ ...filter, [part]: text === "" ? undefined : readDay(text, part) }));
    }
    case "path":
      return merged(await enter({ title: vscode.l10n.t("Path, folder or glob"), prompt: vscode.l10n.t("For example drivers/net or **/Kconfig; empty for all"), step: 2, steps: 2, value: filter.path ?? "", flaw: () => undefined }), (path) => ({ ...filter, path }));
    case "author":
      return merged(await enter({ title: vscode.l10n.t("Author"), prompt: vscode.l10n.t("Part of a name or address; empty for all"), step: 2, steps: 2, value: filter.author ?? "", flaw: () => undefined }), (author) => ({ ...filter, author }));
    case "text":
      return merged(await enter({ title: vscode.l10n.t("Words of the subject, or a sha"), prompt: vscode.l10n.t("Empty for all"), step: 2, steps: 2, value: filter.text ?? "", flaw: () => undefined }), (text) => ({ ...filter, text }));
  }
}

function merged(step: Step<string>, make: (value: string) => UpstreamFilter | Readonly<Record<string, unknown>>): Step<UpstreamFilter> {
  return step.kind === "value" ? { kind: "value", value: make(step.value) } : step;
}

function askSubsystem(server: Server, { folder, pair }: PairRef): Promise<Step<string>> {
  const items = server.request("keelson/upstream/subsystems", { folder, pair }).then(({ subsystems }): Choice<string>[] => [
    { label: vscode.l10n.t("All subsystems"), value: "" },
    ...subsystems.map(({ name, commits }) => ({ label: withoutIcons(name), description: commits === 1 ? vscode.l10n.t("1 commit") : vscode.l10n.t("{0} commits", commits), value: name })),
  ]);
  return choose<string>({ title: vscode.l10n.t("Subsystem of MAINTAINERS"), placeholder: vscode.l10n.t("Which one?"), step: 2, steps: 2, items });
}

function askPick(): Promise<Step<"clean" | "conflict" | "">> {
  const items: readonly Choice<"clean" | "conflict" | "">[] = [
    { label: vscode.l10n.t("All, tried or not"), value: "" },
    { label: pickName("clean"), value: "clean" },
    { label: pickName("conflict"), value: "conflict" },
  ];
  return choose({ title: vscode.l10n.t("How missing fixes pick"), placeholder: vscode.l10n.t("Which ones?"), step: 2, steps: 2, items });
}

async function askRisk(filter: UpstreamFilter): Promise<Step<UpstreamFilter>> {
  const items = risks.map((risk) => ({ label: riskName(risk), picked: filter.risk?.includes(risk) === true, risk }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Risk"), placeHolder: vscode.l10n.t("Any of these; none for all"), canPickMany: true });
  return picked === undefined ? { kind: "back" } : { kind: "value", value: { ...filter, risk: picked.map(({ risk }) => risk) } };
}

/** The filter in one line, as the view shows it above the rows; undefined when there is none. */
export function shownFilter(filter: UpstreamFilter): string | undefined {
  const text = filterText({ ...filter, ...(filter.risk === undefined ? {} : { risk: filter.risk.map(riskName) }), ...(filter.pick === undefined ? {} : { pick: pickName(filter.pick) }) }, filterWords());
  return text === "" ? undefined : text;
}
