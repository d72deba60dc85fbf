// A form of five questions: once with the keyboard alone, once with the mouse; published, and answered on its public page.
import type { Locator, Page } from "@playwright/test";
import type { Api } from "../support/api";
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
  // The copy is written in with the next frame.
  await expect(titles(page).nth(4)).toBeFocused();
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

/** A live form with a rule, a jump and an end that comes too soon, and a board that reads it. */
async function live(api: Api) {
  const key = `traced-${Date.now()}`;
  const { key: app } = (await api.get<{ key: string }[]>("/api/v1/apps"))[0]!;
  const publish = async (document: object) => {
    const made = await api.post<{ id: string; rev: number }>("/api/v1/definitions", { app, document });
    await api.post(`/api/v1/definitions/${made.id}/publish`, { rev: made.rev });
    return made.id;
  };
  const id = await publish({
    format: 1, kind: "form", key, title: { zh: "推荐意愿", en: "Would you recommend us" },
    schema: {
      type: "object", required: ["score"],
      properties: { score: { type: "integer", minimum: 0, maximum: 10 }, why: { type: "string" }, contact: { type: "string" }, extra: { type: "string" } },
    },
    layout: {
      pages: [{
        items: [
          { field: "/score", control: "nps", title: { zh: "您会推荐我们吗？", en: "How likely are you to recommend us?" } },
          { field: "/why", control: "long_text", title: { zh: "为什么是 {{score}} 分？", en: "Why {{score}}?" } },
          { field: "/contact", control: "contact", title: { zh: "怎么联系您？", en: "How do we reach you?" } },
          { field: "/extra", control: "text", title: { zh: "还有别的吗？", en: "Anything else?" } },
        ],
      }],
    },
    rules: [
      { when: { field: "/score", op: "lte", value: 6 }, show: ["/why"], require: ["/why"] },
      { when: { field: "/score", op: "gte", value: 9 }, after: "/score", jump: "/extra" },
    ],
    publish: { slug: key, languages: ["zh", "en"] },
  });
  const board = await publish({
    format: 1, kind: "dashboard", key: `${key}-board`, title: { zh: "看板", en: "Board" },
    tiles: [{ key: "nps", title: "NPS", chart: "number", query: { dataset: key, measures: [{ nps: "/score" }] }, at: [0, 0, 3, 2] }],
  });
  return { key, id, board };
}

test("rules are traced beside the preview and drawn as a picture", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const { key } = await live(api);
  const page = await staff.open(`/s/forms/${key}/build`, { language: "en", viewport: DESKTOP });
  await expect(titles(page)).toHaveCount(4);
  await page.keyboard.press("p");
  const trace = page.getByRole("complementary", { name: "Rules at work" });
  await expect(trace.getByText("0 of 2 rules fired")).toBeVisible();
  await trace.getByRole("button", { name: "As a detractor" }).click();
  await expect(trace.getByText("1 of 2 rules fired")).toBeVisible();
  await expect(trace.getByRole("listitem").filter({ hasText: "Rule 1" }).getByText("Fired", { exact: true })).toBeVisible();
  await expect(trace.getByText("Answered: 3").first()).toBeVisible();
  await trace.getByRole("button", { name: "As a promoter" }).click();
  await expect(trace.getByRole("listitem").filter({ hasText: "Rule 2" }).getByText("Fired", { exact: true })).toBeVisible();
  await expect(trace.getByRole("listitem").filter({ hasText: "Rule 1" }).getByText("Did not fire")).toBeVisible();
  await expectAccessible(page, "the preview with its trace");

  await page.getByRole("radio", { name: "Canvas" }).click();
  await page.getByRole("tab", { name: "Logic" }).click();
  const picture = page.getByRole("region", { name: "Logic as a picture" });
  const node = (name: RegExp) => picture.getByRole("button", { name });
  await expect(node(/^How likely.*decides about “Why/)).toBeVisible();
  await node(/^How likely/).focus();
  await page.keyboard.press("ArrowDown");
  await expect(node(/^Why/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator(".cx-chosen").getByRole("textbox", { name: "Question", exact: true })).toHaveValue("Why {{score}}?");
  await expectAccessible(page, "the picture of the logic");
  await page.context().close();
});

