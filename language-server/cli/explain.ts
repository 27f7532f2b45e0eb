import { createModel } from "../adapters/model";
import { explain } from "../engine/review/explain/explain";
import { explainSections } from "../engine/review/explain/types";
import { withEvent } from "../explanation";
import { textFindings } from "../findings";
import { checkSettings } from "../lsp/settings";
import { modelSettingsOf } from "../model-settings";
import type { ExplanationView, StatementView } from "../protocol/requests";
import { createWords } from "../words";
import { createWorkbench, userCacheFolder } from "../workbench";
import { UsageError } from "./usage";
import { loadInput } from "./load";
import type { Run } from "./main";
import { paint, printable, printableJson, wrap } from "./terminal";

/** The machine's own proxy variables are read by the model adapter itself. */
const noProxy = { httpProxy: undefined, httpNoProxy: [] };

/** `keelson patch explain`: facts, then verified statements. 2 when the endpoint failed. */
export async function runExplain(run: Run): Promise<number> {
  const { options, settings, words, log, cancel, terminal } = run;
  const path = run.files[0] ?? "";
  const all = (await loadInput(path, cancel)).flatMap(({ set }) => set.patches.map((patch) => ({ set, patch })));
  const chosen = all[options.patch - 1];
  if (chosen === undefined) throw new UsageError({ id: "cli.noPatchNumber", args: { path, count: all.length, patch: options.patch } });
  const workbench = createWorkbench({ trusted: () => true, gitPath: () => settings.git.path, log, storage: userCacheFolder(process.env) });
  const { set, patch } = chosen;
  const findings = await textFindings(set, {
    decode: workbench.decode,
    settings: checkSettings(settings),
    cancel,
    breathe: () => new Promise((done) => setImmediate(done)),
    onFailure: (check, error) => {
      log.error(`${check}: ${error instanceof Error ? error.message : String(error)}`);
    },
  });
  const cache = await workbench.cacheOf(undefined);
  const usable = options.model ? settings : { ...settings, models: [] };
  const model = createModel({ settings: () => modelSettingsOf(usable, noProxy), keys: () => ({}), cache, clock: workbench.clock, random: workbench.random, log });
  const request = { set, target: { kind: "patch" as const, patch: patch.ordinal }, locale: words.locale, findings, say: createWords("en").say };
  let view = emptyView(path, patch.ordinal);
  for await (const event of explain(request, { model, decode: workbench.decode, hash: workbench.hash, random: workbench.random, cache }, cancel)) view = withEvent(view, event, words);
  if (options.format === "json") terminal.out(`${printableJson(asJson(view))}\n`);
  else printView(view, run);
  return view.state === "error" ? 2 : 0;
}

function emptyView(path: string, patch: number): ExplanationView {
  return { session: "", uri: path, target: { kind: "patch", patch }, title: path, facts: [], state: "running", endpoint: undefined, statements: [], dropped: 0, fromCache: false, estimate: undefined, usage: undefined, warnings: [], waiting: undefined, error: undefined };
}

function asJson(view: ExplanationView): unknown {
  const { state, facts, endpoint, statements, dropped, fromCache, usage, warnings, error } = view;
  return { state, facts, endpoint: endpoint ?? null, statements, dropped, fromCache, usage: usage ?? null, warnings, error: error ?? null };
}

function printView(view: ExplanationView, { terminal, words, options }: Run): void {
  const line = (text: string, indent = ""): void => {
    terminal.out(`${wrap(printable(text), terminal.width, indent)}\n`);
  };
  terminal.out(`${paint(terminal, "bold", words.say({ id: "cli.facts" }))}\n`);
  for (const fact of view.facts) line(fact.line === undefined ? fact.text : `${words.say({ id: "cli.line", args: { line: fact.line } })}: ${fact.text}`, "  ");
  terminal.out("\n");
  if (view.state === "none" && options.model) line(words.say({ id: "cli.noEndpoint" }));
  if (view.endpoint !== undefined) terminal.out(`${paint(terminal, "bold", words.say({ id: "cli.answer", args: { model: `${view.endpoint.id} (${view.endpoint.model})` } }))}\n`);
  for (const section of explainSections) {
    const own = view.statements.filter((statement) => statement.section === section);
    if (own.length > 0) terminal.out(`\n${paint(terminal, "cyan", words.say({ id: `cli.section.${section}` }))}\n`);
    for (const statement of own) printStatement(statement, line, words.say);
  }
  if (view.dropped > 0) line(words.say({ id: "cli.dropped", args: { count: view.dropped } }));
  for (const warning of view.warnings) line(warning);
  if (view.error !== undefined) line(`${view.error.message} ${view.error.advice} ${view.error.details}`);
}

function printStatement(statement: StatementView, line: (text: string, indent?: string) => void, say: Run["words"]["say"]): void {
  line(statement.text, "  ");
  for (const { path, line: at, quote } of statement.evidence) line(`> ${path === "" ? "" : `${path}, `}${say({ id: "cli.line", args: { line: at } })}: ${quote.split("\n")[0] ?? ""}`, "    ");
}
