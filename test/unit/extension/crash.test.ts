import assert from "node:assert/strict";
import { createCrashPolicy, crashWindowMs } from "../../../extension/server/crash";

function crashAt(...times: readonly number[]): readonly string[] {
  let now = 0;
  const policy = createCrashPolicy(() => now);
  return times.map((time) => {
    now = time;
    const verdict = policy.crashed();
    return verdict.kind === "restart" && verdict.tell ? "restart and tell" : verdict.kind;
  });
}

describe("crashes of the server", () => {
  it("restarts, says so once, and stops at the fifth crash in a row", () => {
    assert.deepEqual(crashAt(0, 1, 2, 3, 4), ["restart and tell", "restart", "restart", "restart", "stop"]);
  });

  it("goes on restarting a server that crashes now and then", () => {
    const rare = [0, 1, 2, 3, 4, 5, 6].map((n) => (n * crashWindowMs) / 3);
    assert.ok(!crashAt(...rare).includes("stop"));
  });

  it("counts from the beginning after the user restarted it", () => {
    const policy = createCrashPolicy(() => 0);
    for (let i = 0; i < 4; i++) policy.crashed();
    policy.reset();
    assert.deepEqual(policy.crashed(), { kind: "restart", tell: true });
  });
});
