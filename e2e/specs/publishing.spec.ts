// Forms on their way to people: proof without a question, photos, going on elsewhere, a kiosk, other people's pages.
import { createServer, type Server as Http } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateSync } from "node:zlib";
import { expect, test } from "../support/fixtures";

/** A one-form app. */
function app(embed: string[]) {
  return {
    format: 1, kind: "app", key: "published", title: "Published",
    forms: [{
      format: 1, kind: "form", key: "walk", title: { zh: "巡检", en: "Inspection" },
      schema: {
        type: "object", required: ["where"],
        properties: { where: { type: "string" }, photos: { type: "array", maxItems: 3, items: { type: "object" } } },
      },
      layout: { pages: [{ items: [{ field: "/where", title: { zh: "地点", en: "Where" } }, { field: "/photos", control: "image", title: { zh: "照片", en: "Photos" } }] }] },
      publish: { slug: "walk", captcha: true, save: true, edit: true, embed },
    }],
  };
}

/** A grey PNG of some size, written by hand: no picture library is needed. */
function png(edge: number): Buffer {
  const crc = (bytes: Buffer) => {
    let crc = ~0;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    return ~crc >>> 0;
  };
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const out = Buffer.alloc(8);
    out.writeUInt32BE(data.length, 0);
    out.writeUInt32BE(crc(body), 4);
    return Buffer.concat([out.subarray(0, 4), body, out.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(edge, 0);
  head.writeUInt32BE(edge, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((edge + 1) * edge, 0x80);
  for (let row = 0; row < edge; row += 1) rows[row * (edge + 1)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Somebody else's site. */
async function site(html: (origin: string) => string): Promise<{ origin: string; http: Http }> {
  const http = createServer((_, answer) => {
    const { port } = http.address() as AddressInfo;
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(html(`http://127.0.0.1:${port}`));
  });
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, http };
}

test("a form is sent with a photo and a proof that nobody had to give, and changed afterwards", async ({ server, api, browser }) => {
  await api.post("/api/v1/apps/import", app([]));
  const page = await browser.newPage({ locale: "en" });
  await page.goto(`${server.demo.url}/f/walk`);
  await expect(page.getByLabel(/How much is/)).toBeHidden();
  await page.getByLabel("Where").fill("Hall 3");
  const files = page.locator("input[type=file]");
  await files.setInputFiles([{ name: "a.png", mimeType: "image/png", buffer: png(64) }, { name: "b.png", mimeType: "image/png", buffer: png(80) }]);
  await expect(page.getByRole("checkbox", { name: /a\.png/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /b\.png/ })).toBeChecked();
  await page.getByRole("checkbox", { name: /b\.png/ }).uncheck();
  await files.setInputFiles({ name: "no.png", mimeType: "image/png", buffer: Buffer.from("<script>alert(1)</script>") });
  await expect(page.getByText("files such as “no.png” are not taken here")).toBeVisible();
  await page.getByRole("button", { name: "Send" }).click();
  const change = page.getByRole("link", { name: "Change my answers" });
  await expect(change).toBeVisible();
  const [sent] = await api.submissions("walk");
  expect(sent.data).toMatchObject({ where: "Hall 3", photos: [{ name: "a.png" }] });
  await change.click();
  await expect(page.getByLabel("Where")).toHaveValue("Hall 3");
  await expect(page.getByRole("checkbox", { name: /a\.png/ })).toBeChecked();
  await page.getByLabel("Where").fill("Hall 4");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  const after = await api.submissions("walk");
  expect(after.map((one) => one.data.where)).toEqual(["Hall 4"]);
  await page.close();
});

test("half an answer goes on in another browser", async ({ server, api, browser }) => {
  await api.post("/api/v1/apps/import", app([]));
  const page = await browser.newPage({ locale: "zh-CN" });
  await page.goto(`${server.demo.url}/f/walk`);
  await page.getByLabel("地点").fill("三号厅");
  await page.getByRole("button", { name: "稍后继续填写" }).click();
  await expect(page.getByRole("heading", { name: "已经为您保存" })).toBeVisible();
  const code = await page.locator("dd").innerText();
  await page.close();
  const other = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await other.goto(`${server.demo.url}/r`);
  await other.getByLabel("编号").fill(code.toLowerCase());
  await other.getByRole("button", { name: "查询" }).click();
  await expect(other.getByLabel("地点")).toHaveValue("三号厅");
  await other.context().close();
});

test("a kiosk keeps nothing and begins again", async ({ server, api, browser }) => {
  await api.post("/api/v1/apps/import", app([]));
  const page = await browser.newPage({ locale: "en" });
  await page.clock.install();
  await page.goto(`${server.demo.url}/f/walk?kiosk=1`);
  await page.getByLabel("Where").fill("left behind");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  // The page may begin to count only now: its module comes after the first paint.
  await expect(async () => {
    await page.clock.runFor(121_000);
    await expect(page.getByLabel("Where")).toHaveValue("", { timeout: 500 });
  }).toPass();
  await page.close();
});

for (const mode of ["inline", "popup", "tab"] as const) {
  test(`another site shows the form ${mode} and hears what happens`, async ({ server, api, browser }) => {
    const home = server.demo.url;
    const { origin, http } = await site(() => `<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>
      <script>window.heard = []; document.addEventListener("huiyin", (event) => heard.push(event.detail.event))</script>
      <div id="here"><script src="${home}/embed.js" data-form="walk" data-mode="${mode}" data-label="Tell us" data-lang="en"></script></div>`);
    await api.post("/api/v1/apps/import", app([origin]));
    const page = await browser.newPage({ locale: "en" });
    await page.goto(origin);
    if (mode !== "inline") await page.getByRole("button", { name: "Tell us" }).click();
    const frame = page.frameLocator("iframe");
    await frame.getByLabel("Where").fill("in the shop");
    // A narrow frame asks one question a screen, as a phone does.
    if (mode !== "inline") await frame.getByRole("button", { name: "Continue", exact: true }).click();
    await frame.getByRole("button", { name: "Send" }).click();
    await expect(frame.getByRole("heading", { name: "Thank you" })).toBeVisible();
    if (mode !== "inline") {
      await expect(page.getByRole("dialog")).toBeVisible();
      await page.getByRole("button", { name: "Close" }).click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(page.getByRole("button", { name: "Tell us" })).toBeFocused();
    }
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(heard).toEqual(mode === "inline" ? ["loaded", "answered"] : ["loaded", "answered", "closed"]);
    await page.close();
    http.close();
  });
}

test("a site the author did not name cannot frame the form", async ({ server, api, browser }) => {
  await api.post("/api/v1/apps/import", app(["https://elsewhere.example"]));
  const { origin, http } = await site(() => `<!doctype html><iframe src="${server.demo.url}/f/walk"></iframe>`);
  const page = await browser.newPage();
  const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await page.goto(origin);
  await refused;
  await expect(page.frameLocator("iframe").locator("#form")).toHaveCount(0);
  await page.close();
  http.close();
});
