import type { TwinFile } from "../../language-server/protocol/upstream-panels";
import { element, icon } from "../kit/dom";
import { virtualRows } from "../kit/virtual";
import type { Say } from "../kit/words";
import { countHunks, countSigns } from "./hunks";
import type { words } from "./words";

const rowHeight = 22;

export interface FileList {
  readonly root: HTMLElement;
  show(files: readonly TwinFile[]): void;
  /** Marks a file as the open one and brings it into view. */
  choose(index: number): void;
}

/** Path by which a file is known: ours, or mainline's when ours does not touch it. */
export function pathOf(file: TwinFile): string {
  return file.downPath ?? file.upPath ?? "";
}

/** The files as a list box: arrows move and open, as in VS Code's own lists. */
export function fileList(say: Say<typeof words>, open: (index: number, focus: boolean) => void): FileList {
  let files: readonly TwinFile[] = [];
  let chosen = -1;
  const heading = element("h2", { id: "files-heading" });
  const list = virtualRows({
    rowHeight,
    holder: { role: "listbox", "aria-labelledby": "files-heading", tabindex: "0" },
    render: (index) => {
      const file = files[index];
      return file === undefined ? element("div") : row(file, index, files.length, index === chosen, say);
    },
  });
  const box = list.scroller.querySelector<HTMLElement>("[role=listbox]");

  function choose(index: number): void {
    const before = chosen;
    chosen = index;
    list.scroller.querySelector(`#file-${String(before)}`)?.setAttribute("aria-selected", "false");
    list.reveal(index)?.setAttribute("aria-selected", "true");
    box?.setAttribute("aria-activedescendant", `file-${String(index)}`);
  }

  box?.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(list.scroller.clientHeight / rowHeight) - 1);
    const target = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: files.length - 1, PageDown: chosen + page, PageUp: chosen - page }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") open(chosen, true);
    else if (target !== undefined && files.length > 0) open(Math.min(files.length - 1, Math.max(0, target)), false);
    else return;
    event.preventDefault();
  });
  list.scroller.addEventListener("click", (event) => {
    const hit = event.target instanceof Element ? event.target.closest("[data-index]") : null;
    if (hit instanceof HTMLElement) open(Number(hit.dataset["index"]), false);
  });

  return {
    root: element("section", { class: "files" }, heading, list.scroller),
    show: (shown) => {
      files = shown;
      chosen = -1;
      heading.textContent = shown.length === 1 ? say("filesOne") : say("filesCount", { count: shown.length });
      list.update(shown.length);
    },
    choose,
  };
}

function row(file: TwinFile, index: number, count: number, selected: boolean, say: Say<typeof words>): HTMLElement {
  const path = pathOf(file);
  const cut = path.lastIndexOf("/");
  const notes = [
    file.downPath === undefined ? say("onlyMainline") : "",
    file.upPath === undefined ? say("onlyOurs") : "",
    file.upPath !== undefined && file.downPath !== undefined && file.upPath !== file.downPath ? say("renamed", { path: file.upPath }) : "",
    file.binary ? say("binary") : "",
    file.missing.length > 0 ? say("missingContent") : "",
  ].filter((note) => note !== "");
  return element(
    "div",
    { class: "file-row", role: "option", id: `file-${String(index)}`, "data-index": index, "aria-selected": String(selected), "aria-setsize": count, "aria-posinset": index + 1, title: [path, ...notes].join("\n") },
    icon(file.missing.length > 0 ? "warning" : file.binary ? "file-binary" : file.downPath === undefined ? "circle-slash" : "file-code"),
    element("span", { class: "file-name" }, element("bdi", {}, path.slice(cut + 1)), element("span", { class: "muted file-folder" }, " ", element("bdi", {}, path.slice(0, Math.max(0, cut))))),
    element("span", { class: "visually-hidden" }, notes.length > 0 ? `, ${notes.join(", ")}` : ""),
    element("span", { class: "file-counts" }, ...countSigns(countHunks([file]), say, false)),
  );
}
