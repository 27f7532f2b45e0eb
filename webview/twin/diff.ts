import type { TwinFile, TwinFileParams, TwinFileView, TwinText } from "../../language-server/protocol/upstream-panels";
import { button, progressRing } from "../kit/controls";
import { element, icon } from "../kit/dom";
import type { Say } from "../kit/words";
import type { DiffEditor, DiffMark, DiffShown, DiffSide } from "../monaco/api";
import { loadMonaco } from "../monaco/load";
import { fileMarks, patchMarks, placeOf } from "./hunks";
import { languageOf, readPatch, type ShownPatch } from "./patch";
import type { words } from "./words";

export type Kind = TwinFileParams["view"];

export interface DiffArea {
  readonly root: HTMLElement;
  /** Shows a file; `alone` compares with what was before, as there is no twin. Goes to a hunk once it stands. */
  open(file: TwinFile, kind: Kind, hunk: number, focus: boolean): void;
  /** Goes to a hunk of the file that is shown. */
  goTo(hunk: number, focus: boolean): void;
  /** The panel's own word where no file is shown. */
  say(text: string): void;
  readonly ignoreWhitespace: (on: boolean) => void;
  readonly readDifferences: () => void;
}

export interface DiffSource {
  readonly read: (file: TwinFile, kind: Kind, force: boolean) => Promise<TwinFileView>;
  readonly sides: () => { readonly mainline: string; readonly ours: string };
}

const megabyte = 1024 * 1024;

/** The editor and the states that stand in its place. */
export function diffArea(say: Say<typeof words>, source: DiffSource): DiffArea {
  const host = element("div", { class: "diff-host", hidden: true });
  const state = element("div", { class: "diff-state" });
  const root = element("div", { class: "diff-area" }, host, state);
  let editor: DiffEditor | undefined;
  let marks: readonly DiffMark[] = [];
  let asked = 0;
  /** Where to go once a file stands; steps taken while it loads count. */
  let wanted = 0;
  let whitespace = false;

  function put(...parts: readonly (Node | string)[]): void {
    host.hidden = true;
    state.hidden = false;
    state.replaceChildren(...parts);
  }

  function waiting(text: string): void {
    put(element("p", { class: "state-line" }, progressRing(), element("span", { role: "status" }, text)), element("div", { class: "skeleton", "aria-hidden": "true" }, ...Array.from({ length: 8 }, () => element("span"))));
  }

  function failed(title: string, error: unknown, retry: () => void): void {
    const details = element("details", {}, element("summary", {}, say("details")), element("pre", { tabindex: 0, "aria-label": say("details") }, error instanceof Error ? error.message : String(error)));
    put(element("section", { class: "notice notice-error", role: "alert" }, element("h2", {}, icon("error", say("error")), ` ${title}`), details, element("div", { class: "buttons" }, button({ label: say("retry"), primary: true, onPress: retry }))));
  }

  function goTo(hunk: number, focus: boolean): void {
    wanted = hunk;
    const place = placeOf(marks, hunk);
    if (place !== undefined) editor?.reveal(place.side, place.line, focus);
  }

  async function show(shown: DiffShown, focus: boolean, again: () => void, turn: number): Promise<void> {
    if (editor === undefined) {
      waiting(say("editorLoading"));
      try {
        const { createDiff } = await loadMonaco();
        // Monaco measures its place while it is made; another file may be loading there by now.
        host.hidden = false;
        editor ??= createDiff(host);
        editor.ignoreWhitespace(whitespace);
        host.hidden = turn !== asked;
      } catch (error) {
        failed(say("editorFailed"), error, again);
        return;
      }
      if (turn !== asked) return;
    }
    host.hidden = false;
    state.hidden = true;
    marks = shown.marks;
    editor.show(shown);
    goTo(wanted, focus);
  }

  async function open(file: TwinFile, kind: Kind, focus: boolean, force: boolean): Promise<void> {
    const turn = ++asked;
    const path = file.downPath ?? file.upPath ?? "";
    const again = (): void => void open(file, kind, focus, force);
    marks = [];
    waiting(say("fileLoading", { path }));
    try {
      const view = await source.read(file, kind, force);
      if (turn !== asked) return;
      const stop = standIn(view, path);
      if (stop === undefined) await show(kind === "patch" ? patches(file, view, labels(file), say) : files(file, view, labels(file), say), focus, again, turn);
      else put(stop === "large" ? large(view, path, () => void open(file, kind, focus, true)) : notice(stop));
    } catch (error) {
      if (turn === asked) failed(say("fileFailed", { path }), error, again);
    }
  }

  function labels(file: TwinFile): Labels {
    const { mainline, ours } = source.sides();
    return { up: say("sideLabel", { side: mainline, path: file.upPath ?? "–" }), down: say("sideLabel", { side: ours, path: file.downPath ?? "–" }) };
  }

  /** What is said in place of the two texts; `large` offers to open them. */
  function standIn(view: TwinFileView, path: string): string | undefined {
    const states = [view.up.state, view.down.state];
    if (states.includes("missing")) return say("missingText", { path, side: view.up.state === "missing" ? source.sides().mainline : source.sides().ours });
    if (states.includes("binary")) return say("binaryText", { path });
    return states.includes("large") ? "large" : undefined;
  }

  function notice(text: string): HTMLElement {
    return element("p", { class: "notice", role: "status" }, icon("info", say("information")), ` ${text}`);
  }

  function large(view: TwinFileView, path: string, press: () => void): HTMLElement {
    const bytes = Math.max(...[view.up, view.down].map((text) => (text.state === "large" ? text.bytes : 0)));
    const size = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 3 }).format(bytes / megabyte);
    return element("section", { class: "notice", role: "status" }, element("h2", {}, say("large", { path, size })), element("p", {}, say("largeText")), element("div", { class: "buttons" }, button({ label: say("openAnyway"), onPress: press })));
  }

  put(notice(say("chooseFile")));
  return {
    root,
    open: (file, kind, hunk, focus) => {
      wanted = hunk;
      void open(file, kind, focus, false);
    },
    goTo,
    say: (text) => {
      asked++;
      put(notice(text));
    },
    ignoreWhitespace: (on) => {
      whitespace = on;
      editor?.ignoreWhitespace(on);
    },
    readDifferences: () => editor?.readDifferences(),
  };
}

function textOf(text: TwinText): string {
  return text.state === "text" ? text.text : "";
}

interface Labels {
  readonly up: string;
  readonly down: string;
}

function patches(file: TwinFile, view: TwinFileView, labels: Labels, say: Say<typeof words>): DiffShown {
  const up = readPatch(textOf(view.up));
  const down = readPatch(textOf(view.down));
  const side = (patch: ShownPatch, label: string): DiffSide => ({ label, text: patch.text, language: "patch", numbers: patch.numbers });
  return { up: side(up, labels.up), down: side(down, labels.down), marks: patchMarks(file.hunks, up, down, say), fold: false };
}

function files(file: TwinFile, view: TwinFileView, labels: Labels, say: Say<typeof words>): DiffShown {
  const language = languageOf(file.downPath ?? file.upPath ?? "");
  return { up: { label: labels.up, text: textOf(view.up), language }, down: { label: labels.down, text: textOf(view.down), language }, marks: fileMarks(file.hunks, say), fold: true };
}
