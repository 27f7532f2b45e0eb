/** The two languages whose documents are patches. `diff` is VS Code's own (.patch, .diff, .rej); `mbox` is Keelson's. */
export const patchLanguages: readonly string[] = ["diff", "mbox"];

/** Every command of the manifest. The stub registers them all; the handlers live in the client's file and load when first needed. */
export const commandIds = [
  "keelson.review.staged",
  "keelson.review.workingTree",
  "keelson.review.range",
  "keelson.review.openPatch",
  "keelson.review.explain",
  "keelson.review.nextFinding",
  "keelson.review.previousFinding",
  "keelson.review.showFindings",
  "keelson.review.showBase",
  "keelson.review.fixAll",
  "keelson.review.applyToWorktree",
  "keelson.review.suppress",
  "keelson.review.openCheckPage",
  "keelson.review.refresh",
  "keelson.model.setKey",
  "keelson.model.testEndpoint",
  "keelson.model.showWhatWouldBeSent",
  "keelson.model.openSettings",
  "keelson.server.restart",
  "keelson.server.diagnose",
  "keelson.server.showLog",
  "keelson.help.walkthrough",
] as const;

export type CommandId = (typeof commandIds)[number];
