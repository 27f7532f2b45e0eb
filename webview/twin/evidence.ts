import type { ClaimView, CommitCard, TwinFix, TwinView } from "../../language-server/protocol/upstream-panels";
import { authorName, shaLink, shortSha, textLink, timeAgo } from "../kit/commit";
import { element, icon } from "../kit/dom";
import type { Locale, Say } from "../kit/words";
import type { words } from "./words";

export interface EvidenceActions {
  readonly openCommit: (sha: string) => void;
  /** Compares our commit with another one of mainline; the map's own answer when undefined. */
  readonly compareWith: (upstream: string | undefined) => void;
  /** Shows another commit of ours beside its twin. */
  readonly showTwin: (commit: string) => void;
}

type Speak = Say<typeof words>;

/** `sha  subject · author, time`; both sides of a twin and every candidate are told so. A subject that is `known` is not said again. */
export function commitLine(card: CommitCard, say: Speak, locale: Locale, open: (sha: string) => void, known?: string): readonly HTMLElement[] {
  const time = timeAgo(card.time, locale);
  const subject = card.time === 0 && card.subject === "" ? say("unknownSubject") : card.subject === "" ? say("noSubject") : card.subject;
  const who = card.author === "" ? [] : [element("bdi", { title: card.author }, authorName(card.author))];
  return [
    shaLink(card.sha, say("openCommit", { sha: shortSha(card.sha) }), open),
    ...(known !== undefined && known === card.subject ? [] : [element("bdi", { class: "commit-subject" }, subject)]),
    element("span", { class: "muted commit-who" }, ...who, ...(who.length > 0 && time !== undefined ? [", "] : []), ...(time === undefined ? [] : [time])),
  ];
}

const claimIcons: Readonly<Record<ClaimView["state"], string>> = { verified: "pass", wrong: "error", "unknown-commit": "question", unproven: "question" };

/** What the message claims, each with whether it is true and, when it is not, what was likely meant. */
export function claimRows(claims: readonly ClaimView[], say: Speak, locale: Locale, actions: EvidenceActions): readonly HTMLElement[] {
  return claims.map((claim) =>
    element(
      "li",
      { class: `claim claim-${claim.state}`, "data-claim": claim.state },
      element("div", { class: "claim-head" }, icon(claimIcons[claim.state]), element("strong", {}, say(`claim.${claim.state}`)), element("span", { class: "muted" }, ` – ${say(`claim.${claim.state}.why`)}`)),
      element(
        "div",
        { class: "commit-row" },
        element("code", { class: "claim-line" }, element("bdi", {}, claim.line === "" ? claim.claimed : claim.line)),
        claim.commit === undefined || claim.state === "verified" ? undefined : shaLink(claim.commit, say("openCommit", { sha: shortSha(claim.commit) }), actions.openCommit),
      ),
      claim.via.length === 0 ? undefined : element("p", { class: "muted" }, say("via", { shas: claim.via.map(shortSha).join(", ") })),
      claim.likely === undefined ? undefined : element("p", { class: "commit-row" }, element("span", {}, say("likely")), ...commitLine(claim.likely, say, locale, actions.openCommit)),
    ),
  );
}

/** Links that compare our commit with each of the answer's parts and with each alternative. */
export function candidateRows(view: TwinView, say: Speak, locale: Locale, actions: EvidenceActions): readonly HTMLElement[] {
  const row = (card: CommitCard, note: string, upstream: string): HTMLElement => {
    const current = card.sha === view.upstream?.sha;
    const link = textLink(shortSha(card.sha), () => {
      if (!current) actions.compareWith(upstream);
    }, { class: "link mono", ...(current ? { "aria-current": "true" } : {}) });
    const [, ...rest] = commitLine(card, say, locale, actions.openCommit);
    return element("li", { class: "commit-row" }, link, ...rest, note === "" ? undefined : element("span", { class: "muted number" }, note));
  };
  const answer = view.answer.length > 1 ? view.answer.map((card) => row(card, "", card.sha)) : [];
  const others = view.alternatives.map(({ card, score }) => row(card, say("sure", { percent: percent(score) }), card.sha));
  return [
    ...(answer.length === 0 ? [] : [element("h2", {}, say("parts")), element("ul", { class: "rows", "data-list": "parts" }, ...answer)]),
    ...(others.length === 0 ? [] : [element("h2", {}, say("alternatives")), element("p", { class: "muted" }, say("alternativesNote")), element("ul", { class: "rows", "data-list": "alternatives" }, ...others)]),
  ];
}

/** Never rounds to a certainty that is not there. */
export function percent(score: number): number {
  return score >= 1 ? 100 : Math.min(99, Math.round(score * 100));
}

const fixIcons: Readonly<Record<TwinFix["state"], string>> = { missing: "warning", present: "pass", other: "circle-slash" };

export function fixRows(fixes: readonly TwinFix[], say: Speak, locale: Locale, actions: EvidenceActions): readonly HTMLElement[] {
  const order: readonly TwinFix["state"][] = ["missing", "present", "other"];
  return order
    .flatMap((state) => fixes.filter((fix) => fix.state === state))
    .map((fix) => {
      const marks = [say(`relation.${fix.relation}`), ...fix.cves, ...fix.risk.filter((mark) => mark !== "cve")];
      const { carriedBy } = fix;
      return element(
        "li",
        { class: "commit-row", "data-fix": fix.state },
        element("span", { class: `fix-state fix-${fix.state}` }, icon(fixIcons[fix.state]), ` ${say(`fix.${fix.state}`)}`),
        ...commitLine(fix.card, say, locale, actions.openCommit),
        element("span", { class: "muted" }, marks.join(" · ")),
        carriedBy === undefined
          ? undefined
          : element("span", {}, say("carriedAs"), " ", textLink(shortSha(carriedBy.sha), () => {
              actions.showTwin(carriedBy.sha);
            }, { class: "link mono" })),
      );
    });
}

/** "1 missing, 2 present". */
export function fixSummary(fixes: readonly TwinFix[], say: Speak): string {
  const count = (state: TwinFix["state"]): number => fixes.filter((fix) => fix.state === state).length;
  return [
    count("missing") > 0 ? say("fixesMissing", { count: count("missing") }) : "",
    count("present") > 0 ? say("fixesPresent", { count: count("present") }) : "",
    count("other") > 0 ? say("fixesOther", { count: count("other") }) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
