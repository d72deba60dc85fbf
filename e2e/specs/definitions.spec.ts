// A definition is edited as JSON: problems stand at their place, nothing broken goes live, and what is published works at once.
import type { Page } from "@playwright/test";
import { answerNps } from "../support/answer";
import { customer, expect, test } from "../support/fixtures";

const editor = (page: Page) => page.getByLabel("定义内容（JSON）");

async function openForm(page: Page, title: string) {
  await page.getByRole("row").filter({ hasText: title }).getByRole("link").first().click();
  await expect(editor(page)).not.toHaveValue("");
}

test("a broken form is marked and cannot be published; mended, it is live on the next request", async ({ browser, server, staff }) => {
  const page = await staff.open("/s/definitions");
  await openForm(page, "推荐意愿调查");
  const before = await editor(page).inputValue();

  await editor(page).fill(before.replace('"/reason"', '"/no_such_field"'));
  const problems = page.getByRole("button").filter({ hasText: "/layout/pages/0/items/1" });
  await expect(problems.first()).toBeVisible();
  await page.getByRole("button", { name: "发布", exact: true }).first().click();
  await expect(page.getByRole("dialog").getByRole("button", { name: "发布", exact: true })).toBeDisabled();
  await page.keyboard.press("Escape");

  const question = `您会向朋友提起我们吗？${Date.now()}`;
  await editor(page).fill(before.replace("您有多大可能把我们推荐给朋友或同事？", question));
  await expect(page.getByText("草稿已保存")).toBeVisible();
  await expect(page.getByText("没有问题，可以发布")).toBeVisible();
  const phone = await customer(browser, server);
  await phone.goto("/f/nps?lang=zh");
  await expect(phone.getByText(question)).toBeHidden();
  await page.getByRole("button", { name: "发布", exact: true }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByText(/已发布 v2/).first()).toBeVisible();
  await phone.reload();
  await expect(phone.getByText(question).first()).toBeVisible();
  expect(await answerNps(phone, "zh", { score: 10 })).toBeNull();
  await page.context().close();
});

test("text that is no JSON says so and is not saved", async ({ staff, api }) => {
  const page = await staff.open("/s/definitions");
  await openForm(page, "服务满意度");
  await editor(page).fill('{"format": 1, "kind": "form",');
  await expect(page.getByText("JSON 有误", { exact: false })).toBeVisible();
  const list = await api.get<{ id: string; key: string; kind: string }[]>("/api/v1/definitions?kind=form");
  const csat = list.find((one) => one.key === "csat")!;
  expect((await api.get<{ draft: string }>(`/api/v1/definitions/${csat.id}`)).draft).toContain('"csat"');
  await page.context().close();
});
