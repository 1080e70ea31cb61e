/** @file From a benchmark's number to the moment behind it, in a real browser: the report, then the page. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readMoment } from "../../trainer/report/episode.ts";
import { footballPlanOf, type FootballSuite, runFootball } from "../../trainer/benchmark/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { lacksChromium, shutsOut } from "../browser/chromium.ts";
import { touchline } from "../cli/run.ts";
import { watchByCommand } from "../viewer/command.ts";
import { until, Venue } from "../viewer/serve.ts";
import { visits } from "../viewer/visit.ts";
import { startCalculator } from "./calculator.ts";

const SCENARIO = "academy_empty_goal_close";
const SUITE: FootballSuite = {
  name: "drill",
  about: "one drill",
  scenarios: () => [loadScenario(SCENARIO)],
  scored: "goals",
  score: ({ score: [goals] }) => goals,
};

/** Somebody who runs, and shoots with every fourth answer; his thoughts are numbered. */
async function writeRun(directory: string): Promise<void> {
  let times = 0;
  const says = (): string => {
    times++;
    return `<think>Thought ${times}.</think><answer>${times % 4 === 0 ? "shot" : "right"}</answer>`;
  };
  const server = await startCalculator({ says });
  const plan = await footballPlanOf(SUITE, { policy: server.policy, episodes: 3, recorded: true });
  await runFootball({ directory, plan, suite: SUITE, concurrency: 1 });
  await server.close();
}

/** The moment of the first sample behind the number of the scenario's row. */
async function openMoment(page: Page): Promise<string> {
  await page.locator(`.score a[href*="row=scenario"]`).first().click();
  const sample = page.locator(".sample").first();
  await sample.locator("summary").first().click();
  await sample.locator(".moment").waitFor();
  return (await sample.getAttribute("data-sample"))!;
}

describe.skipIf(lacksChromium("one finds the moment behind a benchmark's number"))("a number", () => {
  const root = mkdtempSync(join(tmpdir(), "touchline-number-"));
  const run = join(root, "run");
  const file = join(root, "report.html");
  const venue = new Venue();
  const visit = visits(venue, (page) => page.locator(".sample, .pitch").first().waitFor());
  afterAll(() => rmSync(root, { recursive: true }));
  beforeAll(async () => {
    await writeRun(run);
    expect(await touchline(["report", run, "--out", file])).toMatchObject({ status: 0, stderr: "" });
  }, 120_000);

  test("opens the deciding moment with frame, thought and action, and the page holds it there", async () => {
    const report = await visit(pathToFileURL(file).href);
    const [, seed] = (await openMoment(report)).split("/");
    const { moment, episode } = readMoment(run, `${SCENARIO}-${seed}.jsonl`)!;
    const shown = report.locator(".moment").first();
    expect(await shown.locator("strong").textContent()).toBe(moment.what);
    expect(await shown.textContent()).toContain(`in step ${moment.step}, decided on this frame`);
    expect(moment.thought).toMatch(/^Thought \d+\.$/);
    expect(await shown.locator(".thinks").textContent()).toBe(moment.thought);
    expect(await shown.locator(".does code").textContent()).toBe(moment.action);
    const width = shown.locator("img").evaluate((image) => (image as HTMLImageElement).naturalWidth);
    expect(await width).toBe(448);

    const [, , ...words] = (await shown.locator(".way").textContent())!.split(" ");
    expect(words.shift()).toBe("watch");
    const page = await visit((await watchByCommand(venue, words)).url);
    const { tick } = episode.steps[moment.seen - 1]!;
    const cursor = (): Promise<{ pace: string; tick: number }> => page.evaluate("window.__viewer?.cursor");
    await until(async () => (await cursor())?.pace === "paused");
    expect(await cursor()).toMatchObject({ pace: "paused", tick });
    await page.locator(".mind", { hasText: moment.thought! }).waitFor();
    // Whoever loads the page again is there again.
    await page.reload();
    await until(async () => (await cursor())?.pace === "paused");
    expect((await cursor()).tick).toBe(tick);
  }, 120_000);

  test("shuts nobody out", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const viewport = { width: 390, height: 844 };
      const page = await visit(pathToFileURL(file).href, { colorScheme, viewport, bypassCSP: true });
      await openMoment(page);
      expect(await shutsOut(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    }
  }, 120_000);

  test("is held only of a recording", async () => {
    expect(await touchline(["watch", "--at", "3"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Give --at together with --replay FILE."),
    });
  });
});
