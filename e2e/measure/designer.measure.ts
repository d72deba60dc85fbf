// How long the form designer takes with 200 questions: from an input event to the end of the frame that shows what came of it.
import type { Page } from "@playwright/test";
import { expect, test, DESKTOP } from "../support/fixtures";

const QUESTIONS = 200;
const TIMES = 40;

/** Every kind of drawing, texts in two languages, rules between them. */
function form(key: string) {
  const properties: Record<string, unknown> = {};
  const items: unknown[] = [];
  const rules: unknown[] = [];
  const kinds: [string, unknown][] = [
    ["nps", { type: "integer", minimum: 0, maximum: 10 }],
    ["single", { enum: ["a", "b", "c", "d"] }],
    ["multiple", { type: "array", uniqueItems: true, items: { enum: ["a", "b", "c", "d", "e"] } }],
    ["long_text", { type: "string" }],
    ["rating", { type: "integer", minimum: 1, maximum: 5 }],
    ["text", { type: "string", maxLength: 200 }],
  ];
  for (let index = 0; index < QUESTIONS; index += 1) {
    const [control, schema] = kinds[index % kinds.length]!;
    const field = `/q${index}`;
    properties[`q${index}`] = schema;
    items.push({
      field,
      control,
      title: { zh: `第 ${index + 1} 题：您觉得怎么样？`, en: `Question ${index + 1}: what do you think of it?` },
      help: index % 4 === 0 ? { zh: "一句说明。", en: "A word of explanation." } : undefined,
      options: control === "single" || control === "multiple" ? { a: { zh: "产品", en: "Product" }, b: { zh: "服务", en: "Service" }, c: { zh: "价格", en: "Price" } } : undefined,
    });
    if (index % 5 === 4) rules.push({ when: { field: `/q${index - (index % 6)}`, op: "empty" }, require: [field] });
  }
  const pages = [0, 1, 2, 3].map((page) => ({ title: { zh: `第 ${page + 1} 页`, en: `Page ${page + 1}` }, items: items.slice(page * 50, page * 50 + 50) }));
  return {
    format: 1, kind: "form", key, title: { zh: "两百题", en: "Two hundred questions" },
    schema: { type: "object", properties }, layout: { pages }, rules, publish: { languages: ["zh", "en"] },
  };
}

/** Watches: for each input event, the time until the frame after it was painted. */
async function watch(page: Page) {
  await page.evaluate(() => {
    const seen: number[] = [];
    (window as unknown as { seen: number[] }).seen = seen;
    (window as unknown as { wanted: string }).wanted = "";
    const begin = (event: Event) => {
      if (event.type !== (window as unknown as { wanted: string }).wanted || ["Control", "Alt", "Shift"].includes((event as KeyboardEvent).key)) return;
      const at = event.timeStamp;
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => seen.push(performance.now() - at);
        channel.port2.postMessage(0);
      });
    };
    for (const type of ["keydown", "input", "click", "pointerdown", "pointermove"]) window.addEventListener(type, begin, { capture: true });
  });
}

/** `ready` comes before each turn and is not measured. */
async function measure(page: Page, event: string, act: (turn: number) => Promise<unknown>, ready?: (turn: number) => Promise<unknown>): Promise<number[]> {
  await page.evaluate((wanted) => {
    const state = window as unknown as { seen: number[]; wanted: string };
    state.seen.length = 0;
    state.wanted = wanted;
  }, event);
  for (let turn = 0; turn < TIMES; turn += 1) {
    if (ready) {
      await ready(turn);
      await page.waitForTimeout(150);
    }
    const before = await page.evaluate(() => (window as unknown as { seen: number[] }).seen.length);
    await act(turn);
    await page.waitForFunction((count) => (window as unknown as { seen: number[] }).seen.length > count, before);
    await page.waitForTimeout(60);
  }
  const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen.slice());
  return seen.sort((a, b) => a - b);
}

const row = (name: string, sorted: number[]) => {
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
  console.log(`${name.padEnd(58)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms (n=${sorted.length})`);
};

test("the designer with 200 questions", async ({ staff, api }) => {
  const key = `measured-${Date.now()}`;
  const { key: app } = (await api.get<{ key: string }[]>("/api/v1/apps"))[0]!;
  await api.post("/api/v1/definitions", { app, document: form(key) });
  const page = await staff.open(`/s/forms/${key}/build`, { language: "en", viewport: DESKTOP });
  const titles = page.getByRole("main").getByRole("textbox", { name: "Question", exact: true });
  await expect(titles).toHaveCount(QUESTIONS, { timeout: 60_000 });
  await watch(page);

  const one = (turn: number) => titles.nth((turn * 7) % 190);
  // Who clicks has seen where; the press selects.
  row("designer, 200 questions: select one", await measure(page, "pointerdown", (turn) => one(turn).click(), (turn) => one(turn).scrollIntoViewIfNeeded()));
  await titles.nth(20).click();
  row("designer, 200 questions: a letter of a title", await measure(page, "input", () => page.keyboard.type("x")));
  row("designer, 200 questions: move one step", await measure(page, "keydown", (turn) => page.keyboard.press(turn % 2 ? "Alt+ArrowUp" : "Alt+ArrowDown")));
  row("designer, 200 questions: undo", await measure(page, "keydown", () => page.keyboard.press("Control+z")));
  await titles.nth(20).scrollIntoViewIfNeeded();
  const handle = (await page.getByRole("main").getByRole("button", { name: /^Move/ }).nth(20).boundingBox())!;
  await page.mouse.move(handle.x + 6, handle.y + 6);
  await page.mouse.down();
  await page.mouse.move(handle.x + 12, handle.y + 20);
  row("designer, 200 questions: a step of a drag", await measure(page, "pointermove", (turn) => page.mouse.move(handle.x + 12, handle.y + 20 + turn * 8)));
  await page.keyboard.press("Escape");
  await page.mouse.up();
  const palette = page.getByRole("complementary", { name: "Left panel" }).getByRole("button", { name: "Long text" });
  row("designer, 200 questions: add one", await measure(page, "click", () => palette.click()));
});
