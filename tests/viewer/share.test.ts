/** @file Sharing a moment, in a real Chromium: its link in somebody else's browser, and the files that the page writes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { planReplays } from "../../viewer/server/index.ts";
import { lacksChromium } from "../browser/chromium.ts";
import { until, Venue } from "./serve.ts";
import { pageReady, visits } from "./visit.ts";

const missing = lacksChromium("moments can be shared");
const CORNER = fileURLToPath(new URL("../../docs/laws/corner.jsonl", import.meta.url));
const venue = new Venue();

interface Held {
  pace: string;
  tick: number;
  episode: number;
}

const HELD = "({ ...window.__viewer.cursor, episode: window.__viewer.shown.episode })";
const held = (page: Page): Promise<Held> => page.evaluate(HELD);

/** Without WebGL, which is slow in software. */
function canvas(url: string): string {
  return `${url}${url.includes("?") ? "&" : "/?"}renderer=canvas`;
}

/** The link to what is under the cursor, as the dialog shows it. */
async function linkOf(page: Page): Promise<string> {
  await page.keyboard.press("s");
  await page.locator(".share[open]").waitFor();
  const link = await page.getByLabel("A link that opens the page held at this moment").inputValue();
  await page.keyboard.press("Escape");
  await page.locator(".share:not([open])").waitFor({ state: "attached" });
  return link;
}

describe.skipIf(missing)("in a browser", () => {
  const open = visits(venue, pageReady);
  const visit = (url: string) => open(canvas(url), { reducedMotion: "reduce", acceptDownloads: true });

  test("one passes a moment on, and another sees it held: the same tick, the same player, the same panel", async () => {
    const { url } = await venue.start(["11_vs_11_stochastic"], { page: true, rate: 30 });
    const mine = await visit(url);
    await until(async () => (await held(mine)).tick > 100);
    await mine.getByRole("button", { name: "Pause" }).click();
    await mine.keyboard.press("ArrowLeft");
    await mine.keyboard.press("p");
    await mine.keyboard.press("7");
    await until(async () => Number.isInteger((await held(mine)).tick));
    const moment = await held(mine);
    const link = await linkOf(mine);
    expect(link).toContain(`tick=${moment.tick}&showing=1&player=6&panel=players`);

    const theirs = await visit(link);
    await until(async () => (await held(theirs)).pace === "paused");
    expect(await held(theirs)).toMatchObject({ tick: moment.tick, episode: moment.episode });
    await theirs.locator(".players [data-followed=true]", { hasText: "Navy 7" }).waitFor();
    // The match goes on for whoever wants it.
    await theirs.getByRole("button", { name: "Live" }).click();
    await until(async () => (await held(theirs)).tick > moment.tick + 50);
  }, 120_000);

  test("a link to an episode before the running one still opens it; of an older one it says that it is gone", async () => {
    const { url } = await venue.start(["academy_empty_goal_close"], { page: true, rate: 60 });
    const mine = await visit(url);
    await until(async () => (await held(mine)).episode >= 2);
    const { episode } = await held(mine);
    const before = await visit(`${url}/?match=academy_empty_goal_close&tick=10&showing=${episode - 1}`);
    await until(async () => {
      const { pace } = await held(before);
      return pace === "paused" || (await before.getByRole("alert").count()) > 0;
    });
    const gone = await visit(`${url}/?match=academy_empty_goal_close&tick=10&showing=9999`);
    await gone.getByRole("alert", { name: "" }).filter({ hasText: "Episode 9999 of this match" }).waitFor();
  }, 120_000);

  test("the page writes a picture, a gif and videos of the last seconds", async () => {
    const { url } = await venue.start([], { page: true, matches: planReplays([CORNER]), rate: 40 });
    const page = await visit(url);
    await until(async () => (await held(page)).tick > 60);
    await page.keyboard.press("Space");
    await page.keyboard.press("s");
    await page.getByLabel("A picture, or a clip of the last").selectOption("3");
    const save = async (name: string): Promise<Buffer> => {
      const download = page.waitForEvent("download", { timeout: 100_000 });
      await page.getByRole("button", { name }).click();
      return readFileSync(await (await download).path());
    };
    const picture = await sharp(await save("Picture")).metadata();
    expect(picture).toMatchObject({ format: "png", width: 1280, height: 720 });
    const gif = await sharp(await save("GIF"), { animated: true }).metadata();
    expect(gif).toMatchObject({ format: "gif", width: 640, pageHeight: 360 });
    expect(gif.pages).toBeGreaterThan(10);
    await page.getByLabel("and the next").selectOption("2");
    const longer = await sharp(await save("GIF"), { animated: true }).metadata();
    expect(longer.pages).toBeGreaterThan(gif.pages! + 10);
    // WebM is EBML, and an MP4 begins with its type.
    expect((await save("WebM")).subarray(0, 4).toString("hex")).toBe("1a45dfa3");
    expect((await save("MP4")).subarray(4, 8).toString("latin1")).toBe("ftyp");
  }, 240_000);
});
