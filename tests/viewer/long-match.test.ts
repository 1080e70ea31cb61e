/** @file A match that goes on for long, in a real Chromium: what the page keeps of it, and what it lists. */
import type { CDPSession } from "playwright-core";
import { describe, expect, test } from "vitest";
import { lacksChromium } from "../browser/chromium.ts";
import { until, Venue } from "./serve.ts";
import { pageReady, visits } from "./visit.ts";

const missing = lacksChromium("a long match does not fill the memory");
const venue = new Venue();

/** How many objects there are, after a collection, that describe an element of an event. */
async function kept(session: CDPSession): Promise<number> {
  const { result } = await session.send("Runtime.evaluate", { expression: "Object.prototype" });
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: result.objectId! });
  const counted = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId!,
    functionDeclaration:
      "function () { return this.filter((one) => Object.hasOwn(one, 'data-weight')).length; }",
    returnByValue: true,
  });
  await session.send("Runtime.releaseObject", { objectId: objects.objectId! });
  return Number(counted.result.value);
}

describe.skipIf(missing)("in a browser", () => {
  const open = visits(venue, pageReady);

  // An element kept from one drawing for the next held the one before it, and that the one before: all there had ever been.
  test("of the signs of events those are kept that are shown, and not those that were", async () => {
    const { url } = await venue.start(["11_vs_11_stochastic"], { page: true, rate: 200 });
    const page = await open(`${url}/?renderer=canvas`);
    const session = await page.context().newCDPSession(page);
    const signs = page.locator("[data-weight]");
    await until(async () => (await signs.count()) > 60);
    const [shown, objects] = [await signs.count(), await kept(session)];
    // While it is counted the match goes on. Preact keeps what it drew and what it drew from.
    expect(objects).toBeGreaterThan(shown / 2);
    expect(objects).toBeLessThan(4 * shown);
  }, 120_000);

  test("the list shows the events around the cursor, of which the current one is in sight", async () => {
    const { url } = await venue.start(["11_vs_11_stochastic"], { page: true, rate: 200 });
    const page = await open(`${url}/?renderer=canvas`);
    await page.getByRole("button", { name: "All", exact: true }).click();
    const more = page.locator(".events .more");
    await more.filter({ hasText: /^\d+ earlier$/ }).waitFor();
    expect(await more.count()).toBe(1);
    await page.keyboard.press("Space");
    await page.keyboard.press("Home");
    await more.filter({ hasText: /^\d+ later$/ }).waitFor();
    await until(async () => (await more.count()) === 1);
    await page.keyboard.press("Shift+ArrowRight");
    await until(async () => (await page.locator('.events li[data-now="true"]').count()) === 1);
    const seen = `(() => {
      const row = document.querySelector('.events li[data-now="true"]').getBoundingClientRect();
      const list = document.querySelector(".events ol").getBoundingClientRect();
      return row.top >= list.top && row.bottom <= list.bottom;
    })()`;
    await until(() => page.evaluate(seen));
  }, 120_000);
});
