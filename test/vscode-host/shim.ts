import { existsSync, statSync } from "node:fs";
import { installHost } from "./install";
import { runSuite } from "./suite";

/** Runs the tests that `code` would have run with these arguments; the exit status. */
export async function runShim(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const option = (name: string): string => {
    const value = args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
    if (value === undefined) throw new Error(`--${name}= is missing`);
    return value;
  };
  const folder = args.find((arg) => !arg.startsWith("-") && existsSync(arg) && statSync(arg).isDirectory());
  if (folder === undefined) throw new Error("no folder to open");
  const extensionEnv = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith("KEELSON_") && entry[1] !== undefined));
  const messages: string[] = [];
  const result = await runSuite({
    host: installHost(env["KEELSON_HOST"] === "lower" ? "lower" : "current", say),
    vsix: env["KEELSON_VSIX"] === undefined ? [] : [env["KEELSON_VSIX"]],
    settings: JSON.parse(env["KEELSON_SETTINGS"] ?? "{}") as Record<string, unknown>,
    ...(env["KEELSON_LOCALE"] === undefined ? {} : { locale: env["KEELSON_LOCALE"] }),
    trusted: env["KEELSON_TRUSTED"] !== "false",
    folder,
    extensionDevelopmentPath: option("extensionDevelopmentPath"),
    extensionTestsPath: option("extensionTestsPath"),
    extensionEnv,
    onLog: (text) => messages.push(text),
    timeoutMs: 240_000,
  });
  if (result.outside.length > 0) say(`VS Code asked other hosts: ${result.outside.join(", ")}`);
  if (result.code === undefined) say(`The suite did not end within four minutes. The workbench's console:\n${messages.slice(-60).join("\n")}`);
  if (env["KEELSON_VERBOSE"] !== undefined) say(messages.join("\n"));
  return result.code === 0 && result.outside.length === 0 ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
