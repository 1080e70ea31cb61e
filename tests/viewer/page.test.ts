/** @file The page as its users meet it, in a real Chromium: one test for each of their stories. */
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import type { Lineup, Scene } from "../../env/frame/index.ts";
import { frameHash, makePainter } from "../../env/frame/index.ts";
import { loadHash } from "../../env/hash.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { planReplays } from "../../viewer/server/index.ts";
import type { RunningViewer } from "../../viewer/server/index.ts";
import { lacksChromium, shutsOut } from "../browser/chromium.ts";
import { watchByCommand } from "./command.ts";
import { serve, until, Venue } from "./serve.ts";
import { untilShown, visits } from "./visit.ts";

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

/** How many pixels of the pitch have a colour, and where they are on the average, 0 left to 1 right. */
async function coloured(
  page: Page,
  [r, g, b]: readonly [number, number, number],
): Promise<{ count: number; x: number }> {
  const picture = await page.locator(".pitch .canvas").screenshot();
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let [count, sum] = [0, 0];
  for (let i = 0; i < data.length; i += 3) {
    const far = Math.abs(data[i]! - r) + Math.abs(data[i + 1]! - g) + Math.abs(data[i + 2]! - b);
    if (far > 24) continue;
    count++;
    sum += ((i / 3) % info.width) / info.width;
  }
  return { count, x: sum / count };
}

const CARD = [255, 214, 10] as const;
const OFFSIDE = [255, 93, 240] as const;
const RIGHT_KEEPER = [190, 138, 250] as const;

/** Goes to an event by its row, and on until the banner that it brings. */
async function goTo(page: Page, row: string, banner: string): Promise<void> {
  await page.locator(".events li button", { hasText: row }).click();
  const wanted = page.locator(`.banner[data-kind="${banner}"]`);
  for (let steps = 0; steps < 20 && (await wanted.count()) === 0; steps++) {
    const { seq } = await probe(page);
    await page.keyboard.press("ArrowRight");
    await untilPage(page, (p) => p.seq > seq);
  }
  await wanted.waitFor();
}

