import { element, icon } from "../kit/dom";
import type { Say } from "../kit/words";
import type { Kind } from "./diff";
import { countSigns, type HunkCounts } from "./hunks";
import type { words } from "./words";

export interface Toolbar {
  readonly root: HTMLElement;
  legend(counts: HunkCounts): void;
  kind(kind: Kind, possible: boolean): void;
  /** "Hunk 2 of 7: adapted", told to screen readers as well. */
  place(text: string): void;
  steps(possible: boolean): void;
}

export interface ToolbarActions {
  readonly choose: (kind: Kind) => void;
  readonly step: (by: 1 | -1) => void;
  readonly ignoreWhitespace: (on: boolean) => void;
  readonly readDifferences: () => void;
}

/** What is compared, where one is, and what the marks in the margin mean. */
export function toolbar(say: Say<typeof words>, actions: ToolbarActions): Toolbar {
  const kinds = (["patch", "file"] as const).map((kind) => {
    const made = element("button", { type: "button", class: "segment", role: "radio", "data-kind": kind }, say(kind === "patch" ? "viewPatch" : "viewFile"));
    made.addEventListener("click", () => {
      actions.choose(kind);
    });
    return made;
  });
  const group = element("div", { class: "segments", role: "radiogroup", "aria-label": say("viewLabel") }, ...kinds);
  group.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    const other = kinds.find((segment) => segment.getAttribute("aria-checked") !== "true");
    event.preventDefault();
    other?.click();
    other?.focus();
  });
  const step = (by: 1 | -1, name: string, label: string): HTMLButtonElement => {
    const made = element("button", { type: "button", class: "tool", title: label, "aria-label": label }, icon(name));
    made.addEventListener("click", () => {
      actions.step(by);
    });
    return made;
  };
  const previous = step(-1, "arrow-up", say("previousHunk"));
  const next = step(1, "arrow-down", say("nextHunk"));
  const where = element("span", { class: "place", role: "status" });
  const whitespace = element("input", { type: "checkbox", id: "ignore-whitespace" });
  whitespace.addEventListener("change", () => {
    actions.ignoreWhitespace(whitespace.checked);
  });
  const read = element("button", { type: "button", class: "tool", title: say("readDifferences"), "aria-label": say("readDifferences") }, icon("list-flat"));
  read.addEventListener("click", actions.readDifferences);
  const legend = element("div", { class: "legend", role: "group", "aria-label": say("legend") });
  return {
    root: element(
      "div",
      { class: "toolbar" },
      group,
      element("div", { class: "steps" }, previous, next, where),
      legend,
      element("div", { class: "tools" }, element("label", { class: "check", for: "ignore-whitespace" }, whitespace, ` ${say("ignoreSpace")}`), read),
    ),
    legend: (counts) => {
      legend.replaceChildren(...countSigns(counts, say, true));
    },
    kind: (kind, possible) => {
      group.hidden = !possible;
      for (const segment of kinds) {
        const chosen = segment.dataset["kind"] === kind;
        segment.setAttribute("aria-checked", String(chosen));
        segment.tabIndex = chosen ? 0 : -1;
      }
    },
    place: (text) => {
      where.textContent = text;
    },
    steps: (possible) => {
      previous.disabled = !possible;
      next.disabled = !possible;
    },
  };
}
