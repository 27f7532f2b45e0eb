/** Told to the user in one sentence that says what to do; the scripts print it without a stack. */
export class Unready extends Error {}
/** `CHROMIUM` names a browser; else Debian's or Chrome's own names. */
export function browserPath(): string | undefined;
