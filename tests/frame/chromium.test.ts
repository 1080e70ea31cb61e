/** @file The frame in a real browser: the same bytes as in Node. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashCases, hashFilm } from "./cases.ts";

const CHROMIUM = "/usr/bin/chromium";
const missing = !existsSync(CHROMIUM);
if (missing) {
  const lack = `${CHROMIUM} is missing: nothing shows that frames are the same bytes in a browser.`;
  if (process.env["CI"] === "true") throw new Error(lack);
  console.warn(`SKIPPED: ${lack}`);
}

/** The frame's source and this test's cases as one script for the page. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL("page.ts", import.meta.url)), formats: ["iife"], name: "page" },
    },
  });
  const [first] = [built].flat();
  if (first === undefined || !("output" in first)) throw new Error("Vite watched instead of building.");
  return first.output[0].code;
}

describe.skipIf(missing)("in Chromium", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    });
    page = await browser.newPage();
    await page.addScriptTag({ content: await bundle() });
  });
  afterAll(() => browser?.close());

  test("every frame of the table has the bytes that Node paints", async () => {
    const there = await page.evaluate("hashCases()");
    expect(there).toEqual(await hashCases());
  });

  test.each(["pitch", "ball"] as const)(
    "a film of 200 frames of the %s camera has Node's bytes",
    async (camera) => {
      const there = await page.evaluate(`hashFilm({ camera: "${camera}" }, 200)`);
      expect(there).toBe(await hashFilm({ camera }, 200));
    },
  );
});
