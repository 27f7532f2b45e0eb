/** A path or line as a model is shown it: one line, nothing that moves the cursor. */
export function shownLine(text: string): string {
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/gu, "\ufffd");
}

export function shownPath(path: string): string {
  return shownLine(path);
}
