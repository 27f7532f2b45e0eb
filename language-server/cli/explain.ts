import type { Run } from "./main";
export function runExplain(run: Run): Promise<number> { run.terminal.out(""); return Promise.resolve(0); }
