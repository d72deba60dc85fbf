// Measurements, not tests: figures of this machine, printed by `tools/bench`. They assert nothing about time.
import config from "./playwright.config";

// Traces and screenshots read the whole page with every action, which is slower than what is measured.
const use = { ...config.use, trace: "off" as const, screenshot: "off" as const };

export default { ...config, use, testDir: "measure", testMatch: "*.measure.ts", workers: 1, reporter: "list", timeout: 600_000 };
