// Every page, in both themes and both languages, on a desk and on a phone: read by axe, drawn without errors, nothing cut off.
import type { Page } from "@playwright/test";
import { customer, DESKTOP, expect, expectAccessible, PHONE, test, type Language, type Theme } from "../support/fixtures";

const SHOTS = "results/pages";
const themes: Theme[] = ["light", "dark"];
const languages: Language[] = ["zh", "en"];
const sizes = { "1440": DESKTOP, "390": PHONE };

/** Pages of the studio by name; `:ticket` and the like are ids that only the server knows. */
const studio: Record<string, string> = {
  home: "/s/home",
  notifications: "/s/notifications",
  inbox: "/s/inbox/open",
  ticket: "/s/inbox/open/:ticket",
  forms: "/s/forms",
  "new-form": "/s/forms/new",
  designer: "/s/forms/nps/build",
  share: "/s/forms/nps/share",
  submissions: "/s/forms/nps/submissions",
  submission: "/s/submissions/:answer",
  customers: "/s/customers",
  customer: "/s/customers/:customer",
  boards: "/s/dash",
  board: "/s/dash/cx",
  mailbox: "/s/mailbox",
  definitions: "/s/definitions",
  definition: "/s/definitions/:definition",
  import: "/s/import",
  apps: "/s/apps",
  gallery: "/s/apps/gallery",
  "app-import": "/s/apps/import",
  start: "/s/start",
  members: "/s/settings/members",
  departments: "/s/settings/departments",
  roles: "/s/settings/roles",
  audit: "/s/settings/audit",
  personal: "/s/settings/personal",
  tokens: "/s/settings/tokens",
  site: "/s/settings/site",
  people: "/s/settings/people",
};

/** What the page says in its console that it should not. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(message.text());
  });
  page.on("pageerror", (error) => heard.push(String(error)));
  return heard;
}

async function settle(page: Page) {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.waitForLoadState("networkidle").catch(() => undefined);
  // Charts fade in once their script is there.
  await page.waitForTimeout(500);
}

async function expectNothingCutOff(page: Page, what: string) {
  // The frame of the studio scrolls by itself: what sticks out of it does not widen the document.
  const over = await page.evaluate(() =>
    Math.max(...[document.documentElement, ...document.querySelectorAll("main, .cx-stage")].map((frame) => frame.scrollWidth - frame.clientWidth)),
  );
  expect(over, `${what} is wider than its window by`).toBeLessThanOrEqual(0);
}

for (const language of languages) {
  for (const theme of themes) {
    for (const [size, viewport] of Object.entries(sizes)) {
      test(`studio (${language}, ${theme}, ${size})`, async ({ staff, api }) => {
        test.setTimeout(240_000);
        const ids = {
          ticket: (await api.submissions("ticket"))[0].id,
          answer: (await api.submissions("nps"))[0].id,
          customer: (await api.get<{ items: { id: string }[] }>("/api/v1/customers")).items[0].id,
          definition: (await api.get<{ id: string; key: string }[]>("/api/v1/definitions?kind=form")).find((one) => one.key === "nps")!.id,
        };
        const page = await staff.open("/s/home", { language, theme, viewport });
        const heard = complaints(page);
        for (const [name, path] of Object.entries(studio)) {
          await page.goto(path.replace(/:(\w+)/, (_, id: keyof typeof ids) => ids[id]));
          await expect(page.getByRole("main")).toBeVisible();
          await settle(page);
          const what = `${name}-${language}-${theme}-${size}`;
          await page.screenshot({ path: `${SHOTS}/${what}.png` });
          await expectNothingCutOff(page, what);
          await expectAccessible(page, what);
        }
        expect(heard).toEqual([]);
        await page.context().close();
      });
    }
  }
}

for (const language of languages) {
  for (const theme of themes) {
    for (const [size, viewport] of Object.entries(sizes)) {
      test(`public pages (${language}, ${theme}, ${size})`, async ({ browser, server, api }) => {
        test.setTimeout(120_000);
        const { progress } = await api.answer("nps", { score: 4, reason: "网页巡检", about: "service", contact: "13900139000" });
        const page = await customer(browser, server, { language, theme, viewport });
        const heard = complaints(page);
        const pages = { login: "/login", nps: `/f/nps?lang=${language}`, complaint: `/f/complaint?lang=${language}`, progress: progress! };
        for (const [name, path] of Object.entries(pages)) {
          await page.goto(path);
          await settle(page);
          const what = `${name}-${language}-${theme}-${size}`;
          await page.screenshot({ path: `${SHOTS}/${what}.png`, fullPage: true });
          await expectNothingCutOff(page, what);
          await expectAccessible(page, what);
        }
        expect(heard.filter((line) => !line.includes("401"))).toEqual([]);
        await page.context().close();
      });
    }
  }
}
