/** @file The page for everyone, in a real Chromium: by keys alone, read aloud, small, in the visitor's own colours. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { lacksChromium, shutsOut } from "../browser/chromium.ts";
import { until, Venue } from "./serve.ts";
import { pageReady, visits } from "./visit.ts";

const missing = lacksChromium("everybody can use the page");
const venue = new Venue();

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  await until(async () => {
    await page.keyboard.press("Tab");
    return page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`);
  });
}

describe.skipIf(missing)("in a browser", () => {
  const open = visits(venue, pageReady);
  const visit = (url: string, options?: Parameters<typeof open>[1]) =>
    open(`${url}/?renderer=canvas`, { reducedMotion: "reduce", ...options });

  test("one who has no mouse goes through a match: pauses, finds a player, follows him, sees with the agent's eyes", async () => {
    const page = await visit((await venue.start(["11_vs_11_stochastic"], { page: true, rate: 30 })).url);
    await tabTo(page, ".play");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    await page.keyboard.press("p");
    await page.locator(".players tbody tr").nth(21).waitFor();
    await page.keyboard.press("7");
    await page.locator(".players [data-followed=true]", { hasText: "Navy 7" }).waitFor();
    await page.locator(".person.followed span", { hasText: "Navy 7" }).waitFor();
    await page.keyboard.press("7");
    await page.locator(".players [data-followed=true]", { hasText: "Amber 7" }).waitFor();
    await page.keyboard.press("7");
    await page.locator(".person.followed").waitFor({ state: "detached" });
    await page.keyboard.press("f");
    await page.getByRole("img", { name: "The frame that the agent sees" }).waitFor();
    await page.keyboard.press("f");
    await tabTo(page, "#tab-players");
    await page.keyboard.press("ArrowLeft");
    await page.locator('#tab-events[aria-selected="true"]').waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("tab-events");
    await page.keyboard.press("w");
    await until(async () => /Navy \d+, Amber \d+\./.test((await page.locator("#where").textContent()) ?? ""));
  }, 120_000);

  test("one who speaks to his computer turns the keys of one character off, and they stay off", async () => {
    const { url } = await venue.start(["academy_corner"], { page: true });
    const page = await visit(url);
    await page.keyboard.press("?");
    await page.getByLabel("Letters and digits are keys").uncheck();
    await page.keyboard.press("Escape");
    await page.reload();
    await pageReady(page);
    await page.keyboard.press("p");
    await page.keyboard.press("?");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    expect(await page.locator(".players, dialog[open]").count()).toBe(0);
  });

  test("in the visitor's own colours what is chosen is still told apart, and the kits keep theirs", async () => {
    const { url } = await venue.start(["academy_corner"], { page: true });
    const page = await visit(url, { forcedColors: "active" });
    const style = (selector: string, property: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(property)}]`,
      );
    expect(await style("#tab-events", "outlineStyle")).toBe("solid");
    expect(await style("#tab-players", "outlineStyle")).toBe("none");
    expect(await style(".kit", "forcedColorAdjust")).toBe("none");
  });

  test.each(["dark", "light"] as const)(
    "on 360 pixels in %s nothing sticks out, and axe finds nothing in the list of players",
    async (colorScheme) => {
      const { url } = await venue.start(["11_vs_11_stochastic", "academy_corner"], { page: true });
      const page = await visit(url, { viewport: { width: 360, height: 740 }, colorScheme, bypassCSP: true });
      await page.locator("#tab-players").click();
      await page.locator(".players tbody tr").nth(21).waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      expect(await shutsOut(page)).toEqual([]);
      // Of a canvas axe sees nothing.
      expect(await page.getByRole("img", { name: /^The pitch from above: Navy against Amber/ }).count()).toBe(
        1,
      );
    },
  );
});
