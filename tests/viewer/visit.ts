/** @file The page in a real Chromium, for the tests of its stories. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchChromium } from "../browser/chromium.ts";
import { until, type Venue } from "./serve.ts";

export interface VisitOptions extends BrowserContextOptions {
  /** Runs in the page before its own scripts. */
  script?: string;
  /** What the page may complain of, since it is what the test is about. */
  allows?: RegExp;
}

/** Resolves when the page shows a match. */
export function pageReady(page: Page): Promise<unknown> {
  return until(() => page.evaluate("window.__viewer?.ready === true"));
}

/** Resolves when the first element of each selector says this, all at one moment: a match goes on between two looks. */
export function untilShown(page: Page, wanted: Record<string, RegExp>): Promise<void> {
  const texts = `${JSON.stringify(Object.keys(wanted))}.map((part) => document.querySelector(part)?.textContent)`;
  return until(async () => {
    const shown = await page.evaluate<(string | undefined)[]>(texts);
    return Object.values(wanted).every((text, part) => shown[part] !== undefined && text.test(shown[part]));
  });
}

/**
 * A browser for all tests of a `describe`, and the way to open the page in it: each visit is somebody of his own, at a
 * desk unless told otherwise, who is there when `ready` resolves. After each test no page may have complained.
 */
export function visits(
  venue: Venue,
  ready: (page: Page) => Promise<unknown>,
): (url: string, options?: VisitOptions) => Promise<Page> {
  let browser: Browser;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  afterEach(() => expect(complaints.splice(0)).toEqual([]));

  return async (url, { script, allows, ...options } = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    venue.keep(context);
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      const allowed = allows?.test(message.text()) ?? false;
      if (message.type() === "error" && !allowed) complaints.push(message.text());
    });
    if (script !== undefined) await page.addInitScript({ content: script });
    await page.goto(url);
    await ready(page);
    return page;
  };
}
