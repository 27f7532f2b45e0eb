import type { Check } from "./types";

/** Every check, in the order in which findings of one line are shown. A new check is one folder and one line here. */
export const checks: readonly Check[] = [];
