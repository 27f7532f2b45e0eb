import { NoFacts } from "../../tuning/machine";
import { UsageError } from "../usage";
import type { Run } from "../main";
import { machineVerbs, readMachineArguments, type MachineArguments } from "./options";

type TuningRun = Pick<Run, "settings" | "words" | "terminal" | "log" | "cancel">;

/** Runs `keelson tuning …`; the result is the exit status. */
export async function runTuning(run: TuningRun, args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h") || !machineVerbs.some((verb) => args.includes(verb)) || args[0] === "check") return (await import("./check")).runTuningCheck(run, args);
  try {
    return await runMachine(run, readMachineArguments(args));
  } catch (error) {
    if (error instanceof NoFacts) throw new UsageError({ id: "tuning.noFacts", args: { from: error.from, detail: error.detail } });
    throw error;
  }
}

async function runMachine(run: TuningRun, asked: MachineArguments): Promise<number> {
  switch (asked.verb) {
    case "facts":
      return (await import("./facts")).runFacts(run, asked);
    case "suggest":
      return (await import("./suggest")).runSuggest(run, asked);
    case "apply":
      return (await import("./apply")).runApply(run, asked);
    case "confirm":
    case "rollback":
      return (await import("./apply")).runAfterwards(run, asked);
  }
}
