// Builds for production and packs one universal .vsix: `npm run package`.
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { installNodePackages, requireBasics, Unready } from "./lib/prepare.mjs";
import { binary, collect, main, root, say } from "./lib/run.mjs";

/** Builds and packs; the package's path. */
export async function packageExtension(log = say) {
  log("building");
  const build = await collect(process.execPath, ["scripts/build.mjs", "--production", "--meta"]);
  if (build.status !== 0) throw new Unready(`The build failed:\n${build.output}`);
  log("packing");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  mkdirSync(join(root, "out"), { recursive: true });
  const file = join(root, "out", `keelson-${version}.vsix`);
  const pack = await collect(binary("vsce"), ["package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", file]);
  if (pack.status !== 0) throw new Unready(`vsce could not pack the extension:\n${pack.output}`);
  return file;
}

if (process.argv[1]?.endsWith("package.mjs") === true) {
  await main(async () => {
    requireBasics();
    installNodePackages(say);
    const file = await packageExtension();
    say(`${file} (${(statSync(file).size / 1024 / 1024).toFixed(2)} MB)`);
    return 0;
  });
}
