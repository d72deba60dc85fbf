// Who may see what: a role drawn in the browser, seen through a colleague's eyes, and asked about on a record.
import { expect, expectAccessible, test } from "../support/fixtures";

test("a role hides a field, the colleague no longer sees it, and the admin can see why", async ({ staff, api }) => {
  const agent = await staff.hire("Rollentest", "agent", "quality");
  const [ticket] = await api.submissions("ticket", { field: "department", op: "eq", value: "quality" });
  expect(ticket, "the demo has a ticket in quality").toBeTruthy();

  // The agent sees the ticket with its words.
  const seen = await staff.open(`/s/submissions/${ticket.id}`, { person: agent, language: "en" });
  const said = String(ticket.data.text ?? ticket.data.reason ?? "");
  await expect(seen.locator("#thread")).toContainText(said.slice(0, 20));

  // Another department's ticket does not exist for them.
  const [other] = await api.submissions("ticket", { field: "department", op: "eq", value: "logistics" });
  await seen.goto(`/s/submissions/${other.id}`);
  await expect(seen.locator("#thread")).toHaveCount(0);

  // The admin draws: service agents no longer see the customer's name.
  const admin = await staff.open("/s/settings/roles", { language: "en" });
  const row = admin.getByRole("row").filter({ hasText: "agent" }).first();
  await row.getByRole("button", { name: "Edit" }).click();
  const dialog = admin.getByRole("dialog").filter({ visible: true });
  const first = dialog.locator("section").filter({ hasText: "Rule 1" });
  await first.getByText("Fields").click();
  const name = first.locator("li").filter({ has: admin.locator("select[aria-label='Name'], select[aria-label='How may we call you?']") }).first();
  const field = (await name.count()) > 0 ? name : first.locator("li").first();
  const label = (await field.locator("span").first().innerText()).trim();
  await field.locator("select").selectOption("hidden");
  await dialog.getByRole("button", { name: "Save and put in force" }).click();
  await expect(admin.getByText("The role is in force")).toBeVisible();

  // Who can see this field? The agent can see the ticket, not the field.
  await admin.goto(`/s/submissions/${ticket.id}`);
  await admin.locator("summary[aria-label='More actions']").click();
  await admin.getByRole("menuitem", { name: "Who can see this" }).click();
  const who = admin.getByRole("dialog").filter({ visible: true });
  await who.getByLabel("Field").selectOption({ label });
  const line = who.getByRole("row").filter({ hasText: "Rollentest" });
  await expect(line).toContainText("Hidden");
  await expect(line).toContainText("Service agent");

  // And through the agent's eyes: the field is not there, and nothing can be done.
  await admin.goto("/s/settings/roles");
  await admin.getByLabel("Colleague").selectOption({ label: "Rollentest · Agent" });
  await admin.getByRole("button", { name: "See as them" }).click();
  await expect(admin.getByText("You see what Rollentest sees")).toBeVisible();
  await admin.goto(`/s/submissions/${ticket.id}`);
  await expect(admin.locator("#thread")).toBeVisible();
  await expect(admin.locator("#thread dt").filter({ hasText: label })).toHaveCount(0);
  await admin.getByRole("button", { name: "End", exact: true }).click();
  await expect(admin.getByText("You see what Rollentest sees")).toHaveCount(0);

  // All of it is in the audit log, and its chain holds.
  await admin.goto("/s/settings/audit");
  await expect(admin.getByRole("row").filter({ hasText: "looked as" }).first()).toContainText("Rollentest");
  await expect(admin.getByRole("row").filter({ hasText: "published definition" }).first()).toBeVisible();
  await admin.getByRole("button", { name: "Check the chain" }).click();
  await expect(admin.getByText(/lines hold; none was changed/)).toBeVisible();
});

