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

test("@ in a note offers colleagues, by keyboard and by mouse, in both languages", async ({ staff, api }) => {
  test.setTimeout(120_000);
  const [min, ann] = [await staff.hire("沈敏敏", "agent", "quality"), await staff.hire("Ann Note", "agent", "quality")];
  // One they may see: what somebody may not see they are not told of, and so are not offered.
  await staff.hire("Ann Elsewhere", "agent", "service");
  const ticket = (await api.submissions("ticket")).find((one) => one.department === "quality")!.id;
  const page = await staff.open(`/s/submissions/${ticket}`, { language: "en" });
  await page.getByRole("radio", { name: "Reply" }).click();
  const reply = page.getByRole("textbox", { name: /^Write to the customer/ });
  await reply.pressSequentially("@Ann");
  const offer = page.getByRole("listbox", { name: "Colleagues" });
  // A customer is told nobody's name.
  await expect(offer).toHaveCount(0);
  await reply.fill("");

  await page.getByRole("radio", { name: "Internal note" }).click();
  const note = page.getByRole("textbox", { name: /^Write to your colleagues/ });
  await note.pressSequentially("mail a@b.example, ");
  await expect(offer).toHaveCount(0);
  await note.pressSequentially("@");
  await expect(offer.getByRole("option")).not.toHaveCount(0);
  await expect(note).toBeFocused();
  await expectAccessible(page, "colleagues are offered");
  // Letters narrow it, arrows walk it, and the field says which line is meant.
  await note.pressSequentially("ann no");
  const option = offer.getByRole("option", { name: /Ann Note/ });
  await expect(offer.getByRole("option")).toHaveCount(1);
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(note).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id"))!);
  await expect(page.getByRole("status").filter({ hasText: "Colleagues: 1." })).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(note).toHaveValue("mail a@b.example, @Ann Note ");
  await expect(offer).toHaveCount(0);
  await expect(note).not.toHaveAttribute("aria-activedescendant", /./);
  // Escape declines, and the sign stays; elsewhere it is asked again.
  await note.pressSequentially("and @");
  await expect(offer).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(note).toHaveAttribute("aria-activedescendant", "colleague-1");
  await page.keyboard.press("Escape");
  await expect(offer).toHaveCount(0);
  await expect(note).toBeFocused();
  await note.pressSequentially("沈");
  await expect(offer).toHaveCount(0);
  for (let sign = 0; sign < 2; sign += 1) await page.keyboard.press("Backspace");
  await note.pressSequentially("@沈敏");
  await offer.getByRole("option", { name: /沈敏敏/ }).click();
  await expect(note).toHaveValue("mail a@b.example, @Ann Note and @沈敏敏 ");
  await expect(note).toBeFocused();
  await note.pressSequentially("please look");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Note added")).toBeVisible();
  for (const person of [min, ann]) {
    const told = await staff.open("/s/notifications", { person, language: "zh" });
    await expect(told.getByText(/在备注里提到你/).first()).toBeVisible();
    await told.context().close();
  }
  await page.context().close();

  // On a phone a tap does it.
  const phone = await staff.open(`/s/submissions/${ticket}`, { language: "zh", theme: "dark", viewport: PHONE });
  await phone.getByRole("radio", { name: "内部备注" }).click();
  const field = phone.getByRole("textbox", { name: /^写给同事的备注/ });
  await field.pressSequentially("请@");
  await expect(phone.getByRole("listbox", { name: "同事" })).toBeInViewport();
  await phone.screenshot({ path: "results/pages/mention-zh-dark-390.png" });
  await field.pressSequentially("沈");
  await phone.getByRole("option", { name: /沈敏敏/ }).tap();
  await expect(field).toHaveValue("请@沈敏敏 ");
  await expectAccessible(phone, "colleagues are offered on a phone");
  await phone.context().close();
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
  await expect(page.getByRole("heading", { level: 1, name: "There is no such page" })).toBeVisible();
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
