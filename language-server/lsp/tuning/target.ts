import type { TargetChoice, TargetView } from "../../protocol/tuning";
import { shownComponent } from "../../engine/tuning/files/rules/moved";
import { defaultTarget, runningVersion } from "../../tuning/target";
import type { TuningDocument } from "./documents";

/** Components that a kind of file is about; the first is shown. */
function componentOf({ kind, file }: TuningDocument): string {
  return file.settings[0]?.component ?? (kind === "sysctl" || kind === "kernel-command-line" || kind === "tuned" || kind === "kconfig" ? "kernel" : kind);
}

/** What a document is judged for, and what else it could be. */
export async function targetView(tuning: TuningDocument): Promise<TargetView> {
  const { words, target } = tuning;
  const component = componentOf(tuning);
  const name = shownComponent(component);
  const version = target.get(component);
  const origins = await tuning.knowledge.origins();
  const usual = defaultTarget(origins).get(component);
  const any = words.say({ id: "tuning.target.none" });
  const choices: TargetChoice[] = [{ label: words.say({ id: "tuning.target.auto", args: { target: usual === undefined ? any : `${name} ${usual}` } }), description: "", version: "" }];
  for (const { component: own, version: has, name: origin, root } of origins) if (own === component && has !== undefined) choices.push({ label: `${name} ${has}`, description: words.say({ id: "tuning.target.tree", args: { name: origin } }), ...(root === undefined ? {} : { detail: root }), version: has });
  const running = runningVersion(component);
  if (running !== "") choices.push({ label: `${name} ${running}`, description: words.say({ id: "tuning.target.machine" }), version: running });
  return { component, text: version === undefined ? `${name}: ${any}` : `${name} ${version}`, version: version ?? "", choices };
}
