import { editor } from "monaco-editor/editor/editor.api";

const bases = { "vscode-high-contrast-light": "hc-light", "vscode-high-contrast": "hc-black", "vscode-light": "vs", "vscode-dark": "vs-dark" } as const;

type Base = (typeof bases)[keyof typeof bases];

/** VS Code tells a page its colours but not those of its tokens; these are its default themes' own. */
const patchTokens: Readonly<Record<Base, { readonly added: string; readonly deleted: string; readonly hunk: string }>> = {
  vs: { added: "0a4d24", deleted: "7d0f0f", hunk: "033b78" },
  "vs-dark": { added: "b5cea8", deleted: "e2a78f", hunk: "9cdcfe" },
  "hc-black": { added: "b5cea8", deleted: "e2a78f", hunk: "9cdcfe" },
  "hc-light": { added: "096d48", deleted: "8b1a10", hunk: "0451a5" },
};

/** Monaco's theme from VS Code's `--vscode-*` variables; call it again when they change. */
export function applyTheme(): void {
  const kind = Object.keys(bases).find((name) => document.body.classList.contains(name)) as keyof typeof bases | undefined;
  const base = bases[kind ?? "vscode-dark"];
  const { added, deleted, hunk } = patchTokens[base];
  editor.defineTheme("keelson", {
    base,
    inherit: true,
    rules: [
      { token: "patch.added", foreground: added },
      { token: "patch.deleted", foreground: deleted },
      { token: "patch.hunk", foreground: hunk },
      { token: "patch.header", foreground: hunk, fontStyle: "bold" },
    ],
    colors: colours(),
  });
  editor.setTheme("keelson");
}

/** Calls back when VS Code changes its theme: it rewrites the page's variables and the body's class. */
export function onThemeChange(listener: () => void): { dispose(): void } {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return {
    dispose: () => {
      observer.disconnect();
    },
  };
}

function colours(): Record<string, string> {
  const found: Record<string, string> = {};
  const { style } = document.documentElement;
  for (const name of style) {
    if (!name.startsWith("--vscode-")) continue;
    const hex = hexOf(style.getPropertyValue(name).trim());
    // Ids of colours hold dots and no hyphens.
    if (hex !== undefined) found[name.slice("--vscode-".length).replaceAll("-", ".")] = hex;
  }
  return found;
}

/** `#rrggbb[aa]` of what VS Code writes: hex or rgb(a). */
export function hexOf(value: string): string | undefined {
  if (/^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/iu.test(value)) return value;
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/iu.exec(value);
  if (parts === null) return undefined;
  const [, red, green, blue, alpha, percent] = parts;
  const digits = [Number(red), Number(green), Number(blue), alpha === undefined ? 255 : Math.round(Number(alpha) * (percent === "%" ? 2.55 : 255))];
  return `#${digits.map((part) => Math.min(255, part).toString(16).padStart(2, "0")).join("")}`;
}
