import { hunkLines } from "../../patch/lines";
import type { TextInput } from "../types";

/** Projects whose habits differ from the kernel's where a check would otherwise call a habit a mistake. */
export type Project = "kernel" | "dpdk";

const dpdkWords = /\b(?:rte|RTE)_\w|\bdpdk\b|\btestpmd\b|\bPMDs?\b/u;
const dpdkPaths = /(?:^|\/)(?:meson\.build$|rte_[^/]*$)|^(?:app\/(?:test|dumpcap|pdump|proc-info|graph)|doc\/guides\/|usertools\/|lib\/(?:librte_|eal\/|ethdev\/|mbuf\/))/u;
/** Hunks read before giving up: the words are everywhere or nowhere. */
const hunksRead = 8;

/** What project a patch is for, from its own words; the kernel unless it speaks like another. */
export function projectOf(input: TextInput): Project {
  const { patch, decode } = input;
  const { body } = patch.message;
  if (patch.files.some((file) => dpdkPaths.test(file.newPath)) || dpdkWords.test(patch.subject)) return "dpdk";
  if (body.some((line) => dpdkWords.test(line.text))) return "dpdk";
  const hunks = patch.files.flatMap((file) => file.hunks).slice(0, hunksRead);
  const speaks = hunks.some((hunk) => dpdkWords.test(hunk.section) || hunkLines(patch, hunk, decode).some((line) => dpdkWords.test(line.text)));
  return speaks ? "dpdk" : "kernel";
}
