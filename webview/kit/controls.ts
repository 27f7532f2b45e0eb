import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from "@vscode/webview-ui-toolkit";
import { element, icon } from "./dom";

/** Registers the toolkit's controls that panels use. The toolkit is known in this file alone. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());
}

export interface ButtonOptions {
  readonly label: string;
  readonly icon?: string;
  readonly primary?: boolean;
  onPress(): void;
}

export function button(options: ButtonOptions): HTMLElement {
  const made = element("vscode-button", { appearance: options.primary === true ? "primary" : "secondary" }, options.label);
  if (options.icon !== undefined) {
    const start = icon(options.icon);
    start.slot = "start";
    made.prepend(start);
  }
  made.addEventListener("click", () => {
    options.onPress();
  });
  return made;
}

export function progressRing(): HTMLElement {
  return element("vscode-progress-ring", { "aria-hidden": "true" });
}
