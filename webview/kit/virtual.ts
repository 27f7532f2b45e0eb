import { element } from "./dom";

export interface VirtualRows {
  /** Scrolls. Its height is the page's matter. */
  readonly scroller: HTMLElement;
  /** Draws anew, e.g. after sorting. */
  update(count: number): void;
  /** Brings a row into view, draws it and returns it; undefined when there is no such row. */
  reveal(index: number): HTMLElement | undefined;
}

export interface VirtualOptions {
  /** Pixels; all rows are of one height. */
  readonly rowHeight: number;
  /** Pixels at the top of the scroller that a sticky head covers. */
  readonly headHeight?: number;
  /** Attributes of the element that holds the rows. */
  readonly holder: Readonly<Record<string, string>>;
  /** Stands before the rows and scrolls sideways with them. */
  readonly head?: HTMLElement;
  render(index: number): HTMLElement;
}

const overscan = 8;

/**
 * A list of equal rows of which only those near the view exist. A row that has the focus is kept while it is drawn anew, so
 * that scrolling takes nobody's place away.
 */
export function virtualRows(options: VirtualOptions): VirtualRows {
  const { rowHeight, headHeight = 0 } = options;
  const holder = element("div", { ...options.holder, class: "virtual-rows" });
  const scroller = element("div", { class: "virtual-scroller" }, options.head, holder);
  const drawn = new Map<number, HTMLElement>();
  let total = 0;

  function place(index: number): HTMLElement {
    const known = drawn.get(index);
    if (known !== undefined) return known;
    const row = options.render(index);
    row.style.transform = `translateY(${String(index * rowHeight)}px)`;
    row.classList.add("virtual-row");
    drawn.set(index, row);
    // In the order of the list: screen readers and Tab follow it.
    const next = [...drawn.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
    holder.insertBefore(row, next === undefined ? null : (drawn.get(next) ?? null));
    return row;
  }

  function draw(): void {
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - overscan);
    const last = Math.min(total - 1, Math.ceil((scroller.scrollTop + scroller.clientHeight) / rowHeight) + overscan);
    for (const [index, row] of drawn) {
      if ((index >= first && index <= last) || row.contains(document.activeElement)) continue;
      row.remove();
      drawn.delete(index);
    }
    for (let index = first; index <= last; index++) place(index);
  }

  let waiting = false;
  scroller.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  });
  new ResizeObserver(draw).observe(scroller);

  return {
    scroller,
    update: (count) => {
      total = count;
      holder.style.height = `${String(count * rowHeight)}px`;
      for (const row of drawn.values()) row.remove();
      drawn.clear();
      draw();
    },
    reveal: (index) => {
      if (index < 0 || index >= total) return undefined;
      const top = index * rowHeight;
      const room = scroller.clientHeight - headHeight;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + rowHeight > scroller.scrollTop + room) scroller.scrollTop = top + rowHeight - room;
      draw();
      return place(index);
    },
  };
}
