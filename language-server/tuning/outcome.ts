import { beforeOf } from "../engine/tuning/apply/run";
import type { PlannedFile, RollbackFile, StepReport } from "../engine/tuning/apply/types";
import type { Message } from "../engine/text/message";

/** A line for each value and each file that was read after it was written or put back; the texts are in messages.ts. */
export function outcomeLines(file: RollbackFile, reports: readonly StepReport[]): readonly Message[] {
  const before = beforeOf(file);
  const names = new Map(file.changes.map(({ path, name }) => [path, name]));
  return reports.flatMap(({ what, name, value }) => {
    const old = before.get(name);
    if (old === undefined || (what !== "now" && what !== "back")) return [];
    const isFile = !names.has(name);
    const how = what === "now" ? "nowReads" : value === old ? "asBefore" : "notAsBefore";
    const short = (text: string): string => (isFile ? text.slice(0, 12) : text);
    return [{ id: `tuning.${isFile ? "file." : ""}${how}`, args: { name: names.get(name) ?? name, value: short(value), old: short(old) } }];
  });
}

/** What it takes until an edited file counts; undefined where that is the next boot, which the value in force does not wait for. */
export function fileNote({ path, component, restart }: PlannedFile): Message | undefined {
  if (restart === "none" && component === "kernel") return undefined;
  return { id: `tuning.file.${restart === "none" ? "reload" : restart}`, args: { path } };
}
