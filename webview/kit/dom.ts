type Child = Node | string | undefined;

/** Attributes as written in HTML; `true` sets an empty one, `undefined` and `false` leave it out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element. Strings become text nodes, so that nothing of a patch or an answer is ever read as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes?: Attributes, ...children: readonly Child[]): HTMLElementTagNameMap[K];
export function element(tag: string, attributes?: Attributes, ...children: readonly Child[]): HTMLElement;
export function element(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A codicon; decorative unless it has a label. */
export function icon(name: string, label?: string): HTMLElement {
  return element("span", label === undefined ? { class: `codicon codicon-${name}`, "aria-hidden": "true" } : { class: `codicon codicon-${name}`, role: "img", "aria-label": label, title: label });
}

/** Shows or hides without touching layout of the rest. */
export function show(node: HTMLElement, visible: boolean): void {
  node.hidden = !visible;
}

/** Sets text only when it changed, so that screen readers are not told twice. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Up, Down, Home and End move the focus among the rows of a region, in document order, as in VS Code's lists.
 * Rows stay reachable by Tab as well.
 */
export function moveFocusByArrows(region: HTMLElement, selector: string): void {
  region.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = [...region.querySelectorAll<HTMLElement>(selector)].filter((row) => row.offsetParent !== null);
    const current = rows.findIndex((row) => row === document.activeElement);
    if (current < 0) return;
    const target = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = target === undefined ? undefined : rows[target];
    if (row === undefined) return;
    event.preventDefault();
    row.focus();
  });
}
