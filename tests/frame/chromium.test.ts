/** @file The frame in a real browser: the same bytes as in Node. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleScript, launchChromium, lacksChromium } from "../browser/chromium.ts";
import { hashCases, hashFilm } from "./cases.ts";

const missing = lacksChromium("frames are the same bytes in a browser");

describe.skipIf(missing)("in Chromium", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.addScriptTag({ content: await bundleScript(new URL("page.ts", import.meta.url)) });
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
