// `npm test [-- FLOOR…]`: every floor of tests, or the named ones: lint build unit server webview vscode user.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lint } from "./lint.mjs";
import { packageExtension } from "./package.mjs";
import { installNodePackages, installTestTools, requireBasics, Unready } from "./lib/prepare.mjs";
import { binary, main, root, run, say } from "./lib/run.mjs";

const output = join(root, "test-output");
const nothing = { passed: 0, failed: 0, skipped: 0 };

const floors = {
  lint,
  build,
  unit: () => mocha("unit", ["--parallel", "--jobs", "2"]),
  server: () => mocha("server"),
  webview: () => mocha("webview"),
  vscode: () => counted("vscode", process.execPath, ["--import", "tsx", "test/vscode/main.ts"]),
  user: () => mocha("user"),
};

/** Floors that run what `build` made. */
const onBuild = new Set(["server", "webview", "vscode", "user"]);

await main(async () => {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !Object.hasOwn(floors, name));
  if (unknown.length > 0) throw new Unready(`No floor is called ${unknown.join(", ")}; there are ${Object.keys(floors).join(", ")}.`);
  requireBasics();
  const wanted = named.length > 0 ? named : Object.keys(floors);
  if (wanted.some((name) => ["webview", "vscode", "user"].includes(name))) installTestTools();
  installNodePackages(say);
  mkdirSync(output, { recursive: true });

  const plan = wanted.some((name) => onBuild.has(name)) && !wanted.includes("build") ? ["build", ...wanted] : wanted;
  const total = { ...nothing };
  const perform = async (name) => {
    say(`${name}: starting`);
    const tally = await floors[name]();
    for (const key of Object.keys(total)) total[key] += tally[key];
    say(`${name}: ${describe(tally)}`);
    return tally.failed === 0;
  };
  for (const name of plan.filter((name) => !onBuild.has(name))) if (!(await perform(name)) && name === "build") return finish(total);
  // VS Code mostly waits for itself: another floor runs beside it. A person's walks have the machine for themselves.
  const lane = async (names) => {
    for (const name of plan.filter((name) => names.includes(name))) await perform(name);
  };
  await Promise.all([lane(["server"]), lane(["vscode", "webview"])]);
  await lane(["user"]);
  return finish(total);
});

function finish(total) {
  console.log(describe(total));
  return total.failed === 0 ? 0 : 1;
}

/** The production bundles and the package that the floors above are tested with. */
async function build() {
  try {
    process.env.KEELSON_VSIX = await packageExtension();
    return { ...nothing, passed: 1 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { ...nothing, failed: 1 };
  }
}

async function mocha(floor, options = []) {
  const files = readdirSync(join(root, "test", floor), { recursive: true })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("test", floor, file))
    .sort();
  if (files.length === 0) return nothing;
  return counted(floor, binary("mocha"), [...options, "--reporter", "scripts/lib/tally-reporter.cjs", ...files]);
}

/** Runs a floor that writes its tally; a floor that ends without one has failed. */
async function counted(floor, command, args) {
  const tallyFile = join(output, `${floor}.json`);
  rmSync(tallyFile, { force: true });
  const status = await run(command, args, { env: { ...process.env, KEELSON_TALLY: tallyFile } });
  if (!existsSync(tallyFile)) return { ...nothing, failed: 1 };
  const tally = JSON.parse(readFileSync(tallyFile, "utf8"));
  return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
