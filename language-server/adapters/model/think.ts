/**
 * Takes reasoning out of an answer that streams in: a leading `<think>…</think>`, and a bare leading `…</think>` whose
 * opening tag the chat template ate. A bare one can only be told once its end has come, so text is held back until it
 * begins like an answer (JSON, or a code fence), or until the answer ends.
 */
export interface ThinkFilter {
  /** Text that is surely answer. */
  push(text: string): string;
  /** What was held back, at the end of the answer. */
  end(): string;
  /** All reasoning that was taken out. */
  readonly reasoning: string;
}

const openTag = "<think>";
const closeTag = "</think>";
/** A plain answer is let through after this much text without a closing tag. */
const plainHold = 2000;

export function createThinkFilter(expectJson: boolean): ThinkFilter {
  let held = "";
  let reasoning = "";
  let passing = false;
  let stripped = false;

  function release(): string {
    passing = true;
    const out = stripped ? held.trimStart() : held;
    held = "";
    return out;
  }

  function decide(): string {
    for (;;) {
      // An answer that begins as JSON may quote the tag itself; only what comes before the JSON is looked at.
      if (expectJson && /^\s*(?:\{|\[|```)/u.test(held)) return release();
      const close = held.indexOf(closeTag);
      if (close < 0) break;
      reasoning += held.slice(0, close).replace(openTag, "");
      held = held.slice(close + closeTag.length);
      stripped = true;
    }
    const start = held.trimStart();
    if (openTag.startsWith(start.slice(0, openTag.length))) return "";
    if (stripped || (!expectJson && held.length > plainHold)) return release();
    return "";
  }

  return {
    push(text) {
      if (passing) return text;
      held += text;
      return decide();
    },
    end() {
      if (passing) return "";
      if (held.trimStart().startsWith(openTag)) {
        // The block never ended: all of it is reasoning.
        reasoning += held.replace(openTag, "");
        held = "";
      }
      return release();
    },
    get reasoning() {
      return reasoning;
    },
  };
}
