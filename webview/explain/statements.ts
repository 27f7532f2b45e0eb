import type { EvidenceView, ExplainSection, StatementView } from "../../language-server/protocol/requests";
import { element } from "../kit/dom";
import { markdown } from "../kit/markdown";
import type { Say } from "../kit/words";
import type { words } from "./words";

const sections: readonly ExplainSection[] = ["what", "why", "how", "risk", "test", "backport"];

/** The sections in reading order; statements are appended where they belong, and nothing that stands is moved. */
export interface StatementList {
  readonly root: HTMLElement;
  clear(): void;
  append(statement: StatementView): void;
}

export function statementList(say: Say<typeof words>, goTo: (line: number) => void): StatementList {
  const root = element("div", { class: "statements" });
  const lists = new Map<ExplainSection, HTMLElement>();
  for (const section of sections) {
    const list = element("ol", { class: "statement-list" });
    const holder = element("section", { hidden: true, "data-section": section }, element("h2", {}, say(section)), list);
    lists.set(section, list);
    root.append(holder);
  }
  return {
    root,
    clear: () => {
      for (const list of lists.values()) {
        list.replaceChildren();
        list.parentElement?.setAttribute("hidden", "");
      }
    },
    append: (statement) => {
      const list = lists.get(statement.section);
      if (list === undefined) return;
      list.append(
        element(
          "li",
          { class: "statement" },
          element("div", { class: "statement-text" }, markdown(statement.text)),
          element("ul", { class: "evidence-list" }, ...statement.evidence.map((evidence) => evidenceRow(evidence, say, goTo))),
        ),
      );
      list.parentElement?.removeAttribute("hidden");
    },
  };
}

const signs: Readonly<Record<EvidenceView["side"], string>> = { new: "+", old: "-", message: "\u201c" };
const sideWords = { new: "added", old: "removed", message: "message" } as const;

function evidenceRow(evidence: EvidenceView, say: Say<typeof words>, goTo: (line: number) => void): HTMLElement {
  const label = say("goTo", { path: evidence.path === "" ? say("message") : evidence.path, side: say(sideWords[evidence.side]), line: evidence.line });
  const row = element(
    "button",
    { class: `row-button focus-row evidence evidence-${evidence.side}`, type: "button", title: label },
    element("span", { class: "mono evidence-sign", "aria-hidden": "true" }, signs[evidence.side]),
    element("span", { class: "mono evidence-quote" }, evidence.quote.trim()),
    element("span", { class: "muted mono evidence-line" }, [fileName(evidence.path), say("line", { line: evidence.line })].filter((part) => part !== "").join(" · ")),
    element("span", { class: "visually-hidden" }, label),
  );
  row.addEventListener("click", () => {
    goTo(evidence.line);
  });
  return element("li", {}, row);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
