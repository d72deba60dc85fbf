// How a customer fills the public forms: question after question, whether the page shows one at a time or all of them.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Language } from "./fixtures";
import { words } from "./words";

export interface Answers {
  score: number;
  reason?: string;
  about?: string;
  contact?: string;
}

/** Answers `/f/nps` and sends it; returns the address of the progress page, if one was opened. */
export async function answerNps(page: Page, language: Language, answers: Answers): Promise<string | null> {
  await page.goto(`/f/nps?lang=${language}`);
  await choose(page, "/score", String(answers.score));
  if (answers.reason !== undefined) await fill(page, language, "/reason", answers.reason);
  if (answers.about !== undefined) {
    await reach(page, language, field(page, "/about"));
    await choose(page, "/about", answers.about);
  }
  if (answers.contact !== undefined) await fill(page, language, "/contact", answers.contact);
  await send(page, language);
  await expect(receipt(page, language)).toBeVisible();
  const follow = page.getByRole("link", { name: words[language].followProgress }).filter({ visible: true });
  return (await follow.count()) > 0 ? follow.getAttribute("href") : null;
}

/** Every input of a field; names are JSON Pointers. */
export function field(page: Page, pointer: string): Locator {
  return page.locator(`[name="${pointer}"]`);
}

/** Chooses one option by what is stored. The control itself may be drawn over by its label, so the label is pressed. */
export async function choose(page: Page, pointer: string, value: string) {
  await page.locator(`label:has([name="${pointer}"][value="${value}"])`).click();
  await expect(page.locator(`[name="${pointer}"][value="${value}"]`)).toBeChecked();
}

async function fill(page: Page, language: Language, pointer: string, text: string) {
  await reach(page, language, field(page, pointer));
  await field(page, pointer).fill(text);
}

/** Goes on until the question shows: to the next screen, or (without script) by sending what is there. */
export async function reach(page: Page, language: Language, question: Locator) {
  for (let screen = 0; screen < 10 && !(await question.first().isVisible()); screen += 1) {
    await forward(page, language);
  }
  await expect(question.first()).toBeVisible();
}

async function forward(page: Page, language: Language) {
  const { continue: next, send } = words[language];
  const name = new RegExp(`^(${next}|${send})$`);
  await page.getByRole("button", { name }).filter({ visible: true }).first().click();
}

/** The receipt of the thank-you that shows; others wait hidden in the page. */
export function receipt(page: Page, language: Language): Locator {
  return page.getByText(words[language].receipt).filter({ visible: true });
}

/** Presses the one button until the thank-you is there. */
export async function send(page: Page, language: Language) {
  for (let screen = 0; screen < 10 && (await receipt(page, language).count()) === 0; screen += 1) {
    await forward(page, language);
    await page.waitForTimeout(300);
  }
}
