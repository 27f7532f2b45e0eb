import { patchReport } from "../engine/patch/report";
import type { FileDiff, LoadedPatchSet, Patch } from "../engine/patch/types";
import { loadInput } from "./load";
import type { Run } from "./main";
import { paint, printable, printableJson, wrap } from "./terminal";

/** `keelson patch parse`: what the patches hold. */
export async function runParse(run: Run): Promise<number> {
  const sets: LoadedPatchSet[] = [];
  for (const file of run.files) sets.push(...(await loadInput(file, run.cancel)));
  if (run.options.format === "json") {
    run.terminal.out(`${printableJson(patchReport(sets, run.words.say))}\n`);
    return 0;
  }
  for (const { set, problems } of sets) {
    for (const patch of set.patches) printPatch(patch, run);
    for (const problem of problems) {
      const place = run.words.say({ id: "cli.line", args: { line: problem.line } });
      run.terminal.out(`${wrap(`${place}: ${printable(run.words.say(problem.message))}`, run.terminal.width, "  ")}\n`);
    }
  }
  return 0;
}

function printPatch(patch: Patch, { terminal, words }: Run): void {
  const number = patch.index === undefined ? "" : `[${patch.index}/${patch.total ?? "?"}] `;
  const subject = patch.subject || patch.rawSubject || words.say({ id: "server.noSubject" });
  terminal.out(`${paint(terminal, "bold", wrap(printable(number + subject), terminal.width))}\n`);
  const who = [patch.author === undefined ? "" : `${patch.author.name} <${patch.author.email}>`, patch.date ?? ""].filter((part) => part !== "").join(", ");
  if (who !== "") terminal.out(`${paint(terminal, "dim", wrap(printable(who), terminal.width, "  "))}\n`);
  const sum = (pick: "added" | "deleted"): number => patch.files.reduce((total, file) => total + file[pick], 0);
  if (patch.files.length > 0) terminal.out(`  ${words.say({ id: "cli.files", args: { count: patch.files.length, added: sum("added"), deleted: sum("deleted") } })}\n`);
  for (const file of patch.files) terminal.out(`    ${printable(fileLine(file, words.say({ id: "server.binary" })))}\n`);
  terminal.out("\n");
}

function fileLine(file: FileDiff, binary: string): string {
  const path = file.status === "renamed" || file.status === "copied" ? `${file.oldPath} → ${file.newPath}` : file.newPath;
  return `${path}  ${file.binary ? binary : `+${file.added} −${file.deleted}`}`;
}
