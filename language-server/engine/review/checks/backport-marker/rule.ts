import type { BackportMarker } from "../../../patch/types";
import { inHeader, inMessage, replaceLines, spanInLine } from "../../message/spans";
import type { Draft, Fix, Severity, TextCheck, TextInput } from "../../types";
import { backportMarkerMessages } from "./messages";

/** What a flaw costs: a name too short finds nothing, words out of form are found by most. */
const severities: Readonly<Record<string, Severity>> = {
  "sha-too-short": "warning",
  "sha-too-long": "warning",
  "no-commit": "warning",
  "sha-not-full": "information",
  wording: "information",
};

export const backportMarker: TextCheck = {
  id: "backport-marker",
  severity: "warning",
  needs: "text",
  messages: backportMarkerMessages,
  run(input) {
    const { patch } = input;
    if (patch.kind === "reply") return [];
    return patch.message.markers.flatMap((marker) => marker.flaws.flatMap((flaw) => judge(input, marker, flaw)));
  },
};

function judge(input: TextInput, marker: BackportMarker, flaw: string): readonly Draft[] {
  const severity = severities[flaw];
  if (severity === undefined) return [];
  const sha = flaw.startsWith("sha-") ? marker.sha : undefined;
  const span = spanInLine(input, marker.lines.first, sha ?? marker.text);
  const place = marker.dialect === "chromeos" ? inHeader(span) : inMessage(span);
  const text = wording(marker);
  const args = { digits: marker.sha?.length ?? 0, text: marker.text, wanted: text ?? "" };
  if (flaw !== "wording") return [{ message: { id: `backport-marker.${flaw}`, args }, severity, ...place }];
  return text === undefined ? [] : [{ message: { id: "backport-marker.wording", args }, severity, ...place, fix: mend(input, marker, text) }];
}

function mend(input: TextInput, marker: BackportMarker, text: string): Fix {
  const edits = [replaceLines(input, marker.lines.first, marker.lines.last, text)];
  return { title: { id: "backport-marker.wording.fix", args: { text } }, edits, safe: true };
}

/** The marker as its dialect's keepers write it; undefined where that is not one text. */
function wording(marker: BackportMarker): string | undefined {
  const { sha, text } = marker;
  if (sha === undefined) return undefined;
  switch (marker.dialect) {
    case "stable-upstream":
    case "anolis":
      return `commit ${sha} upstream.`;
    case "stable-bracket":
      return `[ Upstream commit ${sha} ]`;
    case "cherry-pick":
    case "backport":
    case "ubuntu":
      return picked(text, sha);
    case "suse":
      return `${/^alt/iu.test(text) ? "Alt" : "Git"}-commit: ${sha}`;
    case "master-commit":
      return `master commit: ${sha}`;
    case "dpdk":
      return dpdk(text, sha);
    case "openeuler":
    case "chromeos":
      return undefined;
  }
}

/** Ubuntu names the tree behind the commit. */
function picked(text: string, sha: string): string {
  const verb = /cherry/iu.test(text) ? "cherry picked" : "backported";
  const tree = /[0-9a-f]{6,64}\s+([A-Za-z][^\s()]*)\s*\)/iu.exec(text)?.[1];
  return `(${verb} from commit ${sha}${tree === undefined ? "" : ` ${tree}`})`;
}

function dpdk(text: string, sha: string): string | undefined {
  const how = /^\[\s*((?:(?:partially )?backported from |cherry[- ]picked from )?)upstream commit/iu.exec(text)?.[1];
  return how === undefined ? `[ upstream commit ${sha} ]` : `[ ${how}upstream commit ${sha} ]`;
}
