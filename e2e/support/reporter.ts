// A line per test, every failure in full, and a last line that a machine can read: `N passed, N failed`.
import type { FullResult, Reporter, TestCase, TestError, TestResult } from "@playwright/test/reporter";

const title = (test: TestCase) => test.titlePath().filter(Boolean).join(" › ");
const plain = (text: string) => text.replace(/\u001b\[[0-9;]*m/g, "");

export default class Lines implements Reporter {
  private passed = 0;
  private failed = 0;
  private failures: string[] = [];

  onTestEnd(test: TestCase, result: TestResult) {
    if (result.status === "skipped") return;
    const good = result.status === test.expectedStatus;
    if (good) this.passed += 1;
    else this.failed += 1;
    console.log(`${good ? "ok    " : "FAILED"} ${title(test)} (${(result.duration / 1000).toFixed(1)} s)`);
    if (good) return;
    const why = result.errors.map((error) => plain(error.stack ?? error.message ?? String(error.value))).join("\n");
    const files = result.attachments.flatMap((file) => (file.path ? [`  ${file.name}: ${file.path}`] : []));
    this.failures.push([`--- ${title(test)}`, why, ...files].join("\n"));
  }

  onError(error: TestError) {
    this.failed += 1;
    this.failures.push(`--- outside any test\n${plain(error.stack ?? error.message ?? String(error.value))}`);
  }

  async onEnd(result: FullResult) {
    for (const failure of this.failures) console.log(`\n${failure}`);
    if (result.status !== "passed" && this.failed === 0) this.failed = 1;
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
  }

  printsToStdio() {
    return true;
  }
}
