// `npm run lint`: types of the five projects, style, the import table, and nothing unused.
import { installNodePackages, requireBasics } from "./lib/prepare.mjs";
import { binary, collect, main, say } from "./lib/run.mjs";

const tsc = (project) => ({ name: `types of ${project}`, command: binary("tsc"), args: ["-p", project, "--noEmit"] });

const steps = [
  ...["language-server/engine", "language-server", "extension", "webview", "test"].map(tsc),
  { name: "style", command: binary("eslint"), args: [".", "--cache", "--cache-location", "node_modules/.cache/eslint/", "--cache-strategy", "content", "--max-warnings", "0"] },
  { name: "import table", command: binary("depcruise"), args: ["--config", ".dependency-cruiser.cjs", "--output-type", "err-long", "language-server", "extension", "webview"] },
  { name: "nothing unused", command: binary("knip"), args: ["--no-progress"] },
];

/** Runs every step, two at a time; the tally. */
export async function lint() {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const queue = [...steps];
  const worker = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const { status, output } = await collect(step.command, step.args);
      if (status === 0) tally.passed += 1;
      else tally.failed += 1;
      say(`lint: ${step.name}: ${status === 0 ? "ok" : `failed\n${output.trim()}`}`);
    }
  };
  await Promise.all([worker(), worker()]);
  return tally;
}

if (process.argv[1]?.endsWith("lint.mjs") === true) {
  await main(async () => {
    requireBasics();
    installNodePackages(say);
    const { passed, failed } = await lint();
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  });
}
