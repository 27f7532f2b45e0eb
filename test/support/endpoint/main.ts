// A scripted endpoint as a process, for walks through a real VS Code: prints its URL and runs until it is killed.
//   npx tsx test/support/endpoint/main.ts --script slow-first-token
import { parseArgs } from "node:util";
import { scriptNames } from "./script";
import { modelName, startEndpoint } from "./server";

const { values } = parseArgs({ options: { script: { type: "string", default: "plain" }, list: { type: "boolean", default: false } } });
async function main(): Promise<void> {
  const endpoint = await startEndpoint(values.script);
  console.log(JSON.stringify({ url: endpoint.url, model: modelName, caFile: endpoint.authority?.caFile }));
  const stop = (): void => {
    void endpoint.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

if (values.list) console.log(scriptNames().join("\n"));
else void main();
