/** @file What an agent saw, proved on the page in a real Chromium: every frame again, and how old it was. */
import { describe, expect, test } from "vitest";
import { lacksChromium } from "../browser/chromium.ts";
import { CLOSE, host, thinks } from "./mind-host.ts";
import { until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const missing = lacksChromium("the page proves what an agent saw");
const venue = new Venue();

describe.skipIf(missing)("in a browser", () => {
  const visit = visits(venue, (page) => page.locator(".mind").waitFor());

  test("every decision's frame is seen as drawn, and while the match goes on ghosts stand where things were", async () => {
    const { url } = await host(venue, thinks("right", { pause: 60 }), [CLOSE], {
      page: true,
      clock: "realtime",
      decisionSteps: 4,
    });
    const page = await visit(`${url}/?renderer=canvas`, { reducedMotion: "reduce" });
    const mind = page.locator(".mind");
    await until(async () => {
      await page.locator('.proof[data-proof="all"]').waitFor();
      return /^[2-9] of \d frames seen as drawn/.test((await page.locator(".proof").textContent()) ?? "");
    });
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    await page.keyboard.press("Home");

    // On the way to the first decision its thought grows and its picture grows old; there it is as old as the panel says.
    const age = page.locator(".sight-age");
    const next = mind.getByRole("button", { name: "Next decision" });
    await until(async () => {
      await page.keyboard.press("ArrowRight");
      return (await age.count()) > 0;
    });
    expect(await age.textContent()).toMatch(/^ Navy \d+ thinks about a picture 0\.\d s old$/);
    expect(await mind.getByRole("region", { name: "Its thought so far" }).count()).toBeLessThan(2);
    await next.click();
    await age.locator("text=acts on a picture").waitFor();
    await mind.locator('[data-match="same"]').waitFor();
    const [, steps] = /Frame's age(\d+) steps/.exec(
      (await mind.locator("dl.facts").first().textContent()) ?? "",
    )!;
    expect(await age.textContent()).toContain(`${(Number(steps) / 10).toFixed(1)} s old`);
  }, 120_000);
});
