/** @file A match that is played elsewhere, on the page in a real Chromium: it comes, can be opened, and goes. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { FeedSink, playEpisode } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { startServer } from "../answerer/faulty-server.ts";
import { lacksChromium, shutsOut } from "../browser/chromium.ts";
import { touchline } from "../cli/run.ts";
import { CLOSE, thinks } from "./mind-host.ts";
import { until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const missing = lacksChromium("people see on the page what is played elsewhere");
const OWN = ["academy_corner", "academy_empty_goal"];
const venue = new Venue();

const shownMatch = (page: Page): Promise<string> => page.evaluate("window.__viewer.shown.card.id");
const cursor = (page: Page): Promise<{ pace: string; tick: number }> =>
  page.evaluate("window.__viewer.cursor");

describe.skipIf(missing)("in a browser", () => {
  const visit = visits(venue, (page) => page.locator(".score").waitFor());

  test("what touchline play does with --watch appears beside the live matches, is opened, scrubbed, and goes", async () => {
    const running = await venue.start(OWN, { page: true, rate: 30 });
    const page = await visit(running.url, { bypassCSP: true });
    expect(await page.locator(".match").count()).toBe(2);
    const live = await shownMatch(page);

    const chat = venue.keep(await startServer(thinks("shot", { pause: 60, thought: "I see the ball. " })));
    const words = `play --scenario academy_empty_goal --policy openai:some/model@${chat.url.href} --episodes 1`;
    const played = touchline([...words.split(" "), "--decision-steps", "8", "--watch", running.url]);
    const button = page.locator(".match", { hasText: "play" });
    await button.waitFor();
    expect(await page.locator(".match").count()).toBe(3);
    expect(await button.getAttribute("title")).toMatch(
      /^play academy_empty_goal: openai:some\/model@\S* against built-in$/,
    );
    // Nobody is taken away from what he looks at.
    expect(await shownMatch(page)).toBe(live);

    await button.click();
    await until(async () => (await shownMatch(page)) === "fed-1");
    await page.locator(".on", { hasText: "play · seed 0" }).waitFor();
    const thought = page.locator(".mind").getByRole("region", { name: "Its thought" });
    await thought.filter({ hasText: "I see the ball." }).waitFor();
    expect(await page.locator(".mind .action b").first().textContent()).toBe("shot");
    expect(await page.locator(".take").count()).toBe(0);

    await page.getByRole("button", { name: "Pause" }).click();
    await page.keyboard.press("Home");
    await until(async () => (await page.evaluate("window.__viewer.shown.seq")) === 0);
    await page.locator(".mind", { hasText: "decision 1 of" }).waitFor();
    expect((await played).status).toBe(0);
    await page.keyboard.press("l");
    await page.locator(".behind", { hasText: "over; the next is shown when it comes" }).waitFor();
    await page.locator(".events li", { hasText: "Goal!" }).waitFor();
    expect(await shutsOut(page)).toEqual([]);

    await page.locator(".match").last().click();
    await until(async () => (await page.locator(".match").count()) === 2);
    expect(await shownMatch(page)).toBe("academy_empty_goal");
  });

  test("who looks at a match that goes gets a live one instead", async () => {
    const running = await venue.start(OWN, { page: true, rate: 60 });
    const page = await visit(running.url, { viewport: { width: 390, height: 844 } });
    const play = async (seed: number): Promise<void> => {
      const sink = new FeedSink({ url: running.url, by: "bench" });
      await playEpisode({ scenario: loadScenario(CLOSE), left: parsePolicy("scripted"), sink }, seed);
      await sink.arrived();
    };
    await play(1);
    await page.locator(".match", { hasText: "bench" }).click();
    await until(async () => (await shownMatch(page)) === "fed-1");
    await page.locator(".behind", { hasText: "over" }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    // More than there is room for: the one that is over has to give its place.
    await until(async () => {
      for (let seed = 2; seed <= 17; seed++) await play(seed);
      return (await shownMatch(page)) === OWN[0];
    });
    expect(await cursor(page)).toMatchObject({ pace: "following" });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    const { tick } = await cursor(page);
    await until(async () => (await cursor(page)).tick !== tick);
  });
});
