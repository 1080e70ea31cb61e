/** @file A match that goes on while an agent thinks, on the page in a real Chromium: live, and as it was recorded. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { FileSink } from "../../agent/match/index.ts";
import { readEpisode } from "../../env/episode/index.ts";
import { planReplays } from "../../viewer/server/index.ts";
import { event } from "../answerer/faulty-server.ts";
import { lacksChromium } from "../browser/chromium.ts";
import { touchline } from "../cli/run.ts";
import { CLOSE, host, thinks } from "./mind-host.ts";
import { until, Venue } from "./serve.ts";
import { visits } from "./visit.ts";

const missing = lacksChromium("the match goes on before one's eyes while an agent thinks");
const venue = new Venue();

/** Step and age of each of so many decisions of the episode under the cursor, as the panel tells them. */
async function agesOf(page: Page, count: number): Promise<[number, string][]> {
  const mind = page.locator(".mind");
  const back = mind.getByRole("button", { name: "Previous decision" });
  while (await back.isEnabled()) {
    const step = await mind.getAttribute("data-step");
    await back.click();
    await until(async () => (await mind.getAttribute("data-step")) !== step);
  }
  const ages: [number, string][] = [];
  for (let number = 1; number <= count; number++) {
    await mind.locator(".whose", { hasText: `decision ${number} of ${count},` }).waitFor();
    await mind.locator('[data-match="same"]').waitFor();
    const told = /Frame's age(.*)$/.exec((await mind.locator("dl.facts").first().textContent()) ?? "");
    ages.push([Number(await mind.getAttribute("data-step")), told?.[1] ?? ""]);
    if (number < count) await mind.getByRole("button", { name: "Next decision" }).click();
  }
  return ages;
}

/** Holds the cursor before the goal, at a decision; the number of the episode. */
async function holdBeforeGoal(page: Page): Promise<number> {
  await page.locator('.events li[data-weight="goal"] button').click();
  await page.getByRole("button", { name: "Pause" }).click();
  const decided = page.locator('.mind[data-step][data-thinking="false"]');
  for (; (await decided.count()) === 0; await page.waitForTimeout(50))
    await page.keyboard.press("ArrowRight");
  return page.evaluate("window.__viewer.shown.episode");
}

describe.skipIf(missing)("in a browser", () => {
  const open = visits(venue, (page) => page.locator(".mind").waitFor());
  // WebGL in software is slow, and no picture of the pitch is looked at.
  const visit = (url: string): Promise<Page> => open(`${url}/?renderer=canvas`, { reducedMotion: "reduce" });

  test("the match goes on while it thinks, and how old its frame was is shown live and in the recording, which verifies", async () => {
    const folder = mkdtempSync(join(tmpdir(), "touchline-realtime-"));
    venue.keep({ close: () => rmSync(folder, { recursive: true }) });
    let release: (() => void) | undefined;
    const { url } = await host(
      venue,
      (response, times, asked) => {
        if (times > 0) return thinks("right", { pause: 40 })(response, times, asked);
        response.writeHead(200, { "content-type": "text/event-stream" });
        const say = (content: string) =>
          response.write(event({ choices: [{ index: 0, delta: { content } }] }));
        say("<think>I take my time.");
        release = () => {
          say("</think><answer>right</answer>");
          response.end("data: [DONE]\n\n");
        };
        return undefined;
      },
      [CLOSE],
      { page: true, clock: "realtime", decisionSteps: 20, sink: new FileSink(folder) },
    );
    const page = await visit(url);
    const mind = page.locator(".mind");
    await mind.locator(".words", { hasText: "I take my time." }).waitFor();
    // It cannot have decided before it is released; meanwhile the match is played.
    const tick = (): Promise<number> => page.evaluate("window.__viewer.shown.scene.tick");
    const before = await tick();
    await until(async () => (await tick()) > before + 25);
    expect(await mind.getAttribute("data-thinking")).toBe("true");
    release!();

    const number = await holdBeforeGoal(page);
    const file = join(folder, `${CLOSE}-${number - 1}.jsonl`);
    const { decisions } = readEpisode(readFileSync(file));
    const recorded = decisions.map(({ step, ageSteps }) => [step, `${ageSteps} steps`]);
    expect(await agesOf(page, recorded.length)).toEqual(recorded);
    expect(decisions.every(({ ageSteps }) => ageSteps! >= 3)).toBe(true);
    expect(decisions.length).toBeGreaterThan(1);

    const { status, stdout } = await touchline(["replay", "verify", file]);
    expect([status, stdout]).toEqual([0, expect.stringContaining("are the same")]);
    const again = await visit((await venue.start([], { matches: planReplays([file]), page: true })).url);
    await holdBeforeGoal(again);
    expect(await agesOf(again, recorded.length)).toEqual(recorded);
  }, 120_000);
});
