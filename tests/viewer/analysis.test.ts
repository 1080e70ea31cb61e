/** @file The analysis of a match, in a real Chromium: shots, passes and rewards up to the cursor, and with it back again. */
import { describe, expect, test } from "vitest";
import { lacksChromium, shutsOut } from "../browser/chromium.ts";
import { until, Venue } from "./serve.ts";
import { pageReady, visits } from "./visit.ts";

const missing = lacksChromium("one can see why a match went as it did");
const venue = new Venue();

describe.skipIf(missing)("in a browser", () => {
  const open = visits(venue, pageReady);

  test("one sees where the goal came from and what paid for it, and before it there was none of it", async () => {
    const { url } = await venue.start(["academy_empty_goal"], { page: true });
    const page = await open(`${url}/?renderer=canvas`, { reducedMotion: "reduce" });
    await page.keyboard.press("a");
    // Held before the next episode begins.
    await page.locator('.shot[data-result="goal"]').waitFor();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    const shots = page.getByRole("img", { name: /^\d+ shots?, \d of them goals/ });
    expect(await shots.getAttribute("aria-label")).toMatch(/1 of them goals/);
    expect(await page.locator(".balance", { hasText: "Expected goals" }).count()).toBe(1);
    await page.getByRole("button", { name: /^scoring \+1/ }).click();
    expect(await page.locator(".payment").count()).toBe(1);
    const lane = page.locator(".xray");
    expect(await lane.getAttribute("aria-label")).toMatch(/scoring \+1/);

    await page.keyboard.press("Home");
    await until(async () => (await page.locator(".shot, .payment").count()) === 0);
    expect(await lane.getAttribute("aria-label")).toMatch(/scoring 0/);
  }, 120_000);

  test.each(["dark", "light"] as const)(
    "axe finds nothing in the analysis in %s, and on 360 pixels nothing sticks out",
    async (colorScheme) => {
      const { url } = await venue.start(["11_vs_11_stochastic"], { page: true, rate: 60 });
      const page = await open(`${url}/?renderer=canvas`, {
        reducedMotion: "reduce",
        colorScheme,
        viewport: { width: 360, height: 740 },
        bypassCSP: true,
      });
      await page.locator("#tab-analysis").click();
      await page.locator(".field").nth(2).waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      expect(await shutsOut(page)).toEqual([]);
    },
    120_000,
  );
});
