import process from "node:process";

// A reader that had enough, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

const { main } = await import("./cli/main");
process.exitCode = await main(process.argv.slice(2));
