import { hunkLines } from "../../../patch/lines";
import type { FileDiff, PatchLine } from "../../../patch/types";
import { readableFiles } from "../../diff-lines";
import { draftOnLine } from "../../draft";
import type { Draft, TextCheck, TextInput } from "../../types";
import { exportSymbolMessages } from "./messages";

interface Export {
  readonly file: FileDiff;
  readonly line: PatchLine;
  /** `EXPORT_SYMBOL_GPL`. */
  readonly macro: string;
  readonly symbol: string;
}

const statement = /^\s*(EXPORT_(?:SYMBOL(?:_NS)?(?:_GPL)?|STATIC_CALL(?:_TRAMP)?(?:_GPL)?|PER_CPU_SYMBOL(?:_GPL)?))\s*\(\s*(\w+)/;
/** A macro's own text exports nothing by itself. */
const inMacro = /\\$|##/;

export const exportSymbol: TextCheck = {
  id: "export-symbol",
  severity: "information",
  needs: "text",
  messages: exportSymbolMessages,
  run(input) {
    const added = exportsOf(input, "added");
    const deleted = exportsOf(input, "deleted");
    const drafts: Draft[] = [];
    for (const one of added.values()) {
      const before = deleted.get(one.symbol);
      if (before === undefined) drafts.push(draft(input, one, isOpen(one) ? "added-open" : "added", {}));
      else if (isOpen(before) !== isOpen(one) || plain(before) !== plain(one)) drafts.push(draft(input, one, "changed", { before: before.macro }));
    }
    for (const one of deleted.values()) if (!added.has(one.symbol)) drafts.push(draft(input, one, "removed", {}));
    return drafts;
  },
};

function exportsOf(input: TextInput, role: "added" | "deleted"): ReadonlyMap<string, Export> {
  const found = new Map<string, Export>();
  for (const file of readableFiles(input)) {
    if (!/\.[chS]$/.test(role === "added" ? file.newPath : file.oldPath) || (role === "added" ? file.added : file.deleted) === 0) continue;
    for (const hunk of file.hunks) {
      for (const line of hunkLines(input.patch, hunk, input.decode)) {
        if (line.role !== role || !line.text.includes("EXPORT_") || inMacro.test(line.text)) continue;
        const match = statement.exec(line.text);
        if (match?.[1] !== undefined && match[2] !== undefined) found.set(match[2], { file, line, macro: match[1], symbol: match[2] });
      }
    }
  }
  return found;
}

/** Modules under any licence may use it. */
function isOpen({ macro }: Export): boolean {
  return !macro.endsWith("_GPL");
}

function plain({ macro }: Export): string {
  return macro.replace(/_NS/, "");
}

function draft(input: TextInput, one: Export, id: string, args: Readonly<Record<string, string>>): Draft {
  const side = one.line.role === "deleted" ? "old" : "new";
  return { ...draftOnLine(input.patch, one.file, one.line, { id: `export-symbol.${id}`, args: { symbol: one.symbol, macro: one.macro, ...args } }), side };
}
