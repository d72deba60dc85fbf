// A form gets to people from its share page: published, short link, code for a site, a mail whose first question is one
// click, a password; and a form for colleagues that no customer can open.
import { customer, DESKTOP, expect, expectAccessible, PHONE, test } from "../support/fixtures";

const form = (key: string, slug: string | null) => ({
  format: 1, kind: "form", key, title: { zh: "午餐评价", en: "Lunch" },
  schema: { type: "object", required: ["score"], properties: { score: { type: "integer", minimum: 1, maximum: 5 }, why: { type: "string" }, place: { type: "string" } } },
  layout: { pages: [{ items: [
    { field: "/score", control: "csat", title: { zh: "今天的午餐怎么样？", en: "How was lunch today?" } },
    { field: "/why", title: { zh: "为什么？", en: "Why?" } },
    { field: "/place", control: "hidden", title: { zh: "来源", en: "Source" } },
  ] }] },
  publish: { slug, languages: ["zh", "en"] },
});

test("a form is published, shared by link, code, site and mail, and kept behind a password", async ({ server, api, staff, browser }) => {
  test.setTimeout(120_000);
  await api.post("/api/v1/definitions", { app: "care", document: form("lunch", "lunch") });
  const page = await staff.open("/s/forms/lunch/build", { language: "en" });
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/s\/forms\/lunch\/share$/);
  await expect(page.getByLabel("Public link", { exact: true })).toHaveValue(`${server.demo.url}/f/lunch`);

  // The short link leads to the form; one for a place answers where it hangs.
  const short = await page.getByLabel("Short link", { exact: true }).inputValue();
  expect(short).toMatch(/\/q\/[2-9a-hjkmnp-z]{7}$/);
  await page.getByLabel("Place or channel").fill("table 12");
  await page.getByRole("button", { name: "Make a short link" }).click();
  const row = page.getByRole("row", { name: /table 12/ });
  await expect(row).toBeVisible();
  const placed = await row.locator("code").innerText();
  const guest = await customer(browser, server, { language: "en", viewport: DESKTOP });
  await guest.goto(short);
  await expect(guest).toHaveURL(`${server.demo.url}/f/lunch`);
  await guest.goto(placed);
  await guest.getByRole("radio", { name: /^2/ }).check();
  await guest.getByRole("button", { name: "Send" }).click();
  await expect(guest.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect((await api.submissions("lunch")).map((one) => one.data)).toEqual([{ score: 2, place: "table 12" }]);

  // Code for a site.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("tab", { name: "On a website" }).click();
  await page.getByRole("radio", { name: "Pop-up" }).click();
  await page.getByLabel("Words on the button").fill("Rate lunch");
  await page.getByRole("button", { name: "Copy code" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `<script src="${server.demo.url}/embed.js" data-form="lunch" data-mode="popup" data-label="Rate lunch" async></script>`,
  );

  // People are invited; the mail asks its question, and robots that follow links store nothing.
  await page.getByRole("tab", { name: "Invite" }).click();
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "List" }).fill("Ann Lee, ann@lunch.example\nBen Fox 138 0013 8000\nnobody at all");
  await dialog.getByRole("button", { name: "Read the list" }).click();
  await expect(dialog.getByText("Found: 2, with a mail address: 1.")).toBeVisible();
  await expect(dialog.getByText(/left out: nobody at all/)).toBeVisible();
  await dialog.getByRole("button", { name: "Invite (2)" }).click();
  await expect(page.getByRole("cell", { name: "Ann Lee ann@lunch.example" })).toBeVisible();
  const box = await api.get<{ items: { to: string; text: string }[] }>("/api/v1/outbox");
  const mail = box.items.find((one) => one.to === "ann@lunch.example")!;
  // Its words are the author's; question and foot are in the language of the team.
  expect(mail.text).toContain("今天的午餐怎么样？");
  const links = mail.text.match(/https?:\/\/\S+/g)!;
  expect(links.filter((link) => link.includes("/e/"))).toHaveLength(5);
  for (const link of links) expect((await fetch(link)).ok, link).toBe(true);
  expect(await api.submissions("lunch")).toHaveLength(1);
  const clicked = links.find((link) => link.endsWith("/4"))!;
  await guest.goto(clicked);
  await expect(guest.getByRole("radio", { name: /^4/ })).toBeChecked();
  await guest.getByRole("button", { name: "Send" }).click();
  await expect(guest.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect((await api.submissions("lunch")).map((one) => one.data.score).sort()).toEqual([2, 4]);
  await expect(page.getByRole("row", { name: /Ann Lee/ }).getByText("Answered")).toBeVisible();
  await expect(page.getByRole("row", { name: /Ben Fox/ }).getByText("Link made")).toBeVisible();

  // A password stands before it.
  await page.getByRole("tab", { name: "Who may answer" }).click();
  await page.getByLabel("New password").fill("open lunch");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("The page asks for a password first.")).toBeVisible();
  await guest.goto(short);
  await guest.locator("input[name=_password]").fill("open lunch");
  await guest.locator("form button[type=submit], form button:not([type])").first().click();
  await expect(guest.getByText("How was lunch today?")).toBeVisible();
  await page.getByRole("button", { name: "Remove the password" }).click();
  await expect(page.getByText("No password: whoever has the link gets in.")).toBeVisible();
  await guest.context().close();
  await page.context().close();
});

test("a colleague fills in a form that has no public page, on a phone, and finds it at home", async ({ server, api, staff, browser }) => {
  const document = form("canteen", null);
  await api.post("/api/v1/apps/import", { format: 1, kind: "app", key: "canteen", title: "Canteen", forms: [document] });
  const stranger = await customer(browser, server, { language: "en" });
  await stranger.goto("/f/@canteen");
  await expect(stranger).toHaveURL(/\/login\?next=/);
  await stranger.context().close();
  const person = await staff.hire("Canteen Guest", "member");
  const page = await staff.open("/s/home", { person, language: "en", viewport: PHONE });
  await page.getByRole("link", { name: "Lunch" }).click();
  await page.getByRole("radio", { name: /^5/ }).check();
  const next = page.getByRole("button", { name: "Continue", exact: true });
  if (await next.isVisible()) await next.click();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("link", { name: "Back to my requests" }).click();
  await expect(page.getByRole("link", { name: /Lunch/ })).toHaveCount(2);
  expect((await api.submissions("canteen")).map((one) => [one.data.score, one.channel])).toEqual([[5, "staff"]]);
  await page.context().close();
});

for (const [language, theme, viewport] of [["zh", "light", DESKTOP], ["en", "dark", PHONE]] as const) {
  test(`the share page can be read by everybody: ${language}, ${theme}`, async ({ staff }) => {
    for (const part of ["link", "embed", "invite", "access", "staff"]) {
      const page = await staff.open(`/s/forms/nps/share?part=${part}`, { language, theme, viewport });
      await page.getByRole("tablist").waitFor({ timeout: 30_000 });
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await expectAccessible(page, `${part}, ${language}, ${theme}`);
      await page.context().close();
    }
  });
}
