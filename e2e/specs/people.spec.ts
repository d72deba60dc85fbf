// How people come into a team, get back in, and leave it.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { contextOf, customer, DESKTOP, expect, expectAccessible, PHONE, test } from "../support/fixtures";
import { Server } from "../support/server";

const PASSWORD = "a long walk home";

/** RFC 6238, as authenticators do it. */
function totp(secret: string, at = Date.now()): string {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const from = digest[19] & 15;
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("an invited colleague joins by the link, and the link is over", async ({ browser, server, staff }) => {
  const admin = await staff.open("/s/settings/members", { language: "zh" });
  await admin.getByRole("button", { name: "邀请成员" }).click();
  const dialog = admin.getByRole("dialog", { name: "邀请成员" });
  await dialog.getByLabel("姓名（选填）").fill("周舟");
  await dialog.getByRole("button", { name: "生成链接" }).click();
  const link = await dialog.getByRole("textbox", { name: "链接" }).inputValue();
  await dialog.getByRole("button", { name: "完成" }).click();
  await expect(admin.getByRole("row", { name: /周舟/ }).getByText("待接受")).toBeVisible();
  for (const [language, viewport, title] of [["zh", DESKTOP, /^加入“/], ["en", PHONE, /^Join /]] as const) {
    const page = await customer(browser, server, { language, viewport });
    await page.goto(link);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await expectAccessible(page, `join-${language}`);
    await page.screenshot({ path: `results/pages/join-${language}.png` });
  }
  const page = await customer(browser, server, { viewport: DESKTOP });
  await page.goto(link);
  await page.getByLabel("登录账号").fill("+86 137 0013 7000");
  await page.getByLabel("密码").fill("1234567890");
  await page.getByRole("button", { name: "加入并登录" }).click();
  await expect(page.getByText("这个密码太常见，容易被猜到")).toBeVisible();
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByRole("button", { name: "加入并登录" }).click();
  await expect(page).toHaveURL(/\/s\/home/);
  const late = await customer(browser, server);
  await late.goto(link);
  await expect(late.getByText("这个链接已失效")).toBeVisible();
  await admin.reload();
  await expect(admin.getByRole("table", { name: "成员" }).getByRole("row", { name: /周舟/ })).toBeVisible();
});

test("a forgotten password is set by a link of an admin's, and the second step is asked for", async ({ browser, server, staff }) => {
  const person = await staff.hire("Step By Step", "agent");
  const admin = await staff.open("/s/settings/members", { language: "en" });
  await admin.getByRole("row", { name: /Step By Step/ }).getByRole("button", { name: "Edit" }).click();
  const sheet = admin.getByRole("dialog", { name: /Step By Step/ });
  await sheet.getByRole("button", { name: "Link for a new password" }).click();
  const link = await sheet.getByRole("textbox", { name: "Link" }).inputValue();
  const page = await customer(browser, server, { language: "en", viewport: DESKTOP });
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot the password?" }).click();
  await page.getByLabel("E-mail, mobile number or user name").fill("nobody@b.example");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("If there is such an account")).toBeVisible();
  await expectAccessible(page, "forgot");
  await page.goto(link);
  await page.getByLabel("Password").fill(PASSWORD);
  await expectAccessible(page, "reset");
  await page.getByRole("button", { name: "Save the password" }).click();
  await page.getByRole("link", { name: "Go to sign-in" }).click();
  await page.getByLabel("E-mail, mobile number or user name").fill(person.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/s\/home/);
  await page.goto("/s/settings/personal");
  await page.getByRole("button", { name: "Switch on" }).click();
  const dialog = page.getByRole("dialog", { name: "Two-step sign-in" });
  await dialog.getByLabel("Present password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Switch on" }).click();
  await expect(dialog.getByRole("img", { name: "QR code" })).toBeVisible();
  const secret = (await dialog.locator("code").textContent())!;
  await page.screenshot({ path: "results/pages/second-step-en.png" });
  await dialog.getByLabel("Code").fill(totp(secret));
  await dialog.getByRole("button", { name: "Confirm" }).click();
  const recovery = (await dialog.getByRole("list").getByRole("listitem").first().textContent())!;
  await page.screenshot({ path: "results/pages/recovery-en.png" });
  await dialog.getByRole("button", { name: "I have saved them" }).click();
  await expect(page.getByText("10 recovery codes left")).toBeVisible();
  const again = await customer(browser, server, { language: "en", viewport: DESKTOP });
  await again.goto("/login");
  await again.getByLabel("E-mail, mobile number or user name").fill(person.email);
  await again.getByLabel("Password").fill(PASSWORD);
  await again.keyboard.press("Enter");
  await again.getByLabel("Code").fill(recovery);
  await again.screenshot({ path: "results/pages/login-code-en.png" });
  await again.keyboard.press("Enter");
  await expect(again).toHaveURL(/\/s\/home/);
});