test("answers are changed and a submission deleted by whoever may", async ({ staff, api }) => {
  const receipt = await api.answer("complaint", { about: "product", text: "Der Deckel klemmt", contact: "deckel@e2e.example" });
  const page = await staff.open(`/s/submissions/${receipt.id}`, { language: "en" });
  await page.locator("summary[aria-label='More actions']").click();
  await page.getByRole("menuitem", { name: "Edit answers" }).click();
  const dialog = page.getByRole("dialog").filter({ visible: true });
  await dialog.locator("textarea").first().fill("Der Deckel klemmt sehr");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Answers changed")).toBeVisible();
  await expect(page.locator("#thread")).toContainText("Der Deckel klemmt sehr");
  await page.locator("summary[aria-label='More actions']").click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").filter({ visible: true }).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Deleted")).toBeVisible();
  await page.goto(`/s/submissions/${receipt.id}`);
  await expect(page.locator("#thread")).toHaveCount(0);
});

test("a role is written: sight alone, a condition typed and chosen, its key from its name", async ({ staff, api }) => {
  const page = await staff.open("/s/settings/roles", { language: "en" });
  await page.getByRole("button", { name: "New role" }).click();
  const dialog = page.getByRole("dialog").filter({ visible: true });
  const key = dialog.locator("#role-key");
  await dialog.getByLabel("Name in English").fill("Front desk lead");
  await expect(key).toHaveValue("front-desk-lead");
  await dialog.getByLabel("Name in Chinese").fill("前台主管");
  await dialog.getByRole("button", { name: "Add a rule" }).click();
  await dialog.getByLabel("Form", { exact: true }).selectOption("nps");
  await expect(dialog.getByLabel("See", { exact: true })).toBeChecked();
  await expect(dialog.getByLabel("Edit and work")).not.toBeChecked();

  // What is typed stays, letter by letter, and says what is wrong with it.
  await dialog.getByText("Only where").click();
  const json = dialog.getByLabel("Condition as JSON");
  await json.fill("region = east");
  await expect(dialog.getByText("Not JSON from line 1, column 1 on")).toBeVisible();
  await expect(json).toHaveValue("region = east");
  await dialog.getByRole("button", { name: "Save and put in force" }).click();
  await expect(json).toBeFocused();
  await json.fill("");
  const typed = '{"field": "/score", "op": "lt", "value": 3}';
  await json.pressSequentially(typed);
  await expect(json).toHaveValue(typed);
  // The same as comparisons; what is chosen there is in the JSON.
  const value = dialog.getByLabel("Value", { exact: true });
  await expect(value).toHaveValue("3");
  await value.fill("5");
  await expect(json).toHaveValue('{"field":"/score","op":"lt","value":5}');
  await expectAccessible(page, "a role with a condition");

  // A key that is none is marked, and the focus is on it.
  await key.fill("Front Desk!");
  await dialog.getByRole("button", { name: "Save and put in force" }).click();
  await expect(key).toHaveAttribute("aria-invalid", "true");
  await expect(key).toBeFocused();
  await key.fill("front-desk-lead");
  await dialog.getByRole("button", { name: "Save and put in force" }).click();
  await expect(page.getByText("The role is in force")).toBeVisible();
  const roles = await api.get<{ id: string; key: string }[]>("/api/v1/definitions?kind=role");
  const { draft } = await api.get<{ draft: string }>(`/api/v1/definitions/${roles.find((one) => one.key === "front-desk-lead")!.id}`);
  expect(JSON.parse(draft).grants).toMatchObject([{ form: "nps", verbs: ["see"], where: { field: "/score", op: "lt", value: 5 } }]);
});

test("a member's home speaks of their own things, and asks nothing of tickets", async ({ staff }) => {
  const member = await staff.hire("Mitglied", "member");
  const page = await staff.open("/s/home", { person: member, language: "en" });
  const refused: string[] = [];
  page.on("response", (response) => { if (response.status() === 403) refused.push(response.url()); });
  await page.reload();
  await expect(page.getByText("What waits for you today, and what you asked for.")).toBeVisible();
  await expect(page.getByText("New tasks given to you appear here.")).toBeVisible();
  await page.waitForLoadState("load");
  expect(refused).toEqual([]);
});

test("the palette finds a section of the settings", async ({ staff }) => {
  const page = await staff.open("/s/home", { language: "en" });
  await page.keyboard.press("Control+K");
  await page.keyboard.type("audit");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/s\/settings\/audit$/);
});
