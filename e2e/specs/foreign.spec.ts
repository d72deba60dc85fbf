// Forms written for other tools: brought over as they are, published, filled in on a phone and sent.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contextOf, expect, PHONE, test, type Language } from "../support/fixtures";
import { fillAndSend, holds, open } from "../support/stranger";

interface Entry {
  name: string;
  data?: unknown;
  formData?: unknown;
}

const file = join(import.meta.dirname, process.env.HUIYIN_FORMS ?? "../../form-engine/tests/data/json-schema-forms.json");
const entries = JSON.parse(readFileSync(file, "utf8")) as Entry[];

/** What the schema takes in no way: each file is a folder too, and it wants either. */
const LEFT = new Map([["oneOf-recursive", "/root/0/children"]]);

/** The browser's own note that the server found an answer wrong. */
const REFUSED = /status of 422/;

// A recording of every step would cost more than the steps.
test.use({ trace: "off" });
test.setTimeout(150_000);

for (const [index, entry] of entries.entries()) {
  const language: Language = index % 2 === 0 ? "en" : "zh";
  test(`${index} ${entry.name} (${language})`, async ({ api, browser, server }) => {
    const key = `foreign-${index}`;
    const { form } = await api.post<{ form: unknown }>("/api/v1/form-starters/convert", { key, text: JSON.stringify(entry) });
    const draft = await api.post<{ id: string; rev: number }>("/api/v1/definitions", { app: "care", document: form });
    await api.post(`/api/v1/definitions/${draft.id}/publish`, { rev: draft.rev });

    const context = await browser.newContext({ ...contextOf(language, PHONE), baseURL: server.demo.url });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (fault) => faults.push(String(fault)));
    page.on("console", (line) => line.type() === "error" && !REFUSED.test(line.text()) && faults.push(line.text()));
    await open(page, `/f/${key}?lang=${language}`);
    await page.screenshot({ path: `results/foreign/${key}.png` });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await wide(), "how much wider than the phone the form is").toBeLessThanOrEqual(0);

    const typed = await fillAndSend(page, language, entry.data ?? entry.formData, LEFT.get(entry.name));
    expect(await wide(), "how much wider than the phone the thank-you is").toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
    const [stored] = await api.submissions(key);
    const lost = [...typed].filter(([name, texts]) => !holds(stored.data, name, texts));
    expect(lost, `what is missing in ${JSON.stringify(stored.data)}`).toEqual([]);
    await context.close();
  });
}