test("what is tried in the preview stays while the draft changes, until it is begun anew", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const { key } = await live(api);
  const page = await staff.open(`/s/forms/${key}/build`, { language: "en", viewport: DESKTOP });
  await expect(titles(page)).toHaveCount(4);
  const before = await page.evaluate(() => history.length);
  // A phone asks one question a screen.
  await page.getByRole("radio", { name: "Phone" }).click();
  await page.getByRole("radio", { name: "Preview" }).click();
  const frame = page.frameLocator("iframe");
  await frame.locator('label:has([name="/score"][value="3"])').click();
  const why = frame.locator('[name="/why"]');
  await why.fill("too slow");
  const title = frame.getByRole("heading", { level: 1 });

  // Edited beside the preview: the page is loaded anew with the saved draft, and the answers with it.
  const name = page.getByRole("textbox", { name: "Name of the form" });
  for (const text of ["Would you recommend us again", "Would you come back"]) {
    await name.fill(text);
    await name.press("Tab");
    await expect(title).toHaveText(text);
    await expect(frame.locator('[name="/score"][value="3"]')).toBeChecked();
    await expect(why).toHaveValue("too slow");
  }
  await expect(page.getByRole("complementary", { name: "Rules at work" }).getByText("1 of 2 rules fired")).toBeVisible();
  // In another language as well, and no save is a step back.
  await page.getByRole("radio", { name: "Chinese" }).click();
  await expect(frame.getByText("为什么是 3 分？")).toBeVisible();
  await expect(why).toHaveValue("too slow");
  expect(await page.evaluate(() => history.length)).toBe(before);

  await page.getByRole("button", { name: "Start over" }).click();
  await expect(why).toBeHidden();
  await expect(frame.locator('[name="/score"]:checked')).toHaveCount(0);
  // What is sent in a preview is over, too.
  await frame.locator('label:has([name="/score"][value="9"])').click();
  await frame.getByRole("button", { name: "继续" }).click();
  await frame.getByRole("button", { name: "提交" }).click();
  await expect(frame.getByText("回执编号").filter({ visible: true })).toBeVisible();
  await page.getByRole("radio", { name: "Canvas" }).click();
  await page.getByRole("radio", { name: "Preview" }).click();
  await expect(frame.locator('[name="/score"]').first()).toBeAttached();
  await expect(frame.locator('[name="/score"]:checked')).toHaveCount(0);
  await page.context().close();
});

test("a renamed field takes its board along, and a colleague is named", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const { key, board } = await live(api);
  const page = await staff.open(`/s/forms/${key}/build`, { language: "en", viewport: DESKTOP });
  await titles(page).first().click();
  await page.keyboard.press("F2");
  const field = page.getByRole("textbox", { name: "Field key" });
  await expect(field).toBeFocused();
  await expect(page.getByText(/Used in \d+ places/)).toBeVisible();
  await field.fill("rating");
  await field.press("Tab");
  await saved(page);

  const li = await staff.hire("Li Lei", "designer");
  const other = await staff.open(`/s/forms/${key}/build`, { person: li, language: "en", viewport: DESKTOP });
  await expect(other.getByText(/ is editing\./)).toBeVisible();
  await other.getByRole("button", { name: "Take over" }).click();
  await expect(other.getByText(/ is editing\./)).toBeHidden();
  await other.context().close();

  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("/score is now /rating")).toBeVisible();
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Published v2").first()).toBeVisible();
  const followed = await api.get<{ draft: string; live: number }>(`/api/v1/definitions/${board}`);
  expect(JSON.parse(followed.draft).tiles[0].query.measures[0].nps).toBe("/rating");
  expect(followed.live).toBe(2);
  await page.context().close();
});

