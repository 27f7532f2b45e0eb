import type { ExplainEvent, Fact } from "./engine/review/explain/types";
import type { ExplanationView, FactView } from "./protocol/requests";
import type { Words } from "./words";

export function factView(fact: Fact, words: Words): FactView {
  return { kind: fact.kind, text: words.say(fact.message), line: fact.line, severity: fact.severity, check: fact.check };
}

/** The view after one more event. */
export function withEvent(view: ExplanationView, event: ExplainEvent, words: Words): ExplanationView {
  switch (event.type) {
    case "facts":
      return { ...view, facts: event.facts.map((fact) => factView(fact, words)) };
    case "none":
      return { ...view, state: "none", endpoint: undefined };
    case "start":
      return { ...view, state: "running", endpoint: event.endpoint, estimate: { promptTokens: event.promptTokens }, fromCache: event.fromCache };
    case "statement":
      return { ...view, statements: [...view.statements, event.statement], waiting: undefined };
    case "dropped":
      return { ...view, dropped: event.count };
    case "waiting":
      return { ...view, waiting: words.say(event.message) };
    case "warning":
      return { ...view, warnings: [...view.warnings, words.say(event.message)] };
    case "done":
      return { ...view, state: "done", waiting: undefined, usage: event.usage, warnings: event.message === undefined ? view.warnings : [...view.warnings, words.say(event.message)] };
    case "error":
      return { ...view, state: "error", waiting: undefined, error: { message: words.say(event.message), advice: words.say(event.advice), details: event.detail } };
  }
}
