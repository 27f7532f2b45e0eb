import { sourceLineText } from "../../../patch/lines";
import type { Hunk } from "../../../patch/types";
import type { Message } from "../../../text/message";
import { fileLine } from "../../diff-lines";
import type { ApplyResult, ApplyStep, Draft, HunkFit, Related, RepositoryCheck, RepositoryInput, Severity } from "../../types";
import { appliesMessages } from "./messages";

/** What a sentence can carry; the whole of git's answer is in the related steps. */
const longestError = 300;

const stepNames: Readonly<Record<ApplyStep["how"], string>> = { "3way": "git apply --3way", strict: "git apply", C2: "git apply -C2", reverse: "git apply -R" };

export const applies: RepositoryCheck = {
  id: "applies",
  severity: "error",
  needs: "repository",
  worksWithoutHistory: true,
  messages: appliesMessages,
  async run(input, cancel) {
    const { files } = input.patch;
    if (files.length === 0 || files.every((file) => file.status === "combined")) return [];
    const result = await input.apply(cancel);
    switch (result.state) {
      case "clean":
      case "already-applied":
        return [];
      case "no-tree":
        return noTree(input, result);
      case "doubtful":
        return result.hunks.flatMap((fit) => doubt(input, result, fit));
      case "conflict":
      case "fails":
        return failures(input, result);
    }
  },
};

function baseName(result: ApplyResult): string {
  // A source tree without git has no commit to name.
  return result.base === "" ? "the source tree" : result.base.slice(0, 12);
}

function stepsAsRelated(result: ApplyResult, line: number): readonly Related[] {
  const steps = result.steps.map((step): Related => {
    const how = stepNames[step.how];
    const message: Message = step.ok ? { id: "applies.step-ok", args: { how } } : { id: "applies.step", args: { how, error: step.error.slice(0, 1000) } };
    return { message, line };
  });
  return [{ message: { id: "applies.base", args: { base: baseName(result) } }, line }, ...steps];
}

/** git's sentence about one place of a file, or about the file; its last word when neither is there. */
function errorAbout(result: ApplyResult, path: string, oldStart: number | undefined): string {
  const failed = result.steps.filter((step) => !step.ok && step.how !== "reverse");
  const lines = failed.flatMap((step) => step.error.split("\n"));
  const exact = lines.find((line) => oldStart !== undefined && line.endsWith(`${path}:${oldStart}`));
  const found = exact ?? lines.find((line) => line.includes(path)) ?? lines.at(-1) ?? "";
  return found.replace(/^error: /u, "").slice(0, longestError);
}

function hunkAt(input: RepositoryInput, fit: HunkFit): Hunk | undefined {
  for (const file of input.patch.files) {
    const hunk = file.hunks.find((candidate) => candidate.line === fit.line);
    if (hunk !== undefined) return hunk;
  }
  return undefined;
}

function draftAt(input: RepositoryInput, result: ApplyResult, place: { readonly file: string; readonly line: number }, message: Message, severity: Severity, more: readonly Related[] = []): Draft {
  const quote = sourceLineText(input.set, place.line, input.decode).trim().slice(0, 200);
  return { message, side: "old", file: place.file, line: place.line, quote, severity, related: [...more, ...stepsAsRelated(result, place.line)] };
}

function noTree(input: RepositoryInput, result: ApplyResult): readonly Draft[] {
  const [file] = input.patch.files;
  // No step was taken: there is no commit, or no git that may be run.
  if (file === undefined || result.steps.length === 0) return [];
  const error = errorAbout(result, file.oldPath, undefined);
  return [draftAt(input, result, { file: file.newPath, line: fileLine(file) }, { id: "applies.no-tree", args: { base: baseName(result), error } }, "information")];
}

function failures(input: RepositoryInput, result: ApplyResult): readonly Draft[] {
  const base = baseName(result);
  const drafts: Draft[] = [];
  const absent = new Set<string>();
  for (const fit of result.hunks) {
    const error = errorAbout(result, fit.file, hunkAt(input, fit)?.oldStart);
    if (fit.state === "rejected" && /does not exist|already exists|No such file/u.test(error)) {
      // Every hunk of a file that is not there fails for the same reason.
      if (!absent.has(fit.file)) drafts.push(draftAt(input, result, fit, { id: error.includes("already exists") ? "applies.file" : "applies.no-file", args: { base, path: fit.file, error } }, "error"));
      absent.add(fit.file);
    } else if (fit.state === "rejected") {
      const id = result.state === "conflict" ? "applies.conflict" : "applies.rejected";
      drafts.push(draftAt(input, result, fit, { id, args: { base, error } }, "error"));
    } else if (fit.state === "applied") {
      drafts.push(draftAt(input, result, fit, { id: "applies.present", args: { base } }, "information"));
    }
  }
  return drafts.length > 0 ? drafts : wholeFile(input, result, base);
}

/** Renames, modes and binaries fail without any hunk. */
function wholeFile(input: RepositoryInput, result: ApplyResult, base: string): readonly Draft[] {
  const errors = result.steps.filter((step) => step.how === "strict").map((step) => step.error).join("\n");
  const file = input.patch.files.find((candidate) => errors.includes(candidate.oldPath) || errors.includes(candidate.newPath)) ?? input.patch.files[0];
  if (file === undefined) return [];
  const error = errorAbout(result, file.oldPath, undefined);
  return [draftAt(input, result, { file: file.newPath, line: fileLine(file) }, { id: "applies.file", args: { base, error } }, "error")];
}

function doubt(input: RepositoryInput, result: ApplyResult, fit: HunkFit): readonly Draft[] {
  const lines = fit.offset > 0 ? `+${fit.offset}` : String(fit.offset);
  switch (fit.state) {
    case "offset": {
      if (fit.sameSection === true) return [draftAt(input, result, fit, { id: "applies.offset", args: { lines } }, "hint")];
      if (fit.sameSection === undefined) return [draftAt(input, result, fit, { id: "applies.offset-unknown", args: { lines } }, "information")];
      return [draftAt(input, result, fit, { id: "applies.offset-elsewhere", args: { lines, section: hunkAt(input, fit)?.section ?? "" } }, "warning")];
    }
    case "reduced":
      return [draftAt(input, result, fit, { id: "applies.reduced", args: { lines } }, "warning")];
    case "ambiguous": {
      const places = fit.places.map((pathLine): Related => ({ message: { id: "applies.place" }, path: fit.file, pathLine }));
      return [draftAt(input, result, fit, { id: "applies.ambiguous", args: { count: fit.places.length + 1 } }, "warning", places)];
    }
    case "exact":
    case "merged":
    case "applied":
    case "rejected":
      return [];
  }
}
