import process from "node:process";
import { setFlagsFromString } from "node:v8";

// A reader that had enough, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

// A command is over before most code that is optimized for it has paid for that: baseline code at once, optimized code late.
setFlagsFromString("--always-sparkplug");
setFlagsFromString("--interrupt-budget=1000000");

const { main } = await import("./cli/main");
process.exitCode = await main(process.argv.slice(2));
