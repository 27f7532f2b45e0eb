import * as vscode from "vscode";

/** What a step of an assistant ended with. */
export type Step<T> = { readonly kind: "value"; readonly value: T } | { readonly kind: "back" } | { readonly kind: "closed" };

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

export interface ChoiceStep<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly step: number;
  readonly steps: number;
  readonly items: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
  /** What was chosen before, when the step is come back to. */
  readonly active?: (value: T) => boolean;
  /** What typed text counts as; undefined when it counts as nothing. */
  readonly typed?: (text: string) => Choice<T> | undefined;
}

/** A native pick with Back from the second step on. */
export async function choose<T>(options: ChoiceStep<T>): Promise<Step<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.step = options.step;
  pick.totalSteps = options.steps;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.buttons = options.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  pick.busy = true;
  pick.show();
  const ended = ending<T>(pick);
  try {
    const items = await options.items;
    pick.items = items;
    pick.busy = false;
    const before = items.find(({ value }) => value !== undefined && options.active?.(value) === true);
    if (before !== undefined) pick.activeItems = [before];
    pick.onDidChangeValue((text) => {
      const own = text.trim() === "" ? undefined : options.typed?.(text.trim());
      pick.items = own === undefined ? items : [{ ...own, alwaysShow: true }, ...items];
    });
    return await ended;
  } finally {
    pick.dispose();
  }
}

function ending<T>(pick: vscode.QuickPick<Choice<T>>): Promise<Step<T>> {
  return new Promise((resolve) => {
    pick.onDidTriggerButton(() => {
      resolve({ kind: "back" });
    });
    pick.onDidAccept(() => {
      const value = pick.selectedItems[0]?.value;
      if (value !== undefined) resolve({ kind: "value", value });
    });
    pick.onDidHide(() => {
      resolve({ kind: "closed" });
    });
  });
}

export interface TextStep {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly step: number;
  readonly steps: number;
  readonly value: string;
  /** What is wrong with a text; undefined when nothing is. */
  readonly flaw: (text: string) => string | undefined;
}

/** A native input box with Back from the second step on. */
export async function enter(options: TextStep): Promise<Step<string>> {
  const box = vscode.window.createInputBox();
  box.title = options.title;
  box.prompt = options.prompt;
  box.placeholder = options.placeholder;
  box.step = options.step;
  box.totalSteps = options.steps;
  box.value = options.value;
  box.ignoreFocusOut = true;
  box.buttons = options.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  box.onDidChangeValue((text) => {
    box.validationMessage = options.flaw(text.trim());
  });
  const ended = new Promise<Step<string>>((resolve) => {
    box.onDidTriggerButton(() => {
      resolve({ kind: "back" });
    });
    box.onDidAccept(() => {
      const text = box.value.trim();
      box.validationMessage = options.flaw(text);
      if (options.flaw(text) === undefined) resolve({ kind: "value", value: text });
    });
    box.onDidHide(() => {
      resolve({ kind: "closed" });
    });
  });
  box.show();
  try {
    return await ended;
  } finally {
    box.dispose();
  }
}

/** A name of somebody else as a pick shows it: `$(name)` would be drawn as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll("$(", "$ (");
}
