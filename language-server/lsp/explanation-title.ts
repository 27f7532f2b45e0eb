import { basename } from "node:path";
import { URI } from "vscode-uri";
import type { ExplainTarget } from "../protocol/requests";
import type { Words } from "../words";
import type { PatchDocument } from "./documents";

/** What an explanation is about, for the head of its view. */
export function titleOf(document: PatchDocument, target: ExplainTarget, words: Words): string {
  const name = basename(URI.parse(document.uri).path) || document.uri;
  if (target.kind === "selection") return words.say({ id: "server.title.selection", args: { name, first: target.firstLine, last: target.lastLine } });
  const patch = document.parsed.value.patches[target.patch];
  const subject = patch?.subject ?? "";
  const whole = subject === "" ? name : subject;
  if (target.kind === "patch") return whole;
  const path = patch?.files[target.file]?.newPath ?? "";
  if (target.kind === "file") return `${whole} — ${path}`;
  return words.say({ id: "server.title.hunk", args: { whole, path, hunk: target.hunk + 1 } });
}
