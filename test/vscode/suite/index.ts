import { appendFileSync, writeFileSync } from "node:fs";
import { format } from "node:util";
import Mocha from "mocha";

/** Test modules by suite; each declares its tests when it is loaded. */
const suites: Readonly<Record<string, () => Promise<unknown>>> = {
  product: async () => {
    await import("./installed");
    await import("./features");
    await import("./findings");
    await import("./upstream");
    await import("./tuning");
  },
  restricted: () => import("./restricted"),
  chinese: () => import("./chinese"),
};

/** VS Code calls this in the extension host. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: 30_000, reporter: "spec" });
  const log = process.env["KEELSON_LEG_LOG"];
  if (log !== undefined) {
    // The workbench's console holds much that is not ours; the report goes beside it.
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
      appendFileSync(log, `${format(...args)}\n`);
    };
  }
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  const name = process.env["KEELSON_SUITES"] ?? "product";
  const load = suites[name];
  if (load === undefined) throw new Error(`no suite ${name}`);
  await load();
  const { passes, failures, pending } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats ?? { suites: 0, tests: 0, passes: 0, failures: 1, pending: 0 });
    });
  });
  const file = process.env["KEELSON_LEG_TALLY"];
  if (file !== undefined) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
  if (failures > 0) throw new Error(`${failures} failed`);
}
