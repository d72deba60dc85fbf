// Every component in every state: readable, in both themes and languages, at the desk and on a phone.
import { mkdirSync } from "node:fs";
import { DESKTOP, PHONE, expect, expectAccessible, test } from "../support/fixtures";

const SHOTS = process.env.HUIYIN_SHOTS ?? "results/pages";
mkdirSync(SHOTS, { recursive: true });

for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  test(`the catalogue (${size})`, async ({ browser, server }) => {
    test.setTimeout(240_000);
    const context = await browser.newContext({ baseURL: server.demo.url, viewport, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto("/s/catalogue");
    await expect(page.getByRole("heading", { name: "Catalogue" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-states", "shown");
    expect(await page.locator(".cat-entry").count()).toBeGreaterThan(20);
    // Four panels for each: two languages, two themes, and the themes differ.
    const first = page.locator(".cat-entry").first();
    await expect(first.locator(".cat-panel")).toHaveCount(4);
    const ground = (theme: string) => first.locator(`[data-theme=${theme}]`).first().evaluate((panel) => getComputedStyle(panel).backgroundColor);
    expect(await ground("cx-light")).not.toBe(await ground("cx-dark"));
    // What stands for hover looks as the mouse would make it look.
    const shownAt = (at: string) => page.locator(`#Button [data-theme=cx-light] ${at}`).first().evaluate((button) => getComputedStyle(button).backgroundColor);
    expect(await shownAt(".is-hover .btn-ghost")).not.toBe(await shownAt(".btn-ghost"));

    await page.screenshot({ path: `${SHOTS}/catalogue-${size}.png`, fullPage: true });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, "wider than its window by").toBeLessThanOrEqual(0);
    await expectAccessible(page, `catalogue-${size}`);

    // Dialogs, one after the other, in both themes.
    for (const theme of ["cx-light", "cx-dark"]) {
      for (const name of ["Centred", "Sheet"]) {
        await page.locator(`#Dialog [lang=en][data-theme=${theme}]`).getByRole("button", { name, exact: true }).click();
        const dialog = page.getByRole("dialog", { name: "Delete this submission?" });
        await expect(dialog).toBeVisible();
        await expectAccessible(page, `dialog-${name}-${theme}-${size}`);
        await page.screenshot({ path: `${SHOTS}/catalogue-dialog-${name}-${theme}-${size}.png` });
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await expect(dialog).toBeHidden();
      }
    }
    await context.close();
  });
}
