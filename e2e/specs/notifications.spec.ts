// What concerns me: the number at the bell, the list, what I mute; heard live.
import { PHONE, expect, expectAccessible, test } from "../support/fixtures";

test("a colleague hears of their ticket, reads it, and mutes a kind", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const ann = await staff.hire("Ann Bell", "agent", "quality");
  const page = await staff.open("/s/notifications", { person: ann, language: "en" });
  await expect(page.getByText("No notifications")).toBeVisible();
  await expectAccessible(page, "no notifications");

  // Assigned by hand while the page is open: it appears without reloading, and stands at the bell.
  const ticket = (await api.submissions("ticket"))[0].id;
  await api.send("PUT", `/api/v1/submissions/${ticket}/assignee`, { assignee: ann.id });
  const line = page.getByRole("link", { name: /assigned this to you/ });
  await expect(line).toBeVisible();
  const bell = page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: /^Notifications/ });
  await expect(bell).toHaveText(/Notifications\s*1/);
  await expectAccessible(page, "notifications");

  // A click leads to the ticket, and it is read.
  await line.click();
  await expect(page).toHaveURL(new RegExp(`/s/submissions/${ticket}`));
  await expect(bell).toHaveText(/^\s*Notifications\s*$/);

  // Elsewhere, news are shown for a moment; a note that names her counts.
  const loaded = page.waitForResponse(/\/api\/v1\/notifications/);
  await page.goto("/s/home");
  await loaded;
  await expect(page.getByRole("heading", { name: /Ann Bell/ })).toBeVisible();
  await api.post(`/api/v1/submissions/${ticket}/comments`, { text: "@Ann Bell please look" });
  await expect(page.getByText(/mentioned you: @Ann Bell please look/)).toBeVisible();
  await expect(bell).toHaveText(/Notifications\s*1/);
  await bell.click();
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(bell).toHaveText(/^\s*Notifications\s*$/);
  await expect(page.getByRole("button", { name: "Mark all as read" })).toBeDisabled();

  // What is muted is gone from the list, until it is wanted again.
  await page.getByRole("link", { name: "Choose what to hear" }).click();
  const mentions = page.getByRole("switch", { name: /names? in a note|my name in a note/ });
  await expect(mentions).toBeChecked();
  await mentions.uncheck();
  await page.goto("/s/notifications");
  await expect(line).toBeVisible();
  await expect(page.getByText(/mentioned you/)).toHaveCount(0);
  await page.context().close();
});

test("on a phone the bell stands in the bar, and the list reads well", async ({ staff, api }) => {
  const bo = await staff.hire("Bo Bell", "agent", "quality");
  const ticket = (await api.submissions("ticket"))[1].id;
  await api.send("PUT", `/api/v1/submissions/${ticket}/assignee`, { assignee: bo.id });
  const page = await staff.open("/s/home", { person: bo, language: "zh", theme: "dark", viewport: PHONE });
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "通知" }).click();
  await expect(page.getByRole("link", { name: /分配给了你/ })).toBeVisible();
  await expectAccessible(page, "notifications on a phone");
  await page.context().close();
});

test("what is not open to somebody says so, and what is gone too", async ({ staff }) => {
  const viewer = await staff.hire("Vi Ewer", "viewer");
  const page = await staff.open("/s/definitions", { person: viewer, language: "en" });
  await expect(page.getByText("This is not open to you")).toBeVisible();
  await expectAccessible(page, "not open");
  await page.goto("/s/submissions/00000000-0000-7000-8000-000000000000");
  await expect(page.getByText("Not found", { exact: true })).toBeVisible();
  await page.goto("/s/nowhere");
  await expect(page.getByText("There is no such page")).toBeVisible();
  // Without a network it is said at once, and is over with it.
  await page.goto("/s/home");
  await expect(page.getByRole("heading", { name: /Vi Ewer/ })).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(/The server cannot be reached; reconnecting/)).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText(/The server cannot be reached; reconnecting/)).toBeHidden();
  // Who asks while the server does not answer is not signed out.
  await page.route("**/api/v1/session", (route) => route.abort());
  await page.reload();
  await expect(page.getByText("The server cannot be reached. Check the connection and try again")).toBeVisible();
  await expectAccessible(page, "no server");
  await page.unroute("**/api/v1/session");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: /Vi Ewer/ })).toBeVisible();
  await page.context().close();
});

test("the keys there are are listed", async ({ staff }) => {
  const page = await staff.open("/s/home", { language: "en", theme: "dark" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys.getByText("Command palette")).toBeVisible();
  await expectAccessible(page, "keys");
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  // In a field a question mark is a question mark; the palette leads there as well.
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("?");
  await expect(keys).toBeHidden();
  await page.getByRole("combobox").fill("shortcuts");
  await page.keyboard.press("Enter");
  await expect(keys).toBeVisible();
  await page.context().close();
});

test("one dialog brings somebody in, by a link or by a first password", async ({ staff, browser, server }) => {
  const page = await staff.open("/s/settings/members", { language: "en" });
  await expect(page.getByRole("button", { name: "Add member" })).toHaveCount(0);
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite" });
  await dialog.getByRole("radio", { name: "First password" }).click();
  await dialog.getByRole("button", { name: "Add member" }).click();
  await expect(dialog.getByText("Needed").first()).toBeVisible();
  await expectAccessible(page, "a first password");
  await page.screenshot({ path: "results/first-password.png" });
  const login = `first.${Date.now()}`;
  await dialog.getByLabel("Name", { exact: true }).fill("First Pass");
  await dialog.getByLabel("E-mail, mobile number or user name").fill(login);
  await dialog.getByLabel("First password").last().fill("a long walk home");
  await dialog.getByRole("button", { name: "Add member" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: /First Pass/ })).toBeVisible();
  const context = await browser.newContext({ baseURL: server.demo.url });
  const answer = await context.request.post("/api/v1/session", { data: { login, password: "a long walk home" } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await context.close();
  await page.context().close();
});
