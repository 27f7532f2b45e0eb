import type { HeatColumn, HeatmapView, HeatRow } from "../../language-server/protocol/upstream-panels";
import { element, icon } from "../kit/dom";
import { virtualRows } from "../kit/virtual";
import type { Say } from "../kit/words";
import { largestCounts, shadeOf, type Sort } from "./order";
import type { words } from "./words";

const rowHeight = 24;
/** Head and total stand above the rows. */
const headHeight = 66;

type Speak = Say<typeof words>;
type AnyColumn = Sort["column"];

export interface GridActions {
  readonly sort: (column: AnyColumn) => void;
  readonly open: (row: HeatRow, column: HeatColumn | undefined) => void;
}

export interface Grid {
  readonly root: HTMLElement;
  show(view: HeatmapView, rows: readonly HeatRow[], sort: Sort): void;
}

/** A grid of the ARIA pattern: one cell is in the tab order, arrows move, Enter opens or sorts. Rows outside of the view do not exist. */
export function heatGrid(say: Speak, actions: GridActions): Grid {
  let view: HeatmapView | undefined;
  let rows: readonly HeatRow[] = [];
  let largest: readonly number[] = [];
  let sorted: Sort | undefined;
  /** Row 0 is the head, 1 the total, 2 the first subsystem; column 0 the name, 1 all commits. */
  let at = { row: 2, column: 0 };
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const head = element("div", { class: "head", role: "rowgroup" });
  const list = virtualRows({ rowHeight, headHeight, head, holder: { role: "rowgroup" }, render: (index) => bodyRow(index) });
  list.scroller.setAttribute("role", "grid");
  list.scroller.setAttribute("aria-label", say("grid"));

  const columns = (): readonly AnyColumn[] => ["name", "commits", ...(view?.columns ?? [])];
  const nameOf = (row: HeatRow): string => (row.name !== "" ? row.name : say(view?.rowsAre === "directories" ? "unnamedDirectory" : "unnamed"));
  const titleOf = (column: AnyColumn): string => say(column === "name" && view?.rowsAre === "directories" ? "nameDirectory" : column).replaceAll("\u00ad", "");

  function place(node: HTMLElement, row: number, column: number): HTMLElement {
    node.dataset["row"] = String(row);
    node.dataset["column"] = String(column);
    node.tabIndex = row === at.row && column === at.column ? 0 : -1;
    node.setAttribute("aria-colindex", String(column + 1));
    return node;
  }

  function headRow(): HTMLElement {
    const cells = columns().map((column, index) => {
      const own = sorted?.column === column;
      const cell = element(
        "div",
        { role: "columnheader", class: `cell head-cell column-${column}`, title: column === "name" ? undefined : say(`${column}.why`), "aria-sort": own ? (sorted?.down === true ? "descending" : "ascending") : "none" },
        element("span", { class: "head-text" }, column === "name" && view?.rowsAre === "directories" ? say("nameDirectory") : say(column)),
        own ? icon(sorted?.down === true ? "arrow-down" : "arrow-up") : undefined,
      );
      return place(cell, 0, index);
    });
    return element("div", { role: "row", class: "row head-row", "aria-rowindex": 1 }, ...cells);
  }

  function countCell(row: HeatRow, line: number, column: HeatColumn, index: number, shaded: boolean): HTMLElement {
    const count = row.counts[index] ?? 0;
    const known = column !== "missing" || view?.fixesKnown === true;
    const text = known ? (count === 0 ? "" : numbers.format(count)) : "?";
    const opens = known && count > 0;
    const told = say("cell", { row: line === 1 ? say("total") : nameOf(row), column: titleOf(column), count: known ? numbers.format(count) : say("unknown") });
    const shade = shaded && known ? shadeOf(count, largest[index] ?? 0) : 0;
    const cell = element("div", { role: "gridcell", class: `cell count heat heat-${column} shade-${String(shade)}${opens ? " opens" : ""}`, "aria-label": opens ? `${told}; ${say("showRows")}` : told, title: told }, text);
    return place(cell, line, index + 2);
  }

  function dataRow(row: HeatRow, line: number, name: string, shaded: boolean): HTMLElement {
    const commits = element("div", { role: "gridcell", class: `cell count commits opens`, "aria-label": say("cell", { row: name, column: titleOf("commits"), count: numbers.format(row.commits) }) }, numbers.format(row.commits));
    return element(
      "div",
      { role: "row", class: "row", "aria-rowindex": line + 1 },
      place(element("div", { role: "rowheader", class: `cell name opens`, title: name }, element("bdi", {}, name)), line, 0),
      place(commits, line, 1),
      ...(view?.columns ?? []).map((column, index) => countCell(row, line, column, index, shaded)),
    );
  }

  function bodyRow(index: number): HTMLElement {
    const row = rows[index];
    return row === undefined ? element("div") : dataRow(row, index + 2, nameOf(row), true);
  }

  function cellAt(row: number, column: number): HTMLElement | undefined {
    const line = row < 2 ? head : list.reveal(row - 2);
    return line?.querySelector<HTMLElement>(`[data-row="${String(row)}"][data-column="${String(column)}"]`) ?? undefined;
  }

  function move(row: number, column: number, focus: boolean): void {
    const next = { row: rows.length === 0 ? row : Math.max(0, Math.min(rows.length + 1, row)), column: Math.max(0, Math.min(columns().length - 1, column)) };
    for (const cell of list.scroller.querySelectorAll<HTMLElement>("[tabindex='0']")) cell.tabIndex = -1;
    at = next;
    const cell = cellAt(next.row, next.column);
    if (cell === undefined) return;
    cell.tabIndex = 0;
    if (!focus) return;
    cell.focus({ preventScroll: next.row >= 2 });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function press(): void {
    const column = columns()[at.column];
    if (column === undefined) return;
    const row = at.row === 1 ? view?.total : rows[at.row - 2];
    if (at.row === 0) actions.sort(column);
    else if (row !== undefined) {
      const heat = column === "name" || column === "commits" ? undefined : column;
      if (heat === undefined || (row.counts[view?.columns.indexOf(heat) ?? -1] ?? 0) > 0) actions.open(row, heat);
    }
  }

  list.scroller.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((list.scroller.clientHeight - headHeight) / rowHeight) - 1);
    const last = columns().length - 1;
    const targets: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [at.row + 1, at.column],
      ArrowUp: [at.row - 1, at.column],
      ArrowLeft: [at.row, at.column - 1],
      ArrowRight: [at.row, at.column + 1],
      PageDown: [at.row + page, at.column],
      PageUp: [Math.max(2, at.row - page), at.column],
      Home: event.ctrlKey ? [2, 0] : [at.row, 0],
      End: event.ctrlKey ? [rows.length + 1, last] : [at.row, last],
    };
    const target = targets[event.key];
    if (target !== undefined) move(target[0], target[1], true);
    else if (event.key === "Enter" || event.key === " ") press();
    else return;
    event.preventDefault();
  });
  list.scroller.addEventListener("click", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("[data-row]") : null;
    if (!(cell instanceof HTMLElement)) return;
    move(Number(cell.dataset["row"]), Number(cell.dataset["column"]), true);
    press();
  });

  return {
    root: list.scroller,
    show: (given, shown, sort) => {
      const stays = list.scroller.contains(document.activeElement);
      view = given;
      rows = shown;
      sorted = sort;
      largest = largestCounts(given);
      // A search that finds nothing takes nobody's place away.
      at = { row: shown.length === 0 ? at.row : Math.min(at.row, shown.length + 1), column: Math.min(at.column, columns().length - 1) };
      list.scroller.setAttribute("aria-rowcount", String(shown.length + 2));
      list.scroller.setAttribute("aria-colcount", String(columns().length));
      const total = dataRow(given.total, 1, say("total"), false);
      total.classList.add("total");
      head.replaceChildren(headRow(), total);
      list.update(shown.length);
      move(at.row, at.column, stays);
    },
  };
}
