import type { ExplanationView } from "../../language-server/protocol/requests";
import type { EditorAction } from "../../language-server/protocol/panel";
import { button, progressRing } from "../kit/controls";
import { element, icon, moveFocusByArrows, setText, show } from "../kit/dom";
import type { Say } from "../kit/words";
import { factRows } from "./facts";
import { statementList } from "./statements";
import type { words } from "./words";

export interface ExplainActions {
  readonly cancel: () => void;
  readonly again: () => void;
  readonly editor: (action: EditorAction) => void;
}

export interface ExplainView {
  /** Draws the view; statements that already stand are left alone. `stale`: kept from before a reload. */
  show(view: ExplanationView, stale: boolean): void;
  /** The request itself failed: nothing could be computed. */
  fail(message: string): void;
}

type Command = Extract<EditorAction, { kind: "command" }>["command"];

/** Builds the panel once; every later change touches only what changed. */
export function createExplainView(root: HTMLElement, say: Say<typeof words>, actions: ExplainActions): ExplainView {
  let uri = "";
  let session = "";
  let drawn = 0;
  const goTo = (line: number): void => {
    actions.editor({ kind: "reveal", uri, line });
  };
  const command = (label: string, name: Command, primary = false): HTMLElement =>
    button({
      label,
      primary,
      onPress: () => {
        actions.editor({ kind: "command", command: name });
      },
    });

  const title = element("h1", {}, say("loading"));
  const ring = progressRing();
  const status = element("span", { role: "status", "aria-live": "polite" });
  const dropped = element("p", { class: "muted" });
  const tokens = element("p", { class: "muted" });
  const warnings = element("ul", { class: "warnings" });
  const cancel = button({ label: say("cancel"), icon: "debug-stop", onPress: actions.cancel });
  const again = button({ label: say("again"), icon: "refresh", onPress: actions.again });
  const resume = button({ label: say("resume"), icon: "debug-continue", onPress: actions.again });
  const sent = command(say("whatIsSent"), "keelson.model.showWhatWouldBeSent");
  const state = element(
    "div",
    { class: "state" },
    element("div", { class: "state-line" }, ring, status),
    dropped,
    tokens,
    warnings,
    element("div", { class: "buttons" }, cancel, resume, again, sent),
  );

  const facts = element("ul", { class: "facts" });
  const factSection = element("section", { class: "fact-section" }, element("h2", {}, say("facts")), element("p", { class: "muted" }, say("factsNote")), facts);

  const none = element(
    "section",
    { class: "notice", "data-notice": "none" },
    element("h2", {}, say("noEndpoint")),
    element("p", {}, say("noEndpointText")),
    element("div", { class: "buttons" }, command(say("openSettings"), "keelson.model.openSettings", true), command(say("setKey"), "keelson.model.setKey")),
  );

  const failureText = element("p", {});
  const failureAdvice = element("p", {});
  const failureDetails = element("pre", { tabindex: 0, "aria-label": say("details") });
  const failureMore = element("details", {}, element("summary", {}, say("details")), failureDetails);
  const failure = element(
    "section",
    { class: "notice notice-error", "data-notice": "error", role: "alert" },
    element("h2", {}, icon("error", say("error")), " ", say("failed")),
    failureText,
    failureAdvice,
    failureMore,
    element(
      "div",
      { class: "buttons" },
      button({ label: say("retry"), primary: true, onPress: actions.again }),
      command(say("test_endpoint"), "keelson.model.testEndpoint"),
      command(say("openSettings"), "keelson.model.openSettings"),
    ),
  );

  const statements = statementList(say, goTo);
  const skeleton = element("div", { class: "skeleton", "aria-hidden": "true" }, element("span"), element("span"), element("span"));
  for (const part of [state, factSection, none, failure, skeleton]) show(part, false);
  const main = element("main", {}, title, state, failure, statements.root, skeleton, factSection, none);
  root.replaceChildren(main);
  moveFocusByArrows(main, ".focus-row");
  main.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !cancel.hidden) actions.cancel();
  });

  function statusText(view: ExplanationView, stale: boolean): string {
    const model = view.endpoint?.model ?? "";
    if (view.waiting !== undefined) return view.waiting;
    if (stale) return say("stale");
    switch (view.state) {
      case "running":
        return say("running", { model });
      case "done":
        if (view.statements.length === 0) return say("nothing", { model });
        return [view.statements.length === 1 ? say("doneOne", { model }) : say("done", { model, count: view.statements.length }), view.fromCache ? say("cached") : ""].join(" ").trim();
      case "cancelled":
        return say("cancelled");
      case "none":
      case "error":
        return "";
    }
  }

  function tokenText(view: ExplanationView): string {
    if (view.usage !== undefined && !view.fromCache) return say("usage", { prompt: view.usage.promptTokens, completion: view.usage.completionTokens });
    if (view.state === "running" && view.estimate !== undefined) return say("estimate", { tokens: view.estimate.promptTokens });
    return "";
  }

  function drawStatements(view: ExplanationView): void {
    if (view.session !== session || view.statements.length < drawn) {
      statements.clear();
      drawn = 0;
      session = view.session;
    }
    for (const statement of view.statements.slice(drawn)) statements.append(statement);
    drawn = view.statements.length;
  }

  return {
    show: (view, stale) => {
      uri = view.uri;
      setText(title, view.title);
      const text = statusText(view, stale);
      setText(status, text);
      show(ring, view.state === "running");
      show(dropped, view.dropped > 0);
      setText(dropped, say("dropped", { count: view.dropped }));
      setText(tokens, tokenText(view));
      show(tokens, tokens.textContent !== "");
      warnings.replaceChildren(...view.warnings.map((warning) => element("li", {}, icon("warning", say("warning")), " ", warning)));
      show(warnings, view.warnings.length > 0);
      show(cancel, view.state === "running" && !stale);
      show(resume, view.state === "cancelled");
      show(again, view.state === "done" || (stale && view.state !== "none"));
      show(sent, view.state !== "none");
      show(state, view.state !== "none" && view.state !== "error");
      drawStatements(view);
      show(skeleton, view.state === "running" && !stale);
      facts.replaceChildren(...factRows(view.facts, say, goTo));
      show(factSection, view.facts.length > 0);
      show(none, view.state === "none");
      show(failure, view.state === "error");
      if (view.error !== undefined) {
        setText(failureText, view.error.message);
        setText(failureAdvice, view.error.advice);
        setText(failureDetails, view.error.details);
        show(failureMore, view.error.details !== "");
      }
    },
    fail: (message) => {
      setText(title, say("failed"));
      setText(failureText, message);
      setText(failureAdvice, "");
      show(failureMore, false);
      show(failure, true);
      show(state, false);
      show(skeleton, false);
    },
  };
}
