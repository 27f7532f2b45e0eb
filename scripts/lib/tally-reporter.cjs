// Mocha's spec output, plus the tally as JSON for the script that runs several floors.
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

class TallyReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures, pending } = runner.stats;
      const file = process.env.KEELSON_TALLY;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}

module.exports = TallyReporter;
