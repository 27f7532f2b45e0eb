// Writes the ids of all checks into the settings' schemas of package.json, so that settings.json completes them.
// Run it as `npm run list-checks` after a check was added to the registry; a test tells when it was forgotten.
import { readFileSync, writeFileSync } from "node:fs";
import { checks } from "../language-server/engine/review/registry.ts";

const file = new URL("../package.json", import.meta.url);
const manifest = JSON.parse(readFileSync(file, "utf8"));
const severity = { type: "string", enum: ["error", "warning", "information", "hint", "off"] };
const properties = Object.fromEntries(checks.map(({ id }) => id).sort().map((id) => [id, severity]));
const settings = Object.assign({}, ...manifest.contributes.configuration.map((group) => group.properties));
settings["keelson.review.checks"].properties = properties;
settings["keelson.review.checksByPath"].additionalProperties.properties = properties;
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
