import type { TwinFix, TwinView } from "../../language-server/protocol/upstream-panels";
import { shortSha, textLink } from "../kit/commit";
import { progressRing } from "../kit/controls";
import { element, icon } from "../kit/dom";
import type { Locale, Say } from "../kit/words";
import { candidateRows, claimRows, commitLine, fixRows, fixSummary, percent, type EvidenceActions } from "./evidence";
import { countHunks, hunkStates } from "./hunks";
import { words } from "./words";

type Speak = Say<typeof words>;

const verdictIcons: Readonly<Record<TwinView["verdict"], string>> = {
  same: "pass",
  adapted: "edit",
  partial: "circle-slash",
  extended: "diff-added",
  squash: "fold-up",
  split: "split-horizontal",
  revert: "discard",
  "downstream-only": "home",
  unsure: "question",
};

/** The answer and the two commits, then what there is to say for it, folded. */
export function header(view: TwinView, say: Speak, locale: Locale, actions: EvidenceActions): readonly HTMLElement[] {
  return [
    element("h1", {}, element("bdi", {}, view.commit.subject === "" ? say("noSubject") : view.commit.subject)),
    element("p", { class: "answer" }, ...answerParts(view, say)),
    element("dl", { class: "commits" }, ...sideRow(say("mainline"), view.sides.mainline, view.upstream, view.commit.subject, say, locale, actions), ...sideRow(say("ours"), view.sides.downstream, view.commit, view.commit.subject, say, locale, actions)),
    ...remarks(view, say, actions),
  ];
}

function answerParts(view: TwinView, say: Speak): readonly HTMLElement[] {
  const counts = countHunks(view.files);
  const count = hunkStates.reduce((sum, state) => sum + counts[state], 0);
  const differ = count - counts.same;
  const verdict = element("strong", { class: `verdict verdict-${view.verdict}` }, icon(verdictIcons[view.verdict]), ` ${say(view.verdict, { count: view.answer.length })}`);
  const hunks = view.upstream === undefined || count === 0 ? undefined : differ > 0 ? say("differ", { differ, count }) : count === 1 ? say("oneSame") : say("allSame", { count });
  const method = `method.${view.method}`;
  const found = view.upstream === undefined ? undefined : say("foundBy", { method: method in words ? say(method as keyof typeof words) : view.method });
  return [
    verdict,
    ...[hunks, view.upstream === undefined ? undefined : say("sure", { percent: percent(view.score) }), found].flatMap((part) => (part === undefined ? [] : [element("span", { class: "answer-part" }, part)])),
  ];
}

function sideRow(side: string, revision: string, card: TwinView["upstream"], title: string, say: Speak, locale: Locale, actions: EvidenceActions): readonly HTMLElement[] {
  if (card === undefined) return [];
  return [
    element("dt", { title: revision }, side),
    element("dd", { class: "commit-row" }, ...commitLine(card, say, locale, actions.openCommit, title), element("bdi", { class: "muted revision", title: revision }, revision)),
  ];
}

function remark(iconName: string, kind: "warning" | "information", say: Speak, ...children: readonly (Node | string)[]): HTMLElement {
  return element("p", { class: `remark remark-${kind}` }, icon(iconName, say(kind)), " ", ...children);
}

function remarks(view: TwinView, say: Speak, actions: EvidenceActions): readonly HTMLElement[] {
  const list: HTMLElement[] = [];
  const wrong = view.claims.filter(({ state }) => state === "wrong");
  for (const claim of wrong) {
    const likely = claim.likely;
    const tail = likely === undefined ? [] : [" ", say("likely"), " ", textLink(shortSha(likely.sha), () => {
      actions.openCommit(likely.sha);
    }, { class: "link mono" })];
    list.push(remark("warning", "warning", say, say("wrongClaims", { count: 1 }), ": ", element("code", {}, element("bdi", {}, claim.line === "" ? claim.claimed : claim.line)), ...tail));
  }
  if (view.upstream === undefined) list.push(remark("info", "information", say, say(view.alternatives.length > 0 || view.verdict === "unsure" ? "noTwinCandidates" : "noTwin")));
  else if (view.answer.length === 0 || !view.answer.some(({ sha }) => sha === view.upstream?.sha)) {
    list.push(remark("info", "information", say, say("alternativeShown"), " ", textLink(say("showAnswer"), () => {
      actions.compareWith(undefined);
    })));
  }
  for (const note of view.notes) list.push(remark("warning", "warning", say, say(`note.${note.code}`, { sha: shortSha(note.commit) })));
  return list;
}

export interface Folds {
  readonly root: HTMLElement;
  evidence(view: TwinView): void;
  /** Undefined while they are looked for; a text when that failed. */
  readonly fixes: (fixes: readonly TwinFix[] | string | undefined) => void;
}

/** Claims, candidates and later fixes: one line until somebody wants to read them. */
export function folds(say: Speak, locale: Locale, actions: EvidenceActions): Folds {
  const evidenceCount = element("span", { class: "muted" });
  const evidenceBody = element("div", { class: "fold-body" });
  const fixesCount = element("span", { class: "muted", role: "status" });
  const fixesBody = element("div", { class: "fold-body" });
  const fixesFold = element("details", { "data-fold": "fixes" }, element("summary", {}, say("fixes"), " ", fixesCount), fixesBody);
  const root = element("div", { class: "folds" }, element("details", { "data-fold": "evidence" }, element("summary", {}, say("evidence"), " ", evidenceCount), evidenceBody), fixesFold);
  return {
    root,
    evidence: (view) => {
      const told = (["verified", "wrong", "unknown-commit", "unproven"] as const).flatMap((state) => {
        const count = view.claims.filter((claim) => claim.state === state).length;
        return count === 0 ? [] : [`${String(count)} ${say(`claim.${state}`).toLowerCase()}`];
      });
      evidenceCount.textContent = [...told, view.alternatives.length > 0 ? `${String(view.alternatives.length)} ${say("alternatives").toLowerCase()}` : ""].filter((part) => part !== "").join(" · ");
      const claims = claimRows(view.claims, say, locale, actions);
      evidenceBody.replaceChildren(
        element("h2", {}, say("claims")),
        claims.length === 0 ? element("p", { class: "muted" }, say("noClaims")) : element("ul", { class: "rows" }, ...claims),
        ...candidateRows(view, say, locale, actions),
      );
      fixesFold.hidden = view.upstream === undefined;
    },
    fixes: (fixes) => {
      if (fixes === undefined) {
        fixesCount.textContent = say("fixesLoading");
        fixesBody.replaceChildren(element("p", { class: "state-line" }, progressRing(), say("fixesLoading")));
      } else if (typeof fixes === "string") {
        fixesCount.textContent = say("error");
        fixesBody.replaceChildren(element("p", {}, say("fixesFailed", { message: fixes })));
      } else {
        fixesCount.replaceChildren(fixes.length === 0 ? "0" : fixSummary(fixes, say), ...(fixes.some(({ state }) => state === "missing") ? [" ", icon("warning", say("warning"))] : []));
        fixesBody.replaceChildren(fixes.length === 0 ? element("p", { class: "muted" }, say("noFixes")) : element("ul", { class: "rows" }, ...fixRows(fixes, say, locale, actions)));
      }
    },
  };
}
