import type { FactView } from "../../language-server/protocol/requests";
import { element, icon } from "../kit/dom";
import type { Say } from "../kit/words";
import type { words } from "./words";

/** More than this is a list for the Problems view, not for reading. */
const mostShown = 200;

const kindIcons: Readonly<Record<FactView["kind"], string>> = {
  subject: "git-commit",
  author: "account",
  marker: "git-pull-request",
  fixes: "bug",
  files: "file",
  base: "git-branch",
  finding: "circle-outline",
  maintainer: "mail",
};

const severityIcons = { error: "error", warning: "warning", information: "info", hint: "lightbulb" } as const;

/** The facts as 22-pixel rows; a row with a line is a button that goes there. */
export function factRows(facts: readonly FactView[], say: Say<typeof words>, goTo: (line: number) => void): readonly HTMLElement[] {
  const rows = facts.slice(0, mostShown).map((fact) => {
    const mark =
      fact.severity === undefined ? icon(kindIcons[fact.kind]) : icon(severityIcons[fact.severity], say(fact.severity));
    if (fact.severity !== undefined) mark.classList.add(`severity-${fact.severity}`);
    const text = element("span", { class: "fact-text" }, fact.text);
    const check = fact.check === undefined ? undefined : element("span", { class: "muted mono fact-check" }, fact.check);
    const line = fact.line;
    if (line === undefined) return element("li", {}, element("div", { class: "row-button" }, mark, text, check));
    const where = element("span", { class: "muted mono fact-line" }, say("line", { line }));
    const row = element("button", { class: "row-button focus-row", type: "button" }, mark, text, check, where);
    row.addEventListener("click", () => {
      goTo(line);
    });
    return element("li", {}, row);
  });
  if (facts.length > mostShown) rows.push(element("li", { class: "muted fact-more" }, say("moreFacts", { count: facts.length - mostShown })));
  return rows;
}
