import type { TwinFix, TwinView } from "../../language-server/protocol/upstream-panels";
import { button, progressRing } from "../kit/controls";
import { element, icon, setText, show } from "../kit/dom";
import type { Locale, Say } from "../kit/words";
import { diffArea, type DiffSource, type Kind } from "./diff";
import type { EvidenceActions } from "./evidence";
import { fileList, pathOf } from "./files";
import { folds, header } from "./header";
import { countHunks } from "./hunks";
import { toolbar } from "./toolbar";
import type { words } from "./words";

export interface TwinActions extends EvidenceActions {
  readonly cancel: () => void;
  readonly retry: () => void;
  readonly back: () => void;
  readonly showLog: () => void;
  readonly read: DiffSource["read"];
  /** The reader chose a file or what to compare; kept across reloads. */
  readonly chosen: (file: string, kind: Kind) => void;
}

export interface TwinPanel {
  loading(): void;
  progress(text: string, done: number, total: number): void;
  show(view: TwinView, start: { readonly file: string | undefined; readonly kind: Kind | undefined; readonly back: boolean }): void;
  fixes(fixes: readonly TwinFix[] | string | undefined): void;
  fail(message: string): void;
}

interface Shown {
  readonly view: TwinView;
  file: number;
  /** -1: before the first hunk. */
  hunk: number;
  kind: Kind;
}