/** Goes through the dialog that switches the second step on; what the authenticator keeps. */
async function switchOn(page: Page, password: string): Promise<string> {
  await page.getByRole("button", { name: "Switch on" }).click();
  const dialog = page.getByRole("dialog", { name: "Two-step sign-in" });
  await dialog.getByLabel("Present password").fill(password);
  await page.keyboard.press("Enter");
  const secret = (await dialog.locator("code").textContent())!;
  await expect(dialog.getByLabel("Code")).toBeFocused();
  await page.keyboard.type(totp(secret));
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "I have saved them" }).click();
  await expect(page.getByText("10 recovery codes left")).toBeVisible();
  return secret;
}

test("a team that asks for two steps lets an admin in once theirs is on, and nowhere before", async ({ browser }) => {
  test.setTimeout(120_000);
  const owner = { team: "Two Steps", email: "owner@steps.example", password: PASSWORD };
  const server = await Server.empty([owner]);
  const admin = { login: "admin@steps.example", password: `${PASSWORD} 2` };
  const open = async (who: { login: string; password: string }, viewport = DESKTOP) => {
    const page = await (await browser.newContext({ ...contextOf("en", viewport), baseURL: server.url })).newPage();
    await page.goto("/login?next=/s/definitions");
    // A language that was chosen here goes before the account's.
    for (const language of ["中文", "English"]) await page.getByRole("button", { name: language, exact: true }).click();
    await page.getByLabel("E-mail, mobile number or user name").fill(who.login);
    await page.getByLabel("Password").fill(who.password);
    await page.keyboard.press("Enter");
    return page;
  };

  // Who has not switched their own on cannot ask it of others.
  const first = await open({ login: owner.email, password: PASSWORD });
  await expect(first).toHaveURL(`${server.url}/s/definitions`);
  await expect(first.getByRole("heading", { level: 1 })).toBeVisible();
  await first.goto("/s/settings/members");
  const asked = first.getByRole("checkbox", { name: "Owners and admins must use two-step sign-in" });
  await asked.click();
  await expect(first.locator(".toast").getByText(/Switch your own on first/)).toBeVisible();
  await expect(asked).not.toBeChecked();
  await first.goto("/s/settings/personal");
  await switchOn(first, PASSWORD);
  const made = await first.request.post("/api/v1/members", { data: { name: "Ad Min", email: admin.login, password: admin.password, role: "admin" } });
  expect(made.ok(), await made.text()).toBe(true);
  await first.goto("/s/settings/members");
  await asked.click();
  await expect(asked).toBeChecked();
  await first.reload();
  await expect(asked).toBeChecked();

  // The admin is led to their own settings, whatever they asked for, and to nothing else there.
  for (const viewport of [PHONE, DESKTOP]) {
    const page = await open(admin, viewport);
    await expect(page).toHaveURL(/\/s\/settings\/personal$/);
    await expect(page.getByText(/Switch it on below to go on/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Switch on" })).toBeInViewport();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expectAccessible(page, "owing the second step");
    await page.screenshot({ path: `results/pages/second-step-owed-${viewport.width}.png` });
    await page.goto("/s/inbox");
    await expect(page).toHaveURL(/\/s\/settings\/personal$/);
    if (viewport === PHONE) {
      await page.context().close();
      continue;
    }
    const secret = await switchOn(page, admin.password);
    await expect(page.getByText(/Switch it on below to go on/)).toHaveCount(0);
    await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Forms" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Forms" })).toBeVisible();
    await page.context().close();

    // From now on the code is asked for, and leads to where one wanted to go. A code is good once: the next one is used.
    const again = await open(admin);
    await again.getByLabel("Code").fill(totp(secret, Date.now() + 30_000));
    await again.keyboard.press("Enter");
    await expect(again).toHaveURL(`${server.url}/s/definitions`);
    await expect(again.getByRole("heading", { level: 1 })).toBeVisible();
    await again.context().close();
  }
  await first.context().close();
  await server.stop();
});

