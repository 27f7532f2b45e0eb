import { spawn } from "node:child_process";

/** Runs a script with its input, and kills the shell with all of its children as soon as it has said `after`. */
export function killedAfter(after: string, script: string, input: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn("sh", ["-c", script], { detached: true, stdio: ["pipe", "pipe", "ignore"] });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes(after) || child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
      }
    });
    child.once("close", () => {
      resolve();
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
