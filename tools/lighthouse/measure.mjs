// Lighthouse on a page as a phone meets it (its mobile preset: slow 4G and a slow processor, simulated). Prints the median of some runs:
// node measure.mjs URL [RUNS]. With --faults also what it found.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [url, runs = "3"] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const chromePath = process.env.CHROME_PATH ?? "/usr/bin/chromium";
const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"];
const categories = ["performance", "accessibility", "best-practices"];

const reports = [];
for (let run = 0; run < Number(runs); run += 1) {
  const chrome = await launch({ chromePath, chromeFlags, logLevel: "silent" });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: "silent", onlyCategories: categories });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    reports.push(lhr);
  } finally {
    await chrome.kill();
  }
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const row = (name, value) => console.log(`${name.padEnd(58)} ${value}`);
for (const id of categories) row(`${id}, of 100`, Math.round(100 * median(reports.map((report) => report.categories[id].score))));
const timed = { "first-contentful-paint": "first paint", "largest-contentful-paint": "largest paint", "total-blocking-time": "blocked" };
for (const [id, name] of Object.entries(timed)) row(name, `${Math.round(median(reports.map((report) => report.audits[id].numericValue)))} ms`);
row("layout shift", median(reports.map((report) => report.audits["cumulative-layout-shift"].numericValue)).toFixed(3));
row("bytes moved", median(reports.map((report) => report.audits["total-byte-weight"].numericValue)));

if (process.argv.includes("--faults")) {
  for (const audit of Object.values(reports[0].audits).filter((audit) => audit.score !== null && audit.score < 1)) {
    console.log(`- ${audit.id} (${audit.score}): ${audit.title} ${audit.displayValue ?? ""}`);
  }
}
