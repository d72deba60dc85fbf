// Somebody who fills in a form they have never seen: what shows is answered, and what an error asks for is done.
import { expect, type Locator, type Page } from "@playwright/test";
import { receipt } from "./answer";
import type { Language } from "./fixtures";
import { words } from "./words";

/** What a person put at each place: by JSON Pointer, as the control posts it. */
export type Typed = Map<string, string[]>;

/** One question as it shows. */
interface Shown {
  /** Of the question's element: `q3`. */
  id: string;
  /** JSON Pointer. */
  name: string;
  kind: string;
  control: "line" | "select" | "radio" | "checkbox" | "switch" | "file";
  type: string;
  mode: string;
  placeholder: string;
  value: string;
  /** What can be chosen. */
  options: string[];
  chosen: string[];
  required: boolean;
  title: string;
  help: string;
  problem: string;
}

/** Whoever is told the same so often gives up. */
const PATIENCE = 2;

/** Of a screen with more questions than this, the rest is left open where it may be. */
const MOST = 60;

/** More screens than this no form has. */
const SCREENS = 40;

/** The value of a sample at a JSON Pointer. */
export function at(sample: unknown, pointer: string): unknown {
  const step = (value: unknown, token: string) =>
    (value as Record<string, unknown> | undefined | null)?.[token.replace(/~1/g, "/").replace(/~0/g, "~")];
  return pointer.split("/").slice(1).reduce<unknown>(step, sample);
}

/** Opens a form and waits until it is alive. */
export async function open(page: Page, path: string) {
  await page.goto(path);
  await page.waitForFunction(() => (window as unknown as { huiyin?: { started: boolean } }).huiyin?.started === true);
}

/**
 * Fills in the open form and sends it. `sample` holds answers its author had in mind, as far as there are any; what stands
 * below `leave` is left open.
 */
export async function fillAndSend(page: Page, language: Language, sample: unknown, leave?: string): Promise<Typed> {
  const typed: Typed = new Map();
  let said = "";
  let again = 0;
  for (let screen = 0; screen < SCREENS; screen += 1) {
    await answer(page, language, sample, typed, leave);
    if (await forward(page, language)) return stillAsked(page, typed);
    const told = (await page.locator(".problem, #refused").filter({ visible: true }).allInnerTexts()).join(" | ");
    if (told !== "" && told === said && (again += 1) === PATIENCE) break;
    if (told !== said) again = 0;
    said = told;
  }
  throw new Error(`the form could not be sent: ${said || "nothing says why"}`);
}

/** Presses the one button. True when the form is away. */
async function forward(page: Page, language: Language): Promise<boolean> {
  const button = page.locator(".actions button.primary").filter({ visible: true });
  await expect(button).toHaveCount(1);
  const sends = (await button.innerText()) === words[language].send;
  await button.click();
  if (!sends) return false;
  const wrong = page.locator(".question.wrong, #refused, #unsent").filter({ visible: true });
  await expect(receipt(page, language).or(wrong).first()).toBeVisible();
  return (await receipt(page, language).count()) > 0;
}

/** Answers every question that shows and is still open, until answering opens no more. */
async function answer(page: Page, language: Language, sample: unknown, typed: Typed, leave?: string) {
  const done = new Set<string>();
  // Questions that another answer stands for.
  let spare: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const all = await shown(page);
    const open = all.filter((one, index) => !done.has(one.name) && (index < MOST || one.required || one.problem !== ""));
    if (open.length === 0) return;
    for (const one of open) {
      done.add(one.name);
      const groups = ONLY_ONE[language].exec(one.help)?.[1];
      if (groups !== undefined) spare = inQuotes(groups).slice(inQuotes(groups.split(OR[language])[0]).length);
      if (spare.includes(one.title) || (leave !== undefined && one.name.startsWith(leave))) continue;
      await put(page, language, one, at(sample, one.name), typed);
    }
  }
}

