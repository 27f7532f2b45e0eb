import type { HeatColumn, HeatmapView, HeatRow } from "../../language-server/protocol/upstream-panels";
import { button, progressRing } from "../kit/controls";
import { element, icon, setText, show } from "../kit/dom";
import type { Locale, Say } from "../kit/words";
import { heatGrid } from "./grid";
import { firstSort, shades, shownRows, type Sort } from "./order";
import type { words } from "./words";

export interface HeatmapActions {
  readonly compare: () => void;
  readonly cancel: () => void;
  readonly retry: () => void;
  readonly showLog: () => void;
  readonly open: (row: HeatRow, column: HeatColumn | undefined) => void;
  /** The reader sorted or searched; kept across reloads. */
  readonly chosen: (sort: Sort, search: string) => void;
}

export interface HeatmapPanel {
  loading(): void;
  progress(text: string, done: number, total: number): void;
  /** Undefined: nothing was compared yet. */
  show(view: HeatmapView | null): void;
  fail(message: string): void;
}

/** Builds the panel once; a new comparison fills it anew. */
export function createHeatmapPanel(root: HTMLElement, say: Say<typeof words>, locale: Locale, start: { readonly sort: Sort | undefined; readonly search: string | undefined }, actions: HeatmapActions): HeatmapPanel {
  let view: HeatmapView | undefined;
  let sort = start.sort ?? firstSort;
  const numbers = new Intl.NumberFormat(locale === "zh-cn" ? "zh-CN" : "en");
  const subtitle = element("p", { class: "muted" });
  const notices = element("div", { class: "notices" });
  const status = element("span", { role: "status" });
  const refresh = button({ label: say("refresh"), icon: "refresh", onPress: actions.compare });
  const cancel = button({ label: say("cancel"), icon: "debug-stop", onPress: actions.cancel });
  const busy = element("div", { class: "state-line", hidden: true }, progressRing(), status, cancel);
  const search = element("input", { type: "search", class: "search", spellcheck: "false", autocomplete: "off" });
  search.value = start.search ?? "";
  const shown = element("span", { class: "muted", role: "status" });
  const scale = element("span", { class: "scale", "aria-hidden": "true" }, element("span", {}, say("few")), ...Array.from({ length: shades - 1 }, (_, step) => element("span", { class: `swatch heat heat-adapted shade-${String(step + 1)}` })), element("span", {}, say("many")));
  const legend = element("p", { class: "muted legend" }, say("legend"), " ", scale);
  const grid = heatGrid(say, { sort: sortBy, open: actions.open });
  const nothing = element("div", { class: "nothing", hidden: true });
  const stand = element("div", { class: "stand" });
  const skeleton = element("div", { class: "skeleton", "aria-hidden": "true", hidden: true }, ...Array.from({ length: 10 }, () => element("span")));
  const tools = element("div", { class: "tools" }, search, shown, refresh);
  const main = element("main", {}, element("header", {}, element("h1", {}, say("title")), subtitle, busy, notices), stand, tools, skeleton, nothing, grid.root, legend);
  root.replaceChildren(main);

  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search.value !== "") clear();
    else if (event.key === "ArrowDown") grid.root.querySelector<HTMLElement>("[tabindex='0']")?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // Also when nothing has the focus; assigned, since a new comparison in an open panel builds it anew.
  document.onkeydown = (event) => {
    if (event.key === "Escape" && !busy.hidden) actions.cancel();
    if (event.key === "f" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      search.focus();
      search.select();
    }
  };

  function sortBy(column: Sort["column"]): void {
    sort = sort.column === column ? { column, down: !sort.down } : { column, down: column !== "name" };
    draw();
  }

  function clear(): void {
    search.value = "";
    draw();
    search.focus();
  }

  function draw(): void {
    if (view === undefined) return;
    const rows = shownRows(view, sort, search.value, document.documentElement.lang);
    setText(shown, say(view.rowsAre === "subsystems" ? "shown" : "shownDirectories", { shown: numbers.format(rows.length), count: numbers.format(view.rows.length) }));
    grid.show(view, rows, sort);
    show(nothing, rows.length === 0);
    if (rows.length === 0) nothing.replaceChildren(element("p", {}, say("nothingFound", { text: search.value.trim() })), button({ label: say("clear"), onPress: clear }));
    actions.chosen(sort, search.value);
  }

  function phase(name: "waiting" | "none" | "failed" | "shown"): void {
    main.dataset["phase"] = name;
    const table = name === "shown" || (name === "waiting" && view !== undefined);
    for (const part of [tools, grid.root, legend]) show(part, table);
    show(busy, name === "waiting");
    show(refresh, name !== "waiting");
    show(skeleton, name === "waiting" && view === undefined);
    show(stand, name === "none" || name === "failed");
    if (!table) show(nothing, false);
  }

  function remark(kind: "warning" | "information", text: string): HTMLElement {
    return element("p", { class: `remark remark-${kind}` }, icon(kind === "warning" ? "warning" : "info", say(kind)), ` ${text}`);
  }

  function remarks(given: HeatmapView): readonly HTMLElement[] {
    return [
      given.stale ? [remark("warning", say("stale"))] : [],
      given.unread > 0 ? [remark("warning", given.unread === 1 ? say("unreadOne") : say("unread", { count: numbers.format(given.unread) }))] : [],
      given.fixesKnown ? [] : [remark("information", say("fixesUnknown"))],
      [element("p", { class: "muted" }, [given.rowsAre === "directories" ? say("directories") : "", say("several")].filter((text) => text !== "").join(" "))],
    ].flat();
  }

  return {
    loading: () => {
      setText(status, say("loading"));
      phase("waiting");
    },
    progress: (text, done, total) => {
      setText(status, total > 0 ? `${text} – ${say("progress", { done: numbers.format(done), total: numbers.format(total) })}` : text);
    },
    show: (given) => {
      if (given === null) {
        view = undefined;
        stand.replaceChildren(element("section", { class: "notice" }, element("h2", {}, say("none")), element("p", {}, say("noneText")), element("div", { class: "buttons" }, button({ label: say("compare"), primary: true, onPress: actions.compare }))));
        phase("none");
        return;
      }
      view = given;
      setText(subtitle, say("sides", { mainline: given.sides.mainline, downstream: given.sides.downstream }));
      subtitle.title = `${given.tips.downstream}\n${given.tips.mainline}`;
      if (given.rows.length === 0) {
        notices.replaceChildren();
        stand.replaceChildren(element("section", { class: "notice" }, element("h2", {}, say("noCommits")), element("p", {}, say("noCommitsText", { mainline: given.sides.mainline, downstream: given.sides.downstream })), element("div", { class: "buttons" }, button({ label: say("refresh"), onPress: actions.compare }))));
        phase("none");
        return;
      }
      notices.replaceChildren(...remarks(given));
      const label = say(given.rowsAre === "subsystems" ? "search" : "searchDirectories");
      search.placeholder = label;
      search.setAttribute("aria-label", label);
      phase("shown");
      draw();
    },
    fail: (message) => {
      if (view !== undefined) {
        notices.replaceChildren(remark("warning", say("kept", { text: message })), ...remarks(view));
        phase("shown");
        return;
      }
      stand.replaceChildren(
        element(
          "section",
          { class: "notice notice-error", role: "alert" },
          element("h2", {}, icon("error", say("error")), ` ${say("failed")}`),
          element("p", {}, message),
          element("div", { class: "buttons" }, button({ label: say("retry"), primary: true, onPress: actions.retry }), button({ label: say("showLog"), onPress: actions.showLog })),
        ),
      );
      phase("failed");
    },
  };
}