test("a file of people is looked at, corrected, done, and done again without a change", async ({ staff }) => {
  const page = await staff.open("/s/settings/people", { language: "zh" });
  const bring = (text: string) =>
    page.locator("input[type=file]").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  const head = "账号,姓名,部门编码,部门名称,上级部门,部门负责人,上级账号,角色\n";
  await bring(`${head}e2e.zhang,张三,sales,销售部,,是,,老板\n`);
  await expect(page.getByRole("row", { name: /2 角色 没有角色/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "执行导入" })).toHaveCount(0);
  const right = `${head}e2e.zhang,张三,sales,销售部,,是,,设计者\ne2e.li,李四,sales-north,北区,sales,,e2e.zhang,客服\n`;
  await bring(right);
  await expect(page.getByText("共 2 行：新增 2，更新 0，停用 0，不变 0")).toBeVisible();
  await page.screenshot({ path: "results/pages/people-look-zh.png", fullPage: true });
  await expectAccessible(page, "people file");
  await page.getByRole("button", { name: "执行导入" }).click();
  await expect(page.getByRole("button", { name: "下载链接（CSV）" })).toBeVisible();
  await bring(right);
  await expect(page.getByText("没有变化，团队与文件一致。")).toBeVisible();
  await page.goto("/s/settings/departments");
  await expect(page.getByRole("row", { name: /北区/ })).toBeVisible();
  await page.screenshot({ path: "results/pages/departments-zh.png" });
});

test("whoever leaves hands everything over and is out", async ({ staff, api }) => {
  const leaver = await staff.hire("Leaving Soon", "agent", "quality");
  const stays = await staff.hire("Staying On", "agent", "quality");
  const ticket = (await api.submissions("ticket")).find((one) => one.state !== "closed")!;
  await api.send("PUT", `/api/v1/submissions/${ticket.id}/assignee`, { assignee: leaver.id });
  const page = await staff.open("/s/settings/members", { language: "en" });
  await page.getByRole("row", { name: /Leaving Soon/ }).getByRole("button", { name: "Edit" }).click();
  const sheet = page.getByRole("dialog", { name: /Leaving Soon/ });
  await expectAccessible(page, "edit member");
  await page.screenshot({ path: "results/pages/member-en.png" });
  await sheet.getByRole("button", { name: "Hand over…" }).click();
  await expect(sheet.getByText("Open tickets")).toBeVisible();
  await sheet.getByLabel("Goes to").selectOption({ label: "Staying On" });
  await page.screenshot({ path: "results/pages/hand-over-en.png" });
  await sheet.getByRole("button", { name: "Hand over and take access away" }).click();
  await expect(page.getByRole("row", { name: /Leaving Soon/ }).getByText("No access")).toBeVisible();
  const held = await api.get<{ tickets: number }>(`/api/v1/members/${leaver.id}/hand-over`);
  expect(held.tickets).toBe(0);
  const moved = await api.get<{ assignee?: { id: string } | string | null }>(`/api/v1/submissions/${ticket.id}`);
  expect(JSON.stringify(moved)).toContain(stays.id);
});

test("an empty server is set up by the link it prints, once", async ({ browser }) => {
  const { setup, stop } = await Server.unset();
  try {
    const context = await browser.newContext({ viewport: DESKTOP, locale: "zh-CN" });
    const page = await context.newPage();
    await page.goto(setup);
    await expect(page.getByRole("heading", { name: "开始使用回音" })).toBeVisible();
    await page.screenshot({ path: "results/pages/setup-zh.png" });
    await expectAccessible(page, "setup");
    await page.getByLabel("团队名称").fill("回音咖啡");
    await page.getByLabel("姓名").fill("林晓");
    await page.getByLabel("登录账号").fill("linxiao");
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "创建团队" }).click();
    await expect(page).toHaveURL(/\/s\/start/);
    const session = await (await page.request.get(new URL("/api/v1/session", setup).href)).json();
    expect(session.role).toBe("owner");
    expect((await page.request.get(setup)).status()).toBe(404);
    await context.close();
  } finally {
    await stop();
  }
});
