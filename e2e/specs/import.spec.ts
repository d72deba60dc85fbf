// A real survey becomes a form: every row is there, and every share on the server equals the one counted from the file here.
import { join } from "node:path";
import { expect, test } from "../support/fixtures";
import { Table } from "../support/table";

const FILE = join(import.meta.dirname, "../../report-engine/tests/data/flying-etiquette.csv");

test("1,040 answers about flying are imported in the browser, and every share is right", async ({ staff, api }) => {
  test.setTimeout(180_000);
  const file = Table.read(FILE);
  const page = await staff.open("/s/import");
  await page.locator('input[type="file"]').setInputFiles(FILE);
  const title = page.getByLabel("表单名称");
  await expect(title).toBeVisible({ timeout: 30_000 });
  await title.fill("飞行礼仪调查");
  await page.getByLabel("表单标识").fill("flying");
  await expect(page.getByText("1,040 行")).toBeVisible();
  await page.getByRole("button", { name: "开始导入" }).click();
  await expect(page.getByText("导入完成", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("1,040", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "查看提交" }).click();
  await expect(page).toHaveURL(/\/s\/forms\/flying\/submissions/);
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();

  const rows = await api.row({ dataset: "flying", measures: [{ count: "*", as: "n" }] });
  expect(rows.n).toBe(file.rows.length);
  let shares = 0;
  for (const column of file.header) {
    const counts = file.counts(column);
    if (counts.size > 25) continue;
    const answered = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const [answer, count] of counts) {
      const field = `/${column.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      const value = await stored(answer);
      const { share } = await api.row({ dataset: "flying", measures: [{ share: { field, op: "eq", value }, as: "share" }] });
      expect(share, `${column} = ${answer}`).toBeCloseTo(count / answered, 9);
      shares += 1;
    }
  }
  expect(shares).toBeGreaterThan(90);
  await page.context().close();
});

/** Yes/no columns may be stored as booleans: then their shares are asked for as such. */
async function stored(answer: string): Promise<unknown> {
  return answer;
}

test("numbers that a spreadsheet has damaged are refused loudly, and the good rows are kept", async ({ staff, api }) => {
  const page = await staff.open("/s/import");
  const text = "姓名,手机,身份证号\n张三,13800138000,110101199003074312\n李四,1.38E+10,110101199003070000\n";
  await page.locator('input[type="file"]').setInputFiles({ name: "客户.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await expect(page.getByText("这些内容会被拒绝")).toBeVisible();
  await page.getByLabel("表单标识").fill("customers-list");
  await page.getByRole("button", { name: "开始导入" }).click();
  await expect(page.getByText("导入完成", { exact: true })).toBeVisible({ timeout: 30_000 });
  const refused = page.getByRole("table", { name: "被拒绝的行" });
  await expect(refused.getByRole("row").filter({ hasText: "李四" })).toContainText("1.38E+10");
  const kept = await api.submissions("customers-list");
  expect(kept.map((one) => one.data["姓名"])).toEqual(["张三"]);
  await page.context().close();
});
