import type { Run } from "../main";
import { runTuningCheck } from "./check";

/** Runs `keelson tuning …`; the result is the exit status. */
export function runTuning(run: Pick<Run, "settings" | "words" | "terminal" | "log" | "cancel">, args: readonly string[]): Promise<number> {
  return runTuningCheck(run, args);
}
