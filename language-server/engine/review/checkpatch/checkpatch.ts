import { sourceLineText } from "../../patch/lines";
import { locate } from "../../patch/locate";
import type { Patch, PatchSet } from "../../patch/types";
import { checkCancel, type Cache, type Cancel, type Decode, type Files, type Hash, type Process } from "../../ports";
import type { Message } from "../../text/message";
import { contentLineOf } from "../apply/content";
import type { Finding, Severity, Side } from "../types";
import { parseRemarks, type Remark } from "./output";

export interface CheckpatchPorts {
  readonly process: Process;
  readonly files: Files;
  readonly cache: Cache;
  readonly decode: Decode;
  readonly hash: Hash;
}

/** `problem` says why the script could not be asked; a tree without the script has neither findings nor a problem. */
export interface CheckpatchResult {
  readonly findings: readonly Finding[];
  readonly problem: Message | undefined;
}

/** Types that Keelson's own checks tell at the exact columns and with a fix. */
const toldElsewhere = ["TRAILING_WHITESPACE", "MISSING_SIGN_OFF", "NO_AUTHOR_SIGN_OFF", "BAD_FIXES_TAG", "CORRUPTED_PATCH"];

const options = ["--no-tree", "--terse", "--show-types", "--no-summary", "--color=never", `--ignore=${toldElsewhere.join(",")}`];

const severities: Readonly<Record<Remark["level"], Severity>> = { ERROR: "error", WARNING: "warning", CHECK: "information" };

const space = "checkpatch-1";
const none: CheckpatchResult = { findings: [], problem: undefined };

interface Slice {
  readonly bytes: Uint8Array;
  /** 0-based content line of the first byte. */
  readonly firstLine: number;
}

/** One patch's own bytes: its mail in an mbox, with transfer encoding undone. */
function sliceOf(patch: Patch): Slice {
  const { content } = patch;
  const firstLine = contentLineOf(content, patch.lines.first);
  const end = Math.min(contentLineOf(content, patch.lines.last) + 1, content.lineCount);
  return { bytes: content.bytes.subarray(content.lineStarts[firstLine] ?? 0, content.lineStarts[end] ?? content.bytes.length), firstLine };
}

function documentLine(patch: Patch, contentLine: number): number {
  const line = patch.content.sourceLines?.[contentLine] ?? contentLine + 1;
  return Math.min(Math.max(line, patch.lines.first), patch.lines.last);
}

function toFinding(set: PatchSet, patch: Patch, slice: Slice, remark: Remark, decode: Decode): Finding {
  const line = documentLine(patch, slice.firstLine + remark.line - 1);
  const place = locate(set, line);
  const side: Side = place?.zone === "header" ? "header" : place?.file === undefined ? "message" : "new";
  return {
    check: "checkpatch",
    severity: severities[remark.level],
    patch: patch.ordinal,
    message: { id: "checkpatch.said", args: { text: remark.text, type: remark.type } },
    side,
    ...(place?.file === undefined ? {} : { file: place.file.newPath }),
    line,
    quote: sourceLineText(set, line, decode).trim().slice(0, 200),
  };
}

interface Asked {
  readonly output: string;
  readonly error: string | undefined;
}

async function ask(ports: CheckpatchPorts, root: string, script: Uint8Array, slice: Slice, cancel: Cancel | undefined): Promise<Asked> {
  const settings = await ports.files.read(`${root}/.checkpatch.conf`);
  const key = ports.hash.sha256([script, slice.bytes, settings ?? new Uint8Array()].map((bytes) => ports.hash.sha256(bytes)).join(" "));
  const known = await ports.cache.get(space, key);
  if (known !== undefined) return { output: known, error: undefined };
  checkCancel(cancel);
  const args = [`${root}/scripts/checkpatch.pl`, ...options, "-"];
  const { status, stdout, stderr } = await ports.process.run("perl", args, cancel === undefined ? { cwd: root, input: slice.bytes } : { cwd: root, input: slice.bytes, cancel });
  // Status 1 only says that it found something.
  if (status !== 0 && status !== 1) return { output: "", error: stderr.trim().split("\n")[0] ?? "" };
  const output = ports.decode.text(stdout);
  if (output.trim() === "" && status === 1) return { output: "", error: stderr.trim().split("\n")[0] ?? "" };
  await ports.cache.put(space, key, output);
  return { output, error: undefined };
}

/**
 * What the tree's own scripts/checkpatch.pl says of one patch, at the lines of the document. `root` is a work tree or a plain
 * source tree. Runs a program of the tree: the Process port refuses where the workspace is not trusted. Answers are
 * remembered by the script's, its settings' and the patch's bytes.
 */
export async function runCheckpatch(ports: CheckpatchPorts, root: string, set: PatchSet, patch: Patch, cancel?: Cancel): Promise<CheckpatchResult> {
  if (patch.files.length === 0) return none;
  const script = await ports.files.read(`${root}/scripts/checkpatch.pl`);
  if (script === undefined) return none;
  const slice = sliceOf(patch);
  const { output, error } = await ask(ports, root, script, slice, cancel);
  if (error !== undefined) return { findings: [], problem: { id: "checkpatch.failed", args: { error } } };
  return { findings: parseRemarks(output).map((remark) => toFinding(set, patch, slice, remark, ports.decode)), problem: undefined };
}
