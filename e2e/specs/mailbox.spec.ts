// What would have been sent, where no mail server is set: readable, with the way to its ticket.
import { expect, test } from "../support/fixtures";

test("a solution goes to the customer's address and can be read in the mailbox", async ({ staff, api }) => {
  const mark = Date.now();
  const solution = `已为您更换主机 ${mark}`;
  const reason = `主机不启动 ${mark}`;
  await api.answer("nps", { score: 0, reason, about: "product", contact: `box${mark}@customer.example` });
  const [ticket] = await api.submissions("ticket", { field: "/text", op: "eq", value: reason });
  await api.post(`/api/v1/submissions/${ticket.id}/events`, { event: "solve", data: { solution } });
  const page = await staff.open("/s/mailbox");
  await expect(page.getByText("还没有配置 SMTP", { exact: false })).toBeVisible();
  await page.getByRole("button").filter({ hasText: `box${mark}@customer.example` }).filter({ hasText: "您反馈的问题已处理" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(solution)).toBeVisible();
  await dialog.getByRole("link", { name: "查看相关工单" }).click();
  await expect(page).toHaveURL(new RegExp(`/s/submissions/${ticket.id}`));
  await expect(page.getByText(reason).first()).toBeVisible();
  await page.context().close();
});
