import { release, type } from "node:os";
import { shownUrl } from "../adapters/model/redact";
import type { Settings } from "../protocol/settings";
import { nameOf } from "../repositories";
import { redact } from "./log";
import type { Services } from "./services";

/** Addresses without user, password and query: gateways take keys in any of them. */
function shownAddresses({ baseUrl, fullUrl, proxy }: Settings["models"][number]): Readonly<Record<string, string>> {
  return { baseUrl: shownUrl(baseUrl), ...(fullUrl === undefined ? {} : { fullUrl: shownUrl(fullUrl) }), ...(proxy === undefined || proxy === "none" ? {} : { proxy: shownUrl(proxy) }) };
}

/** Facts for a bug report, in English as bug reports are, with secrets and the home folder's name taken out. */
export async function diagnose(services: Services, secrets: readonly string[], version: string): Promise<string> {
  const { workbench, repositories, documents, settings, words } = services;
  const now = await settings.for();
  const git = await workbench.git().version();
  const all = await repositories.all();
  const lines = [
    `# ${words.say({ id: "server.diagnose.title" })}`,
    "",
    `server: ${version}, node ${process.version}, ${type()} ${release()} ${process.arch}, locale ${words.locale}`,
    `memory: ${Math.round(process.memoryUsage.rss() / 1048576)} MiB, up ${Math.round(process.uptime())} s`,
    `trusted: ${String(workbench.trusted())}`,
    `git: ${git === undefined ? "none" : git.join(".")}`,
    "",
    "## repositories",
    ...(all.length === 0 ? ["none"] : all.map((repository) => `- ${nameOf(repository, all)}: ${repository.root}, branch ${repository.branch ?? "(detached)"}${repository.bare ? ", bare" : ""}`)),
    "",
    "## documents",
    ...documents.open().map((uri) => {
      const document = documents.get(uri);
      const set = document?.parsed.value;
      return `- ${uri}: ${document?.languageId ?? ""}, version ${document?.version ?? 0}, ${set?.format ?? ""}, ${set?.patches.length ?? 0} patches, ${document?.parsed.problems.length ?? 0} problems`;
    }),
    "",
    "## settings",
    JSON.stringify({ ...now, models: now.models.map((model) => ({ ...model, ...shownAddresses(model), headers: Object.fromEntries(Object.keys(model.headers).map((key) => [key, "***"])), extraBody: Object.keys(model.extraBody) })) }, undefined, 2),
  ];
  const home = process.env["HOME"];
  const text = redact(lines.join("\n"), secrets);
  return home === undefined || home.length < 4 ? text : text.split(home).join("~");
}
