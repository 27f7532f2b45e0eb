import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hostCache } from "../../test/vscode-host/install";
import { generateSample } from "./generate";

const here = dirname(fileURLToPath(import.meta.url));

/** The sample workspace, made when it is not there; a newer sample gets a folder of its own and leaves yours alone. */
export function sampleWorkspace(say: (text: string) => void): string {
  const key = createHash("sha256");
  for (const file of readdirSync(here).sort()) key.update(readFileSync(join(here, file)));
  const folder = join(hostCache(), `sample-${key.digest("hex").slice(0, 8)}`, "keel-linux");
  if (existsSync(folder)) return folder;
  say("writing the sample workspace");
  const building = mkdtempSync(join(hostCache(), "sample."));
  generateSample(join(building, "keel-linux"));
  rmSync(dirname(folder), { recursive: true, force: true });
  renameSync(building, dirname(folder));
  return folder;
}