/** Builds the panel once; each commit fills it anew. */
export function createTwinPanel(root: HTMLElement, say: Say<typeof words>, locale: Locale, actions: TwinActions): TwinPanel {
  let shown: Shown | undefined;
  const status = element("span", { role: "status" });
  const cancel = button({ label: say("cancel"), icon: "debug-stop", onPress: actions.cancel });
  const waiting = element("section", { class: "waiting" }, element("h1", {}, say("loading")), element("p", { class: "state-line" }, progressRing(), status, cancel), element("div", { class: "skeleton", "aria-hidden": "true" }, ...Array.from({ length: 6 }, () => element("span"))));
  const failure = element("section", { class: "failure" });
  const back = element("button", { type: "button", class: "tool back", hidden: true }, icon("arrow-left"), ` ${say("back")}`);
  back.addEventListener("click", actions.back);
  const head = element("div", { class: "head-text" });
  const fold = folds(say, locale, actions);
  const sides = (): { mainline: string; ours: string } => {
    const view = shown?.view;
    return view?.upstream === undefined ? { mainline: say("before"), ours: say("after") } : { mainline: say("mainline"), ours: say("ours") };
  };
  const area = diffArea(say, { read: actions.read, sides });
  const bar = toolbar(say, { choose: chooseKind, step, ignoreWhitespace: area.ignoreWhitespace, readDifferences: area.readDifferences });
  const files = fileList(say, (index, focus) => {
    openFile(index, 0, focus);
  });
  const names = element("div", { class: "side-names", "aria-hidden": "true" });
  const main = element("main", {}, waiting, failure, element("header", {}, back, head, fold.root), bar.root, element("div", { class: "compare" }, files.root, element("div", { class: "diff" }, names, area.root)));
  root.replaceChildren(main);

  function phase(name: "waiting" | "failed" | "shown"): void {
    main.dataset["phase"] = name;
    show(waiting, name === "waiting");
    show(failure, name === "failed");
  }

  function chooseKind(kind: Kind): void {
    if (shown === undefined || shown.kind === kind) return;
    shown.kind = kind;
    bar.kind(kind, true);
    openFile(shown.file, Math.max(0, shown.hunk), false);
  }

  function openFile(index: number, hunk: number, focus: boolean): void {
    const file = shown?.view.files[index];
    if (shown === undefined || file === undefined) return;
    shown.file = index;
    shown.hunk = file.hunks.length === 0 ? -1 : Math.min(hunk, file.hunks.length - 1);
    files.choose(index);
    tellPlace();
    actions.chosen(pathOf(file), shown.kind);
    names.replaceChildren(...nameSides(file.upPath, file.downPath));
    area.open(file, shown.kind, Math.max(0, shown.hunk), focus);
  }

  function nameSides(up: string | undefined, down: string | undefined): readonly HTMLElement[] {
    const { mainline, ours } = sides();
    const one = (side: string, path: string | undefined): HTMLElement => element("span", { class: "side-name" }, element("strong", {}, side), " ", element("bdi", { class: "muted" }, path ?? "–"));
    return [one(mainline, shown?.view.upstream === undefined ? down : up), one(ours, down)];
  }

  /** The next hunk of this file, or the first (last) one of the next (previous) file that has any; goes round at the ends. */
  function step(by: 1 | -1): void {
    if (shown === undefined) return;
    const { files: all } = shown.view;
    const here = all[shown.file]?.hunks.length ?? 0;
    const next = shown.hunk + by;
    if (next >= 0 && next < here) {
      shown.hunk = next;
      tellPlace();
      area.goTo(next, false);
      return;
    }
    for (let turn = 1; turn <= all.length; turn++) {
      const index = (shown.file + by * turn + all.length * 2) % all.length;
      const count = all[index]?.hunks.length ?? 0;
      if (count === 0) continue;
      openFile(index, by > 0 ? 0 : count - 1, false);
      return;
    }
  }

  function tellPlace(): void {
    if (shown === undefined) return;
    const { files: all } = shown.view;
    const before = all.slice(0, shown.file).reduce((sum, file) => sum + file.hunks.length, 0);
    const count = all.reduce((sum, file) => sum + file.hunks.length, 0);
    const hunk = all[shown.file]?.hunks[shown.hunk];
    bar.place(count === 0 ? say("noHunks") : hunk === undefined ? (count === 1 ? say("hunkCountOne") : say("hunkCount", { count })) : say("hunkAt", { index: before + shown.hunk + 1, count, state: say(`hunk.${hunk.state}`) }));
    bar.steps(count > 0);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (main.dataset["phase"] === "waiting" && event.key === "Escape") actions.cancel();
      if (main.dataset["phase"] !== "shown" || event.ctrlKey || event.metaKey) return;
      if (event.key === "F7" && !event.altKey) step(event.shiftKey ? -1 : 1);
      else if (event.key === "ArrowLeft" && event.altKey && !back.hidden) actions.back();
      else return;
      // Monaco has its own F7.
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  return {
    loading: () => {
      phase("waiting");
      setText(status, "");
    },
    progress: (text, done, total) => {
      const numbers = new Intl.NumberFormat(document.documentElement.lang);
      setText(status, total > 0 ? `${text} – ${say("progress", { done: numbers.format(done), total: numbers.format(total) })}` : text);
    },
    show: (view, start) => {
      const alone = view.upstream === undefined;
      shown = { view, file: 0, hunk: -1, kind: alone ? "file" : (start.kind ?? "patch") };
      show(back, start.back);
      head.replaceChildren(...header(view, say, locale, actions));
      fold.evidence(view);
      bar.kind(shown.kind, !alone);
      bar.legend(countHunks(view.files));
      show(bar.root, view.files.length > 0);
      files.show(view.files);
      phase("shown");
      const index = view.files.findIndex((file) => pathOf(file) === start.file);
      if (view.files.length === 0) area.say(say("noFiles"));
      else openFile(Math.max(0, index), 0, false);
    },
    fixes: fold.fixes,
    fail: (message) => {
      failure.replaceChildren(
        element(
          "div",
          { class: "notice notice-error", role: "alert" },
          element("h1", {}, icon("error", say("error")), ` ${say("failed")}`),
          element("p", {}, message),
          element("div", { class: "buttons" }, button({ label: say("retry"), primary: true, onPress: actions.retry }), button({ label: say("showLog"), onPress: actions.showLog }), backButton()),
        ),
      );
      phase("failed");
    },
  };

  function backButton(): HTMLElement | undefined {
    return back.hidden ? undefined : button({ label: say("back"), icon: "arrow-left", onPress: actions.back });
  }
}
