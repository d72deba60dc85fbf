// What every spec starts from: a server, its API, a browser that is signed in, and axe.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { Api } from "./api";
import { Server } from "./server";

export type Language = "zh" | "en";
export type Theme = "light" | "dark";

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };

/** A colleague who can sign in. */
export interface Person {
  id: string;
  name: string;
  email: string;
  password: string;
}

interface WorkerFixtures {
  server: Server;
  api: Api;
  staff: Staff;
}

/** Browsers in which somebody is signed in. */
export class Staff {
  private readonly cookies = new Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>();

  constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly api: Api,
  ) {}

  get owner(): Pick<Person, "email" | "password"> {
    return this.server.demo;
  }

  /** Makes a colleague. */
  async hire(name: string, role: string, department?: string): Promise<Person> {
    const word = name.toLowerCase().replace(/[^a-z0-9]+/g, ".").replace(/^\.$/, "colleague");
    const email = `${word}.${Date.now()}@e2e.example`;
    const password = "correct horse battery";
    const made = await this.api.post<{ id: string }>("/api/v1/members", { name, email, password, role, department });
    return { id: made.id, name, email, password };
  }

  /** Sends everybody else of a department away, so that it is known who gets the next ticket. */
  async leaveOnly(person: Person, department: string) {
    const members = await this.api.get<{ id: string; department?: string; away: boolean }[]>("/api/v1/members");
    for (const member of members) {
      if (member.department === department && member.away !== (member.id !== person.id)) {
        await this.api.send("PATCH", `/api/v1/members/${member.id}`, { away: member.id !== person.id });
      }
    }
  }

  /** A new page in which `person` is signed in, in this language and theme. */
  async open(
    path: string,
    options: { person?: Pick<Person, "email" | "password">; language?: Language; theme?: Theme; viewport?: typeof PHONE } = {},
  ): Promise<Page> {
    const { person = this.owner, language = "zh", theme = "light", viewport = DESKTOP } = options;
    const context = await this.browser.newContext({
      ...contextOf(language, viewport),
      baseURL: this.server.demo.url,
      colorScheme: theme,
      storageState: this.cookies.get(person.email),
    });
    if (!this.cookies.has(person.email)) {
      const answer = await context.request.post("/api/v1/session", { data: { login: person.email, password: person.password } });
      expect(answer.ok(), await answer.text()).toBe(true);
      this.cookies.set(person.email, await context.storageState());
    }
    await context.request.patch("/api/v1/session", { data: { language } });
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }
}

export function contextOf(language: Language, viewport: typeof PHONE): BrowserContextOptions {
  return {
    viewport,
    locale: language === "zh" ? "zh-CN" : "en-US",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    ...(viewport.width < 600 ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
  };
}

/** A customer's browser: nobody is signed in. */
export async function customer(
  browser: Browser,
  server: Server,
  options: { language?: Language; script?: boolean; theme?: Theme; viewport?: typeof PHONE } = {},
): Promise<Page> {
  const { language = "zh", script = true, theme = "light", viewport = PHONE } = options;
  const context = await browser.newContext({
    ...contextOf(language, viewport),
    baseURL: server.demo.url,
    colorScheme: theme,
    javaScriptEnabled: script,
  });
  return context.newPage();
}

/** Fails with every rule the page breaks, and where. */
export async function expectAccessible(page: Page, what: string) {
  const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const found = result.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
  expect(found, `axe on ${what}`).toEqual([]);
}

export const test = base.extend<object, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 150_000 },
  ],
  api: [async ({ server }, use) => use(new Api(server.demo)), { scope: "worker" }],
  staff: [async ({ browser, server, api }, use) => use(new Staff(browser, server, api)), { scope: "worker" }],
});

export { expect };
