// The board moves by itself, and every mark leads to the answers behind it.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";

/** A tile, shown as a table. */
async function table(page: Page, title: string): Promise<Locator> {
  const tile = page.getByRole("region", { name: title, exact: true });
  await tile.getByRole("button", { name: "以表格查看" }).click();
  await expect(tile.getByRole("table")).toBeVisible();
  return tile;
}

async function cells(row: Locator): Promise<string[]> {
  return row.getByRole("cell").allInnerTexts();
}

test("a new answer moves the score within a second, without a reload", async ({ staff, api }) => {
  const page = await staff.open("/s/dash/cx");
  const tile = await table(page, "净推荐值（近 90 天）");
  const row = tile.getByRole("row").nth(1);
  const [, before] = await cells(row);
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
  await api.answer("nps", { score: 10, reason: "推荐给同事了", region: "east", product: "lock" });
  const answered = Date.now();
  await expect.poll(async () => (await cells(row))[1], { intervals: [50] }).toBe(String(Number(before) + 1));
  expect(Date.now() - answered, "milliseconds until the board knew").toBeLessThan(1_500);
  expect(await page.evaluate(() => "neverReloaded" in window)).toBe(true);
  await page.context().close();
});

test("a row of a tile leads to exactly the submissions it counted", async ({ staff, api }) => {
  const page = await staff.open("/s/dash/cx");
  const tile = await table(page, "各地区净推荐值");
  const row = tile.getByRole("row").filter({ hasText: "西南" });
  const answers = Number((await cells(row))[2]);
  expect(answers).toBeGreaterThan(5);
  await row.click();
  await expect(page).toHaveURL(/\/s\/forms\/nps\/submissions\?filter=/);
  const filter = JSON.parse(new URL(page.url()).searchParams.get("filter")!);
  const counted = await api.row({ dataset: "nps", measures: [{ count: "*", as: "n" }], filters: filter });
  expect(counted.n).toBe(answers);
  const grid = page.getByRole("table");
  await expect(grid.getByRole("row").nth(1)).toBeVisible();
  for (const line of await grid.getByRole("row").all()) {
    const text = await line.innerText();
    if (/华东|华南|华北|华中/.test(text)) throw new Error(`another region: ${text}`);
  }
  await page.context().close();
});

test("a click on a bar leads to the submissions behind it", async ({ staff }) => {
  const page = await staff.open("/s/dash/cx");
  const tile = page.getByRole("region", { name: "低分集中在哪里", exact: true });
  const canvas = tile.locator("canvas").first();
  await expect(canvas).toBeVisible();
  const box = (await canvas.boundingBox())!;
  // Bars stand on the axis: just above it, somewhere along the width, there is one.
  for (let share = 0.2; share < 0.95 && /\/dash\//.test(page.url()); share += 0.05) {
    for (const height of [0.25, 0.5, 0.75]) {
      await page.mouse.click(box.x + box.width * share, box.y + box.height * height);
      if (!/\/dash\//.test(page.url())) break;
    }
  }
  await expect(page).toHaveURL(/\/s\/forms\/nps\/submissions\?filter=.*about/);
  await page.context().close();
});

test("the board is narrowed by region, and the address keeps it", async ({ staff, api }) => {
  const page = await staff.open("/s/dash/cx");
  const tile = await table(page, "净推荐值（近 90 天）");
  await page.getByLabel("地区", { exact: true }).selectOption({ label: "华东" });
  const expected = await api.row({
    dataset: "nps",
    measures: [{ count: "*", as: "n" }],
    filters: { all: [{ field: "created_at", op: "gte", value: { now: "-90d" } }, { field: "/region", op: "eq", value: "east" }] },
  });
  await expect.poll(async () => (await cells(tile.getByRole("row").nth(1)))[1]).toBe(String(expected.n));
  await expect(page).toHaveURL(/in=/);
  await page.context().close();
});
