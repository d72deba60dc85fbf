// A form of five questions: once with the keyboard alone, once with the mouse; published, and answered on its public page.
import type { Locator, Page } from "@playwright/test";
import { choose, field, reach, send } from "../support/answer";
import { customer, expect, expectAccessible, test, DESKTOP, PHONE } from "../support/fixtures";
import { words } from "../support/words";

/** Presses Tab until it is there: what a person without a mouse does. */
async function tabTo(page: Page, target: Locator, presses = 60) {
  for (let press = 0; press < presses; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached by Tab: ${target}`);
}

/** Adds a question behind the selection by searching for its kind. */
async function search(page: Page, kind: string) {
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  const input = page.getByRole("combobox", { name: "Find a kind" });
  await expect(input).toBeFocused();
  await page.keyboard.type(kind);
  await page.keyboard.press("Enter");
  await expect(input).toBeHidden();
}

const titles = (page: Page) => page.getByRole("main").getByRole("textbox", { name: "Question", exact: true });
const key = (page: Page) => new URL(page.url()).pathname.split("/")[3]!;
const text = (page: Page, index: number) => titles(page).nth(index).inputValue();

async function saved(page: Page) {
  await expect(page.getByRole("status").filter({ hasText: /Saved/ })).toBeVisible();
}

test("five questions by keyboard alone, moved, undone, published and answered", async ({ browser, server, staff }) => {
  test.setTimeout(120_000);
  const page = await staff.open("/s/forms/new", { language: "en" });
  await tabTo(page, page.getByRole("button", { name: "Create and design" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/s\/forms\/[^/]+\/build$/);
  await expect(page.getByText("No questions yet").first()).toBeVisible();

  for (const kind of ["nps", "single", "long text", "stars", "e-mail"]) await search(page, kind);
  await expect(titles(page)).toHaveCount(5);
  await expect(titles(page).nth(4)).toBeFocused();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Where do we write to?");
  await expect(titles(page).nth(4)).toHaveValue("Where do we write to?");

  // The handle lifts; arrows move; Escape puts back; Space drops.
  const handle = page.getByRole("button", { name: /^Move “Where do we write to/ });
  await page.keyboard.press("Shift+Tab");
  await expect(handle).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => text(page, 3)).toBe("Where do we write to?");
  await page.keyboard.press("Escape");
  await expect.poll(() => text(page, 4)).toBe("Where do we write to?");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await expect.poll(() => text(page, 3)).toBe("Where do we write to?");
  await expect(page.locator("[aria-live=assertive]")).toHaveText(/position 4|dropped/);

  // Copies, deletes and takes back; a reload keeps the draft and the undo.
  await page.keyboard.press("Control+D");
  await expect(titles(page)).toHaveCount(6);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Delete");
  await expect(titles(page)).toHaveCount(5);
  await page.keyboard.press("Control+Z");
  await expect(titles(page)).toHaveCount(6);
  await saved(page);
  await page.reload();
  await expect(titles(page)).toHaveCount(6);
  await page.keyboard.press("Control+Z");
  await expect(titles(page)).toHaveCount(5);
  await saved(page);
  await expectAccessible(page, "the form designer");

  await page.keyboard.press("Control+Enter");
  const publish = page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true });
  await expect(publish).toBeEnabled();
  await tabTo(page, publish);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Published v1").first()).toBeVisible();

  const phone = await customer(browser, server, { language: "en" });
  await phone.goto(`/f/${key(page)}?lang=en`);
  await choose(phone, "/nps", "9");
  await reach(phone, "en", field(phone, "/single"));
  await choose(phone, "/single", "option_2");
  await send(phone, "en");
  await expect(phone.getByText(words.en.receipt).filter({ visible: true })).toBeVisible();
  await page.context().close();
});

test("five questions by mouse: clicked, dragged to a place, ruled by chips, previewed, published and answered", async ({ browser, server, staff, api }) => {
  test.setTimeout(120_000);
  const page = await staff.open("/s/forms/new", { language: "en", viewport: DESKTOP });
  await page.getByRole("button", { name: "Create and design" }).click();
  await page.waitForURL(/\/build$/);
  for (const kind of ["NPS", "Long text", "Mail or phone"]) {
    await page.getByRole("complementary", { name: "Left panel" }).getByRole("button", { name: kind }).click();
  }
  await expect(titles(page)).toHaveCount(3);

  const drag = async (from: Locator, to: Locator, where: "before" | "behind") => {
    await from.scrollIntoViewIfNeeded();
    const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!];
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 6 });
    await page.mouse.move(end.x + end.width / 2, where === "before" ? end.y + 2 : end.y + end.height - 2, { steps: 3 });
    await page.mouse.up();
  };
  const palette = page.getByRole("complementary", { name: "Left panel" });
  const question = (index: number) => page.locator("[data-path]").nth(index);

  await palette.getByRole("button", { name: "Yes or no" }).click();
  await expect(titles(page)).toHaveCount(4);
  await drag(palette.getByRole("button", { name: "Multiple choice" }), question(0), "before");
  await expect(titles(page)).toHaveCount(5);
  await expect(question(0)).toHaveAttribute("data-path", "/multiple");
  await drag(question(0).getByRole("button", { name: /^Move “/ }), question(2), "behind");
  await expect(question(0)).toHaveAttribute("data-path", "/nps");
  await expect(question(2)).toHaveAttribute("data-path", "/multiple");

  // Lines pasted into an option become options.
  const option = question(2).getByRole("textbox", { name: "Option 3" });
  await option.click();
  await option.fill("");
  await option.evaluate((element) => {
    const data = new DataTransfer();
    data.setData("text", "Price\nService\nSpeed");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(question(2).getByRole("textbox", { name: /^Option \d/ })).toHaveCount(5);

  // "Why" only shows to those who are unhappy.
  await titles(page).nth(1).click();
  const properties = page.getByRole("complementary", { name: "Properties panel" });
  await properties.getByRole("button", { name: "Show only when" }).click();
  await expect(properties.getByLabel("Question", { exact: true })).toHaveValue("/nps");
  await saved(page);
  await expect.poll(async () => {
    const list = await api.get<{ id: string; key: string }[]>("/api/v1/definitions?kind=form");
    const id = list.find((one) => one.key === key(page))!.id;
    return JSON.parse((await api.get<{ draft: string }>(`/api/v1/definitions/${id}`)).draft).rules;
  }).toEqual([{ when: { field: "/nps", op: "lte", value: 6 }, show: ["/long_text"] }]);

  await page.getByRole("radio", { name: "Preview" }).click();
  const frame = page.frameLocator("iframe");
  await expect(frame.getByText("Draft preview", { exact: false })).toBeVisible();
  await expect(frame.getByText("How likely are you to recommend us", { exact: false }).first()).toBeVisible();
  await page.getByRole("radio", { name: "Canvas" }).click();

  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Published v1").first()).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();

  // The next difference is told before it goes live.
  await titles(page).nth(0).fill("Would you send a friend?");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("now reads “Would you send a friend?”");
  await page.keyboard.press("Escape");

  const phone = await customer(browser, server, { language: "en", viewport: PHONE });
  await phone.goto(`/f/${key(page)}?lang=en`);
  await choose(phone, "/nps", "3");
  await reach(phone, "en", field(phone, "/long_text"));
  await send(phone, "en");
  await expect(phone.getByText(words.en.receipt).filter({ visible: true })).toBeVisible();
  await page.context().close();
});
