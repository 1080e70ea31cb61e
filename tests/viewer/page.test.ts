/** @file The page as its users meet it, in a real Chromium: one test for each of their stories. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import type { Scene } from "../../env/frame/index.ts";
import { frameHash, makePainter } from "../../env/frame/index.ts";
import { loadHash } from "../../env/hash.ts";
import { loadScenario } from "../../scenarios/load.ts";
import type { RunningViewer } from "../../viewer/server/index.ts";
import { lacksChromium, launchChromium } from "../browser/chromium.ts";
import { serve, until, Venue } from "./serve.ts";

const missing = lacksChromium("anybody can watch the page");

/** What the tests read of the page's state. */
interface Probed {
  pace: string;
  tick: number;
  speed: number;
  match: string;
  episode: number;
  seq: number;
  lastTick: number;
  live: boolean;
  seen: { match: string; episode: number; seq: number; hash: string } | undefined;
}

const PROBE = `(() => {
  const { cursor, shown, seen } = window.__viewer ?? {};
  if (!shown) return undefined;
  const { card, episode, seq, lastTick, live } = shown;
  return { ...cursor, match: card.id, episode, seq, lastTick, live, seen };
})()`;

/** Asked again and again from here: the page's policy forbids it to evaluate text of its own. */
async function untilPage(page: Page, holds: (probed: Probed) => boolean): Promise<void> {
  await until(async () => {
    const probed: Probed | undefined = await page.evaluate(PROBE);
    return probed !== undefined && holds(probed);
  });
}

function probe(page: Page): Promise<Probed> {
  return page.evaluate(PROBE);
}

