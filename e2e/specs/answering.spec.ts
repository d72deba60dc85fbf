// Answering, where only a browser shows it: impatient thumbs, what nobody has to fill, lists, and the way back to what was sent.
import { customer, DESKTOP, expect, test } from "../support/fixtures";
import type { Api } from "../support/api";

const text = { type: "string" };

/** Publishes one form at its own address. */
async function publish(api: Api, key: string, properties: object) {
  const form = { format: 1, kind: "form", key, title: { zh: "登记", en: "Registration" }, schema: { type: "object", properties }, publish: { slug: key, edit: true } };
  await api.post("/api/v1/apps/import", { format: 1, kind: "app", key: `answering-${key}`, title: key, forms: [form] });
}

test("the second tap of two is not taken for the next screen, nor for sending", async ({ browser, server, api }) => {
  await publish(api, "taps", { a: text, b: text, c: text, d: text, e: text });
  const page = await customer(browser, server, { language: "en" });
  await page.goto("/f/taps?lang=en");
  const place = page.locator("#count");
  await expect(place).toHaveText("1 of 5");
  await page.locator('[name="/a"]').fill("first");
  const twice = async () => {
    const button = page.locator(".actions button.primary").filter({ visible: true });
    await expect(button).not.toHaveAttribute("aria-disabled", "true");
    const { x, y, width, height } = (await button.boundingBox())!;
    await page.touchscreen.tap(x + width / 2, y + height / 2);
    await page.waitForTimeout(120);
    await page.touchscreen.tap(x + width / 2, y + height / 2);
    await page.waitForTimeout(100);
  };
  for (const screen of [2, 3, 4, 5]) {
    await twice();
    await expect(place).toHaveText(`${screen} of 5`);
  }
  expect(await api.submissions("taps")).toEqual([]);
  await twice();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect(await api.submissions("taps")).toHaveLength(1);
  await page.context().close();
});

test("whoever answers at once need not wait for the screen to settle", async ({ browser, server, api }) => {
  await publish(api, "swift", { a: text, b: text, c: text, d: text });
  const page = await customer(browser, server, { language: "en" });
  await page.goto("/f/swift?lang=en");
  await expect(page.locator("#count")).toHaveText("1 of 4");
  // One press each, with an answer between them, and no time at all.
  await page.evaluate(() => {
    const press = () => document.querySelector<HTMLElement>(".next")!.click();
    const fill = (name: string) => {
      const input = document.querySelector<HTMLInputElement>(`[name="/${name}"]`)!;
      input.value = name;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    for (const name of ["a", "b", "c"]) {
      fill(name);
      press();
    }
  });
  await expect(page.locator("#count")).toHaveText("4 of 4");
  await page.context().close();
});

test("what nobody has to fill is begun by an answer and not by its defaults", async ({ browser, server, api }) => {
  await publish(api, "family", {
    kids: { type: "array", items: { type: "object", required: ["n"], properties: { n: text, meal: { enum: ["omni", "veg"], default: "omni" } } } },
    addr: { type: "object", required: ["street", "country"], properties: { street: text, country: { enum: ["US", "CA"], default: "US" } } },
  });
  const page = await customer(browser, server, { language: "en", viewport: DESKTOP });
  const thanked = page.getByRole("heading", { name: "Thank you" });
  await page.goto("/f/family?lang=en");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(thanked).toBeVisible();
  await page.goto("/f/family?lang=en");
  const meal = page.locator('[name="/kids/0/meal"][value="omni"]');
  const name = page.locator('[name="/kids/0/n"]');
  await expect(meal).not.toBeChecked();
  await name.fill("Mia");
  await expect(meal).toBeChecked();
  await expect(page.locator('[name="/addr/country"]:checked')).toHaveCount(0);
  await name.fill("");
  await expect(meal).not.toBeChecked();
  await name.fill("Mia");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(thanked).toBeVisible();
  const sent = (await api.submissions("family")).map((one) => one.data);
  expect(sent).toHaveLength(2);
  expect(sent).toContainEqual({ kids: [{ n: "Mia", meal: "omni" }] });
  await page.context().close();
});

for (const script of [true, false]) {
  test(`lists keep what is typed, behind named places and within rows (${script ? "with" : "without"} script)`, async ({ browser, server, api }) => {
    const key = script ? "lists-script" : "lists-plain";
    await publish(api, key, {
      t: { type: "array", prefixItems: [text, text], items: text },
      users: { type: "array", items: { type: "object", properties: { name: text, phones: { type: "array", items: text } } } },
    });
    const page = await customer(browser, server, { language: "en", script, viewport: DESKTOP });
    await page.goto(`/f/${key}?lang=en`);
    for (const [index, word] of ["one", "two", "three"].entries()) await page.locator(`[name="/t/${index}"]`).fill(word);
    await page.locator('[name="/users/0/name"]').fill("Li");
    await page.locator('[name="/users/0/phones/0"]').fill("1");
    await page.getByRole("button", { name: "Add another: Phones" }).click();
    await page.locator('[name="/users/0/phones/1"]').fill("2");
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
    expect((await api.submissions(key)).map((one) => one.data)).toEqual([{ t: ["one", "two", "three"], users: [{ name: "Li", phones: ["1", "2"] }] }]);
    await page.context().close();
  });
}

test("the thank-you leads to what was sent, in the same language and with its code", async ({ browser, server, api }) => {
  await publish(api, "signed", { mail: { type: "string", format: "email" } });
  const page = await customer(browser, server, { language: "en", viewport: DESKTOP });
  await page.goto("/f/signed?lang=zh");
  await page.locator('[name="/mail"]').fill("kunde@b.example");
  await page.getByRole("button", { name: "提交" }).click();
  const code = await page.locator("dd[data-receipt]").filter({ visible: true }).innerText();
  await page.getByRole("button", { name: "查询、更正或删除我提交的内容" }).click();
  await expect(page).toHaveURL(`${server.demo.url}/r`);
  await expect(page.getByLabel("编号")).toHaveValue(code);
  await page.getByLabel("填写时留下的邮箱或手机号").fill("kunde@b.example");
  await page.getByRole("button", { name: "查询" }).click();
  await page.getByRole("link", { name: "更正" }).click();
  await expect(page.getByRole("note")).toContainText(code);
  await page.context().close();
});