describe.skipIf(missing)("in a browser", () => {
  const venue = new Venue();
  const visit = visits(venue, (page) => untilPage(page, () => true));

  function start(...[ids, options]: Parameters<typeof serve>): Promise<RunningViewer> {
    return venue.start(ids, { page: true, ...options });
  }

  test("one types the one line, opens its address, and a match moves", async () => {
    const page = await visit((await watchByCommand(venue, [])).url);
    const pitch = page.locator(".pitch canvas").first();
    const before = await pitch.screenshot();
    // A drill may be over before it has gone on for so long.
    const { tick, episode } = await probe(page);
    await untilPage(page, (p) => p.episode > episode || p.tick > tick + 30);
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

    // From between two scenes the first step back goes to the one before, from a scene to the one before that.
    await mine.keyboard.press("ArrowLeft");
    await untilPage(mine, (p) => p.tick < paused.tick && p.tick === p.seq * 5);
    const { seq } = await probe(mine);
    await mine.keyboard.press("ArrowLeft");
    await untilPage(mine, (p) => p.seq === seq - 1);
    await mine.getByRole("button", { name: "One step forward" }).click();
    await untilPage(mine, (p) => p.seq === seq && p.tick === seq * 5);

    await mine.getByLabel("Speed").selectOption("0.25");
    await mine.getByRole("button", { name: "Play", exact: true }).click();
    await untilPage(mine, (p) => p.pace === "playing" && p.speed === 0.25 && p.tick > seq * 5);
    expect(await mine.locator(".behind").textContent()).toMatch(/^\d+\.\d s behind live$/);
    expect(await probe(theirs)).toMatchObject({ pace: "following", speed: 1, live: true });

    await mine.getByRole("button", { name: "Live" }).click();
    await untilPage(mine, (p) => p.pace === "following" && p.lastTick - p.tick < 30);
  });

  test("who joins in mid-match has its history: scenes to scrub to and events to jump to", async () => {
    const { url } = await start(["11_vs_11_stochastic"], { rate: 60 });
    const early = await visit(url);
    await untilPage(early, (p) => p.lastTick > 1500);
    await early.close();
    const page = await visit(url);
    const { lastTick } = await probe(page);
    expect(lastTick).toBeGreaterThan(1500);
    await page.getByRole("button", { name: "All", exact: true }).click();
    // The list is of what is around the cursor: first it must be near the match's beginning.
    await page.keyboard.press("Home");
    await untilPage(page, (p) => p.pace === "playing" && p.tick < 400);
    await page.locator('.events li[data-ahead="true"] button').nth(-30).click();
    await untilPage(page, (p) => p.pace === "playing" && p.tick > 400);
    await page.locator(".events li button").last().click();
    await untilPage(page, (p) => p.pace === "playing" && p.tick < 400);
    // The key would press the row that was clicked once more: that has the focus.
    await page.getByRole("button", { name: "Pause" }).click();
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
    await untilShown(page, {
      '.banner[data-kind="goal"]': /Goal.*Navy 1–0 Amber/s,
      ".score": /1.*–.*0/s,
      '.events li[data-weight="goal"]': /./,
    });
    await untilPage(page, (p) => p.episode === 2 && p.pace === "following");
  });

  /** The recording of a law's case, to its end, with the cursor waiting at its start. */
  async function visitLaw(id: string): Promise<Page> {
    const matches = planReplays([fileURLToPath(new URL(`../../docs/laws/${id}.jsonl`, import.meta.url))]);
    const { url } = await start([], { matches, rate: 40 });
    const page = await visit(url, { viewport: { width: 900, height: 640 } });
    await page.keyboard.press("Space");
    await page.keyboard.press("Home");
    await untilPage(page, (p) => p.seq === 0 && !p.live);
    return page;
  }

  test("a booked player carries his card from the banner on, and the timeline and the list show it", async () => {
    const page = await visitLaw("yellow-card");
    expect((await coloured(page, CARD)).count).toBe(0);
    await goTo(page, "Yellow card for", "yellow-card");
    expect((await coloured(page, CARD)).count).toBeGreaterThan(10);
    expect(await page.locator('.mark[data-icon="yellow-card"]').count()).toBe(1);
    expect(await page.locator('.events [data-icon="yellow-card"]').count()).toBe(1);
    await page.locator(".events li button", { hasText: "Foul by" }).waitFor();
  });

  test("a team with a red card has it on the scoreboard, with the number of those who are left", async () => {
    const page = await visitLaw("red-card");
    expect(await page.locator(".score .reds").count()).toBe(0);
    await goTo(page, "Red card", "red-card");
    expect(await page.locator(".score .reds").getAttribute("aria-label")).toBe("1 red card, 10 players left");
    expect(await page.locator("#commentary").textContent()).toMatch(/Red card|^$/);
  });

  test("an offside shows its line by itself, and O shows the line at any time", async () => {
    const page = await visitLaw("offside");
    await page.locator(".events li button", { hasText: "is offside" }).click();
    expect((await coloured(page, OFFSIDE)).count).toBe(0);
    await page.keyboard.press("o");
    await until(async () => (await coloured(page, OFFSIDE)).count > 200);
    await page.getByRole("button", { name: "Offside line", pressed: true }).click();
    await until(async () => (await coloured(page, OFFSIDE)).count === 0);
    await goTo(page, "is offside", "offside");
    expect((await coloured(page, OFFSIDE)).count).toBeGreaterThan(200);
    expect(await page.locator(".events li", { hasText: "Indirect free kick" }).count()).toBe(1);
  });

  test("after half-time the teams have changed ends on the pitch, and the agent's frame is as before", async () => {
    const page = await visitLaw("half-time");
    expect(await page.locator(".score .clock").textContent()).toMatch(/^1st/);
    expect((await coloured(page, RIGHT_KEEPER)).x).toBeGreaterThan(0.8);
    await goTo(page, "Half-time", "half-time");
    await until(async () => {
      await page.keyboard.press("ArrowRight");
      return (await page.locator(".score .half").textContent()) === "2nd";
    });
    expect((await coloured(page, RIGHT_KEEPER)).x).toBeLessThan(0.2);
    await untilPage(page, (p) => p.seen?.seq === p.seq);
    const { lineup, scene }: { lineup: Lineup; scene: Scene } = await page.evaluate(`(() => {
      const { card, scene } = window.__viewer.shown;
      return { lineup: card.lineup, scene };
    })()`);
    const painted = frameHash(makePainter(lineup).paint(scene), await loadHash());
    expect((await probe(page)).seen?.hash).toBe(painted);
    expect(scene.half).toBe(2);
  });

  test("one opens recordings by the command, and they are shown again and again", async () => {
    const files = ["docs/laws/corner.jsonl", "docs/laws/kick-off.jsonl"];
    const page = await visit((await watchByCommand(venue, ["--replay", ...files])).url);
    expect(await page.locator(".match-title").allTextContents()).toEqual(["Corner", "Kick-off"]);
    await page.keyboard.press("m");
    await page.locator(".on", { hasText: "Kick-off" }).locator("text=recording").waitFor();
    await untilPage(page, (p) => p.match === "kick-off" && p.episode === 2 && p.seq > 2);
  });

  test("when the server goes away the page says so, and goes on when it is back", async () => {
    const first = await serve(["academy_corner"], { page: true });
    // Chromium tells of a connection that nobody takes, and of what is sent before the page hears of the end.
    const allows = /ERR_CONNECTION_REFUSED|already in CLOSING or CLOSED state/;
    const page = await visit(first.url, { allows });
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
    await page.locator("dialog[aria-labelledby=help-title]:not([open])").waitFor({ state: "attached" });
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
      expect(await shutsOut(page)).toEqual([]);
    });
  });
});
