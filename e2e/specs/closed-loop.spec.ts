// The product's one promise, from both sides: a customer answers on a phone, a colleague sees it at once, replies and solves;
// the customer reads it, is asked how that was, and a bad mark opens the ticket again.
import { answerNps, choose, send } from "../support/answer";
import { customer, expect, expectAccessible, test, type Language } from "../support/fixtures";
import { words } from "../support/words";

const journeys: { language: Language; script: boolean }[] = [
  { language: "zh", script: true },
  { language: "en", script: true },
  { language: "zh", script: false },
  { language: "en", script: false },
];

const said = {
  zh: { reason: "说好昨天送到，等了一整天没人联系", reply: "您好，包裹今天下午三点前送到，我会一直跟到您签收。", solution: "包裹已由您本人签收，并退还了运费。", comment: "签收的不是我" },
  en: { reason: "It was due yesterday and nobody called", reply: "Your parcel arrives before three today; I will follow it until you have it.", solution: "You have signed for the parcel, and the shipping fee is refunded.", comment: "It was not me who signed" },
};

for (const { language, script } of journeys) {
  test(`an answer of 3 gets its reply (${language}, ${script ? "with" : "without"} script)`, async ({ browser, server, api, staff }) => {
    const word = words[language];
    const mark = `${language}${script ? "1" : "0"}${Date.now() % 1_000_000}`;
    const text = said[language];
    const reason = `${text.reason} (${mark})`;
    const agent = await staff.hire(`Agent ${mark}`, "agent", "logistics");
    await staff.leaveOnly(agent, "logistics");
    const inbox = await staff.open("/s/inbox/mine", { person: agent, language });
    await expect(inbox.getByRole("main")).toBeVisible();

    // 1. The customer answers.
    const phone = await customer(browser, server, { language, script });
    const progress = await answerNps(phone, language, { score: 3, reason, about: "delivery", contact: `${mark}@customer.example` });
    expect(progress, "a low score opens a case").toBeTruthy();

    // 2. The ticket is in the inbox of the one who is free, without a reload.
    const line = inbox.getByRole("link").filter({ hasText: reason });
    await expect(line).toBeVisible();
    await line.click();
    await expect(inbox.getByText(reason).last()).toBeVisible();
    const [ticket] = await api.submissions("ticket", { field: "/text", op: "eq", value: reason });
    expect(ticket).toMatchObject({ assignee: agent.id, department: "logistics", state: "received" });

    // 3. The reply stands on the progress page, goes by mail, and is proof that the customer was told.
    await inbox.getByLabel(word.writeReply).fill(text.reply);
    await inbox.getByRole("button", { name: word.sendReply, exact: true }).click();
    await expect(inbox.getByText(word.replySent)).toBeVisible();
    await phone.goto(progress!);
    await expect(phone.getByText(text.reply)).toBeVisible();
    // axe itself is a script.
    if (script) await expectAccessible(phone, `progress page (${language})`);
    const mails = await api.get<{ items: { to: string; text: string }[] }>("/api/v1/outbox");
    expect(mails.items.some((mail) => mail.to.includes(`${mark}@customer.example`) && mail.text.includes(text.reply))).toBe(true);

    // 4. Solving needs the solution's words, and the customer reads them.
    await inbox.getByRole("button", { name: word.solve, exact: true }).first().click();
    const dialog = inbox.getByRole("dialog");
    await dialog.getByRole("button", { name: word.solve, exact: true }).click();
    await expect(dialog.getByLabel(word.solution)).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel(word.solution).fill(text.solution);
    // As in the composer, the keyboard sends.
    await dialog.getByLabel(word.solution).press("Control+Enter");
    await expect(dialog).toBeHidden();
    await phone.goto(progress!);
    await expect(phone.getByText(text.solution).first()).toBeVisible();

    // 5. How was it? Bad: the ticket is open again, with the same colleague.
    await phone.getByRole("link", { name: word.rate }).click();
    await choose(phone, "/score", "2");
    await phone.locator('[name="/comment"]').fill(text.comment);
    await send(phone, language);
    await expect.poll(async () => (await api.submissions("ticket", { field: "/text", op: "eq", value: reason }))[0]).toMatchObject({ assignee: agent.id, state: "received" });
    await expect(inbox.getByText(text.comment).or(inbox.getByText(word.waitingForReply)).first()).toBeVisible();
    await phone.context().close();
    await inbox.context().close();
  });
}

test("a score of 9 is thanked and opens nothing", async ({ browser, server, api }) => {
  const reason = `一切都好 ${Date.now()}`;
  const phone = await customer(browser, server);
  const progress = await answerNps(phone, "zh", { score: 9, reason });
  expect(progress).toBeNull();
  expect(await api.submissions("nps", { field: "/reason", op: "eq", value: reason })).toHaveLength(1);
  expect(await api.submissions("ticket", { field: "/text", op: "eq", value: reason })).toHaveLength(0);
});

test("what low scores are asked stays hidden from a 9, and is not stored when sent anyway", async ({ browser, server, api }) => {
  const phone = await customer(browser, server);
  await phone.goto("/f/nps?lang=zh");
  await choose(phone, "/score", "9");
  for (const pointer of ["/about", "/contact"]) await expect(phone.locator(`[name="${pointer}"]`).first()).toBeHidden();
  const reason = `偷偷带上 ${Date.now()}`;
  await api.answer("nps", { score: 9, reason, about: "price", contact: "hidden@customer.example" });
  const [kept] = await api.submissions("nps", { field: "/reason", op: "eq", value: reason });
  expect(kept.data).toEqual({ score: 9, reason });
});

test("what a customer adds on the progress page reaches the colleague who has the ticket", async ({ browser, server, api }) => {
  const reason = `还有一件事 ${Date.now()}`;
  const added = `顺便说一下，遥控器也不灵 ${Date.now()}`;
  const { progress } = await api.answer("nps", { score: 1, reason, about: "product", contact: "again@customer.example" });
  const [ticket] = await api.submissions("ticket", { field: "/text", op: "eq", value: reason });
  const phone = await customer(browser, server, { script: false });
  await phone.goto(progress!);
  await phone.locator('textarea[name="text"]').first().fill(added);
  await phone.getByRole("button", { name: words.zh.sendMessage, exact: true }).click();
  await expect(phone.getByText(added)).toBeVisible();
  const detail = await api.get<{ timeline: { kind: string; text: string }[] }>(`/api/v1/submissions/${ticket.id}`);
  expect(detail.timeline).toContainEqual(expect.objectContaining({ kind: "customer_message", text: added }));
  const mails = await api.get<{ items: { text: string }[] }>(`/api/v1/outbox?submission=${ticket.id}`);
  expect(mails.items.some((mail) => mail.text.includes(added))).toBe(true);
});

test("without its solution a ticket cannot be solved", async ({ api }) => {
  const reason = `没有方案 ${Date.now()}`;
  await api.answer("nps", { score: 2, reason, about: "product" });
  const [ticket] = await api.submissions("ticket", { field: "/text", op: "eq", value: reason });
  const solving = api.post(`/api/v1/submissions/${ticket.id}/events`, { event: "solve", data: {} });
  await expect(solving).rejects.toThrow(/422.*\/solution/s);
  expect((await api.get<{ state: string }>(`/api/v1/submissions/${ticket.id}`)).state).toBe("received");
});
