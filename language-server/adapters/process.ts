import type { Log, Process, ProcessResult } from "../engine/ports";
import { pinnedEnvironment } from "./git-pins";
import { runProgram } from "./spawn";

export interface ProcessSettings {
  /** Asked at every call: trust can be granted while the server runs. */
  readonly trusted: () => boolean;
  readonly log?: Log;
  /** Bytes of output that a program may write; 64 MiB unless told. */
  readonly maxOutput?: number;
}

/** What a refused call answers; its `stderr` can be shown as it is. */
export const untrustedResult: ProcessResult = {
  status: -1,
  stdout: new Uint8Array(),
  stderr: "This workspace is not trusted, so no program of the tree or the machine is run.",
};

/**
 * Runs programs of the machine or of the tree (checkpatch.pl). Refuses in an untrusted workspace.
 * The git that such a program may call itself gets the same pinned environment as ours.
 */
export function createProcess(settings: ProcessSettings): Process {
  return {
    async run(program, args, options = {}) {
      if (!settings.trusted()) return untrustedResult;
      settings.log?.debug(`run ${program} ${args.join(" ")}`);
      return runProgram(program, args, {
        cwd: options.cwd,
        env: { ...pinnedEnvironment(process.env), ...options.env },
        input: options.input,
        cancel: options.cancel,
        maxOutput: settings.maxOutput ?? 64 << 20,
      });
    },
  };
}