describe.skipIf(missing)("in a browser", () => {
  let browser: Browser;
  const venue = new Venue();
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  afterEach(() => expect(complaints.splice(0)).toEqual([]));

  function start(...[ids, options]: Parameters<typeof serve>): Promise<RunningViewer> {
    return venue.start(ids, { page: true, ...options });
  }

  async function visit(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    venue.keep(context);
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // A server that is away is the story of one test, and Chromium's own word for it.
      const away = message.text().includes("ERR_CONNECTION_REFUSED");
      if (message.type() === "error" && !away) complaints.push(message.text());
    });
    await page.goto(url);
    await untilPage(page, () => true);
    return page;
  }

  test("one types the one line, opens its address, and a match moves", async () => {
    const launcher = fileURLToPath(new URL("../../bin/touchline.js", import.meta.url));
    const child = spawn(process.execPath, [launcher, "watch", "--port", "0"], { stdio: "pipe" });
    const exited = once(child, "exit");
    venue.keep({
      close: async () => {
        child.kill("SIGINT");
        await exited;
      },
    });
    let url: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      url = /http:\S+/.exec(line)?.[0];
      if (url !== undefined) break;
    }
    const page = await visit(url!);
    const pitch = page.locator(".pitch canvas").first();
    const before = await pitch.screenshot();
    const { tick } = await probe(page);
    await untilPage(page, (p) => p.tick > tick + 30);
    expect(Buffer.compare(before, await pitch.screenshot())).not.toBe(0);
    expect(await page.locator(".match").count()).toBe(6);
  });

  test("the frame beside the pitch is the agent's own, byte for byte", async () => {
    const id = "academy_3_vs_1_with_keeper";
    const page = await visit((await start([id])).url);
    await untilPage(page, (p) => (p.seen?.seq ?? 0) >= 5);
    await page.keyboard.press("Space");
    const shown = await probe(page);
    await untilPage(page, (p) => p.seen?.seq === p.seq && p.seen.episode === p.episode);
    const { seen } = await probe(page);
    const runner = await MatchRunner.make({ scenario: loadScenario(id), left: parsePolicy("scripted") });
    await runner.start(shown.episode - 1);
    const scenes: Scene[] = [runner.env.scene()];
    runner.env.onScene = (scene) => scenes.push(scene);
    while (!runner.over) await runner.advance();
    const painted = makePainter(runner.env.lineup).paint(scenes[seen!.seq]!);
    await runner.close();
    expect(seen!.hash).toBe(frameHash(painted, await loadHash()));
  });

  test("one viewer pauses, steps and slows down, and another notices nothing", async () => {
    const { url } = await start(["11_vs_11_stochastic"]);
    const [mine, theirs] = [await visit(url), await visit(url)];
    await untilPage(theirs, (p) => p.tick > 40);
    await mine.getByRole("button", { name: "Pause" }).click();
    const paused = await probe(mine);
    expect(paused.pace).toBe("paused");
    const { tick } = await probe(theirs);
    await untilPage(theirs, (p) => p.tick > tick + 25);
    expect((await probe(mine)).tick).toBe(paused.tick);

    await mine.keyboard.press("ArrowLeft");
    await mine.keyboard.press("ArrowLeft");
    await untilPage(mine, (p) => p.seq === paused.seq - 1);
    await mine.getByRole("button", { name: "One step forward" }).click();
    await untilPage(mine, (p) => p.seq === paused.seq && p.tick === paused.seq * 5);

    await mine.getByLabel("Speed").selectOption("0.25");
    await mine.getByRole("button", { name: "Play", exact: true }).click();
    await untilPage(mine, (p) => p.pace === "playing" && p.speed === 0.25 && p.tick > paused.tick);
    expect(await mine.locator(".behind").textContent()).toMatch(/^\d+\.\d s behind live$/);
    expect(await probe(theirs)).toMatchObject({ pace: "following", speed: 1, live: true });

    await mine.getByRole("button", { name: "Live" }).click();
    await untilPage(mine, (p) => p.pace === "following" && p.lastTick - p.tick < 30);
  });

  test("who joins in mid-match has its history: scenes to scrub to and events to jump to", async () => {
    const { url } = await start(["11_vs_11_stochastic"], { rate: 60 });
    const early = await visit(url);
    await untilPage(early, (p) => p.lastTick > 1500);
    const page = await visit(url);
    const { lastTick } = await probe(page);
    expect(lastTick).toBeGreaterThan(1500);
    await page.locator(".events li").first().waitFor();
    await page.getByRole("button", { name: "All", exact: true }).click();
    await page.locator(".events li button").last().click();
    await untilPage(page, (p) => p.pace === "playing" && p.tick < 400);
    await page.keyboard.press("Space");
    await page.keyboard.press("Home");
    await untilPage(page, (p) => p.seq === 0 && p.seen?.seq === 0);
  });

  test("one switches between the running matches, also by key, and the address keeps the choice", async () => {
    const { url } = await start(["academy_corner", "academy_empty_goal", "academy_corner"]);
    const page = await visit(url);
    expect((await probe(page)).match).toBe("academy_corner");
    await page.locator(".match").nth(1).click();
    await untilPage(page, (p) => p.match === "academy_empty_goal");
    await page.keyboard.press("m");
    await untilPage(page, (p) => p.match === "academy_corner-2");
    await page.reload();
    await untilPage(page, (p) => p.match === "academy_corner-2");
  });

  test("a goal is on the banner, on the scoreboard and in the list, and the next episode follows", async () => {
    const page = await visit((await start(["academy_empty_goal_close"])).url);
    await page.locator('.banner[data-kind="goal"]').waitFor();
    expect(await page.locator(".banner").textContent()).toMatch(/Goal.*Navy 1–0 Amber/s);
    await page.locator('.events li[data-weight="goal"]').waitFor();
    expect(await page.locator(".score").textContent()).toMatch(/1.*–.*0/s);
    await untilPage(page, (p) => p.episode === 2 && p.pace === "following");
  });

  test("when the server goes away the page says so, and goes on when it is back", async () => {
    const first = await serve(["academy_corner"], { page: true });
    const page = await visit(first.url);
    await first.close();
    await page.getByText("Connection lost, trying again").waitFor();
    await start(["academy_corner"], { port: first.port });
    await page.getByText("Connected", { exact: true }).waitFor();
    const { tick, episode } = await probe(page);
    await untilPage(page, (p) => p.pace === "following" && (p.tick > tick + 10 || p.episode !== episode));
  });

  test("every key of the help does what it says, and the help opens and closes", async () => {
    const page = await visit((await start(["11_vs_11_stochastic"], { rate: 30 })).url);
    await untilPage(page, (p) => p.lastTick > 300);
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog:not([open])").waitFor({ state: "attached" });
    await page.keyboard.press("Home");
    await untilPage(page, (p) => p.tick < 60);
    await page.keyboard.press("]");
    await untilPage(page, (p) => p.speed === 2);
    await page.keyboard.press("[");
    await page.keyboard.press("[");
    await untilPage(page, (p) => p.speed === 0.5);
    await page.keyboard.press("l");
    await untilPage(page, (p) => p.pace === "following");
  });

  describe.each([
    ["dark", 1440, 900],
    ["dark", 390, 844],
    ["light", 1440, 900],
    ["light", 390, 844],
  ] as const)("%s, %i wide and %i high", (colorScheme, width, height) => {
    test("nothing is wider than the screen, and axe finds nothing that shuts anybody out", async () => {
      const { url } = await start(["11_vs_11_stochastic", "academy_corner"], { rate: 60 });
      const page = await visit(url, { viewport: { width, height }, colorScheme, bypassCSP: true });
      await page.locator(".events li").first().waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
      await page.addScriptTag({ content: readFileSync(axe, "utf8") });
      const violations = await page.evaluate(`axe
        .run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
        .then((found) => found.violations.map(({ id, nodes }) => id + ": " + nodes[0].target))`);
      expect(violations).toEqual([]);
    });
  });
});
