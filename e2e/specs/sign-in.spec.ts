// Signing in, staying in, signing out.
import { customer, DESKTOP, expect, test } from "../support/fixtures";
import { words } from "../support/words";

const word = words.zh;

test("a wrong password is refused in words, the right one opens the page that was asked for", async ({ browser, server }) => {
  const page = await customer(browser, server, { viewport: DESKTOP });
  await page.goto("/s/mailbox");
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel(word.login).fill(server.demo.email);
  await page.getByLabel(word.password).fill("not the password");
  await page.getByRole("button", { name: word.signIn, exact: true }).click();
  await expect(page.getByText("账号或密码不正确")).toBeVisible();
  await page.getByLabel(word.password).fill(server.demo.password);
  await page.getByRole("button", { name: word.signIn, exact: true }).click();
  await expect(page).toHaveURL(/\/s\/mailbox/);
  // A reload while the page is still arriving meets a browser between two pages.
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/\/s\/mailbox/);
});

test("after signing out the session is gone on the server too", async ({ api, browser, server }) => {
  // Whatever the specs before have chosen for this person.
  await api.send("PATCH", "/api/v1/session", { language: "zh" });
  const page = await customer(browser, server, { viewport: DESKTOP });
  await page.goto("/login");
  await page.getByLabel(word.login).fill(server.demo.email);
  await page.getByLabel(word.password).fill(server.demo.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/s\/home/);
  const cookies = await page.context().cookies();
  await page.locator("summary").filter({ hasText: "账号" }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).filter({ visible: true }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.context().addCookies(cookies);
  expect((await page.request.get("/api/v1/session")).status()).toBe(401);
});
