import { URI } from "vscode-uri";
import type { EndpointModel } from "../../adapters/model";
import type { Cancel } from "../../engine/ports";
import type { Message } from "../../engine/text/message";
import { differenceRequest, explainDifference } from "../../engine/upstream/explain/difference";
import { releaseNotes } from "../../engine/upstream/explain/release-notes";
import type { DifferenceInput, ExplainPorts } from "../../engine/upstream/explain/types";
import { exportTable } from "../../engine/upstream/report/export";
import { htmlReport, jsonReport, markdownReport } from "../../engine/upstream/report/forms";
import { buildReport } from "../../engine/upstream/report/report";
import { fixesTable, rowsTable } from "../../engine/upstream/report/tables";
import { sayIn } from "../../engine/upstream/report/text";
import type { ReportInput } from "../../engine/upstream/report/types";
import { inclusionTemplates, templateOf } from "../../engine/upstream/template/templates";
import type { PairRef } from "../../protocol/upstream";
import type { UpstreamActionRequests } from "../../protocol/upstream-actions";
import { notesInput, shownCommit } from "../../upstream/shown";
import { pickedSeries } from "../../upstream/picked";
import { differenceText, notesText } from "../../upstream/texts";
import { Told } from "../guard";
import type { Services } from "../services";
import { repositoryAt } from "../sources";
import { decidedIn } from "./decisions";
import { orderedRows } from "./order";
import type { Comparison } from "./store";
import { subsystemsOf } from "./summary";

type Method = keyof UpstreamActionRequests;
type On = <M extends Method>(method: M, handler: (params: UpstreamActionRequests[M]["params"], cancel: Cancel) => Promise<UpstreamActionRequests[M]["result"]>) => void;