/** The questions that show on this screen. */
function shown(page: Page): Promise<Shown[]> {
  return page.evaluate(() => {
    const found: Shown[] = [];
    for (const question of document.querySelectorAll<HTMLElement>("#form .question")) {
      if (question.offsetParent === null) continue;
      const all = [...question.querySelectorAll<HTMLInputElement>(".input [name]:not([type=hidden])")];
      const first = all[0];
      if (!first || first.disabled) continue;
      const type = first.tagName === "SELECT" ? "select" : first.type;
      const switches = first.getAttribute("role") === "switch";
      const control = switches ? "switch" : ["select", "radio", "checkbox", "file"].includes(type) ? type : "line";
      const offered = (input: HTMLInputElement) => !input.disabled && !input.closest("[hidden]");
      const options = type === "select"
        ? [...(first as unknown as HTMLSelectElement).options].filter((one) => !one.disabled && !one.hidden).map((one) => one.value)
        : all.filter(offered).map((one) => one.value);
      const problem = question.querySelector<HTMLElement>(".problem:not([hidden])")?.innerText ?? "";
      found.push({
        id: question.id,
        name: question.dataset.path ?? "",
        kind: question.dataset.kind ?? "",
        control: control as Shown["control"],
        type,
        mode: first.inputMode,
        placeholder: first.placeholder ?? "",
        value: first.value,
        options: options.filter((one) => one !== ""),
        chosen: all.filter((one) => one.checked).map((one) => one.value),
        required: Boolean(question.matches("[aria-required=true]") || question.querySelector("[aria-required=true]")),
        title: question.querySelector<HTMLElement>(".title > span:not(.unseen)")?.innerText ?? "",
        help: question.querySelector<HTMLElement>(".help")?.innerText ?? "",
        problem,
      });
    }
    return found;
  });
}

