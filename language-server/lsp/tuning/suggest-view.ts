import { render, type Locale, type Message } from "../../engine/text/message";
import { sysfsPlace } from "../../engine/tuning/apply/sysfs";
import type { MachineFacts } from "../../engine/tuning/facts/types";
import type { Worded } from "../../engine/tuning/suggest/model";
import type { Evidence, SuggestedSetting } from "../../engine/tuning/suggest/types";
import type { SuggestionsView, SuggestionView } from "../../protocol/tuning-suggest";
import { machineMessages } from "../../tuning/messages";

interface Asked {
  readonly workload: string;
  readonly facts: MachineFacts | undefined;
}

/** An answer in the reader's language, for a list and as a document with all of its sources. */
export function answerView({ answer: { suggestions, already, leftOut, missing, understood, reading }, remarks, model, failed }: Worded, { workload, facts }: Asked, locale: Locale): SuggestionsView {
  const say = (message: Message): string => render(message, machineMessages, locale);
  const language = locale === "zh-cn" ? "zh" : "en";
  const machine = facts === undefined ? say({ id: "tuning.machine.none" }) : say({ id: "tuning.machine.here", args: { host: facts.host, kernel: facts.kernel } });
  const title = say({ id: "tuning.understood", args: { workload: workload.replace(/\s+/gu, " ").slice(0, 80), kinds: understood.length === 0 ? "?" : understood.join(", "), machine } });
  const evidenceLine = ({ origin, says, value, valueIsOurs, likeness, source }: Evidence): string =>
    say({ id: `tuning.evidence.${valueIsOurs === true ? "named" : origin}`, args: { says: origin === "description" ? "" : says[language].slice(0, 160), value: value ?? "", likeness: likeness === undefined ? "" : likeness.toFixed(2), source: source.file.endsWith(".html") ? source.title : `${source.title}:${source.line}`, url: source.url ?? "" } }).trim();
  const byOf = (first: Evidence | undefined): string => (first === undefined ? "" : say({ id: `tuning.by.${first.origin}`, args: { title: first.source.title } }));
  const remarkOf = (component: string, name: string): readonly string[] => {
    const remark = remarks.get(`${component} ${name}`);
    return remark === undefined ? [] : [say({ id: "tuning.remark", args: { model: model ?? "", says: remark } })];
  };
  const views = suggestions.map(
    ({ name, component, current, value, reason, evidence, risk, restart, kind }): SuggestionView => ({ name, component, current, value, reason: reason[language], by: byOf(evidence[0]), evidence: [...evidence.map(evidenceLine), ...remarkOf(component, name)], risk: risk.level, riskReason: risk.says[language], restart, live: restart === "none" && (kind === "sysctl" || sysfsPlace(name, { disks: [] }) !== undefined) }),
  );
  const notes = [
    ...(suggestions.length === 0 ? [say({ id: "tuning.nothingSuggested" })] : []),
    ...(failed === undefined ? [] : [say({ id: "tuning.modelFailed", args: { model: model ?? "", detail: failed } })]),
    ...missing.map((entry) => say({ id: "tuning.missing", args: { what: entry[language] } })),
    ...(already.length === 0 ? [] : [say({ id: "tuning.already", args: { names: already.join(", ") } })]),
    ...reading.map(({ name, component, source }) => say({ id: "tuning.reading", args: { name: component === "kernel" ? name : `${component} ${name}`, source: `${source.title}:${source.line}` } })),
    ...leftOut.map(({ name, why }) => say({ id: "tuning.leftOut", args: { name, why: why[language] } })),
  ];
  const report = [`# ${say({ id: "tuning.report.title" })}`, "", plain(title), "", ...suggestions.flatMap((suggestion, i) => section(suggestion, views[i], say, language)), ...(notes.length === 0 ? [] : [`## ${say({ id: "tuning.report.notes" })}`, "", ...notes.map((note) => `- ${plain(note)}`), ""])].join("\n");
  return { title, suggestions: views, notes, report };
}

function section({ current, effect, risk, restart, conflicts }: SuggestedSetting, view: SuggestionView | undefined, say: (message: Message) => string, language: "en" | "zh"): readonly string[] {
  if (view === undefined) return [];
  return [
    `## ${plain(view.name)} = ${plain(view.value)}`,
    "",
    ...(current === undefined ? [] : [plain(say({ id: "tuning.report.now", args: { value: current } })), ""]),
    plain(view.reason),
    "",
    ...view.evidence.map((line) => `- ${plain(line)}`),
    `- ${plain(say({ id: "tuning.effect", args: { says: effect.says[language] } }))}`,
    `- ${plain(say({ id: `tuning.risk.${risk.level}`, args: { says: risk.says[language] } }))}`,
    ...(restart === "none" ? [] : [`- ${say({ id: `tuning.restart.${restart}` })}`]),
    ...conflicts.map(({ other, says }) => `- ${plain(say({ id: "tuning.conflict", args: { other, says: says[language] } }))}`),
    "",
  ];
}

/** Texts of stores and machines are words, never markup. */
function plain(text: string): string {
  return text.replace(/[\r\n]+/gu, " ").replace(/[\\`*_{}[\]<>#|]/gu, "\\$&");
}
