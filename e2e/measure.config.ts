// Measurements, not tests: figures of this machine, printed by `tools/bench`. They assert nothing about time.
import config from "./playwright.config";

export default { ...config, testDir: "measure", testMatch: "*.measure.ts", workers: 1, reporter: "list", timeout: 600_000 };