/** Connects the requests of protocol/upstream-actions.ts. */
export function registerUpstreamActions(services: Services, on: On, model: () => Promise<EndpointModel>): void {
  const { upstream, words, workbench, activity } = services;
  const compared = async ({ folder, pair }: PairRef): Promise<Comparison> => {
    const comparison = await upstream.shown(await upstream.find({ folder, pair }));
    if (comparison === undefined) throw new Told(words.say({ id: "upstream.view.notCompared" }));
    return comparison;
  };
  const told = async <T>(title: Message, work: () => Promise<T>): Promise<T> => {
    const task = activity.begin(title);
    try {
      return await work();
    } finally {
      task.end();
    }
  };
  const settingOf = async (folder: string): Promise<string> => (await services.settings.for(URI.file(folder).toString())).upstream.inclusionTemplate;
  const ports = async ({ pair }: Comparison): Promise<ExplainPorts> => ({ model: await model(), decode: workbench.decode, hash: workbench.hash, random: workbench.random, cache: await workbench.cacheOf(pair.repository) });
  const difference = async (comparison: Comparison, commit: string, cancel: Cancel): Promise<DifferenceInput> => {
    const entry = comparison.index.entries.get(commit);
    const twin = entry?.row.upstream[0];
    if (entry === undefined || twin === undefined) throw new Told(words.say({ id: "upstream.action.noTwin", args: { commit: commit.slice(0, 12) } }));
    const show = async (sha: string): Promise<DifferenceInput["ours"]> => {
      const shown = await shownCommit(comparison.pair.repository, workbench.decode, sha, cancel);
      if (shown === undefined) throw new Told(words.say({ id: "upstream.action.unreadable", args: { commit: sha.slice(0, 12) } }));
      return shown;
    };
    return { row: entry.row, mainline: await show(twin), ours: await show(commit), locale: words.locale };
  };

  on("keelson/upstream/export", async ({ list, filter, sort, format, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const reasons = await decidedIn(comparison.pair, services);
    const { rows } = await orderedRows(comparison, { list, filter, sort }, new Set(reasons.keys()), services, cancel);
    const say = sayIn(words.locale);
    const fixes = rows.flatMap(({ fix }) => fix ?? []);
    const table = fixes.length > 0 ? fixesTable(fixes, comparison.index.candidates, list === "decided" ? reasons : undefined, say) : rowsTable(rows.flatMap(({ entry }) => entry ?? []), say);
    return { text: exportTable(table, format, words.locale), rows: table.rows.length };
  });

  on("keelson/upstream/report", async ({ format, ...ref }, cancel) => {
    const comparison = await compared(ref);
    return told({ id: "upstream.action.reporting" }, async () => {
      const input = await reportInput(comparison, services, cancel);
      if (format === "json") return { text: jsonReport(input) };
      const report = buildReport(input, words.locale);
      return { text: format === "html" ? htmlReport(report) : markdownReport(report) };
    });
  });

  on("keelson/upstream/templates", async ({ folder }) => {
    const setting = await settingOf((await repositoryAt(folder, services)).root);
    const chosen = templateOf(setting)?.id ?? "";
    const known = inclusionTemplates.map(({ id, title, needs }) => ({ id, title: title[words.locale], bug: needs.includes("bug") }));
    const own = chosen === "own" ? [{ id: "own", title: words.say({ id: "upstream.action.own" }), bug: setting.includes("{bug") }] : [];
    return { templates: [...own, ...known], chosen };
  });

  on("keelson/upstream/series", async ({ commits, template, bug, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const setting = await settingOf(comparison.pair.repository.root);
    const form = templateOf(template === "own" || template === "" ? setting : template);
    if (form === undefined) throw new Told(words.say({ id: "upstream.action.noTemplate", args: { template: template.slice(0, 60) } }));
    const { value, problems } = await told({ id: "upstream.action.writing" }, () => pickedSeries(comparison.pair.repository, comparison.index, comparison.missingBySha, { commits, template: form, bug }, workbench, cancel));
    if (value.mails.length === 0) throw new Told([words.say({ id: "upstream.action.noCommits" }), ...problems.slice(0, 3).map(({ message }) => words.say(message))].join(" "));
    const damaged = !workbench.decode.isUtf8(value.bytes);
    return { text: workbench.decode.text(value.bytes), bytes: damaged ? Buffer.from(value.bytes).toString("base64") : undefined, mails: value.mails.length, amOptions: value.amOptions, notes: problems.map(({ message }) => words.say(message)) };
  });

  on("keelson/upstream/explainDifference", async ({ commit, again, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const input = await difference(comparison, commit, cancel);
    const found = await told({ id: "upstream.action.explaining", args: { commit: commit.slice(0, 12) } }, async () => explainDifference({ ...input, again: again === true }, await ports(comparison), cancel));
    return { text: differenceText(found, { ours: commit, mainline: input.mainline.sha, subject: input.ours.patch.subject }, words.say) };
  });

  on("keelson/upstream/previewDifference", async ({ commit, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const used = await ports(comparison);
    const request = differenceRequest(await difference(comparison, commit, cancel), used);
    if (request === undefined) throw new Told(words.say({ id: "server.noEndpoint" }));
    const { method, url, headers, body } = await used.model.preview(request);
    return { text: [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), "", body, ""].join("\n") };
  });

  on("keelson/upstream/releaseNotes", async ({ range, again, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const { repository } = comparison.pair;
    const commits = await notesInput(repository, workbench.decode, comparison.index, range, cancel);
    if (commits === undefined) throw new Told(words.say({ id: "upstream.action.badRange", args: { range: range.slice(0, 80) } }));
    const notes = await told({ id: "upstream.action.notes" }, async () => releaseNotes({ commits, locale: words.locale, again: again === true }, await ports(comparison), cancel));
    return { text: notesText(notes, range.trim() === "" ? comparison.pair.downstream : range.trim(), words.say) };
  });
}

async function reportInput(comparison: Comparison, services: Services, cancel: Cancel): Promise<ReportInput> {
  const { pair, index, missing } = comparison;
  const sections = await subsystemsOf(comparison, services, cancel);
  const titles = new Map<string, string[]>();
  for (const [title, paths] of sections) for (const path of paths) titles.set(path, [...(titles.get(path) ?? []), title]);
  return {
    mainline: pair.mainline,
    downstream: pair.downstream,
    map: index.map,
    missing,
    decided: await decidedIn(pair, services),
    subsystems: sections.size === 0 ? undefined : (path) => titles.get(path) ?? [],
    now: services.workbench.clock.now(),
  };
}