/** Answers one question. */
async function put(page: Page, language: Language, one: Shown, wanted: unknown, typed: Typed) {
  const question = page.locator(`[id="${one.id}"]`);
  switch (one.control) {
    case "line": {
      if (one.value !== "" && one.problem === "") return;
      const asked = one.problem === "" ? ofSample(one, wanted) ?? fitting(one) : obeying(one, language);
      if (asked === undefined) {
        // Whoever does not know a form of words of some trade leaves the question open, where that is allowed.
        if (!UNKNOWN.test(one.problem) || one.required) return;
        await question.locator("input, textarea").first().fill("");
        typed.delete(one.name);
        return;
      }
      const line = question.locator("input, textarea").first();
      await line.fill(asked);
      // It may take only so many characters.
      typed.set(one.name, [(await line.inputValue()).trim()]);
      return;
    }
    case "select": {
      if (one.value !== "" || one.options.length === 0) return;
      const value = preferred(one.options, wanted);
      await question.locator("select").selectOption(value);
      typed.set(one.name, [value]);
      return;
    }
    case "radio": {
      if (one.chosen.length > 0 || one.options.length === 0) return;
      const value = preferred(one.options, wanted);
      await press(question, value);
      typed.set(one.name, [value]);
      return;
    }
    case "checkbox": {
      const most = AT_MOST[language].exec(one.problem)?.[1];
      if (most !== undefined) {
        for (const value of one.chosen.slice(Number(most))) await press(question, value);
        typed.set(one.name, one.chosen.slice(0, Number(most)));
        return;
      }
      const list = (Array.isArray(wanted) ? wanted : []).map(spelled).filter((value) => one.options.includes(value));
      const fallback = one.chosen.length > 0 || one.options.length === 0 ? [] : one.options.slice(0, 1);
      const values = list.length > 0 ? list : fallback;
      for (const value of values) {
        if (!one.chosen.includes(value)) await press(question, value);
      }
      if (values.length > 0) typed.set(one.name, values);
      return;
    }
    case "switch": {
      if (one.required || wanted === true) {
        if (!one.chosen.length) await question.locator("label.option").click();
        typed.set(one.name, ["true"]);
      }
      return;
    }
    case "file": {
      if (one.value !== "" || (await question.locator(".files input").count()) > 0) return;
      await question.locator("input[type=file]").setInputFiles({ name: "note.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
      await expect(question.locator(".files input, .problem:not([hidden])")).toHaveCount(1);
    }
  }
}

/** Presses an option; its own box may be drawn over by the label. */
async function press(question: Locator, value: string) {
  await question.locator("label.option").filter({ has: question.page().locator(`[value=${JSON.stringify(value)}]`) }).click();
}

const UNKNOWN = /is not in the expected form|的格式不正确/;
const ONLY_ONE = { en: /Fill in only one of these: (.*)\./, zh: /只需填写其中一组：(.*)。/ };
const OR = { en: " or ", zh: "，或" };
const AT_MOST = { en: /takes at most (\d+) entr/, zh: /最多 (\d+) 项/ };
const inQuotes = (text: string) => [...text.matchAll(/“([^”]*)”/g)].map(([, title]) => title);

/** How a control posts a value. */
function spelled(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function preferred(options: string[], wanted: unknown): string {
  return options.includes(spelled(wanted)) ? spelled(wanted) : options[0];
}

/** What the sample says, as a browser's control takes it. */
function ofSample(one: Shown, wanted: unknown): string | undefined {
  if (typeof wanted !== "string" && typeof wanted !== "number") return undefined;
  const text = String(wanted);
  if (one.type === "date") return /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (one.type === "time") return /^\d\d:\d\d/.exec(text)?.[0];
  if (one.type === "datetime-local") return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.exec(text)?.[0];
  return text === "" ? undefined : text;
}

/** What the control itself says it takes. */
function fitting(one: Shown): string {
  switch (one.type) {
    case "email": return "ann@example.com";
    case "url": return "https://example.com/";
    case "tel": return "+8613800138000";
    case "date": return "2024-05-06";
    case "time": return "10:30";
    case "datetime-local": return "2024-05-06T10:30";
    default: return /numeric|decimal/.test(one.mode) ? "1" : one.placeholder || "abcdef";
  }
}

/** What an error asks for. */
function obeying(one: Shown, language: Language): string | undefined {
  for (const [asks, put] of ASKED[language]) {
    const found = asks.exec(one.problem);
    if (found) return put(found[1] ?? "");
  }
  return undefined;
}

const least = (count: string) => "abcdefghij".repeat(20).slice(0, Number(count));
const ASKED: Record<Language, [RegExp, (bound: string) => string][]> = {
  en: [
    [/needs at least (\d+) char/, least],
    [/takes at most (\d+) char/, (count) => least(String(Math.min(Number(count), 6)))],
    [/must be (?:at least|at most) (-?[\d.]+)/, (bound) => bound],
    [/must be more than (-?[\d.]+)/, (bound) => String(Number(bound) + 1)],
    [/must be less than (-?[\d.]+)/, (bound) => String(Number(bound) - 1)],
    [/needs a digit/, () => "abcdefghi1"],
    [/exactly (\d+) digits/, (count) => "1".repeat(Number(count))],
    [/multiple of (-?[\d.]+)/, (step) => step],
    [/whole number|must be a number/, () => "1"],
    [/email address/, () => "ann@example.com"],
    [/web address/, () => "https://example.com/"],
    [/such as (\S+)/, (example) => example],
  ],
  zh: [
    [/至少需要 (\d+) 个字/, least],
    [/不能超过 (\d+) 个字/, (count) => least(String(Math.min(Number(count), 6)))],
    [/不能(?:小于|大于) (-?[\d.]+)/, (bound) => bound],
    [/必须大于 (-?[\d.]+)/, (bound) => String(Number(bound) + 1)],
    [/必须小于 (-?[\d.]+)/, (bound) => String(Number(bound) - 1)],
    [/需要含有数字/, () => "abcdefghi1"],
    [/应为 (\d+) 位数字/, (count) => "1".repeat(Number(count))],
    [/(-?[\d.]+) 的倍数/, (step) => step],
    [/整数|数字/, () => "1"],
    [/邮箱/, () => "ann@example.com"],
    [/网址/, () => "https://example.com/"],
    [/[如像]\s*(\S+)/, (example) => example],
  ],
};

/** Without what was typed into questions that answers have hidden again. */
async function stillAsked(page: Page, typed: Typed): Promise<Typed> {
  const hidden = await page.locator("#form .question[hidden]").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.path));
  return new Map([...typed].filter(([name]) => !hidden.includes(name)));
}

/** Does the stored document hold at `pointer` what was typed there? */
export function holds(stored: unknown, pointer: string, texts: string[]): boolean {
  const value = at(stored, pointer);
  if (Array.isArray(value)) return texts.every((text) => value.some((one) => same(one, text)));
  return texts.length === 1 && same(value, texts[0]);
}

function same(value: unknown, text: string): boolean {
  if (typeof value === "number") return value === Number(text);
  if (typeof value !== "string") return spelled(value) === text;
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) && Date.parse(value) === Date.parse(`${text}+08:00`);
  const time = /^\d\d:\d\d$/.test(text) && value.startsWith(text);
  return value === text || moment || time;
}