test("an older version comes back only when that is confirmed, and the dialog names what would be lost", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const { key, id } = await live(api);
  const page = await staff.open(`/s/forms/${key}/build`, { language: "en", viewport: DESKTOP });
  await titles(page).first().fill("Second version");
  await saved(page);
  const { rev } = await api.get<{ rev: number }>(`/api/v1/definitions/${id}`);
  await api.post(`/api/v1/definitions/${id}/publish`, { rev });
  await page.reload();
  await titles(page).first().fill("Never published");
  await saved(page);
  await page.getByRole("tab", { name: "Versions" }).click();
  const back = page.getByRole("complementary", { name: "Left panel" }).getByRole("button", { name: "Back to this one" });
  await back.click();
  const dialog = page.getByRole("dialog", { name: "Back to v1" });
  await expect(dialog).toContainText("1 change of the draft was never published");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(titles(page).first()).toHaveValue("Never published");
  await back.click();
  await dialog.getByRole("button", { name: "Back to v1" }).click();
  await expect(titles(page).first()).toHaveValue("How likely are you to recommend us?");
  await expect(page.getByRole("dialog", { name: /^Publish/ })).toContainText("How likely are you to recommend us?");
  await page.context().close();
});

test("an address that another form has is marked where it is written", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const [first, second] = [await live(api), await live(api)];
  const page = await staff.open(`/s/forms/${second.key}/build`, { language: "en", viewport: DESKTOP });
  await page.getByLabel("Public address").fill(first.key);
  await saved(page);
  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await dialog.getByRole("button", { name: `/f/${first.key} leads to another form already` }).click();
  await expect(dialog).toBeHidden();
  const address = page.getByLabel("Public address");
  await expect(address).toBeFocused();
  await expect(address).toHaveAttribute("aria-invalid", "true");
  await page.context().close();
});

test("a question that takes rules along says so, and comes back with them", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const { key, id } = await live(api);
  const page = await staff.open(`/s/forms/${key}/build`, { language: "en", viewport: DESKTOP });
  await titles(page).first().click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Delete");
  await expect(page.getByText("2 rules went with it")).toBeVisible();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expect(titles(page)).toHaveCount(4);
  await saved(page);
  expect(JSON.parse((await api.get<{ draft: string }>(`/api/v1/definitions/${id}`)).draft).rules).toHaveLength(2);
  await page.context().close();
});

test("the preview is as wide as the device it stands for", async ({ staff, api }) => {
  const { key } = await live(api);
  const page = await staff.open(`/s/forms/${key}/build`, { language: "en", viewport: DESKTOP });
  await page.getByRole("radio", { name: "Preview" }).click();
  const preview = page.locator("iframe.cx-preview");
  await expect(page.frameLocator("iframe").getByText("Draft preview", { exact: false })).toBeVisible();
  for (const [device, width] of [["Phone", 390], ["Tablet", 768], ["Desktop", 1280]] as const) {
    await page.getByRole("radio", { name: device }).click();
    await expect.poll(() => preview.evaluate((frame: HTMLIFrameElement) => frame.offsetWidth)).toBe(width);
    // Drawn smaller where there is less room, never cut off.
    const { seen, room } = await preview.evaluate((frame) => ({ seen: frame.getBoundingClientRect(), room: frame.parentElement!.getBoundingClientRect() }));
    expect(seen.right).toBeLessThanOrEqual(room.right + 1);
    expect(seen.bottom).toBeLessThanOrEqual(room.bottom + 1);
    expect(seen.width).toBeGreaterThan(Math.min(width, room.width) - 2);
  }
  await page.context().close();
});

test("a new form speaks its author's language alone; a second one says what is not written in it", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const page = await staff.open("/s/forms/new", { language: "en", viewport: DESKTOP });
  await page.getByRole("button", { name: "Create and design" }).click();
  await page.waitForURL(/\/build$/);
  await page.getByRole("complementary", { name: "Left panel" }).getByRole("button", { name: "Long text" }).click();
  await titles(page).first().fill("What is missing?");
  await saved(page);
  const list = await api.get<{ id: string; key: string }[]>("/api/v1/definitions?kind=form");
  const stored = async () => JSON.parse((await api.get<{ draft: string }>(`/api/v1/definitions/${list.find((one) => one.key === key(page))!.id}`)).draft);
  expect((await stored()).publish.languages).toEqual(["en"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: "Chinese" }).check();
  await saved(page);
  // With Ctrl, Enter is the designer's, also in the title of a question.
  await titles(page).first().click();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("dialog").getByRole("button", { name: "“What is missing?” has no Chinese text" }).click();
  await expect(titles(page).first()).toBeFocused();
  await page.context().close();
});
