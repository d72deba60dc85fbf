// A team that has nothing yet: from signing in to a live survey in four clicks, and an app that travels to another team.
import { readFile } from "node:fs/promises";
import { expect, test as base, type Page } from "@playwright/test";
import { expectAccessible } from "../support/fixtures";
import { Server } from "../support/server";

const PEOPLE = [
  { team: "晨光", email: "owner@morning.example", password: "correct horse battery 1" },
  { team: "远山", email: "owner@hills.example", password: "correct horse battery 2" },
];

const test = base.extend<object, { url: string }>({
  url: [
    async ({}, use) => {
      const server = await Server.empty(PEOPLE);
      await use(server.url);
      await server.stop();
    },
    { scope: "worker", timeout: 150_000 },
  ],
});

test.use({ locale: "zh-CN" });

async function signIn(page: Page, url: string, who: (typeof PEOPLE)[number]) {
  const answer = await page.request.post(`${url}/api/v1/session`, { data: { login: who.email, password: who.password } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.goto(`${url}/s/home`);
}

test("four clicks from signing in to a live survey with its loop and its board", async ({ page, url }) => {
  await signIn(page, url, PEOPLE[0]);
  let clicks = 0;
  const click = async (locator: ReturnType<Page["locator"]>) => {
    clicks += 1;
    await locator.click();
  };
  await click(page.getByRole("link", { name: /你想先做什么/ }));
  await expect(page).toHaveURL(/\/s\/start$/);
  const card = page.getByRole("listitem").filter({ hasText: "客户关怀" });
  await click(card.getByRole("button", { name: "看看会建什么" }));
  const dialog = page.getByRole("dialog", { name: "安装“客户关怀”" });
  await expect(dialog.getByText("nps-loop")).toBeVisible();
  await expectAccessible(page, "what an app makes");
  await click(dialog.getByRole("button", { name: "安装", exact: true }));
  const link = dialog.getByRole("link", { name: "打开看看" });
  await expect(link).toHaveAttribute("href", /\/f\/nps$/);
  await expect(dialog.getByRole("img", { name: /二维码/ })).toBeVisible();
  const opened = page.waitForEvent("popup");
  await click(link);
  const survey = await opened;
  await expect(survey.getByRole("heading", { name: "推荐意愿调查" })).toBeVisible();
  expect(clicks).toBe(4);

  // A low answer opens the loop, and the list ticks itself off without a reload.
  const answered = await page.request.post(`${url}/api/v1/public/forms/nps/submissions`, { data: { score: 2, about: "product", contact: "li@example.com" } });
  expect(answered.status()).toBe(201);
  await page.keyboard.press("Escape");
  const step = (name: string) => page.getByRole("listitem").filter({ hasText: name });
  await expect(step("发布一个表单")).toContainText("已完成");
  await expect(step("收到第一份回答")).toContainText("已完成");
  await expect(step("看一眼看板")).toContainText("未完成");
  // Home leads back to the list until every step is done.
  await page.goto(`${url}/s/home`);
  await page.getByRole("link", { name: /上手清单：完成了 \d\/5 步/ }).click();
  await expect(step("看一眼看板")).toContainText("未完成");
  await page.goto(`${url}/s/dash/cx`);
  await expect(page.getByRole("region", { name: "工单状态" })).toBeVisible();
  await page.goto(`${url}/s/start`);
  await expect(step("看一眼看板")).toContainText("已完成");
});

test("samples come with one tick and go with one click", async ({ page, url }) => {
  await signIn(page, url, PEOPLE[0]);
  await page.goto(`${url}/s/apps/gallery`);
  await expectAccessible(page, "gallery");
  await page.getByRole("listitem").filter({ hasText: "意见箱" }).getByRole("button", { name: "看看会建什么" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: /示例数据/ }).check();
  await dialog.getByRole("button", { name: "安装", exact: true }).click();
  await expect(dialog.getByRole("link", { name: "打开看看" })).toBeVisible();
  await page.goto(`${url}/s/start`);
  await expect(page.getByText("“意见箱”里有 5 条示例数据")).toBeVisible();
  await page.getByRole("button", { name: "删除示例数据" }).click();
  await expect(page.getByText("“意见箱”里有 5 条示例数据")).toBeHidden();
});

test("an app is shared with every team only after a question, and offers what there is to take back", async ({ page, url }) => {
  await signIn(page, url, PEOPLE[0]);
  const install = await page.request.post(`${url}/api/v1/gallery/suggestion-box/install`);
  expect(install.ok(), await install.text()).toBe(true);
  await page.goto(`${url}/s/apps`);
  const menu = async () => page.getByRole("listitem").filter({ hasText: "suggestion-box" }).locator("summary").click();
  await menu();
  await expect(page.getByRole("menuitem", { name: "加入示例数据" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "删除示例数据" })).toHaveCount(0);
  await expect(page.getByRole("menuitem", { name: "从应用库撤下" })).toHaveCount(0);
  await page.getByRole("menuitem", { name: "存为模板" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("所有团队都能看到和安装");
  await dialog.getByRole("button", { name: "取消" }).click();
  const shelf = async () => ((await (await page.request.get(`${url}/api/v1/gallery`)).json()) as { own: boolean }[]).filter((one) => one.own).length;
  expect(await shelf()).toBe(0);
  await menu();
  await page.getByRole("menuitem", { name: "存为模板" }).click();
  await dialog.getByRole("button", { name: "存为模板" }).click();
  await expect.poll(shelf).toBe(1);
  await menu();
  await page.getByRole("menuitem", { name: "从应用库撤下" }).click();
  await expect.poll(shelf).toBe(0);
});

test("an app goes to a team with other departments, changes there, and takes its next version", async ({ page, url }, info) => {
  await signIn(page, url, PEOPLE[0]);
  const install = await page.request.post(`${url}/api/v1/gallery/repairs/install`);
  expect(install.ok(), await install.text()).toBe(true);
  await page.goto(`${url}/s/apps`);
  await expectAccessible(page, "apps");
  const app = page.getByRole("listitem").filter({ hasText: "repairs" });
  const download = page.waitForEvent("download");
  await app.getByRole("link", { name: "导出" }).click();
  const file = info.outputPath("repairs.json");
  await (await download).saveAs(file);
  const first = await readFile(file, "utf8");

  await page.context().clearCookies();
  await signIn(page, url, PEOPLE[1]);
  const made = await page.request.post(`${url}/api/v1/departments`, { data: { key: "house", title: "物业" } });
  expect(made.ok(), await made.text()).toBe(true);
  await page.goto(`${url}/s/apps/import`);
  const choose = page.locator("input[type=file]");
  await choose.setInputFiles(file);
  await expect(page.getByText("repair-care")).toBeVisible();
  await expect(page.getByText("/f/repair-2")).toBeVisible();
  await page.getByRole("combobox", { name: "后勤部" }).selectOption({ label: "物业" });
  await expect(page.getByText("house", { exact: true })).toBeVisible();
  await expectAccessible(page, "import of an app");
  await page.getByRole("button", { name: "导入", exact: true }).click();
  await expect(page.getByText("“报修”已导入")).toBeVisible();
  const exported = await page.request.get(`${url}/api/v1/apps/repairs/export`);
  const there = await exported.text();
  expect(there).toContain('"*": "house"');
  expect(there).not.toContain("facilities");

  // Both sides change the same words: one question, side by side.
  const definitions = await (await page.request.get(`${url}/api/v1/definitions?kind=form`)).json();
  const { id } = definitions.find((one: { key: string }) => one.key === "repair");
  const definition = await (await page.request.get(`${url}/api/v1/definitions/${id}`)).json();
  const draft = definition.draft.replace('"Something is broken"', '"Tell us what broke"');
  const saved = await page.request.put(`${url}/api/v1/definitions/${id}/draft`, { data: { rev: definition.rev, draft } });
  const { rev } = await saved.json();
  expect((await page.request.post(`${url}/api/v1/definitions/${id}/publish`, { data: { rev } })).status()).toBe(200);
  const next = Buffer.from(first.replace('"Something is broken"', '"Report a fault"'));
  await choose.setInputFiles({ name: "repairs.json", mimeType: "application/json", buffer: next });
  await expect(page.getByText("表单“报修” · 名称 · 英文")).toBeVisible();
  await expect(page.getByText("和现有的一样，什么都不会变。")).toBeHidden();
  await expect(page.getByText("Tell us what broke")).toBeVisible();
  await expect(page.getByRole("button", { name: "导入", exact: true })).toBeDisabled();
  await page.getByRole("radio", { name: "用文件里的" }).or(page.getByRole("button", { name: "用文件里的" })).first().click();
  await page.getByRole("button", { name: "导入", exact: true }).click();
  await expect(page.getByText("“报修”已导入")).toBeVisible();
  const after = await (await page.request.get(`${url}/api/v1/apps/repairs/export`)).text();
  expect(after).toContain("Report a fault");
});
