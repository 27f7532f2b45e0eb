import type { Cancel } from "../../engine/ports";
import { code, plain } from "../../engine/text/markdown";
import type { Services } from "../services";
import { laterShas, placeText } from "./lens";
import { placeOfSha, type Place } from "./patch";
import { short } from "./rows";
import type { Comparison } from "./store";

const shownFixes = 6;

/** What the comparisons say of a sha: verdict, first tag of mainline, later fixes. All foreign text is escaped. */
export async function upstreamHover(sha: string, services: Services, cancel: Cancel): Promise<readonly string[]> {
  const parts: string[] = [];
  for (const comparison of services.upstream.ready()) {
    const place = placeOfSha(sha.toLowerCase(), comparison);
    if (place !== undefined) parts.push(...(await partsOf(place, comparison, services, cancel)));
  }
  return parts;
}

async function partsOf(place: Place, comparison: Comparison, services: Services, cancel: Cancel): Promise<readonly string[]> {
  const { words } = services;
  const { pair, index } = comparison;
  const verdict = words.say({ id: "upstream.hover.pair", args: { pair: plain(pair.name), text: plain(placeText(place, comparison, "mainline", words)) } });
  const mainline = place.kind === "ours" ? place.entry.row.upstream[0] : place.facts.sha;
  const tag = mainline === undefined ? undefined : await firstTag(mainline, comparison, services, cancel);
  const later = laterShas(place, comparison);
  const fixes = later.slice(0, shownFixes).map((sha) => `- ${code(short(sha))} ${plain(index.candidates.get(sha)?.subject ?? "")} (${fixState(sha, comparison, services)})`);
  return [
    [verdict, ...(tag === undefined ? [] : [words.say({ id: "upstream.hover.in", args: { tag: code(tag) } })])].join("  \n"),
    ...(fixes.length === 0 ? [] : [[words.say({ id: "upstream.hover.fixes", args: { mainline: code(pair.mainline), count: later.length } }), ...fixes, ...(later.length > shownFixes ? ["- …"] : [])].join("\n")]),
  ];
}

function fixState(sha: string, { index, missingBySha }: Comparison, { words }: Services): string {
  if (missingBySha.has(sha)) return plain(words.say({ id: "upstream.view.missing" }));
  const carrier = index.carriers.get(sha)?.[0];
  return plain(words.say(carrier === undefined ? { id: "upstream.view.notListed" } : { id: "upstream.view.carriedAs", args: { commit: short(carrier) } }));
}

/** The oldest tag that holds a commit. */
async function firstTag(sha: string, { pair }: Comparison, services: Services, cancel: Cancel): Promise<string | undefined> {
  const listed = await pair.repository.run(["for-each-ref", "--contains", sha, "--sort=creatordate", "--count=1", "--format=%(refname:short)", "refs/tags"], { cancel });
  const tag = services.workbench.decode.text(listed.stdout).split("\n")[0] ?? "";
  return listed.status === 0 && tag !== "" ? tag : undefined;
}
